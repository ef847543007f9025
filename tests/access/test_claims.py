"""What a claim opens: nothing without an account in force, and never more than its rights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import asyncpg
import pytest
from sqlalchemy import delete, select, text

from hub.access.principal import LOADER, Principal
from hub.access.readers import OUTSIDE, Reader
from hub.database.engine import Database
from hub.database.transaction import Mode, begin
from hub.loaders.gate import find_principal
from hub.model.authority import access_grant
from hub.model.columns import METADATA
from hub.model.programme import project
from hub.web.development import ISSUER
from tests.access.proving import figures_seen, principal_of
from tests.access.world import WARD, Truth, as_owner

if TYPE_CHECKING:
    from hub.database.address import Address
    from tests.access.conftest import Clone

OPEN: Final = {
    "agency",
    "area",
    "area_lineage",
    "assignment",
    "assignment_partner",
    "disaggregation",
    "document",
    "document_link",
    "facility_type",
    "form_cell",
    "funding_source",
    "funding_source_document",
    "funding_source_manager",
    "glossary_term",
    "indicator",
    "jurisdiction",
    "period",
    "programme",
    "quality_check",
    "reporting_duty",
    "reporting_duty_document",
    "reporting_regime",
    "report_form",
    "target",
}
"""Tables whose every row is everybody's."""

BY_RIGHT: Final = sorted(
    set(METADATA.tables)
    - OPEN
    - {"project", "access_grant", "access_epoch", "search_word", "trusted_operation"}
    - {"figure_contribution", "figure_version", "source_checkpoint"}
)

KINDS: Final = {
    Reader.SCOPED: "hn.so-y-te",
    Reader.STANDING: "hn.cong-an",
    Reader.FEED: "vn.bo-cong-an",
}
"""An agency of every kind of reader that has an account."""


@pytest.mark.parametrize("reader", OUTSIDE)
async def test_without_an_account_nothing_is_seen_by_right(
    house: Database, truth: Truth, reader: Reader
) -> None:
    """No claim and an unknown one are alike: no row, no error, whatever the kind of reader."""
    for number in (None, 0, -1, 999_999_999, 2**31 - 1):
        nobody = Principal(reader, number)
        assert await _counts(house, nobody) == dict.fromkeys(BY_RIGHT, 0)
        assert await _local_projects(house, nobody) == set()
        async with begin(house, nobody, Mode.READ) as transaction:
            grants = await transaction.fetch(select(access_grant.c.id))
        assert {tuple(row) for row in grants} == truth.common_grants


@pytest.mark.parametrize("claim", [2**31, 10**30])
async def test_a_claim_that_no_account_can_have_is_refused(house: Database, claim: int) -> None:
    with pytest.raises(asyncpg.NumericValueOutOfRangeError):
        await figures_seen(house, Principal(Reader.SCOPED, claim))


async def test_a_claim_is_a_number_or_nothing_is_asked(house: Database) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        await figures_seen(house, Principal(Reader.SCOPED, "1; SELECT 1"))  # type: ignore[arg-type]


@pytest.mark.parametrize("agency", [*KINDS.values(), "hn.mttq", f"hn.ubnd-cap-xa.{WARD}"])
async def test_no_kind_of_reader_gives_more_than_the_agency_has(
    house: Database, truth: Truth, agency: str
) -> None:
    """Entering by another's door with one's own claim opens nothing that one's rights do not."""
    rights = truth.reading
    own = {figure.id for figure in rights.sees(agency, truth.figures)}
    for reader in OUTSIDE:
        principal = replace(await principal_of(house, agency), reader=reader)
        assert await figures_seen(house, principal) <= own
        assert await _local_projects(house, principal) <= rights.projects_seen(agency)


async def test_who_has_no_account_in_force_is_nobody(clone: Clone) -> None:
    address = await clone()
    async with Database(address) as database:
        assert await find_principal(database, ISSUER, "hn.khong-co") is None
        assert await find_principal(database, "https://elsewhere", "hn.so-y-te") is None
        assert await find_principal(database, ISSUER, "hn.ubnd-cap-xa") is None
        await _do(address, "UPDATE account SET suspended_at = now() WHERE subject = 'hn.so-y-te'")
        assert await find_principal(database, ISSUER, "hn.so-y-te") is None


async def test_a_suspended_account_sees_nothing_from_the_next_operation_on(clone: Clone) -> None:
    """Though it was found before; and again all once it is restored."""
    address = await clone()
    async with Database(address) as database:
        for agency in KINDS.values():
            principal = await principal_of(database, agency)
            before = await _counts(database, principal)
            assert before["observation"] > 0
            suspend = "UPDATE account SET suspended_at = {} WHERE subject = $1"
            await _do(address, suspend.format("now()"), agency)
            assert await _counts(database, principal) == dict.fromkeys(BY_RIGHT, 0)
            assert await _local_projects(database, principal) == set()
            await _do(address, suspend.format("NULL"), agency)
            assert await _counts(database, principal) == before


