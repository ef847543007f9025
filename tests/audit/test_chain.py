"""The chain: nothing is lost, nothing is there twice, and nobody takes anything out unseen."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.access.principal import AUDITOR, CLERK
from hub.audit.errors import AuditKeyError, TrailBrokenError
from hub.audit.heads import Pen, export_heads, read_heads, sign_if_due
from hub.audit.verification import verify
from hub.clock import system_clock
from hub.database.transaction import Mode, begin
from hub.model.audit import audit_entry
from tests.access.world import as_owner
from tests.audit.tampering import (
    LENGTH,
    TAMPERINGS,
    Kept,
    Silent,
    Tampering,
    an_entry,
    keep_entries,
    make_trail,
    named,
)

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database


@pytest.fixture
async def kept(bare: Database, tmp_path: Path) -> Kept:
    return await make_trail(bare, tmp_path)


async def test_each_tampering_is_named_by_the_entry_it_was_done_to(kept: Kept) -> None:
    """And after it is undone, the trail is whole."""
    found = {each.name: str(await named(kept, each)).partition(":")[0] for each in TAMPERINGS}
    assert found == {each.name: str(each.names) for each in TAMPERINGS}
    whole = await kept.verify()
    assert (whole.entries, whole.heads, whole.signed_to) == (LENGTH, 4, LENGTH)


async def test_what_only_heads_elsewhere_can_tell_passes_without_them(kept: Kept) -> None:
    """That is why they are to be kept elsewhere; the rest needs none."""
    passed = [each.name for each in TAMPERINGS if await named(kept, each, with_heads=False) == "–"]
    assert passed == [each.name for each in TAMPERINGS if each.needs_heads]


async def test_any_change_of_any_cell_is_found(kept: Kept) -> None:
    columns = [column.name for column in audit_entry.c if column.name not in {"sequence", "hash"}]
    other = {
        "event": "'export'",
        "channel": "'job'",
        "outcome": "'partial'",
        "account_kind": "'feed'",
        "at": "at + interval '1 second'",
        "codes": "'{X}'",
        "row_types": "'{X}'",
        "row_counts": "'{5}'",
        "previous": r"'\x00'",
        "id": "gen_random_uuid()",
    }
    numbers = {"account_id", "agency_id", "jurisdiction_id", "duration_us"}

    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.sampled_from(columns), st.integers(1, LENGTH))
    def examine(column: str, sequence: int) -> None:
        value = other.get(column, "42" if column in numbers else "'x'")
        change = f"UPDATE audit_entry SET {column} = {value} WHERE sequence = {sequence}"

        async def do(connection: asyncpg.Connection) -> None:
            await connection.execute(change)

        drawn.append((Tampering(change, do, sequence), sequence))

    drawn: list[tuple[Tampering, int]] = []
    examine()
    for tampering, sequence in drawn:
        found = await named(kept, tampering)
        assert str(found).startswith(f"{sequence}:"), (tampering.name, found)


async def test_eight_writers_make_one_chain(bare: Database, tmp_path: Path) -> None:
    kept = await make_trail(bare, tmp_path, length=2)
    writers = [
        keep_entries(bare, [an_entry(n) for n in range(5)]) for _ in range(8) for n in range(3)
    ]
    assert sum(await asyncio.gather(*writers)) == 8 * 3 * 5
    assert (await kept.verify()).entries == 2 + 8 * 3 * 5


async def test_what_is_kept_twice_is_there_once(bare: Database, tmp_path: Path) -> None:
    kept = await make_trail(bare, tmp_path, length=2)
    entries = [an_entry(number) for number in range(4)]
    assert await keep_entries(bare, entries) == 4
    assert await keep_entries(bare, [*entries, an_entry(9)]) == 1
    assert (await kept.verify()).entries == 7


async def test_nobody_changes_or_deletes_an_entry(kept: Kept) -> None:
    """Not the owner of the tables either, while the triggers stand."""
    changes = (
        "UPDATE audit_entry SET agency = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "UPDATE audit_head SET hash = ''",
        "DELETE FROM audit_head",
        "TRUNCATE audit_head",
    )
    async with as_owner(kept.database.address) as owner:
        for change in changes:
            with pytest.raises(asyncpg.RestrictViolationError):
                await owner.execute(change)
        roles = "('hub_clerk', 'hub_registrar', 'hub_loader', 'hub_auditor')"
        rights = await owner.fetch(
            "SELECT DISTINCT privilege_type FROM information_schema.role_table_grants "
            f"WHERE table_name IN ('audit_entry', 'audit_head') AND grantee IN {roles}"
        )
    assert {right for (right,) in rights} == {"SELECT", "INSERT"}
    assert (await kept.verify()).entries == LENGTH


async def test_who_verifies_cannot_write(kept: Kept) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with begin(kept.database, AUDITOR, Mode.WRITE) as transaction:
            await transaction.insert(audit_entry, [{"sequence": 99}])


async def test_heads_are_signed_as_often_as_said(bare: Database, tmp_path: Path) -> None:
    """Five minutes after the last if anything came since, and at the end."""
    pen = Pen.of(tmp_path / "audit.pem")
    now = system_clock()

    async def sign(after: timedelta, *, is_last: bool = False) -> int | None:
        async with begin(bare, CLERK, Mode.WRITE) as transaction:
            head = await sign_if_due(transaction, pen, lambda: now + after, is_last=is_last)
        return None if head is None else head.sequence

    assert await sign(timedelta(0)) is None
    await keep_entries(bare, [an_entry()])
    assert await sign(timedelta(0)) == 1
    assert await sign(timedelta(hours=1)) is None
    await keep_entries(bare, [an_entry()])
    assert await sign(timedelta(minutes=4)) is None
    assert await sign(timedelta(minutes=5)) == 2
    await keep_entries(bare, [an_entry()])
    assert await sign(timedelta(minutes=6), is_last=True) == 3
    async with begin(bare, CLERK, Mode.READ) as transaction:
        assert await export_heads(transaction, tmp_path / "heads") == 3
        assert await export_heads(transaction, tmp_path / "heads") == 0
    assert [head.sequence for head in read_heads(tmp_path / "heads")] == [1, 2, 3]


async def test_a_head_signed_by_a_stranger_counts_for_nothing(kept: Kept, tmp_path: Path) -> None:
    stranger = Pen.of(tmp_path / "other.pem")
    with pytest.raises(TrailBrokenError, match="signature at 10"):
        await verify(kept.database, {stranger.public}, [], Silent())


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "audit.pem"
    Pen.of(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Pen.of(path).public == Pen.of(path).public
    path.chmod(0o640)
    with pytest.raises(AuditKeyError):
        Pen.of(path)
