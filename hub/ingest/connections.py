"""Where sources are fetched from, and how they write: a file that the installation keeps.

It holds addresses and names of accounts; secrets lie in files of their own beside it. What a source
may write is not said here: its right is in the database.
"""

from __future__ import annotations

import tomllib
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from hub.errors import HubError
from hub.ingest.formats import Encoding, NumberStyle, ReadOptions
from hub.ingest.sources import ApiConnection, RegisterConnection


class ConnectionsUnreadableError(HubError):
    """The file of connections does not say what it should."""

    code = "SOURCES_FILE_UNREADABLE"
    vi = "Không đọc được tệp kết nối nguồn dữ liệu {file}: {place}."
    en = "The file of connections to sources {file} cannot be read: {place}."


def _checked_url(url: str) -> str:
    """Return *url* if what is sent there cannot be read on the way."""
    parts = urlsplit(url)
    try:
        is_here = parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        is_here = False
    if parts.scheme == "https" or (parts.scheme == "http" and is_here):
        return url
    message = "https"
    raise ValueError(message)


def _checked_zone(name: str) -> str:
    """Return *name* if there is a time zone of that name."""
    if name in available_timezones():
        return name
    message = "time zone"
    raise ValueError(message)


_Zone: TypeAlias = Annotated[str, AfterValidator(_checked_zone)]
_Url: TypeAlias = Annotated[str, AfterValidator(_checked_url)]
_HOURLY: Final = "7 * * * *"
_NIGHTLY: Final = "40 18 * * *"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mapping(_Part):
    """How a source writes what it delivers: ``ReadOptions``, as far as a source has a say in it."""

    columns: dict[str, str] = {}
    required: frozenset[str] = frozenset()
    constants: dict[str, str] = {}
    sheets: tuple[str, ...] = ()
    heading_lines: int = 1
    encoding: Encoding | None = None
    delimiter: str | None = None
    numbers: NumberStyle = NumberStyle.PLAIN
    number_columns: frozenset[str] = ReadOptions().number_columns
    factors: dict[str, int] = {}
    day_columns: frozenset[str] = frozenset()
    period_columns: frozenset[str] = ReadOptions().period_columns
    has_totals: bool = False

    @property
    def options(self) -> ReadOptions:
        """Return how deliveries are read."""
        return ReadOptions(**{name: getattr(self, name) for name in type(self).model_fields})


class Connection(_Part):
    """What every way of fetching has; *schedule* is cron's, in UTC."""

    schedule: str = _HOURLY
    mapping: Mapping = Mapping()


class Api(Connection):
    """A system that is asked over HTTP."""

    kind: Literal["api"]
    url: _Url
    token_url: _Url | None = None
    client_id: str = ""
    client_secret_file: Path | None = None
    scope: str = ""
    items: str = "items"
    next_cursor: str = "nextCursor"
    as_of: str = "asOf"
    cursor_parameter: str = "cursor"
    since_parameter: str = "since"
    limit_parameter: str = "limit"
    page_size: Annotated[int, Field(ge=1, le=10_000)] = 500
    parameters: dict[str, str] = {}

    def opened(self, folder: Path) -> ApiConnection:
        """Return the connection with its secret, whose file is named from *folder* on."""
        own = {*Connection.model_fields, "kind", "client_secret_file"}
        named = {name: getattr(self, name) for name in type(self).model_fields if name not in own}
        return ApiConnection(**named, client_secret=_secret(folder, self.client_secret_file))


class Register(Connection):
    """A foreign database; *comparison* says when it is compared as a whole.

    *time_zone* is the name of that in which it stores times that have none of their own.
    """

    kind: Literal["database"]
    url: str
    password_file: Path | None = None
    table: str
    schema_: Annotated[str | None, Field(alias="schema")] = None
    columns: tuple[str, ...]
    key: tuple[str, ...]
    figure_key: tuple[str, ...]
    watermark: str
    version: str | None = None
    time_zone: _Zone = "UTC"
    overlap_seconds: int | None = 86_400
    overlap: int | None = None
    page_size: Annotated[int, Field(ge=1, le=50_000)] = 5_000
    most_vanished: Annotated[float, Field(ge=0, le=1)] = 0.2
    comparison: str = _NIGHTLY

    def opened(self, folder: Path) -> RegisterConnection:
        """Return the connection with its password, whose file is named from *folder* on."""
        seconds = timedelta(seconds=self.overlap_seconds or 0)
        return RegisterConnection(
            url=self.url,
            password=_secret(folder, self.password_file),
            table=self.table,
            schema=self.schema_,
            columns=self.columns,
            key=self.key,
            figure_key=self.figure_key,
            watermark=self.watermark,
            version=self.version,
            time_zone=ZoneInfo(self.time_zone),
            overlap=seconds if self.overlap is None else self.overlap,
            page_size=self.page_size,
            most_vanished=self.most_vanished,
        )


class Folder(Connection):
    """A folder in which files are left."""

    kind: Literal["folder"]
    path: Path
    quiet_seconds: Annotated[float, Field(ge=0)] = 30


class Pushed(_Part):
    """A source that is not fetched from: it sends."""

    kind: Literal["push"]
    mapping: Mapping = Mapping()


AnyConnection: TypeAlias = Annotated[Api | Register | Folder | Pushed, Field(discriminator="kind")]
_FILE: Final = TypeAdapter(dict[str, AnyConnection])


class Connections:
    """The connections of an installation, by source."""

    def __init__(self, folder: Path, connections: dict[str, AnyConnection]) -> None:
        self.folder = folder
        self.by_source = connections

    def options(self, source: str) -> ReadOptions:
        """Return how the deliveries of *source* are read."""
        connection = self.by_source.get(source)
        return ReadOptions() if connection is None else connection.mapping.options


def read_connections(file: Path) -> Connections:
    """Return what *file* says; nothing where there is none."""
    if not file.exists():
        return Connections(file.parent, {})
    try:
        with file.open("rb") as opened:
            return Connections(file.parent, _FILE.validate_python(tomllib.load(opened)))
    except ValidationError as error:
        # Its words may repeat what was written there.
        places = (".".join(map(str, fault["loc"])) for fault in error.errors())
        raise ConnectionsUnreadableError(file=file, place=", ".join(places)) from None
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConnectionsUnreadableError(file=file, place=str(error)) from error


def _secret(folder: Path, file: Path | None) -> str:
    if file is None:
        return ""
    try:
        return (folder / file).read_text("utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise ConnectionsUnreadableError(file=folder / file, place=str(error)) from error
