"""Archives: the oldest entries as files, verified by themselves and against the rest."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from hub.access.principal import CLERK
from hub.audit.archives import Archive, verify_archives, write_archive
from hub.audit.errors import ArchiveUnreadableError, NothingToArchiveError, TrailBrokenError
from hub.audit.heads import Pen, sign_if_due
from hub.audit.verification import verify
from hub.clock import system_clock
from hub.database.transaction import Mode, begin
from tests.audit.tampering import (
    Silent,
    an_entry,
    as_owner_of_everything,
    keep_entries,
    rewrite,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hub.database.engine import Database

DAYS = [datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2, 3, 4)]


@pytest.fixture
def pen(tmp_path: Path) -> Pen:
    return Pen.of(tmp_path / "audit.pem")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "archives"
    made.mkdir()
    return made


@pytest.fixture
async def trail(bare: Database, pen: Pen) -> Database:
    """Four entries a day for three days, each day closed by a head but the last."""
    for day in DAYS[:3]:
        await keep_entries(bare, [an_entry(number, at=day) for number in range(4)])
        if day != DAYS[2]:
            async with begin(bare, CLERK, Mode.WRITE) as transaction:
                assert await sign_if_due(transaction, pen, system_clock, is_last=True)
    return bare


async def _archive(trail: Database, folder: Path, day: int, pen: Pen) -> Archive:
    return await write_archive(trail, folder, DAYS[day], {pen.public})


async def test_each_archive_goes_on_from_the_last_to_a_signed_head(
    trail: Database, folder: Path, pen: Pen
) -> None:
    """What no head closes yet waits; nothing is written twice, and nothing leaves the database."""
    with pytest.raises(NothingToArchiveError):
        await _archive(trail, folder, 0, pen)
    first = await _archive(trail, folder, 1, pen)
    assert (first.first, first.head.sequence, first.path.name) == (
        *(1, 4),
        "000000000000001-000000000000004.ndjson",
    )
    assert first.path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(NothingToArchiveError):
        await _archive(trail, folder, 1, pen)
    second = await _archive(trail, folder, 3, pen)
    assert (second.first, second.head.sequence) == (5, 8)
    assert verify_archives(folder, {pen.public}) == [first, second]
    assert sorted(folder.iterdir()) == [first.path, second.path]
    heads = [each.head for each in (first, second)]
    whole = await verify(trail, {pen.public}, heads, Silent())
    assert (whole.entries, whole.heads) == (12, 4)


def _lines(*order: int) -> Callable[[list[bytes]], list[bytes]]:
    return lambda lines: [lines[at] for at in order]


TAMPERINGS: dict[str, tuple[Callable[[list[bytes]], list[bytes]], int]] = {
    "a cell altered": (
        lambda lines: [*lines[:1], lines[1].replace(b"http", b"cli"), *lines[2:]],
        6,
    ),
    "a line put behind": (_lines(0, 1, 2, 3, 4, 3), 9),
    "its first entry deleted": (_lines(1, 2, 3, 4), 5),
    "one deleted": (_lines(0, 2, 3, 4), 6),
    "the last entries cut": (_lines(0, 1, 4), 7),
    "two swapped": (_lines(0, 2, 1, 3, 4), 6),
}


@pytest.mark.parametrize("how", sorted(TAMPERINGS))
async def test_a_tampered_archive_is_named_by_its_first_wrong_entry(
    trail: Database, folder: Path, pen: Pen, how: str
) -> None:
    await _archive(trail, folder, 1, pen)
    path = (await _archive(trail, folder, 3, pen)).path
    tamper, names = TAMPERINGS[how]
    path.write_bytes(b"".join(tamper(path.read_bytes().splitlines(keepends=True))))
    with pytest.raises(TrailBrokenError) as told:
        verify_archives(folder, {pen.public})
    assert told.value.parts["sequence"] == names


async def test_an_archive_without_its_head_or_its_forerunner_is_none(
    trail: Database, folder: Path, pen: Pen, tmp_path: Path
) -> None:
    """A signature of somebody else's is none."""
    first = await _archive(trail, folder, 1, pen)
    await _archive(trail, folder, 3, pen)
    with pytest.raises(TrailBrokenError, match="signature at 4"):
        verify_archives(folder, {Pen.of(tmp_path / "other.pem").public})
    whole = first.path.read_bytes()
    first.path.write_bytes(whole.rpartition(b'{"sequence"')[0])
    with pytest.raises(ArchiveUnreadableError):
        verify_archives(folder, {pen.public})
    first.path.unlink()
    with pytest.raises(TrailBrokenError, match="entry 1 "):
        verify_archives(folder, {pen.public})


async def test_a_database_that_was_written_anew_disagrees_with_its_archives(
    trail: Database, folder: Path, pen: Pen
) -> None:
    """Nor is an archive made of what is not as it was kept."""
    archive = await _archive(trail, folder, 1, pen)
    async with as_owner_of_everything(trail) as owner:
        await owner.execute("UPDATE audit_entry SET agency = 'x' WHERE sequence = 3")
        with pytest.raises(TrailBrokenError, match="entry 3 "):
            await write_archive(trail, folder.parent, DAYS[1], {pen.public})
        await rewrite(owner, 3)
        await owner.execute("DELETE FROM audit_head")
        with pytest.raises(TrailBrokenError, match="unlike what was signed at 4"):
            await verify(trail, {pen.public}, [archive.head], Silent())
