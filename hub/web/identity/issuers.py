"""Who issues access tokens that the hub takes, and what their tokens may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from hub.web.identity.signatures import VerificationKey

LONGEST: Final = timedelta(minutes=15)
"""How long an access token may live: none can be called back, only its account suspended."""


class Keys(Protocol):
    """The keys of one issuer, as they are now."""

    async def find(self, kid: str) -> VerificationKey | None:
        """Return the key called *kid*, None if the issuer has none such.

        It is the same object for as long as the key is the same. Raises
        ``IssuerUnavailableError`` where nobody can say.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Somebody whose access tokens are taken.

    Attributes:
        name: the ``iss`` of its tokens, letter by letter.
        audience: what its tokens must be meant for.
        keys: what it signs with.
        longest: how long a token of it may live.
        constrains_feeds: whether a feed's token must be bound to a key that its sender holds.
    """

    name: str
    audience: str
    keys: Keys
    longest: timedelta = LONGEST
    constrains_feeds: bool = True
