"""Access tokens by client credentials (RFC 6749 §4.4), used until shortly before they end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import httpx

from hub.ingest.sources.failures import SourceRefusesError, SourceUnreadableError

if TYPE_CHECKING:
    from datetime import datetime

    from hub.clock import Clock

_EARLY: Final = timedelta(seconds=30)
_USUAL_SECONDS: Final = 300
_TOO_MANY_REQUESTS: Final = 429


class Tokens:
    """The access token of one client, asked for when it is needed."""

    def __init__(
        self, client: httpx.AsyncClient, clock: Clock, *, url: str, credentials: tuple[str, str],
        scope: str,
    ) -> None:  # fmt: skip
        self._client = client
        self._clock = clock
        self._url = url
        self._credentials = credentials
        self._scope = scope
        self._token = ""
        self._ends_at: datetime | None = None

    async def get(self) -> str:
        """Return a token that is still good."""
        if self._ends_at is None or self._clock() >= self._ends_at - _EARLY:
            await self._ask()
        return self._token

    def forget(self) -> None:
        """Ask for another one next time: this one was refused."""
        self._ends_at = None

    async def _ask(self) -> None:
        form = {"grant_type": "client_credentials"} | (
            {"scope": self._scope} if self._scope else {}
        )
        asked_at = self._clock()
        response = await self._client.post(
            self._url, data=form, auth=httpx.BasicAuth(*self._credentials)
        )
        if response.is_server_error or response.status_code == _TOO_MANY_REQUESTS:
            response.raise_for_status()
        if not response.is_success:
            raise SourceRefusesError(status=response.status_code)
        try:
            answer = response.json()
            self._token = str(answer["access_token"])
            seconds = float(answer.get("expires_in", _USUAL_SECONDS))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceUnreadableError(reason="access_token") from error
        self._ends_at = asked_at + timedelta(seconds=seconds)
