"""The log of an installation: whole stories in a file, single lines for whoever watches."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from traceback import format_exception
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from hub.clock import system_clock
from hub.errors import HubError

if TYPE_CHECKING:
    from pathlib import Path

LOG: Final = "hub.log"

_LARGEST_BYTES: Final = 10_000_000
_FORMAT: Final = "%(asctime)s %(levelname)s [%(process)d] %(name)s: %(message)s"


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
    logging.basicConfig(level=logging.INFO, format=_FORMAT, stream=sys.stderr, force=True)


def log_unexpected(error: Exception) -> HubError:
    """Write *error* and its traceback to the log; return what is said of it."""
    from hub.settings import SettingsError, read_settings

    reason = type(error).__name__
    try:
        home = read_settings().home.absolute()
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (home / LOG).open("a", encoding="utf-8") as log:
            log.write(f"{system_clock().isoformat()} ERROR {''.join(format_exception(error))}")
    except (OSError, SettingsError):
        return UnloggedError(reason=reason, detail=" ".join(str(error).split()))
    return UnexpectedError(reason=reason, log=home / LOG)


def _file(home: Path) -> RotatingFileHandler:
    handler = RotatingFileHandler(
        home / LOG, maxBytes=_LARGEST_BYTES, backupCount=1, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter(_FORMAT))
    return handler
