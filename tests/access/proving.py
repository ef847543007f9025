"""What proofs of the rules share: what they speak of, who asks, what they assert on every path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from hub.database.transaction import Mode, begin
from hub.loaders.gate import find_principal
from hub.model.measurement import observation
from hub.web.development import ISSUER
from tests.access.paths import as_exported, exported, figures, sightings
from tests.access.world import WARD, Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from hub.access.principal import Principal
    from hub.database.engine import Database
    from tests.access.reading import Figure
    from tests.callers import Caller, Callers

DA5: Final = "hn.ctmtqg-2030.da5"
DA6: Final = "hn.ctmtqg-2030.da6"
DA7: Final = "hn.ctmtqg-2030.da7"
DA8: Final = "hn.ctmtqg-2030.da8"
DA9: Final = "hn.ctmtqg-2030.da9"
COMPONENT: Final = f"{DA5}.nd1"
CAN_THO: Final = "ct.ctmtqg-2030.da5"

COMMITTEE: Final = f"hn.ubnd-cap-xa.{WARD}"
MAY: Final = """{ viewer { grants { grant {
  project { code } programme { code } jurisdiction { code }
  capabilities dataClasses states areaScope area { code }
} } } }"""


async def assert_projects(
    people: Callers,
    paths: Mapping[str, set[str]],
    agency: str,
    seen: tuple[str, ...] = (),
    *,
    unseen: tuple[str, ...] = (),
) -> None:
    """Assert that *agency* sees projects on every path there is, and of others finds no trace."""
    found = await sightings(await people(agency), *seen, *unseen)
    assert found == {code: paths[code] for code in seen} | {code: set() for code in unseen}


async def assert_no_figures(people: Callers, truth: Truth, agency: str, *projects: str) -> None:
    """Assert that *agency* finds no figure of *projects* on any path."""
    stored = [figure for project in projects for figure in truth.of(project)]
    caller = await people(agency)
    assert set((await figures(caller, stored, *projects)).values()) == {frozenset()}
    assert not await exported(people.database, caller, *projects)


async def assert_figures(people: Callers, truth: Truth, agency: str, *projects: str) -> None:
    """Assert that *agency* finds on every path the figures that the rules give it, and some."""
    stored = [figure for project in projects for figure in truth.of(project)]
    newest = _known(truth.reading.newest(agency, stored))
    seen = _known(truth.reading.sees(agency, stored))
    assert frozenset() < newest < _known(stored)
    found = await figures(await people(agency), stored, *projects)
    revisions = {path: found.pop(path) for path in ("revisions", "byIds")}
    assert found == dict.fromkeys(found, newest)
    assert revisions == dict.fromkeys(revisions, seen)
    await assert_exported(people, truth, agency, *projects)


async def assert_exported(people: Callers, truth: Truth, agency: str, *projects: str) -> None:
    """Assert that *agency* takes away the figures that the rules give it, and some."""
    stored = [figure for project in projects for figure in truth.of(project)]
    counting = truth.reading.newest(agency, stored)
    assert counting
    found = await exported(people.database, await people(agency), *projects)
    assert found == as_exported(counting)


async def wards_with_figures(caller: Caller, project: str) -> int:
    """Return of how many wards *caller* finds the one figure that every ward has."""
    indicator = f"thu.phuong.{project}"
    data = await caller.ask(
        "query($code: String!) { observations(where: { indicator: { is: { code: { eq: $code } } } }"
        ") { totalCount } areas(where: { level: { eq: WARD }, observations: { some: { indicator: "
        "{ is: { code: { eq: $code } } } } } }) { totalCount } }",
        code=indicator,
    )
    assert data["observations"] == data["areas"]
    count: int = data["areas"]["totalCount"]
    return count


async def states(caller: Caller) -> set[str]:
    data = await caller.ask(
        "{ observations { groups(by: [STATUS]) { status aggregate { count } } } }"
    )
    return {group["status"] for group in data["observations"]["groups"]}


async def may(caller: Caller, project: str | None, data_class: str) -> set[str]:
    """Return what the caller's own rights to a project let it do with a class of data."""
    may: set[str] = set()
    for each in (await caller.ask(MAY))["viewer"]["grants"]:
        grant = each["grant"]
        named = None if grant["project"] is None else grant["project"]["code"]
        is_own = grant["areaScope"] != "OWN_FACILITY"
        if named == project and is_own and data_class in grant["dataClasses"]:
            may |= set(grant["capabilities"])
    return may


async def principal_of(database: Database, agency: str) -> Principal:
    """Return whom the hub takes *agency* for."""
    principal = await find_principal(database, ISSUER, agency)
    assert principal is not None
    return principal


async def figures_seen(database: Database, principal: Principal) -> set[UUID]:
    """Return the figures that *principal* sees."""
    async with begin(database, principal, Mode.READ) as transaction:
        return {row["id"] for row in await transaction.fetch(select(observation.c.id))}


def _known(stored: Iterable[Figure]) -> frozenset[str]:
    return frozenset(str(figure.id) for figure in stored)
