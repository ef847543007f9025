"""Every principal × table × verb, through the runtime roles: what is seen, what is refused."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncpg
import pytest
from sqlalchemy import select, text

from hub.access.principal import GATE, PUBLIC, Principal
from hub.access.readers import OUTSIDE
from hub.database.transaction import Mode, begin
from hub.loaders.gate import find_principal
from hub.model.columns import METADATA
from hub.web.development import ISSUER
from tests.access.world import OPERATOR, OTHER_WARD, WARD, Truth, fingerprint, key_columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from hub.database.address import Address
    from hub.database.engine import Database
    from tests.access.world import Key

    Expectation = Callable[[Truth, str | None, str], set[Key]]

NOBODY = "vn.quoc-hoi"
"""An agency with an account that no right was given to."""

PRINCIPALS = (
    None,
    "hn.cong-an",
    "hn.so-y-te",
    "hn.so-tu-phap",
    "hn.so-tai-chinh",
    "hn.mttq",
    "hn.so-van-hoa-the-thao",
    "hn.so-giao-duc-dao-tao",
    "hn.so-du-lich",
    "hn.toa-an",
    "hn.so-cong-thuong",
    "hn.dai-ptth",
    "hn.so-noi-vu",
    "hn.ubnd",
    "hn.ban-chi-dao-pcmt",
    f"hn.ubnd-cap-xa.{WARD}",
    f"hn.ubnd-cap-xa.{OTHER_WARD}",
    f"hn.cong-an-cap-xa.{WARD}",
    "vn.bo-cong-an",
    "ct.cong-an",
    "ct.ubnd",
    "na.cong-an",
    "qb.bcd-138",
    OPERATOR,
    NOBODY,
)
"""One of every kind that the rules tell apart; None is the public."""


def every_row(truth: Truth, _: str | None, table: str) -> set[Key]:
    """Expect all there is: the table is everybody's."""
    return truth.keys[table]


def _own_rows(truth: Truth, agency: str | None, table: str) -> set[Key]:
    return {key for key, holder in truth.holders[table].items() if agency and holder == agency}


def _own_grants(truth: Truth, agency: str | None, table: str) -> set[Key]:
    return _own_rows(truth, agency, table) | truth.common_grants


def _projects(truth: Truth, agency: str | None, table: str) -> set[Key]:
    national = truth.keys[table] - truth.projects.keys()
    seen = truth.reading.projects_seen(agency)
    return national | {key for key, code in truth.projects.items() if code in seen}


def _figures(truth: Truth, agency: str | None, _: str) -> set[Key]:
    return {(figure.id,) for figure in truth.reading.sees(agency, truth.figures)}


def _reached(data_class: str, *, is_owners: bool = False) -> Expectation:
    """Expect what a right to *data_class* opens, and one's own rows where *is_owners*."""

    def visible(truth: Truth, agency: str | None, table: str) -> set[Key]:
        opens = truth.reading.opens
        return {
            key
            for key, row in truth.rows[table].items()
            if opens(agency, data_class, row.place, settled=row.settled)
            or (is_owners and agency and row.agency == agency)
        }

    return visible


def _kept(data_class: str) -> Expectation:
    """Expect what a right opens, and what the agency runs where who runs a facility may read it."""

    def visible(truth: Truth, agency: str | None, table: str) -> set[Key]:
        is_operators = truth.reading.operators_read(data_class)
        return _reached(data_class, is_owners=is_operators)(truth, agency, table)

    return visible


def _with(parent: str) -> Expectation:
    """Expect the rows whose *parent* is seen."""

    def visible(truth: Truth, agency: str | None, table: str) -> set[Key]:
        seen = VISIBLE[parent](truth, agency, parent)
        return {key for key, above in truth.parents[table].items() if above in seen}

    return visible


def _tasks(truth: Truth, agency: str | None, table: str) -> set[Key]:
    names = truth.reading.own_names(agency)
    own = {key for key, row in truth.rows[table].items() if row.agency in names}
    return own | _reached("task")(truth, agency, table)


def _progress(truth: Truth, agency: str | None, table: str) -> set[Key]:
    """Expect one's own progress, and that of tasks that a right opens: not of the whole group."""
    opened = _reached("task")(truth, agency, "task")
    above = truth.parents[table]
    return _own_rows(truth, agency, table) | {key for key in above if above[key] in opened}