@pytest.mark.parametrize(
    "bound", ["valid_until = now() - interval '1 second'", "valid_from = now() + interval '1 day'"]
)
async def test_a_right_out_of_its_time_is_gone_from_the_next_operation_on(
    clone: Clone, bound: str
) -> None:
    """Though the principal was found while it held; and the gate says so, too."""
    address = await clone()
    async with Database(address) as database:
        for agency in KINDS.values():
            principal = await principal_of(database, agency)
            assert await figures_seen(database, principal)
            await _do(
                address, f"UPDATE access_grant SET {bound} WHERE holder_id = {_AGENCY}", agency
            )
            assert await figures_seen(database, principal) == set()
            assert await _local_projects(database, principal) == set()
            assert (await principal_of(database, agency)).reader is Reader.SCOPED


async def test_what_is_left_when_one_right_lapses_is_the_others(clone: Clone) -> None:
    address = await clone()
    async with Database(address) as database:
        principal = await principal_of(database, "hn.so-y-te")
        await _do(
            address,
            "UPDATE access_grant SET valid_until = now() - interval '1 second' "
            "WHERE code LIKE 'hn.ctmtqg-2030.da5.so-y-te.%'",
        )
        assert await _local_projects(database, principal) == {"hn.ctmtqg-2030.da6"}


async def test_accepting_is_not_reading(clone: Clone) -> None:
    """A standing agency whose right to read has lapsed does not read by its right to accept."""
    address = await clone()
    async with Database(address) as database:
        principal = await principal_of(database, "hn.cong-an")
        await _do(
            address,
            "UPDATE access_grant SET valid_until = now() - interval '1 second' "
            f"WHERE holder_id = {_AGENCY} AND 'read' = ANY (capabilities)",
            "hn.cong-an",
        )
        assert await figures_seen(database, principal) == set()


async def test_a_right_that_is_taken_away_leaves_no_scope(clone: Clone) -> None:
    """Rights are data: the loader takes one away, and what it opened is closed."""
    address = await clone()
    async with Database(address) as database:
        principal = await principal_of(database, "hn.so-tai-chinh")
        assert await _local_projects(database, principal)
        async with begin(database, LOADER, Mode.WRITE) as transaction:
            code = access_grant.c.code == "hn.so-tai-chinh.budget"
            assert await transaction.execute(delete(access_grant).where(code)) == 1
        assert await _local_projects(database, principal) == set()


async def test_a_right_to_states_that_no_scope_knows_opens_nothing(clone: Clone) -> None:
    """Rather than more than it says."""
    address = await clone()
    async with Database(address) as database:
        principal = await principal_of(database, "hn.so-noi-vu")
        assert await figures_seen(database, principal)
        for states in ("{published}", "{submitted}", "{approved,accepted,published}"):
            await _do(
                address,
                "UPDATE access_grant SET states = $1::text::varchar[] "
                "WHERE code = 'hn.so-noi-vu.results'",
                states,
            )
            assert await figures_seen(database, principal) == set()


async def test_a_project_that_moves_takes_its_readers_along(clone: Clone) -> None:
    """Scopes follow the tree: what leaves a subtree leaves the rights to it."""
    address = await clone()
    async with Database(address) as database:
        principal = await principal_of(database, "hn.toa-an")
        component = "hn.ctmtqg-2030.da5.nd1"
        assert component in await _local_projects(database, principal)
        await _do(address, "UPDATE project SET parent_id = NULL WHERE code = $1", component)
        assert component not in await _local_projects(database, principal)


async def test_in_a_transaction_that_writes_rights_are_looked_up_each_time(clone: Clone) -> None:
    """It sees what others change meanwhile; one that only reads does not."""
    local = select(project.c.code).where(~project.c.is_national)
    address = await clone()
    async with Database(address) as database:
        principal = await principal_of(database, "hn.mttq")
        async with begin(database, principal, Mode.WRITE) as transaction:
            assert await transaction.fetch(local)
            await _do(address, f"DELETE FROM access_grant WHERE holder_id = {_AGENCY}", "hn.mttq")
            assert not await transaction.fetch(local)


_AGENCY = "(SELECT id FROM agency WHERE code = $1)"


async def _counts(database: Database, principal: Principal) -> dict[str, int]:
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in BY_RIGHT)
    async with begin(database, principal, Mode.READ) as transaction:
        return dict(map(tuple, await transaction.fetch(text(counts))))


async def _local_projects(database: Database, principal: Principal) -> set[str]:
    local = select(project.c.code).where(~project.c.is_national)
    async with begin(database, principal, Mode.READ) as transaction:
        return {row["code"] for row in await transaction.fetch(local)}


async def _do(address: Address, statement: str, *arguments: object) -> None:
    async with as_owner(address) as connection:
        await connection.execute(statement, *arguments)
