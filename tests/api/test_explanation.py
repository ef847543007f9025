"""Why somebody may see something is told; that they may not tells no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.callers import Callers

ASK = "query($code: String) { explainAccess(type: Project, code: $code) { maySee sentences } }"


async def _explain(callers: Callers, agency: str | None, code: str) -> dict[str, object]:
    caller = await callers(agency)
    explained: dict[str, object] = (await caller.ask(ASK, code=code))["explainAccess"]
    return explained


@pytest.mark.parametrize(
    ("agency", "role"),
    [
        ("hn.so-y-te", "hướng dẫn"),
        ("hn.ubnd-cap-xa.00004", "thực hiện"),
        ("hn.cong-an", "cơ quan thường trực"),
    ],
)
async def test_a_project_is_explained_by_the_part_one_has(
    callers: Callers, agency: str, role: str
) -> None:
    explained = await _explain(callers, agency, "hn.ctmtqg-2030.da6")
    assert explained["maySee"] is True
    assert f"với vai trò {role}." in str(explained["sentences"])


async def test_forbidden_and_absent_are_explained_alike(callers: Callers) -> None:
    for agency in (None, "hn.so-tu-phap", "hn.mttq"):
        hidden = await _explain(callers, agency, "hn.ctmtqg-2030.da6")
        absent = await _explain(callers, agency, "hn.ctmtqg-2030.da66")
        assert hidden == absent
        assert hidden["maySee"] is False


async def test_a_definition_is_open_to_everyone(callers: Callers) -> None:
    explained = await _explain(callers, None, "ctmtqg-2030.da5")
    assert explained["maySee"] is True
    assert "ai cũng được xem" in str(explained["sentences"])