def _findings(truth: Truth, agency: str | None, table: str) -> set[Key]:
    """Expect what was issued to whom it concerns; before, to who follows the whole project.

    Whoever was inspected waits until it is issued, but for the standing agency.
    """
    reaches = [
        reach
        for reach in truth.reading.reaches(agency, "finding")
        if reach.ward is None and not reach.only_accepted
    ]
    issued = {key for key, row in truth.rows[table].items() if row.settled}
    return (issued & _reached("finding", is_owners=True)(truth, agency, table)) | {
        key
        for key, row in truth.rows[table].items()
        if row.agency != agency or any(reach.jurisdiction for reach in reaches)
        if any(reach.covers(row.place) for reach in reaches)
    }


def _reviews(truth: Truth, agency: str | None, table: str) -> set[Key]:
    told = {
        truth.parents["finding"][key]
        for key, row in truth.rows["finding"].items()
        if row.settled and agency and row.agency == agency
    }
    return told | _reached("finding", is_owners=True)(truth, agency, table)


def _sources(truth: Truth, agency: str | None, table: str) -> set[Key]:
    stands = {reach.jurisdiction for reach in truth.reading.reaches(agency, "batch")}
    return {
        key
        for key, row in truth.rows[table].items()
        if row.place.jurisdiction in stands or (agency and row.agency == agency)
    }


def _trail(truth: Truth, agency: str | None, table: str) -> set[Key]:
    """Expect one's own trail; the standing agency's is its place's, and that of nobody's."""
    stands = _stands(truth, agency)
    return _own_rows(truth, agency, table) | {
        key
        for key, of in truth.holders[table].items()
        if (of is None and stands) or (of and of.partition(".")[0] in stands)
    }


def _heads(truth: Truth, agency: str | None, table: str) -> set[Key]:
    return truth.keys[table] if _stands(truth, agency) else set()


def _stands(truth: Truth, agency: str | None) -> set[str | None]:
    return {reach.jurisdiction for reach in truth.reading.reaches(agency, "audit")}


def _words(truth: Truth, agency: str | None, table: str) -> set[Key]:
    hidden = {
        (kind, *key)
        for kind in ("project", "facility", "task")
        for key in truth.keys[kind] - VISIBLE[kind](truth, agency, kind)
    }
    return {key for key in truth.keys[table] if (key[0], key[2]) not in hidden}


VISIBLE: dict[str, Expectation] = {
    "access_epoch": every_row,
    "access_grant": _own_grants,
    "account": _own_rows,
    "agency": every_row,
    "area": every_row,
    "area_lineage": every_row,
    "area_status": _reached("observation"),
    "area_status_evidence": _with("area_status"),
    "assignment": every_row,
    "assignment_partner": every_row,
    "audit_entry": _trail,
    "audit_head": _heads,
    "batch": _sources,
    "batch_row": _sources,
    "budget_line": _reached("budget"),
    "data_source": _sources,
    "disaggregation": every_row,
    "document": every_row,
    "document_link": every_row,
    "eligibility": _kept("eligibility"),
    "facility": _kept("facility"),
    "facility_condition": _with("facility"),
    "facility_type": every_row,
    "finding": _findings,
    "form_cell": every_row,
    "funding_source": every_row,
    "funding_source_document": every_row,
    "funding_source_manager": every_row,
    "glossary_term": every_row,
    "indicator": every_row,
    "jurisdiction": every_row,
    "notice": _own_rows,
    "observation": _figures,
    "period": every_row,
    "pilot_model": _reached("task", is_owners=True),
    "programme": every_row,
    "quality_check": every_row,
    "project": _projects,
    "reach": _own_rows,
    "reporting_duty": every_row,
    "reporting_duty_document": every_row,
    "reporting_regime": every_row,
    "report_form": every_row,
    "review": _reviews,
    "scope": _own_rows,
    "source_right": _with("data_source"),
    "source_share": _with("data_source"),
    "source_term": _with("data_source"),
    "search_word": _words,
    "submission": _reached("submission", is_owners=True),
    "target": every_row,
    "task": _tasks,
    "task_document": _with("task"),
    "task_indicator": _with("task"),
    "task_partner": _with("task"),
    "task_progress": _progress,
    "training": _reached("training"),
}
"""What a principal shall see of each table, as the rules say it and not as the hub does."""

CLOSED = {"figure_contribution", "figure_version", "source_checkpoint", "trusted_operation"}
"""Tables of the hub itself, which no kind of reader from outside may read."""

CHANGES = (
    "INSERT INTO {table} DEFAULT VALUES",
    "UPDATE {table} SET {column} = DEFAULT",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
)

