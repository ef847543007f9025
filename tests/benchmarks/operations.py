"""What is asked: the same question in the hub's words and in PostGraphile's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import asyncpg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hub.database.address import Address
    from tests.benchmarks.readers import Asker

PROJECT: Final = "hn.ctmtqg-2030.da5"
GROUP: Final = "bench.chung"
INDICATOR: Final = "bench.chi-tieu.007"
WARD_CODE: Final = "00004"
PERIOD: Final = "2026-03"
START: Final = "2025-01-01"
END: Final = "2025-12-31"

_HERE: Final = Path(__file__).parent

Variables = dict[str, object]


@dataclass(frozen=True, slots=True)
class Keys:
    """The database's own keys, which PostGraphile shows and asks by.

    Attributes:
        claims: the account and the agency of each asker, by the asker's name.
    """

    project: int
    group: int
    ward: int
    period: int
    areas: Mapping[str, str]
    indicators: Mapping[str, str]
    claims: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Cursors:
    """Where a deep page begins, for the hub and for PostGraphile."""

    hub: str
    rival: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A question.

    Attributes:
        name: what it is called in the results.
        document: the document's name, the same on both sides.
        hub: its variables for the hub.
        rival: its variables for PostGraphile.
    """

    name: str
    document: str
    hub: Callable[[Cursors], Variables]
    rival: Callable[[Keys, Cursors], Variables]

    @property
    def text(self) -> str:
        """Return the document for the hub."""
        return read_document(self.document)

    @property
    def rival_text(self) -> str:
        """Return the document for PostGraphile."""
        return read_rival_document(self.document)


def read_document(name: str) -> str:
    """Return a document for the hub."""
    return (_HERE / "operations" / f"{name}.graphql").read_text(encoding="utf-8")


def read_rival_document(name: str) -> str:
    """Return a document for PostGraphile."""
    path = _HERE / "postgraphile" / "operations" / f"{name}.graphql"
    return path.read_text(encoding="utf-8")


_YEAR: Final[Variables] = {"start": START, "end": END}

OPERATIONS: Final = (
    Operation(
        "NestedPage",
        "NestedPage",
        lambda _: {"group": GROUP},
        lambda keys, _: {"group": keys.group},
    ),
    Operation(
        "Lookup",
        "Lookup",
        lambda _: {"project": PROJECT, "ward": WARD_CODE},
        lambda keys, _: {"project": PROJECT, "ward": keys.ward},
    ),
    Operation(
        "WardTable",
        "WardTable",
        lambda _: {"indicator": INDICATOR, "period": PERIOD},
        lambda keys, _: {"indicator": INDICATOR, "period": keys.period},
    ),
    Operation(
        "ObservationPage",
        "ObservationPage",
        lambda _: {},
        lambda _, __: {},
    ),
    Operation(
        "ObservationPageDeep",
        "ObservationPage",
        lambda cursors: {"after": cursors.hub},
        lambda _, cursors: {"after": cursors.rival},
    ),
    Operation(
        "ObservationPageOfWard",
        "ObservationPageOfWard",
        lambda _: {"project": PROJECT, "ward": WARD_CODE},
        lambda keys, _: {"project": keys.project, "ward": keys.ward},
    ),
    Operation(
        "Totals",
        "Totals",
        lambda _: {"indicator": INDICATOR},
        lambda _, __: {"indicator": INDICATOR},
    ),
    Operation(
        "TotalsOfWard",
        "TotalsOfWard",
        lambda _: {"project": PROJECT, "ward": WARD_CODE} | _YEAR,
        lambda keys, _: {"project": PROJECT, "projectId": keys.project, "ward": keys.ward} | _YEAR,
    ),
)


async def find_keys(address: Address, askers: tuple[Asker, ...]) -> Keys:
    """Return the database's keys of what the operations ask for."""
    connection = await asyncpg.connect(address.url)
    try:

        async def find(query: str, *arguments: object) -> Any:  # noqa: ANN401  (a cell)
            value = await connection.fetchval(query, *arguments)
            assert value is not None, query
            return value

        async def codes(table: str) -> dict[str, str]:
            rows = await connection.fetch(f"SELECT id, code FROM {table}")
            return {str(row["id"]): row["code"] for row in rows}

        period = "SELECT id FROM period WHERE calendar = 'calendar' AND label = $1"
        account = (
            "SELECT (a.id, a.agency_id) FROM account a JOIN agency g ON g.id = a.agency_id "
            "WHERE g.code = $1 AND a.subject = g.code"
        )
        return Keys(
            project=await find("SELECT id FROM project WHERE code = $1", PROJECT),
            group=await find("SELECT id FROM project WHERE code = $1", GROUP),
            ward=await find(
                "SELECT id FROM area WHERE code = $1 AND level = 'ward' AND valid_to IS NULL",
                WARD_CODE,
            ),
            period=await find(period, PERIOD),
            areas=await codes("area"),
            indicators=await codes("indicator"),
            claims={asker.name: await find(account, asker.agency) for asker in askers},
        )
    finally:
        await connection.close()
