"""Entries, added to the end of the chain in the transaction of whoever adds them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Uuid, any_, func, literal, select

from hub.audit.chain import GENESIS, hash_of
from hub.audit.entry import Entry
from hub.model.audit import audit_entry
from hub.model.authority import account
from hub.model.columns import TEXT
from hub.model.organisation import agency

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from hub.database.transaction import Transaction

_LOCK: Final = 4_861_002
_FIELDS: Final = tuple(field.name for field in fields(Entry))


async def keep(transaction: Transaction, entries: Sequence[Entry]) -> int:
    """Add those of *entries* that are not kept yet, in this order; return how many those were.

    To be the last thing a transaction does: from here to its commit nobody else adds.
    """
    await hold_chain(transaction)
    known = await _known(transaction, [entry.id for entry in entries])
    # By id: a line that was written twice, as after a failed sync, is one entry.
    new = {entry.id: entry for entry in entries if entry.id not in known}.values()
    if not new:
        return 0
    agencies = await _agencies(transaction, {entry.agency for entry in new})
    accounts = await _accounts(transaction, {entry.account_id for entry in new})
    sequence, last = await end_of_chain(transaction)
    rows = []
    for entry in new:
        sequence += 1
        row: dict[str, Any] = {name: getattr(entry, name) for name in _FIELDS}
        row["sequence"] = sequence
        row["agency_id"], row["jurisdiction_id"] = agencies.get(entry.agency, (None, None))
        row["account"], row["account_kind"] = accounts.get(entry.account_id, (None, None))
        row["previous"] = last
        row["hash"] = last = hash_of(last, row)
        rows.append(row)
    await transaction.insert(audit_entry, rows)
    return len(rows)


async def hold_chain(transaction: Transaction) -> None:
    """Wait until nobody else adds to the chain; nobody will until *transaction* ends."""
    await transaction.fetch(select(func.pg_advisory_xact_lock(_LOCK)))


async def end_of_chain(transaction: Transaction) -> tuple[int, bytes]:
    """Return the number and the hash of the last entry; 0 and the genesis where there is none."""
    c = audit_entry.c
    found = await transaction.fetch(select(c.sequence, c.hash).order_by(c.sequence.desc()).limit(1))
    return (found[0]["sequence"], found[0]["hash"]) if found else (0, GENESIS)


async def _known(transaction: Transaction, ids: Sequence[UUID]) -> set[UUID]:
    found = await transaction.fetch(
        select(audit_entry.c.id).where(audit_entry.c.id == any_(literal(list(ids), ARRAY(Uuid))))
    )
    return {UUID(int=row["id"].int) for row in found}


async def _agencies(
    transaction: Transaction, codes: Collection[str | None]
) -> Mapping[str | None, tuple[int, int | None]]:
    asked = [code for code in codes if code is not None]
    c = agency.c
    found = await transaction.fetch(
        select(c.id, c.code, c.jurisdiction_id).where(c.code == any_(literal(asked, ARRAY(TEXT))))
    )
    return {row["code"]: (row["id"], row["jurisdiction_id"]) for row in found}


async def _accounts(
    transaction: Transaction, ids: Collection[int | None]
) -> Mapping[int | None, tuple[str, str]]:
    asked = [number for number in ids if number is not None]
    c = account.c
    found = await transaction.fetch(
        select(c.id, c.handle, c.kind).where(c.id == any_(literal(asked, ARRAY(Integer))))
    )
    return {row["id"]: (str(row["handle"]), row["kind"]) for row in found}
