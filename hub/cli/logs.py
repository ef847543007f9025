"""The log of an installation: JSON lines, each with the number of the request it is about.

In development they go to a file, and warnings as plain words to whoever watches.
"""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Any, Final

import structlog
from typing_extensions import override

from hub.errors import HubError
from hub.telemetry import REQUEST_ID

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from pathlib import Path
    from types import TracebackType

LOG: Final = "hub.log"

_LARGEST_BYTES: Final = 10_000_000
_LOG_NAME: Final = "hub"


class UnexpectedError(HubError):
    """Something failed that nobody foresaw."""

    code = "UNEXPECTED"
    vi = "Lỗi ngoài dự kiến ({reason}); chi tiết trong nhật ký {log}."
    en = "An unexpected error ({reason}); the log {log} has the details."


class UnloggedError(HubError):
    """Something failed that nobody foresaw, and the log cannot be written either."""

    code = "UNEXPECTED_UNLOGGED"
    vi = "Lỗi ngoài dự kiến ({reason}: {detail}); không ghi được nhật ký."
    en = "An unexpected error ({reason}: {detail}); the log cannot be written."


class _OneLine(logging.Formatter):
    """Leaves the story to the file."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0] if record.exc_info else None
        reason = f" ({kind.__name__})" if kind is not None else ""
        return f"{record.levelname}: {record.getMessage()}{reason}"


def log_to_file(home: Path) -> None:
    """Write the log of this process to *home*, which can be written; show warnings as lines."""
    shown = logging.StreamHandler(sys.stderr)
    shown.setLevel(logging.WARNING)
    shown.setFormatter(_OneLine())
    logging.basicConfig(level=logging.INFO, handlers=[_file(home), shown], force=True)


def log_to_standard_error() -> None:
    """Write the log of this process where its supervisor collects it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_json_lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def log_unexpected(error: Exception) -> HubError:
    """Write *error* and its traceback to the log; return what is said of it."""
    from hub.settings import SettingsError, read_settings

    reason = type(error).__name__
    record = logging.LogRecord(
        _LOG_NAME, logging.ERROR, __file__, 0, "unexpected error", None, _exc_info(error)
    )
    try:
        home = read_settings().home.absolute()
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (home / LOG).open("a", encoding="utf-8") as log:
            log.write(f"{_json_lines().format(record)}\n")
    except (OSError, SettingsError):
        return UnloggedError(reason=reason, detail=" ".join(str(error).split()))
    return UnexpectedError(reason=reason, log=home / LOG)


def _exc_info(error: Exception) -> tuple[type[Exception], Exception, TracebackType | None]:
    return type(error), error, error.__traceback__


def _json_lines() -> logging.Formatter:
    """Return what writes a record as one line of JSON, control characters escaped."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _add_request,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _add_request(_: object, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Say during which request it was."""
    request_id = REQUEST_ID.get()
    if request_id:
        event["request_id"] = request_id
    return event


def _file(home: Path) -> RotatingFileHandler:
    handler = RotatingFileHandler(
        home / LOG, maxBytes=_LARGEST_BYTES, backupCount=1, encoding="utf-8", delay=True
    )
    handler.setFormatter(_json_lines())
    return handler
