# The whole of setting up: Python 3.11+, make and a package index; no root, nothing else.
# Every path is relative, so the folder may be called anything.

UV_VERSION := 0.13.9
SHELL := /bin/sh
PY := .venv/bin/python
UV := .venv/bin/uv
SYNC := $(UV) pip sync --quiet --compile-bytecode --python $(PY) --require-hashes
INSTALL := $(UV) pip install --quiet --python $(PY) --offline --no-index --no-deps --no-build-isolation --editable . \
	&& $(PY) -m compileall -q hub
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--custom-compile-command 'make lock'
ARIADNE := tests/peers/ariadne
PROOFS := tests/oracle tests/planner/test_executors.py tests/ingest/batch/test_killing.py tests/faults
RIVAL := tests/benchmarks/postgraphile
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport VIRTUAL_ENV

.PHONY: run test proofs check prove fuzz bench bench-ingest lint format lock clean
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-print-directory

run: .venv/.runtime  ## Start the hub (PORT, HUB_HOME; ARGS=--no-demo)
	@exec .venv/bin/hub run $(ARGS)

test: .venv/.development  ## The tests, one worker a processor; ARGS goes to pytest
	@exec $(PY) -m pytest --numprocesses auto --dist loadfile $(PROOFS:%=--ignore=%) $(ARGS)

proofs: .venv/.development  ## What is proved with drawn questions and kills, as the gate proves it
	@exec $(PY) -m pytest --numprocesses auto --dist loadfile $(PROOFS) $(ARGS)

check: .venv/.development tests/peers/node_modules/.installed $(ARIADNE)/.venv/.installed  ## The checks that need Node
	@exec $(PY) -m pytest tests/peers -m peers $(ARGS)

prove: .venv/.development  ## The long proofs: 200,000 questions, 50,000 operations, 10,000 documents, 100 killed imports; ARGS, OPERATIONS="count seed"
	@$(PY) -m tests.oracle.prove $(ARGS)
	@$(PY) -m tests.planner.prove $(OPERATIONS)
	@$(PY) -m tests.ingest.batch.killing 100
	@exec $(PY) -m tests.web.prove

fuzz: .venv/.development  ## Two minutes of documents that fit the schema and nothing else; ARGS="count seed"
	@exec $(PY) -m tests.web.prove --seconds 120 $(ARGS)

bench: .venv/.development $(RIVAL)/node_modules/.installed  ## Reads against a peer, 40 minutes; ARGS="--only Lookup --rounds 1", --profile
	@exec $(PY) -m tests.benchmarks.reads $(ARGS)

bench-ingest: .venv/.development  ## What is delivered against a bare COPY, 15 minutes; ARGS="--rows N"
	@exec $(PY) -m tests.benchmarks.intake $(ARGS)

lint: .venv/.development
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy hub tests
	@.venv/bin/lint-imports

format: .venv/.development
	@$(PY) -m ruff check --fix --exit-zero .
	@$(PY) -m ruff format .

lock: .venv/.uv  ## Resolve again; ARGS=--upgrade takes what is new
	@$(COMPILE) $(ARGS) requirements.in --output-file requirements.lock
	@$(COMPILE) $(ARGS) requirements-dev.in --output-file requirements-dev.lock
	@$(COMPILE) $(ARGS) $(ARIADNE)/requirements.in --output-file $(ARIADNE)/requirements.lock

clean:  ## Remove what was made here, but never data
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis hub.egg-info
	@rm -rf tests/peers/node_modules tests/peers/*/generated $(ARIADNE)/.venv $(RIVAL)/node_modules
	@find hub tests migrations -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# An environment that was moved, or lost its Python, is made anew.
$(shell if [ -e .venv ] && { ! $(PY) -c '' || [ "$$(cat .venv/.place)" != "$$(pwd -P)" ]; } 2>/dev/null; \
	then rm -rf .venv; fi)

# The system's own Python comes first: it is built with profiles, as the one in the image is. One that
# was compiled on the machine seldom is, and takes a tenth longer for every answer.
.venv/.uv: Makefile
	@set -e; \
	if [ ! -x $(PY) ]; then \
	  for python in $(PYTHON) /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do \
	    if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	    then found=$$python; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo 'Cần Python 3.11 trở lên có venv (Debian: python3 và python3-venv).' >&2; \
	    echo 'Python 3.11 or newer with venv is needed (Debian: python3 and python3-venv).' >&2; \
	    exit 1; \
	  fi; \
	  rm -rf .venv; "$$found" -m venv .venv; pwd -P > .venv/.place; \
	fi; \
	$(PY) -m pip install --quiet 'uv==$(UV_VERSION)'; \
	touch $@

# The development set contains the runtime set, so the one never undoes the other.
.venv/.runtime: .venv/.uv requirements.lock pyproject.toml
	@if [ -e .venv/.development ]; then $(SYNC) requirements-dev.lock; else $(SYNC) requirements.lock; fi
	@$(INSTALL)
	@touch $@

.venv/.development: .venv/.uv requirements.lock requirements-dev.lock pyproject.toml
	@$(SYNC) requirements-dev.lock
	@$(INSTALL)
	@touch .venv/.runtime $@

tests/peers/node_modules/.installed: tests/peers/package-lock.json
	@cd tests/peers && npm ci --no-audit --no-fund
	@mkdir -p tests/peers/node_modules
	@touch $@

$(RIVAL)/node_modules/.installed: $(RIVAL)/package-lock.json
	@cd $(RIVAL) && npm ci --no-audit --no-fund
	@touch $@

# A client that holds back a library of the hub's: an environment of its own.
$(ARIADNE)/.venv/.installed: .venv/.uv $(ARIADNE)/requirements.lock
	@$(UV) venv --quiet --clear --python $(PY) $(@D)
	@$(UV) pip sync --quiet --python $(@D)/bin/python --require-hashes $(ARIADNE)/requirements.lock
	@touch $@
