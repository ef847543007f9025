"""The gate's rule: a test that did not run has not passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

LEFT_OUT = pytest.StashKey[list[str]]()
_DESELECTED: Final = "hub_deselected"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the gate ask for the rule; at the desk a skip is only shown."""
    parser.addoption("--no-skips", action="store_true", help="fail if a test is left out")


def pytest_configure(config: pytest.Config) -> None:
    """Register the rule when it was asked for."""
    config.stash[LEFT_OUT] = []
    if config.getoption("--no-skips"):
        config.pluginmanager.register(NoSkips(config), "no-skips")


class NoSkips:
    """Counts what was skipped, expected to fail or deselected, and fails the run for it."""

    def __init__(self, config: pytest.Config) -> None:
        self._left_out = config.stash[LEFT_OUT]
        self._deselected: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that was skipped or excused."""
        if report.skipped:
            self._left_out.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a whole module that was skipped."""
        if report.skipped:
            self._left_out.append(report.nodeid)

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """Note tests that a selection left out."""
        self._deselected.extend(item.nodeid for item in items)
        self._left_out.extend(self._deselected)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:  # noqa: ANN401  (it has no public type)
        """Take from a worker what its selection left out: every worker selects the same."""
        for nodeid in getattr(node, "workeroutput", {}).get(_DESELECTED, ()):
            if nodeid not in self._left_out:
                self._left_out.append(nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Turn a run that left something out into a failed one."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[_DESELECTED] = list(self._deselected)
        if self._left_out and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name what was left out."""
        for nodeid in self._left_out:
            terminalreporter.write_line(f"left out, which the gate refuses: {nodeid}", red=True)
