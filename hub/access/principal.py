"""Who asks. Nothing reaches the database without one of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hub.access.readers import Reader


@dataclass(frozen=True, slots=True)
class Principal:
    """An account of an agency, the public, or one of the hub's own hands.

    Attributes:
        reader: the database role its statements run as.
        account: the claim its connections carry; None where there is no account.
        agency: the code of its agency, for words and logs; never for decisions.
        epoch: since when this is known of it, where it is kept: a transaction of another epoch is
            refused. None where it has just been found out.
        kind: who is behind its account (``AccountKind``); None where there is no account.
        client: the program that asks for it, as its issuer names it, where it is known; for words
            and logs, never for decisions.
        breaks_glass: whether its agency reads others' drafts at present: each of its accesses is
            then recorded before it is answered.
    """

    reader: Reader
    account: int | None = None
    agency: str | None = None
    epoch: int | None = None
    kind: str | None = None
    breaks_glass: bool = False
    client: str | None = None


PUBLIC: Final = Principal(Reader.PUBLIC)
"""Whoever has no token."""

GATE: Final = Principal(Reader.GATE)
"""The hub finding out who somebody is."""

LOADER: Final = Principal(Reader.LOADER)
"""The hub loading its own reference data."""

CLERK: Final = Principal(Reader.CLERK)
"""The hub keeping its audit trail."""

AUDITOR: Final = Principal(Reader.AUDITOR)
"""The hub checking its audit trail."""

WORKER: Final = Principal(Reader.WORKER)
"""The hub keeping its queue of work."""
