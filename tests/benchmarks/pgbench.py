"""pgbench with the planner's statement: what PostgreSQL can do with no program before it."""

from __future__ import annotations

import re
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from hub.database.programs import programs
from hub.database.transaction import Mode
from tests.benchmarks.load import LoadError, Sample

if TYPE_CHECKING:
    from hub.database.address import Address
    from tests.benchmarks.statements import Statement

_PLACEHOLDER: Final = re.compile(r"\$(\d+)")
_LITERAL: Final = re.compile(r"'(?:[^']|'')*'")
_LEAST_SECONDS: Final = 2
_WARM_SECONDS: Final = 0.5
"""What its connections begin with is not counted: the servers' were there before."""


def measure(address: Address, statement: Statement, connections: int, seconds: float) -> Sample:
    """Run *statement* over so many *connections* for some *seconds*, its claim set before it.

    Raises ``LoadError`` where it fails, or nothing ends in time.
    """
    lasting = max(_LEAST_SECONDS, round(seconds))
    place = urlsplit(address.url)
    query = parse_qs(place.query)
    reader = statement.principal.reader
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "read.sql"
        script.write_text(_script(statement), encoding="utf-8")
        words = [str(programs() / "pgbench"), "--no-vacuum", "--protocol", "prepared"]
        words += ["--client", str(connections), "--jobs", "1", "--time", str(lasting)]
        words += ["--log", "--log-prefix", str(Path(folder) / "log"), "--file", str(script)]
        for number, argument in enumerate(statement.arguments, 1):
            if argument is not None:
                words += ["--define", f"p{number}={_text(argument)}"]
        environment = {
            "PGHOST": query.get("host", [place.hostname or ""])[0],
            "PGPORT": query.get("port", [str(place.port or 5432)])[0],
            "PGDATABASE": address.database,
            "PGUSER": reader.value,
            "PGPASSWORD": address.password_of(reader),
            "PGOPTIONS": "-c jit=off -c timezone=UTC -c plan_cache_mode=force_generic_plan",
        }
        ended = subprocess.run(
            words, env=environment, capture_output=True, text=True, check=False, timeout=600
        )
        lines = [
            line.split()
            for log in Path(folder).glob("log.*")
            for line in log.read_text(encoding="utf-8").splitlines()
        ]
    if ended.returncode != 0 or not lines:
        raise LoadError(ended.stderr or ended.stdout)
    # Of each: client, number, microseconds, script, and when it ended, in seconds and beyond.
    runs = [(int(line[4]) + int(line[5]) / 1e6, int(line[2]) / 1e6) for line in lines]
    begin = min(end - length for end, length in runs) + _WARM_SECONDS
    counted = [(end, length) for end, length in runs if end > begin]
    if not counted:
        message = f"no transaction ended within {lasting} seconds"
        raise LoadError(message)
    lengths = [length * 1000 for _, length in counted]
    return Sample(len(counted) / (max(counted)[0] - begin), statistics.median(lengths))


def _script(statement: Statement) -> str:
    """Return the hub's transaction; pgbench sends each line as a message of its own.

    Those are four, where the hub sends two or three; but what is in them is parsed only once.
    """

    def placed(match: re.Match[str]) -> str:
        is_null = statement.arguments[int(match[1]) - 1] is None
        return "NULL" if is_null else f":p{match[1]}"

    # pgbench takes a colon before a letter for a variable, in a literal too.
    sql = _LITERAL.sub(lambda match: _without_colons(match[0]), statement.sql)
    sql = _PLACEHOLDER.sub(placed, sql)
    begin = f"BEGIN {Mode.READ}"
    return "".join(f"{line};\n" for line in (begin, statement.enter, sql, "COMMIT"))


def _without_colons(literal: str) -> str:
    if ":" not in literal:
        return literal
    return "E" + literal.replace("\\", "\\\\").replace(":", "\\x3a")


def _text(argument: object) -> str:
    """Return *argument* as PostgreSQL reads it."""
    match argument:
        case bool():
            return "true" if argument else "false"
        case str():
            return argument
        case int() | float() | Decimal() | UUID():
            return str(argument)
        case date() | datetime() | time():
            return argument.isoformat()
        case bytes():
            return f"\\x{argument.hex()}"
        case Sequence():
            return "{" + ",".join(map(_element, argument)) + "}"
        case _:
            raise TypeError(argument)


def _element(item: object) -> str:
    if item is None:
        return "NULL"
    return '"' + _text(item).replace("\\", "\\\\").replace('"', '\\"') + '"'
