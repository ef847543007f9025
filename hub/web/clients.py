"""How much each client has under way, and how much its operations may still cost.

A client is an account, or for the public the network that asks. What it may spend grows by the
second up to a minute's worth; it is charged when an operation has ended, and refused while in debt.
Counted by each process for itself, in memory.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address
from time import monotonic
from typing import TYPE_CHECKING, Final, Self

from hub.web.refusals import BudgetSpentError, TooManyAtOnceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from starlette.types import Scope

    from hub.access.principal import Principal

_MOST_CLIENTS: Final = 10_000
_SITE_BITS: Final = 64
"""Of an IPv6 address: below them a site numbers its machines as it likes."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one client may do.

    Attributes:
        at_once: requests under way.
        cost_per_minute: of its operations, and of its documents to be read for the first time.
    """

    at_once: int = 16
    cost_per_minute: int = 10_000_000


class Client:
    """One client's account; open it for each request, as a context manager."""

    __slots__ = ("_allowance", "_credit", "_now", "_reckoned_at", "_running")

    def __init__(self, allowance: Allowance, now: Callable[[], float]) -> None:
        self._allowance = allowance
        self._now = now
        self._credit = float(allowance.cost_per_minute)
        self._reckoned_at = now()
        self._running = 0

    @property
    def is_idle(self) -> bool:
        """Return whether nothing of it is under way."""
        return self._running == 0

    def charge(self, cost: int) -> None:
        """Take *cost* from what it may spend."""
        self._credit -= cost

    def __enter__(self) -> Self:
        """Begin a request, or raise ``TooManyAtOnceError`` or ``BudgetSpentError``."""
        allowance = self._allowance
        now = self._now()
        a_second = allowance.cost_per_minute / 60
        earned = (now - self._reckoned_at) * a_second
        self._credit = min(self._credit + earned, allowance.cost_per_minute)
        self._reckoned_at = now
        if self._running >= allowance.at_once:
            raise TooManyAtOnceError(limit=allowance.at_once)
        if self._credit <= 0:
            seconds = math.ceil(-self._credit / a_second) + 1
            raise BudgetSpentError(limit=allowance.cost_per_minute, seconds=seconds)
        self._running += 1
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running -= 1


class Clients:
    """The clients of this process; of too many, those are forgotten that asked longest ago."""

    def __init__(self, allowance: Allowance, *, now: Callable[[], float] = monotonic) -> None:
        self._allowance = allowance
        self._now = now
        self._kept: OrderedDict[object, Client] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, principal: Principal, scope: Scope) -> Client:
        """Return the client that asks."""
        key: object = principal.account
        if key is None:
            peer = scope["client"]
            key = "" if peer is None else _network(peer[0])
        client = self._kept.get(key)
        if client is None:
            client = self._kept[key] = Client(self._allowance, self._now)
            self._forget()
        else:
            self._kept.move_to_end(key)
        return client

    def _forget(self) -> None:
        """Forget whoever asked longest ago and waits for nothing."""
        while len(self._kept) > _MOST_CLIENTS:
            idle = (key for key, client in self._kept.items() if client.is_idle)
            key = next(idle, None)
            if key is None:
                return
            del self._kept[key]


@lru_cache(maxsize=4096)
def _network(address: str) -> str:
    """Return what of a peer's *address* it cannot change at will."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    mapped = known.ipv4_mapped
    return str(mapped or IPv6Network((known, _SITE_BITS), strict=False))
