"""The reference files are understood whole, or everything that is wrong with them is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from hub.errors import Language
from hub.ingest.reading import read_reference
from hub.ingest.reference import REFERENCE_FOLDER
from hub.ingest.rejections import RejectedDataError
from tests.ingest.folders import copied, replaced

if TYPE_CHECKING:
    from pathlib import Path


def refused(folder: Path) -> RejectedDataError:
    """Return what is said of the files in *folder*, which are wrong."""
    with pytest.raises(RejectedDataError) as caught:
        read_reference(folder)
    return caught.value


def test_the_files_of_the_hub_are_understood() -> None:
    data = read_reference(REFERENCE_FOLDER)
    assert len(data.wards) == 126
    assert [target.value for target in data.targets if "phong-tai-nghien.20" in target.code] == [
        80,
        70,
        80,
        90,
        90,
    ]


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A cell made wrong: *old* becomes *new*, which stands in *column* as *found*."""

    file: str
    old: str
    new: str
    column: str
    found: str
    expected: str


SPOILED = (
    Spoiled("agencies.csv", ",ministry,", ",bureau,", "kind", "bureau", "one of: legislature"),
    Spoiled("indicators.csv", ",100,2030,", ",100%,2030,", "final_value", "100%", "a number"),
    Spoiled("projects.csv", ",2025,2030,", ",2025,30,", "period_end", "30", "a year"),
    Spoiled("agencies.csv", ",vn,,false,", ",vn,,no,", "is_group", "no", "“true” or “false”"),
    Spoiled("documents.csv", "2020-03-17", "17/3/2020", "date_issued", "17/3/2020", "a day, month"),
    Spoiled("wards.csv", "00004,", "4,", "code", "4", "a code of 5 digits"),
    Spoiled("wards.csv", "2.97", "", "area_km2", "", "a number"),
    Spoiled("wards.csv", "Phường Ba Đình", "Ba Đình", "name", "Ba Đình", "begins with its type"),
    Spoiled(
        "ward_lineage.csv",
        "00001,00097,whole,",
        "00001,00097,whole,true",
        "main_successor",
        "true",
        "where share is part",
    ),
    Spoiled(
        "ward_lineage.csv",
        "00001,00097",
        "00001,99999",
        "new_code",
        "99999",
        "a code that is in wards.csv",
    ),
    Spoiled(
        "assignments.csv",
        ",hn.so-y-te,guiding",
        ",hn.so-y-ta,guiding",
        "agency",
        "hn.so-y-ta",
        "a code that is in agencies.csv",
    ),
    Spoiled(
        "assignments.csv",
        "hn.ubnd-cap-xa|hn.chu-du-an-thanh-phan|hn.chu-dau-tu",
        "hn.ubnd-cap-xa|hn.ai-do",
        "partner_agencies",
        "hn.ai-do",
        "agencies.csv",
    ),
    Spoiled(
        "assignments.csv",
        ",ct,ctmtqg-2030,,",
        ",ct,ctmtqg-2030,ctmtqg-2030.da5,",
        "project",
        "ctmtqg-2030.da5",
        "a project that “ct” has a row of its own for",
    ),
    Spoiled(
        "assignments.csv",
        ",hn,ctmtqg-2030,,",
        ",hn,ctpcmt-2020,,",
        "programme",
        "ctpcmt-2020",
        "a programme that “hn” has a row of its own for",
    ),
    Spoiled(
        "indicators.csv",
        ",ctmtqg-2030.da9,",
        ",hn.ctmtqg-2030.da9,",
        "project",
        "hn.ctmtqg-2030.da9",
        "the code of a national project node",
    ),
    Spoiled(
        "programmes.csv",
        "ct.ctmtqg-2030,",
        "hn.ctmtqg-2030,",
        "code",
        "hn.ctmtqg-2030",
        "a key not yet used (it is on line 5)",
    ),
    Spoiled(
        "projects.csv",
        "hn,hn.ctmtqg-2030.da7,ctmtqg-2030.da7.tda3",
        "hn,hn.ctmtqg-2030.da7,ctmtqg-2030.da7.tda1",
        "instance_of",
        "ctmtqg-2030.da7.tda1",
        "a code not yet used for “hn”",
    ),
    Spoiled(
        "agencies.csv",
        ",vn,,false,,ct.kh-ctmtqg-2030|hn.kh-da5,ct.kh-ctmtqg-2030,mở đầu,false",
        ",vn,vn.thu-tuong,false,,hn.kh-da5,hn.kh-da5,mở đầu,false",
        "parent",
        "vn.thu-tuong",
        "a parent that is not below the row",
    ),
    Spoiled(
        "grants_by_decision.csv",
        "read|write",
        "read|rule",
        "capabilities",
        "read|rule",
        "one of: read, write",
    ),
    Spoiled(
        "roles.csv",
        "definition|area",
        "definition|definition",
        "data_classes",
        "definition|",
        "each value once",
    ),
    Spoiled(
        "tasks.csv",
        ",hn.ctmtqg-2030.da5.nd1,",
        ",hn.ctmtqg-2030.da6,",
        "component",
        "hn.ctmtqg-2030.da6",
        "a component of the project",
    ),
    Spoiled("tasks.csv", ",focus_content,1,", ",focus_content,0,", "item_part", "0", "1 to 99"),
    Spoiled(
        "tasks.csv",
        ",na,ctpcmt-2020,",
        ",na,ctpcmt-2021-2025,",
        "programme",
        "ctpcmt-2021-2025",
        "a programme that “na” has a row of its own for",
    ),
    Spoiled(
        "facility_types.csv",
        "hn.da5.cscn-cong-lap-du-dieu-kien|",
        "hn.da5.cscn|",
        "indicators",
        "hn.da5.cscn",
        "a code that is in indicators.csv",
    ),
    Spoiled(
        "facility_types.csv",
        "cơ sở y tế cấp xã.",
        "cơ sở y tế cấp xã.,",
        "",
        "15",
        "14 cells",
    ),
    Spoiled(
        "facility_types.csv",
        "hn.da5.co-so-xac-dinh-nghien,hn.kh-da5,hn.kh-da5,II.2.e",
        "hn.da5.co-so-xac-dinh-nghien,hn.kh-da5,ct.kh-ctmtqg-2030,II.2.e",
        "source_document",
        "ct.kh-ctmtqg-2030",
        "a document about a project that “hn” has a row of its own for",
    ),
    Spoiled(
        "funding_sources.csv",
        ",city,ct,ctmtqg-2030,,",
        ",city,ct,ctmtqg-2030,ctmtqg-2030.da9,",
        "project",
        "ctmtqg-2030.da9",
        "a project that “ct” has a row of its own for",
    ),
    Spoiled(
        "funding_sources.csv",
        "ct.so-tai-chinh|ct.cong-an",
        "ct.so-tai-chinh|ct.ai-do",
        "managing_agencies",
        "ct.ai-do",
        "a code that is in agencies.csv",
    ),
    Spoiled(
        "reporting_duties.csv",
        "ct.cong-an,plan,",
        "ct.cong-an,letter,",
        "report_kind",
        "letter",
        "one of: plan",
    ),
    Spoiled(
        "reporting_regimes.csv", ",20,20,", ",32,20,", "month_due_day", "32", "a whole number, 1 to"
    ),
    Spoiled(
        "reporting_regimes.csv", "NĐ-CP,nd-09-2019,", "NĐ-CP,lunar,", "calendar", "lunar", "one of"
    ),
    Spoiled(
        "report_forms.csv",
        ",facility,hn.ubnd-cap-xa,",
        ",area,hn.ubnd-cap-xa,",
        "facility_type",
        "tram-y-te",
        "a kind of facility where subject is facility",
    ),
    Spoiled(
        "report_forms.csv",
        ",2026-01-01,2030-12-31,",
        ",2026-01-01,2025-12-31,",
        "valid_to",
        "2025-12-31",
        "no day before valid_from",
    ),
    Spoiled(
        "form_cells.csv",
        "hn.da5.so-nguoi-nghien,1,",
        "hn.da9.he-thong-thong-tin-so-hoa,1,",
        "indicator",
        "hn.da9.he-thong-thong-tin-so-hoa",
        "an indicator of the form's project",
    ),
    Spoiled(
        "form_cells.csv",
        "hn.da5.tu-van-cai-nghien,2,",
        "hn.da5.tu-van-cai-nghien,1,",
        "position",
        "1",
        "each position once in a form",
    ),
    Spoiled("glossary.csv", ",drug_control,", ",drugs,", "category", "drugs", "one of: drug"),
)


