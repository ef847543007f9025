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
_Count = Annotated[int, Field(ge=1)]


class Settings(BaseSettings):
    """The settings, each from the environment variable of its name with ``HUB_`` before it.

    Attributes:
        home: the data folder: the embedded database, keys, logs.
        database_url: a PostgreSQL of one's own; the embedded one where it is not set.
        database_secret: what the runtime roles' passwords follow from; the URL's password where it
            is not set. Every process of one installation needs the same.
        host: the address the server listens on.
        port: the port the server listens on; read from ``PORT``.
        connections: the most connections for each kind of reader; exports take half at most.
        statement_seconds: how long one statement may take; the server ends it then.
        max_head_bytes: the largest head (line and header fields) a request may have.
        max_body_bytes: the largest body a request may have.
        max_delivery_bytes: the largest delivery that may be sent for a source.
        sources: the file that says where sources are fetched from; in the data folder where it is
            not set.
        delivery_days: for how many days what was sent is kept as it was sent.
        max_variables_bytes: the most that variables may take as JSON.
        max_variable_values: the most values in variables, at all levels.
        max_variable_depth: the most levels of variables; of more than 128 no digest could be made.
        max_document_length: the most characters of a document.
        max_tokens: the most tokens of a document, and as many comments.
        max_depth: the most levels of fields in an operation, its fragments followed.
        max_fields: the most fields, counted as often as they are asked for.
        max_aliases: the most aliases.
        max_root_fields: the most fields that an operation begins with.
        max_directives: the most directives.
        max_nodes: the most rows that full pages would give.
        max_cost: the most that an operation may cost.
        max_concurrent: the most requests that one client has under way.
        cost_per_minute: what one client's operations may cost in a minute.
        proxies: addresses or networks of balancers that say whose request they pass on.
        audit_key: the file of the key that heads of the audit trail are signed with; in the data
            folder where it is not set.
        audit_heads: the folder that signed heads are written to; in the data folder where it is
            not set.
        traces: where OpenTelemetry traces are sent, an OTLP collector over HTTP; nowhere where it
            is not set.
        cors_origins: origins whose pages may call the hub, separated by commas.
        issuer: who issues the access tokens that are taken: https addresses, separated by commas.
        client_id: the public client as which the pages of the hub ask the first of them.
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
    statement_seconds: Annotated[float, Field(ge=0.1, le=3600)] = 10.0
    max_head_bytes: Annotated[int, Field(ge=1024)] = 32 * 1024
    max_body_bytes: Annotated[int, Field(ge=1024)] = 1024 * 1024
    max_delivery_bytes: Annotated[int, Field(ge=1024)] = 512 * 1024 * 1024
    sources: Path | None = None
    delivery_days: Annotated[int, Field(ge=1, le=36_500)] = 730
    max_variables_bytes: _Count = 256 * 1024
    max_variable_values: _Count = 3_000
    max_variable_depth: Annotated[int, Field(ge=1, le=128)] = 32
    max_document_length: _Count = 32_768
    max_tokens: _Count = 1_000
    max_depth: _Count = 20
    max_fields: _Count = 500
    max_aliases: _Count = 40
    max_root_fields: _Count = 20
    max_directives: _Count = 50
    max_nodes: _Count = 150_000
    max_cost: _Count = 1_000_000
    max_concurrent: _Count = 16
    cost_per_minute: _Count = 10_000_000
    proxies: str = ""
    audit_key: Path | None = None
    audit_heads: Path | None = None
    traces: str = ""
    cors_origins: Annotated[str, NoDecode] = ""
    issuer: Annotated[str, NoDecode] = ""
    client_id: str = ""
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
