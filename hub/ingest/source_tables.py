"""What an administrator loads for a source: its own words, and its shares of divided wards.

A file is the whole of it: what is not in it any longer is forgotten, so the file keeps what once
held, with the days between which it did. All or nothing is loaded. The source's mapping has another
version then, and every batch tells which one it was read by.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import ARRAY, any_, literal, select, update

from hub.ingest.batch.sources import UnknownSourceError
from hub.ingest.drafts.source_tables import Lasting, SourceShare, SourceTerm
from hub.ingest.mapping import File
from hub.ingest.merge import RowSet, merge, take_turn
from hub.ingest.reading import read_file
from hub.ingest.rejections import Expected, RejectedDataError, Rejection
from hub.model.columns import TEXT
from hub.model.facilities import facility
from hub.model.intake import data_source, source_share, source_term
from hub.model.measurement import indicator
from hub.model.organisation import agency
from hub.model.territory import area, area_lineage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from hub.database.transaction import Transaction
    from hub.ingest.staging import Merged

TERMS: Final = File("terms.csv", SourceTerm, key=("kind", "term", "valid_from"))
SHARES: Final = File("shares.csv", SourceShare, key=("old_code", "new_code", "valid_from"))

_NAMED: Final = {"indicator": indicator, "facility": facility, "agency": agency, "area": area}

L = TypeVar("L", bound=Lasting)


@dataclass(frozen=True, slots=True)
class _Owner:
    """The source that is spoken of, and its place."""

    id: int
    place: int


async def load_terms(transaction: Transaction, source: str, path: Path) -> Merged:
    """Have *source* use the words in the file at *path*, and no others.

    Raises ``RejectedDataError`` with all that is wrong in it, ``UnknownSourceError`` for no source.
    """
    owner = await _find(transaction, source)
    terms = read_file(path, TERMS)
    _refuse(
        *_times(terms, lambda row: (row.kind, row.term)),
        *[each async for each in _unknown(transaction, owner, terms)],
    )
    rows = [
        {
            "source_id": owner.id,
            "kind": row.kind,
            "term": row.term,
            "valid_from": row.valid_from,
            "code": row.code,
            "valid_until": row.valid_until,
        }
        for row in terms
    ]
    key = ("source_id", "kind", "term", "valid_from")
    owned = source_term.c.source_id == owner.id
    return await _load(transaction, owner, RowSet(source_term, key, rows, owned=owned))


async def load_shares(transaction: Transaction, source: str, path: Path) -> Merged:
    """Have the figures that *source* gives of divided wards shared as the file at *path* says.

    The shares of one ward and time add up to one, each of a ward into which a part of it went.
    Raises ``RejectedDataError`` with all that is wrong in it, ``UnknownSourceError`` for no source.
    """
    owner = await _find(transaction, source)
    shares = read_file(path, SHARES)
    went = await _successions(transaction, owner)
    _refuse(
        *_times(shares, lambda row: (row.old_code,), may_go_together=True),
        *_strangers(shares, went),
        *_sums(shares),
    )
    rows = [
        {
            "source_id": owner.id,
            "predecessor_id": went[row.old_code, row.new_code][0],
            "successor_id": went[row.old_code, row.new_code][1],
            "valid_from": row.valid_from,
            "share": row.share,
            "valid_until": row.valid_until,
        }
        for row in shares
    ]
    key = ("source_id", "predecessor_id", "successor_id", "valid_from")
    owned = source_share.c.source_id == owner.id
    return await _load(transaction, owner, RowSet(source_share, key, rows, owned=owned))


async def _find(transaction: Transaction, source: str) -> _Owner:
    await take_turn(transaction)
    s = data_source.c
    found = await transaction.fetch(select(s.id, s.jurisdiction_id).where(s.code == source))
    if not found:
        raise UnknownSourceError(source=source)
    return _Owner(*found[0])


async def _load(transaction: Transaction, owner: _Owner, rows: RowSet) -> Merged:
    [merged] = await merge(transaction, [rows])
    if merged.is_change:
        version = data_source.c.mapping_version
        await transaction.execute(
            update(data_source)
            .where(data_source.c.id == owner.id)
            .values(mapping_version=version + 1)
        )
    return merged


def _refuse(*rejections: Rejection) -> None:
    if rejections:
        raise RejectedDataError(sorted(rejections, key=lambda each: each.line))


def _times(
    rows: Iterable[L], subject: Callable[[L], tuple[str, ...]], *, may_go_together: bool = False
) -> Iterator[Rejection]:
    """Yield what ends before it begins, or begins before what held before has ended.

    What *may go together* is apart from what holds for another time, not from what holds as long.
    """
    known: dict[tuple[str, ...], list[L]] = defaultdict(list)
    for row in rows:
        since, until = _bounds(row)
        if until <= since:
            expected = Expected("một ngày sau valid_from", "a day after valid_from")
            yield row.row.refuse("valid_until", expected)
        for other in known[subject(row)]:
            begins, ends = _bounds(other)
            goes_together = may_go_together and (begins, ends) == (since, until)
            if since < ends and begins < until and not goes_together:
                expected = Expected(
                    f"thời gian không trùng với dòng {other.row.line}",
                    f"a time apart from that of line {other.row.line}",
                )
                yield row.row.refuse("valid_from", expected)
        known[subject(row)].append(row)


def _bounds(row: Lasting) -> tuple[date, date]:
    return row.valid_from or date.min, row.valid_until or date.max


async def _unknown(
    transaction: Transaction, owner: _Owner, terms: Sequence[SourceTerm]
) -> AsyncIterator[Rejection]:
    """Yield the codes that are none of the source's place."""
    for kind, table in _NAMED.items():
        meant = [row for row in terms if row.kind == kind]
        codes = literal([row.code for row in meant], ARRAY(TEXT))
        found = await transaction.fetch(
            select(table.c.code).where(
                table.c.code == any_(codes), table.c.jurisdiction_id == owner.place
            )
        )
        known = {code for (code,) in found}
        for row in meant:
            if row.code not in known:
                expected = Expected(f"một mã đã có ({kind})", f"a code that is known ({kind})")
                yield row.row.refuse("code", expected)


