"""Whatever goes wrong ends as one sentence on standard error, and an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from typer._click.exceptions import NoArgsIsHelpError, UsageError

from hub.cli.logs import log_unexpected
from hub.cli.vietnamese import describe_misuse
from hub.errors import HubError, Language

if TYPE_CHECKING:
    from collections.abc import Callable

FAILED = 1
MISUSED = 2
INTERRUPTED = 130


def exit_code_of(command: Callable[[], object]) -> int:
    """Carry out *command*; return the exit code that says how it ended."""
    try:
        code = command()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last place where anything can be said of it
        return _say_what_failed(error)
    return code if isinstance(code, int) else 0


def _say_what_failed(error: Exception) -> int:
    """Say it, and return the exit code that goes with it."""
    match error:
        case NoArgsIsHelpError():
            return MISUSED
        case UsageError():
            say(describe_misuse(error))
            return MISUSED
        case HubError():
            say_error(error)
        case BrokenPipeError():
            # Whoever read the answer has enough; nothing more can be said to them at exit either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        case _:
            say_error(log_unexpected(error))
    return FAILED


def say_error(error: HubError) -> None:
    """Say *error* on standard error, with its code."""
    say(f"Lỗi {error.code}: {error.sentence(Language.VI)}")


def say(words: str) -> None:
    """Say *words* on standard error, where they mix with no answer."""
    print(words, file=sys.stderr, flush=True)
