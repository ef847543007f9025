"""Places are understood as people write them, and never guessed."""

from __future__ import annotations

import csv
import time
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from hub.ingest.crosswalk import Area, AreaCrosswalk, Problem, Succession, Via
from tests.ingest.folders import lines

FOLDER = Path(__file__).parent
KINDS = {"Phường": "phuong", "Xã": "xa", "Thị trấn": "thi-tran", "Quận": "quan"}
KINDS |= {"Huyện": "huyen", "Thị xã": "thi-xa"}
TODAY = date(2026, 9, 30)
BEFORE = date(2025, 3, 31)


def parted(name: str) -> tuple[str, str]:
    [(kind, prefix)] = [(kind, word) for word, kind in KINDS.items() if name.startswith(f"{word} ")]
    return kind, name.removeprefix(f"{prefix} ")


@cache
def territory() -> tuple[list[Area], list[Succession]]:
    """The units and their lineage as the reference files have them."""
    areas = [Area(key=1, code="01", name="Thành phố Hà Nội", short_name="Hà Nội", level="city",
                  type="thanh-pho")]  # fmt: skip
    keys: dict[tuple[str, bool], int] = {}

    def add(code: str, name: str, level: str, parent: int, *, is_old: bool) -> None:
        kind, short_name = parted(name)
        keys[code, is_old] = key = len(areas) + 1
        areas.append(
            Area(
                key=key,
                code=code,
                name=name,
                short_name=short_name,
                level=level,
                type=kind,
                valid_from=None if is_old else date(2025, 7, 1),
                valid_to=date(2025, 6, 30) if is_old else None,
                parent=parent,
            )
        )

    for row in lines("wards_before_2025_07.csv"):
        if (row["district_code"], True) not in keys:
            add(row["district_code"], row["district_name"], "district", 1, is_old=True)
        add(row["code"], row["name"], "ward", keys[row["district_code"], True], is_old=True)
    for row in lines("wards.csv"):
        add(row["code"], row["name"], "ward", 1, is_old=False)
    lineage = [
        Succession(
            keys[row["old_code"], True], keys[row["new_code"], False], row["share"] == "whole"
        )
        for row in lines("ward_lineage.csv")
    ]
    return areas, lineage


@cache
def crosswalk() -> AreaCrosswalk:
    return AreaCrosswalk(*territory())


def written(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def meaning(text: str, on: str) -> str:
    area = crosswalk().resolve(text, date.fromisoformat(on)).area
    return "" if area is None else f"{area.code}{' cũ' if area.valid_to else ''}"


def test_ways_in_which_people_write_wards() -> None:
    """Of some three hundred, written by hand: none is wrong, and of the clear ones 95 % right."""
    clear = [*written("today.csv"), *written("before.csv")]
    unclear = written("unclear.csv")
    assert len(clear) + len(unclear) >= 300
    found = [(row["written"], row["means"], meaning(row["written"], row["on"])) for row in clear]
    assert not [row for row in found if row[2] not in {"", row[1]}]
    missed = [row for row in found if not row[2]]
    assert len(missed) <= 0.05 * len(clear), missed
    guessed = [row for row in unclear if meaning(row["written"], row["on"])]
    assert not guessed


def test_the_unclear_ones_are_held_with_what_they_could_be() -> None:
    """The likeliest are among the candidates; what is like nothing has none."""
    for row in written("unclear.csv"):
        held = crosswalk().resolve(row["written"], date.fromisoformat(row["on"]))
        assert held.code is not None, row
        assert set(row["candidates"].split()) <= set(held.candidates), (row, held)


@pytest.mark.parametrize(
    ("text", "on", "problem"),
    [
        ("Phường Cống Vị", TODAY, Problem.DIVIDED),
        ("00007", TODAY, Problem.DIVIDED),
        ("Minh Khai", TODAY, Problem.AMBIGUOUS),
        ("00008 - Phường Trúc Bạch", TODAY, Problem.AMBIGUOUS),
        ("Quận Ba Đình", TODAY, Problem.CLOSED),
        ("Phường Hồng Hà", BEFORE, Problem.NOT_YET),
        ("Phường Bến Nghé", TODAY, Problem.UNKNOWN),
        ("99999", TODAY, Problem.UNKNOWN),
        ("", TODAY, Problem.UNKNOWN),
    ],
)
def test_why_there_is_no_unit_is_said(text: str, on: date, problem: Problem) -> None:
    assert crosswalk().resolve(text, on).code is problem


def test_the_day_decides_what_a_code_means() -> None:
    """All codes of today were another ward's before July 2025."""
    today = {row["code"] for row in lines("wards.csv")}
    closed = {row["code"]: row["name"] for row in lines("wards_before_2025_07.csv")}
    for code in today:
        now, then = (crosswalk().resolve(code, day) for day in (TODAY, BEFORE))
        assert now.area
        assert now.area.valid_to is None
        assert then.area
        assert (then.area.code, then.area.name) == (code, closed[code])
        assert now.via is then.via is Via.CODE


def test_every_unit_is_known_by_its_full_name_on_its_days() -> None:
    """Or it is held, where another of that day has the same name: never another unit."""
    areas, _ = territory()
    for area in areas:
        on = area.valid_to or TODAY
        found = crosswalk().resolve(area.name, on)
        others = [other for other in areas if other.name == area.name and other.holds(on)]
        assert found.area == (area if len(others) == 1 else None)


def test_a_whole_ward_counts_for_its_successor() -> None:
    """By its code and by its name, and it is said to be so."""
    for text in ("00013", "Phường Quán Thánh"):
        found = crosswalk().resolve(text, TODAY)
        assert found.area
        assert (found.area.code, found.via) == ("00004", Via.LINEAGE)


def test_a_divided_ward_counts_for_its_successors_by_the_shares_that_a_source_gives() -> None:
    """Shares that do not add up, or name another ward, are as none."""
    areas, lineage = territory()
    keys = {(area.code, area.valid_to is not None): area.key for area in areas}
    divided = keys["00007", True]
    first, second, other = (keys[code, False] for code in ("00008", "00025", "00004"))
    shares = {first: Decimal("0.6"), second: Decimal("0.4")}
    found = AreaCrosswalk(areas, lineage, {divided: shares}).resolve("Phường Cống Vị", TODAY)
    assert found.via is Via.SHARES
    assert {part.area.code: part.share for part in found.parts} == {
        "00008": Decimal("0.6"),
        "00025": Decimal("0.4"),
    }
    for wrong in (
        {first: Decimal("0.6"), second: Decimal("0.3")},
        {first: Decimal("0.6"), other: Decimal("0.4")},
    ):
        held = AreaCrosswalk(areas, lineage, {divided: wrong}).resolve("Phường Cống Vị", TODAY)
        assert (held.code, held.parts) == (Problem.DIVIDED, ())


def test_a_thousand_words_are_found_in_a_blink() -> None:
    """A delivery names each of its places once to the crosswalk, however long the list."""
    areas, _ = territory()
    fresh = AreaCrosswalk(*territory())
    assert all(fresh.resolve(f"{area.name} {area.code}", TODAY) for area in areas)


def test_words_that_are_no_place_do_not_take_long() -> None:
    """Looking for what they are like ends when it is clear that there are too many."""
    fresh = AreaCrosswalk(*territory())
    begun = time.process_time()
    for number in range(1_000):
        held = fresh.resolve(f"không phải phường nào cả {number} ", TODAY)
        assert held.code is Problem.UNKNOWN
    assert time.process_time() - begun < 5