async def _successions(
    transaction: Transaction, owner: _Owner
) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the ids of each divided ward and of a successor of its, by their codes."""
    old, new, went = area.alias("old"), area.alias("new"), area_lineage.c
    rows = await transaction.fetch(
        select(old.c.code, new.c.code, old.c.id, new.c.id)
        .select_from(area_lineage)
        .join(old, old.c.id == went.predecessor_id)
        .join(new, new.c.id == went.successor_id)
        .where(old.c.jurisdiction_id == owner.place, went.share == "part")
    )
    return {(before, after): (one, other) for before, after, one, other in rows}


def _strangers(
    shares: Iterable[SourceShare], went: Mapping[tuple[str, str], object]
) -> Iterator[Rejection]:
    divided = {old for old, _ in went}
    for row in shares:
        if row.old_code not in divided:
            expected = Expected("mã một xã, phường cũ đã bị chia", "the code of a divided ward")
            yield row.row.refuse("old_code", expected)
        elif (row.old_code, row.new_code) not in went:
            heirs = ", ".join(sorted(new for old, new in went if old == row.old_code))
            expected = Expected(f"một trong các đơn vị mới {heirs}", f"one of its heirs {heirs}")
            yield row.row.refuse("new_code", expected)


def _sums(shares: Iterable[SourceShare]) -> Iterator[Rejection]:
    """Yield the wards whose shares do not add up to one, wherever they hold together."""
    together: dict[tuple[object, ...], list[SourceShare]] = defaultdict(list)
    for row in shares:
        together[row.old_code, *_bounds(row)].append(row)
    for rows in together.values():
        total = sum(row.share for row in rows)
        if total != 1 or any(row.share <= 0 for row in rows):
            expected = Expected(
                f"các tỷ lệ dương của {rows[0].old_code} có tổng bằng 1 (đang là {total})",
                f"positive shares of {rows[0].old_code} that add up to 1 (they are {total})",
            )
            yield rows[-1].row.refuse("share", expected)
