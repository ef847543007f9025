"""A way for tests to say at the end of the run how much was proved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

_TOLD: Final = pytest.StashKey[list[str]]()
_HANDED_ON: Final = "hub_told"


@pytest.fixture
def tell(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Have a line said at the end of the run."""
    return pytestconfig.stash.setdefault(_TOLD, []).append


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand on what a worker has to say."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[_HANDED_ON] = session.config.stash.get(_TOLD, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401  (a worker, which has no public type)
    """Take what a worker has to say."""
    told = node.config.stash.setdefault(_TOLD, [])
    told.extend(getattr(node, "workeroutput", {}).get(_HANDED_ON, ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was proved."""
    told = terminalreporter.config.stash.get(_TOLD, [])
    if told:
        terminalreporter.section("how much was proved")
    for line in told:
        terminalreporter.write_line(line)
