"""How an installation is set: read once, from the environment, and never again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from hub.errors import HubError


class SettingsError(HubError):
    """A setting has a value that it cannot have."""

    code = "SETTING_INVALID"
    vi = "Biến môi trường {names} có giá trị không hợp lệ."
    en = "The environment variable {names} has a value it cannot have."


_PREFIX: Final = "HUB_"


class Settings(BaseSettings):
    """The settings, each from the environment variable of its name with ``HUB_`` before it.

    Attributes:
        home: the data folder: the embedded database, keys, logs.
        database_url: a PostgreSQL of one's own; the embedded one where it is not set.
        database_secret: what the runtime roles' passwords follow from; the URL's password where it
            is not set. Every process of one installation needs the same.
        host: the address the server listens on.
        port: the port the server listens on; read from ``PORT``.
        connections: the most connections for each kind of reader.
        max_body_bytes: the largest body a request may have.
        cors_origins: origins whose pages may call the hub, separated by commas.
        issuer: who issues the access tokens that are taken: https addresses, separated by commas.
        audience: what those tokens must be meant for.
        origin: where clients reach the hub, such as ``https://hub.example``.
    """

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, populate_by_name=True)

    home: Path = Path(".hub")
    database_url: SecretStr | None = None
    database_secret: SecretStr | None = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, validation_alias="PORT")] = 8000
    connections: Annotated[int, Field(ge=1, le=200)] = 8
    max_body_bytes: Annotated[int, Field(ge=1024)] = 1024 * 1024
    cors_origins: Annotated[str, NoDecode] = ""
    issuer: Annotated[str, NoDecode] = ""
    audience: str = ""
    origin: str = ""

    @property
    def origins(self) -> tuple[str, ...]:
        """Return the origins that may call the hub from a page."""
        return _listed(self.cors_origins)

    @property
    def issuers(self) -> tuple[str, ...]:
        """Return the issuers whose access tokens are taken."""
        return _listed(self.issuer)


def read_settings() -> Settings:
    """Return the settings of this environment, or raise ``SettingsError``."""
    try:
        return Settings()
    except ValidationError as error:
        names = sorted({_variable(str(fault["loc"][0]).lower()) for fault in error.errors()})
        raise SettingsError(names=", ".join(names)) from error


def find_unknown_variables() -> list[str]:
    """Return the variables of this environment that look like settings and are none."""
    known = {_variable(name) for name in Settings.model_fields}
    return sorted(
        name
        for name in os.environ
        if name.upper().startswith(_PREFIX) and name.upper() not in known
    )


def _variable(name: str) -> str:
    return "PORT" if name == "port" else f"{_PREFIX}{name.upper()}"


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
