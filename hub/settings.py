"""How an installation is set: read once, from the environment, and never again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from hub.errors import HubError


class SettingsError(HubError):
    """A setting has a value that it cannot have."""

    code = "SETTING_INVALID"
    vi = "Biến môi trường {names} có giá trị không hợp lệ."
    en = "The environment variable {names} has a value it cannot have."


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
        audit_key: the file of the key that heads of the audit trail are signed with; in the data
            folder where it is not set.
        audit_heads: the folder that signed heads are written to; in the data folder where it is
            not set.
        cors_origins: origins whose pages may call the hub, separated by commas.
    """

    model_config = SettingsConfigDict(env_prefix="HUB_", frozen=True, populate_by_name=True)

    home: Path = Path(".hub")
    database_url: SecretStr | None = None
    database_secret: SecretStr | None = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, validation_alias="PORT")] = 8000
    connections: Annotated[int, Field(ge=1, le=200)] = 8
    max_body_bytes: Annotated[int, Field(ge=1024)] = 1024 * 1024
    audit_key: Path | None = None
    audit_heads: Path | None = None
    cors_origins: Annotated[str, NoDecode] = ""

    @property
    def origins(self) -> tuple[str, ...]:
        """Return the origins that may call the hub from a page."""
        return tuple(part.strip() for part in self.cors_origins.split(",") if part.strip())


def read_settings() -> Settings:
    """Return the settings of this environment, or raise ``SettingsError``."""
    try:
        return Settings()
    except ValidationError as error:
        names = sorted({_variable(str(fault["loc"][0])) for fault in error.errors()})
        raise SettingsError(names=", ".join(names)) from error


def _variable(name: str) -> str:
    return name if name == "PORT" else f"HUB_{name.upper()}"