@pytest.mark.parametrize("spoiled", SPOILED, ids=lambda each: f"{each.column}: {each.found}")
def test_a_wrong_cell_is_named(tmp_path: Path, spoiled: Spoiled) -> None:
    """File, line, column, what was found and what was expected, in both languages."""
    folder = copied(tmp_path)
    line = replaced(folder, spoiled.file, spoiled.old, spoiled.new)
    error = refused(folder)
    place = (spoiled.file, line, spoiled.column)
    rejection = next(e for e in error.rejections if (e.file, e.line, e.column) == place)
    assert spoiled.found in rejection.found
    assert spoiled.expected in rejection.expected.en
    english, vietnamese = error.sentence(Language.EN), error.sentence(Language.VI)
    if spoiled.column:
        assert "{}, line {}, column {}: ".format(*place) in english
        assert "{}, dòng {}, cột {}: ".format(*place) in vietnamese
    else:
        assert "{}, line {}: ".format(*place[:2]) in english
        assert "{}, dòng {}: ".format(*place[:2]) in vietnamese


def test_a_part_is_of_one_indicator_alone_and_like_it(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    total, part = "hn.da5.so-nguoi-nghien", "hn.da5.so-nguoi-tai-nghien"
    rows = [
        f"{total},a,by,A,,{part}",
        f"{total},b,by,B,,{part}",
        f"{total},c,by,C,,{total}",
        f"{total},d,by,D,,hn.da9.he-thong-thong-tin-so-hoa",
        f"{total},e,by,E,,hn.da5.so-doi-tuong-lien-quan",
    ]
    file = folder / "disaggregations.csv"
    file.write_text("\n".join([file.read_text(encoding="utf-8").strip(), *rows, ""]))
    found = refused(folder).rejections
    assert [(each.line, each.column) for each in found] == [(3, "part"), (4, "part"), (5, "part")]


def test_all_that_is_wrong_in_all_files_is_said_at_once(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    replaced(folder, "wards.csv", "00004,2025-07-01,phuong", "4,2025-07-01,thon")
    replaced(folder, "agencies.csv", ",ministry,", ",bureau,")
    (folder / "targets.csv").touch()
    (folder / "indicator_targets.csv").unlink()
    error = refused(folder)
    assert {(each.file, each.column) for each in error.rejections} >= {
        ("wards.csv", "code"),
        ("wards.csv", "type"),
        ("agencies.csv", "kind"),
        ("indicator_targets.csv", ""),
    }
    assert error.code == "DATA_REJECTED"
    assert error.sentence(Language.EN).count("\n") == len(error.rejections)


def test_a_torn_file_does_not_blame_the_files_that_refer_to_it(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "agencies.csv").write_text("code,name\n", encoding="utf-8")
    assert {each.file for each in refused(folder).rejections} == {"agencies.csv"}


def test_a_facility_without_a_project_is_refused(tmp_path: Path) -> None:
    """A text that is about no project of the place gives a facility none."""
    folder = copied(tmp_path)
    with (folder / "facilities.csv").open("a", encoding="utf-8") as opened:
        opened.write("na.cs-1,Cơ sở,,tram-y-te,na,,,na.tin-tong-ket-2020,đoạn 1,false,,\r\n")
    [rejection] = refused(folder).rejections
    assert (rejection.line, rejection.column) == (2, "source_document")
    assert "“na”" in rejection.expected.en


def test_two_leads_of_one_project_are_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    line = replaced(
        folder, "assignments.csv", "hn.so-y-te,coordinating,assigned,whole",
        "hn.so-y-te,lead,assigned,whole",
    )  # fmt: skip
    assert (line, "agency") in {(e.line, e.column) for e in refused(folder).rejections}


def test_a_role_that_the_role_table_does_not_know_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    text = (folder / "roles.csv").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("directing")]
    (folder / "roles.csv").write_text("\n".join(kept), encoding="utf-8")
    assert {(e.file, e.found) for e in refused(folder).rejections} == {
        ("assignments.csv", "directing")
    }
