"""Databases with a world in them, one for each module that reads and one for each that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.oracle.bench import SEED, Bench, bench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hub.database.address import Address
    from hub.database.embedded import Server


@pytest.fixture(scope="session")
def shown(server: Server, empty: Address) -> Iterator[Bench]:
    """A world to read; change nothing in it."""
    with bench(server, empty, SEED) as opened:
        yield opened


_TOLD = pytest.StashKey[list[str]]()


@pytest.fixture
def tell(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """A way to say at the end of the run how much was proved."""
    return pytestconfig.stash.setdefault(_TOLD, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was proved."""
    told = terminalreporter.config.stash.get(_TOLD, [])
    if told:
        terminalreporter.section("who sees what")
    for line in told:
        terminalreporter.write_line(line)
