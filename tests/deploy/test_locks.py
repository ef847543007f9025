"""What is installed is fixed, by hash, and names no place to fetch it from."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.deploy.composition import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ARIADNE = ROOT / "tests" / "peers" / "ariadne" / "requirements.lock"
LOCKS = [*sorted(ROOT.glob("requirements*.lock")), ARIADNE]
NPM = ROOT / "tests" / "peers" / "package-lock.json"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.relative_to(ROOT)))
def test_a_python_lock_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.findall(r"^([a-z0-9-]+(?:\[[a-z,]+\])?==\S+)(.*)$", text, re.MULTILINE)
    assert pins
    assert all(rest.endswith("\\") for _, rest in pins)


def test_the_npm_lock_has_hashes_and_no_registry() -> None:
    packages = json.loads(NPM.read_text(encoding="utf-8"))["packages"]
    installed = {name: entry for name, entry in packages.items() if name}
    assert all("integrity" in entry for entry in installed.values())
    assert not any("resolved" in entry for entry in installed.values())


def test_npm_packages_are_pinned_exactly() -> None:
    wanted = json.loads(NPM.with_name("package.json").read_text(encoding="utf-8"))
    for version in [*wanted["dependencies"].values(), *wanted["overrides"].values()]:
        assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version)
