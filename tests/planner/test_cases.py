"""Golden cases: for each document its one statement and its answer, to be read and compared.

``HUB_UPDATE_CASES=1`` writes them anew; what changed is then to be read.
"""

from __future__ import annotations

import base64
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from hub.api.execution import Executor, Request
from hub.database.engine import Database
from hub.errors import Language
from hub.model.cursor import SEAL_BYTES
from tests.callers import Callers
from tests.demonstration import DEMO_MOMENT
from tests.noting import noting
from tests.planner.layout import laid_out

if TYPE_CHECKING:
    from hub.database.address import Address

CASES: Final = sorted(Path(__file__).with_name("cases").glob("*.graphql"))
WRITES: Final = bool(os.environ.get("HUB_UPDATE_CASES"))

_READER: Final = re.compile(r"# as (\S+)\n")
_CURSOR: Final = re.compile(r"[A-Za-z0-9_-]{24,}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
async def test_a_document_is_this_statement_and_this_answer(demo: Address, case: Path) -> None:
    """Equal text, equal answer, and one statement that ran: the one that is told."""
    document = case.read_text(encoding="utf-8")
    reader = _READER.match(document)
    assert reader, "a case begins with who asks"
    given = case.with_suffix(".vars.json")
    variables = json.loads(given.read_text(encoding="utf-8")) if given.exists() else {}
    ran: list[str] = []
    async with Database(demo, observer=noting(ran)) as database:
        executor = Executor(database, lambda: DEMO_MOMENT)
        agency = None if reader[1] == "public" else reader[1]
        caller = await Callers(database, executor)(agency)
        variables = await _with_cursors(caller.principal, executor, document, variables)
        request = Request(document, None, variables, None, caller.principal, Language.EN)
        told = await executor.statement(request)
        assert told is not None, "no statement answers it"
        ran.clear()
        answer = await executor.execute(request)
    assert ran == [told[0]]
    _compare(case.with_suffix(".sql"), laid_out(told[0]))
    _compare(case.with_suffix(".json"), _written(json.loads(answer.body)))


async def _with_cursors(
    principal: Any, executor: Executor, document: str, variables: dict[str, Any]
) -> dict[str, Any]:
    """Return the variables, with the last cursor of a first answer in place of ``"?"``."""
    if "?" not in variables.values():
        return variables
    first = {name: None if value == "?" else value for name, value in variables.items()}
    request = Request(document, None, first, None, principal, Language.EN)
    answer = json.loads((await executor.execute(request)).body)
    *_, last = _cursors(answer)
    return {name: last if value == "?" else value for name, value in variables.items()}


def _cursors(part: Any) -> list[str]:
    match part:
        case {"cursor": str() as cursor}:
            return [cursor]
        case dict():
            return [each for value in part.values() for each in _cursors(value)]
        case list():
            return [each for value in part for each in _cursors(value)]
        case _:
            return []


def _compare(path: Path, text: str) -> None:
    if WRITES:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def _written(answer: Any) -> str:
    """Return the answer with the positions that its cursors mark: their seals are this hub's."""
    return json.dumps(_opened(answer), ensure_ascii=False, indent=1) + "\n"


def _opened(part: Any) -> Any:
    match part:
        case dict():
            return {name: _opened(value) for name, value in part.items()}
        case list():
            return [_opened(value) for value in part]
        case str() if _CURSOR.fullmatch(part):
            return _position(part)
        case _:
            return part


def _position(text: str) -> Any:
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return {"position": json.loads(raw[SEAL_BYTES:])}
    except ValueError:
        return text