ATTEMPT = """
DO $do$
DECLARE
  change text;
  passed text[] := '{{}}';
BEGIN
  FOREACH change IN ARRAY ARRAY[{changes}] LOOP
    BEGIN
      EXECUTE change;
      passed := passed || change;
    EXCEPTION WHEN insufficient_privilege THEN
      NULL;
    END;
  END LOOP;
  IF passed <> '{{}}' THEN
    RAISE EXCEPTION 'not refused: %', passed;
  END IF;
END
$do$
"""
"""Tries every change, each under a savepoint of its own, and tells of what was not refused."""


def test_every_table_is_in_the_matrix(truth: Truth) -> None:
    assert set(VISIBLE) | CLOSED == set(METADATA.tables)
    assert [table for table in VISIBLE if not truth.keys[table]] == []


@pytest.mark.parametrize("name", sorted(CLOSED))
async def test_what_is_the_hubs_own_no_request_reads(house: Database, name: str) -> None:
    """Whatever its rows are: the privilege is missing, not only a policy."""
    for reader in OUTSIDE:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with begin(house, Principal(reader), Mode.READ) as transaction:
                await transaction.fetch(text(f"SELECT 1 FROM {name}"))


def test_the_world_can_tell_the_principals_apart(truth: Truth) -> None:
    """Nobody sees all; whoever sees figures misses some, so that a leak would show."""
    counts = {agency: len(truth.reading.sees(agency, truth.figures)) for agency in PRINCIPALS}
    assert all(count < len(truth.figures) for count in counts.values())
    blind = {agency for agency, count in counts.items() if count == 0}
    assert blind == {None, "hn.so-tai-chinh", "hn.so-cong-thuong", "hn.dai-ptth", NOBODY}


@pytest.mark.parametrize("agency", PRINCIPALS)
async def test_each_sees_exactly_what_the_rules_give(
    house: Database, truth: Truth, agency: str | None
) -> None:
    """No row more, no row less, of any table."""
    principal = await _find(house, agency)
    wrong = {}
    for name, visible in VISIBLE.items():
        found, expected = await _keys(house, principal, name), visible(truth, agency, name)
        if found != expected:
            wrong[name] = {"leaked": found - expected, "missing": expected - found}
    assert wrong == {}


@pytest.mark.parametrize("agency", PRINCIPALS)
async def test_nobody_changes_anything(
    house: Database, world: Address, as_found: str, agency: str | None
) -> None:
    """Every change of every table is refused, and the database is as it was."""
    principal = await _find(house, agency)
    changes = [
        f"'{change.format(table=name, column=next(iter(table.c)).name)}'"
        for name, table in METADATA.tables.items()
        for change in CHANGES
    ]
    async with begin(house, principal, Mode.WRITE) as transaction:
        await transaction.execute(text(ATTEMPT.format(changes=", ".join(changes))))
    assert await fingerprint(world) == as_found


async def test_whoever_reads_cannot_write_whatever_its_rights(house: Database) -> None:
    """What only reads runs in a transaction that cannot write."""
    for reader in OUTSIDE:
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            async with begin(house, Principal(reader), Mode.READ) as transaction:
                await transaction.execute(text("CREATE TEMPORARY TABLE project (id int)"))


async def test_nobody_learns_how_an_account_signs_in(house: Database) -> None:
    account = METADATA.tables["account"]
    for reader in OUTSIDE:
        for column in (account.c.issuer, account.c.subject, account.c.created_at):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with begin(house, Principal(reader), Mode.READ) as transaction:
                    await transaction.fetch(select(column))


async def test_who_finds_principals_sees_accounts_and_no_data(house: Database) -> None:
    """The gate reads who somebody is and what may be asked, and is refused every other table."""
    read = set()
    for name, table in METADATA.tables.items():
        try:
            async with begin(house, GATE, Mode.READ) as transaction:
                key = next(iter(table.primary_key.columns)).name
                column = "sha256" if name == "trusted_operation" else key
                await transaction.fetch(select(table.c[column]).limit(1))
        except asyncpg.InsufficientPrivilegeError:
            continue
        read.add(name)
    assert read == {
        *("account", "access_epoch", "access_grant", "agency", "trusted_operation"),
        *("batch", "data_source"),
    }


@pytest.fixture(scope="session")
def as_found(world: Address) -> str:
    """The world's sum before anybody tried to change it."""
    return asyncio.run(fingerprint(world))


async def _find(database: Database, agency: str | None) -> Principal:
    if agency is None:
        return PUBLIC
    principal = await find_principal(database, ISSUER, agency)
    assert principal is not None
    return principal


async def _keys(database: Database, principal: Principal, name: str) -> set[Key]:
    table = METADATA.tables[name]
    columns = [table.c[column] for column in key_columns(name)]
    async with begin(database, principal, Mode.READ) as transaction:
        rows = await transaction.fetch(select(*columns))
    return {tuple(row) for row in rows}
