"""The kinds of reader: each a database role with its own policies, pool and view."""

from __future__ import annotations

from enum import StrEnum


class Reader(StrEnum):
    """A database role of the running hub: it owns nothing and cannot bypass row-level security."""

    PUBLIC = "hub_public"
    """Everybody without a token: definitions, areas, documents, targets."""

    SCOPED = "hub_scoped"
    """An agency that sees what its grants reach: departments, wards, the Front."""

    STANDING = "hub_standing"
    """A standing agency (cơ quan thường trực): all of its jurisdiction but others' drafts."""

    FEED = "hub_feed"
    """The regime's ministry: accepted figures of every jurisdiction."""

    GATE = "hub_gate"
    """Finds who a token's bearer is, before anything is read; sees accounts and no data."""

    REGISTRAR = "hub_registrar"
    """Carries out what an administrator may do with accounts and grants, under its claim."""

    LOADER = "hub_loader"
    """Writes the programme's own data; no request ever runs as it."""

    CLERK = "hub_clerk"
    """Adds entries to the audit trail and signed heads of its chain; changes none."""

    SOURCE = "hub_source"
    """Writes what a source of data delivers, as the source's account and within its rights."""

    AUDITOR = "hub_auditor"
    """Checks the audit trail: reads all of it, and nothing else."""

    WORKER = "hub_worker"
    """Keeps the queue of work; what a job touches, it touches as somebody else."""


OUTSIDE: tuple[Reader, ...] = (Reader.PUBLIC, Reader.SCOPED, Reader.STANDING, Reader.FEED)
"""The readers a request may run as: the visibility classes of the published schema."""

INSIDE: tuple[Reader, ...] = (
    Reader.GATE,
    Reader.REGISTRAR,
    Reader.LOADER,
    Reader.CLERK,
    Reader.SOURCE,
    Reader.AUDITOR,
    Reader.WORKER,
)
"""The readers that serve the hub itself."""
