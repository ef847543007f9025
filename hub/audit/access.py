"""What a request path tells of one access: what it has at hand, and nothing worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


class Origin(NamedTuple):
    """Where a request came from.

    Attributes:
        source: the network address, or who sat at the machine.
        client: the program, where it is known.
        traceparent: the trace that it is part of, as the client says (W3C Trace Context).
    """

    channel: str
    request_id: str | None = None
    source: str | None = None
    client: str | None = None
    traceparent: str | None = None


class Access(NamedTuple):
    """An access or an act, told when it is over.

    The document and the variables are told as they were sent and kept as digests only.

    Attributes:
        types: types of rows that were given; *counts* how many of each.
        reason: the class of a refusal.
        target: what an act was about, by code or handle.
    """

    at: datetime
    event: str
    outcome: str
    origin: Origin
    account: int | None = None
    agency: str | None = None
    operation: str | None = None
    document: str | None = None
    trusted: str | None = None
    variables: Mapping[str, object] | None = None
    codes: tuple[str, ...] = ()
    reason: str | None = None
    types: tuple[str, ...] = ()
    counts: Sequence[int] = ()
    target: str | None = None
    seconds: float | None = None
