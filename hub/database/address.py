"""Where the database is, and as whom to enter it."""

from __future__ import annotations

import hashlib
import hmac
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg

from hub.database.errors import (
    DatabaseMissingError,
    DatabaseUrlError,
    ServerRefusedError,
    ServerUnreachableError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.access.readers import Reader


@dataclass(frozen=True, slots=True)
class Address:
    """A ``postgresql://`` URL, and the secret from which the runtime roles' passwords follow.

    Every process that is given the same URL and secret knows the same passwords; ``hub migrate``
    sets them. The secret is the URL's own password unless another is given.
    """

    url: str
    secret: str

    @classmethod
    def parse(cls, url: str, secret: str | None = None) -> Address:
        """Return the address that *url* names, or raise ``DatabaseUrlError``."""
        try:
            parts = urlsplit(url)
            password = unquote(parts.password or "")
            valid = parts.scheme in {"postgresql", "postgres"} and len(parts.path) > 1
            _ = parts.port
        except ValueError:
            valid, password = False, ""
        if not valid:
            raise DatabaseUrlError
        return cls(url, secret or password or url)

    @property
    def user(self) -> str:
        """Return the user the URL names."""
        return unquote(urlsplit(self.url).username or "")

    @property
    def database(self) -> str:
        """Return the database the URL names."""
        return unquote(urlsplit(self.url).path.removeprefix("/"))

    @property
    def place(self) -> str:
        """Return host and port for a sentence, without user or password."""
        parts = urlsplit(self.url)
        query = parse_qs(parts.query)
        host = parts.hostname or query.get("host", [""])[0]
        port = parts.port or query.get("port", ["5432"])[0]
        return f"{host}:{port}"

    def password_of(self, reader: Reader) -> str:
        """Return the password that *reader* enters with."""
        return self.derive(f"role {reader}")

    def derive(self, purpose: str) -> str:
        """Return a secret for *purpose*, the same in every process of this hub."""
        return hmac.new(self.secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()

    @contextmanager
    def explained(self, user: str | None = None) -> Iterator[None]:
        """Turn a failure to connect into a sentence for whoever runs the hub."""
        try:
            yield
        except (
            asyncpg.InvalidPasswordError,
            asyncpg.InvalidAuthorizationSpecificationError,
        ) as error:
            raise ServerRefusedError(address=self.place, user=user or self.user) from error
        except asyncpg.InvalidCatalogNameError as error:
            raise DatabaseMissingError(address=self.place, database=self.database) from error
        except (
            OSError,
            TimeoutError,
            asyncpg.CannotConnectNowError,
            asyncpg.TooManyConnectionsError,
            asyncpg.ConnectionDoesNotExistError,
        ) as error:
            raise ServerUnreachableError(address=self.place) from error
        except (asyncpg.ClientConfigurationError, KeyError) as error:
            # A URL without a user means the operating system's, which need not have a name.
            raise DatabaseUrlError from error
