"""What the sources say is what is answered: no figure mended, no gap filled, nothing made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.callers import Caller, Callers

TARGETS = """
query ($code: String!) {
  indicator(code: $code) {
    sourceSection
    nationalProject { code }
    project { code }
    targets { nodes { type year value comparator anomalies document { code } sourceSection } }
  }
}
"""


async def targets_of(caller: Caller, code: str) -> list[dict[str, Any]]:
    """Return the indicator's yearly targets."""
    targets: list[dict[str, Any]] = (await caller.ask(TARGETS, code=code))["indicator"]["targets"][
        "nodes"
    ]
    return [target for target in targets if target["type"] == "YEARLY"]


@pytest.mark.parametrize("agency", [None, "hn.so-y-te", "hn.cong-an"])
async def test_the_path_of_ii_2_d_falls_in_2027_and_says_so(
    callers: Callers, agency: str | None
) -> None:
    """80, 70, 80, 90, 90: kept as the plan states it, for everybody."""
    caller = await callers(agency)
    code = "hn.da5.ho-tro-phong-tai-nghien"
    indicator = (await caller.ask(TARGETS, code=code))["indicator"]
    assert indicator["sourceSection"] == "II.2.d"
    assert indicator["nationalProject"] == {"code": "ctmtqg-2030.da5"}
    seen = {"code": "hn.ctmtqg-2030.da5"}
    assert indicator["project"] == (None if agency is None else seen)
    yearly = await targets_of(caller, code)
    assert [(target["year"], target["value"]) for target in yearly] == [
        (2026, 80),
        (2027, 70),
        (2028, 80),
        (2029, 90),
        (2030, 90),
    ]
    odd = [["NON_MONOTONIC"], ["NON_MONOTONIC"], [], [], []]
    assert [target["anomalies"] for target in yearly] == odd
    assert {target["document"]["code"] for target in yearly} == {"hn.kh-da5"}


async def test_a_headline_that_differs_from_its_last_year_is_kept_beside_it(
    public: Caller,
) -> None:
    """More than 80 % is promised, 80 % is planned for 2030; both say that they disagree."""
    indicator = (await public.ask(TARGETS, code="hn.da5.tu-van-cai-nghien"))["indicator"]
    last = [target for target in indicator["targets"]["nodes"] if target["year"] == 2030]
    assert {(target["type"], target["value"], target["comparator"]) for target in last} == {
        ("YEARLY", 80, "EQ"),
        ("HEADLINE", 80, "GT"),
    }
    assert [target["anomalies"] for target in last] == [["HEADLINE_MISMATCH"]] * 2


async def test_what_the_sources_leave_out_is_null(public: Caller) -> None:
    document = """{
      indicators(where: { synthetic: { eq: false } }) {
        nodes { code finalValue baselineValue baselineYear targetKind unit frequency }
      }
      project(code: "ctmtqg-2030.da7") { name lead { code } }
    }"""
    data = await public.ask(document)
    indicators = {row["code"]: row for row in data["indicators"]["nodes"]}
    assert len(indicators) == 19
    assert all(row["baselineValue"] is row["baselineYear"] is None for row in indicators.values())
    without_goal = {code for code, row in indicators.items() if row["finalValue"] is None}
    kinds = {indicators[code]["targetKind"] for code in without_goal}
    assert kinds == {"DIRECTIONAL", "QUALITATIVE", "MILESTONE"}
    assert indicators["hn.da9.can-bo-quan-ly-tap-huan"]["frequency"] is None
    assert indicators["hn.da5.diem-dich-vu-duoc-ho-tro"]["unit"] is None
    assert data["project"] == {"name": None, "lead": None}


async def test_a_lead_is_named_where_a_source_names_one(callers: Callers) -> None:
    """Dự án 6, 7 and 8 have none; who guides them does not lead them."""
    caller = await callers("hn.cong-an")
    document = """{
      projects(where: { code: { startsWith: "hn." } }) {
        nodes { code lead { code } assignments(where: { role: { eq: LEAD } }) { role } }
      }
    }"""
    rows = (await caller.ask(document))["projects"]["nodes"]
    leads = {row["code"]: row["lead"] and row["lead"]["code"] for row in rows}
    assert leads["hn.ctmtqg-2030.da5"] == leads["hn.ctmtqg-2030.da9"] == "hn.cong-an"
    for number in ("6", "7", "7.tda1", "7.tda3", "7.tda4", "8"):
        assert leads[f"hn.ctmtqg-2030.da{number}"] is None
    assert not any(row["assignments"] for row in rows if row["lead"] is None)


async def test_what_is_made_up_says_so_and_nothing_else_does(callers: Callers) -> None:
    """Codes tell it as well, and the figures are all of the demonstration."""
    caller = await callers("hn.cong-an")
    document = """query ($synthetic: Boolean!) {
      indicators(where: { synthetic: { eq: $synthetic } }) { nodes { code synthetic } }
      targets(where: { synthetic: { eq: $synthetic } }) { nodes { code synthetic } }
      observations(where: { synthetic: { eq: $synthetic } }, first: 1) { totalCount }
      projects(where: { synthetic: { eq: $synthetic } }) { totalCount }
      areas(where: { synthetic: { eq: $synthetic } }) { totalCount }
      documents(where: { synthetic: { eq: $synthetic } }) { totalCount }
    }"""
    for synthetic in (True, False):
        data = await caller.ask(document, synthetic=synthetic)
        for name in ("indicators", "targets"):
            assert data[name]["nodes"]
            for row in data[name]["nodes"]:
                assert row["synthetic"] is synthetic
                assert row["code"].startswith("demo.") is synthetic
        assert (data["observations"]["totalCount"] > 0) is synthetic
        for name in ("projects", "areas", "documents"):
            assert (data[name]["totalCount"] == 0) is synthetic


async def test_real_rows_say_where_they_are_written(callers: Callers) -> None:
    """Every one of them names its document; what is deduced is named as well."""
    caller = await callers("hn.cong-an")
    for name in ("programmes", "projects", "indicators", "targets", "assignments", "documents"):
        document = f"""{{ {name}(where: {{ synthetic: {{ eq: false }} }}) {{
          nodes {{ code sourceDocument {{ code }} inferred inferredFields }}
        }} }}"""
        rows = (await caller.ask(document))[name]["nodes"]
        assert rows
        for row in rows:
            assert row["sourceDocument"] is not None, row["code"]
            assert row["inferred"] == bool(row["inferredFields"]), row["code"]
