"""The unit that a source means by a code or a name, on the day its figures speak of."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from hub.ingest.crosswalk.places import Part, Problem, Resolution, Via
from hub.ingest.crosswalk.spelling import Spelling, spell
from hub.ingest.crosswalk.writing import read_segment, take_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from hub.ingest.crosswalk.places import Area, Succession
    from hub.ingest.crosswalk.writing import Segment, Written

_WIDTH: Final = 5
_CITY: Final = frozenset({"ha noi", "hanoi", "hn", "viet nam", "vietnam", "vn"})
_NEAR: Final = 0.75
_MOST_REMEMBERED: Final = 100_000
_MOST_SEARCHES: Final = 500
"""How many unknown words are compared with all names: beyond that, a list is not one of wards."""


class AreaCrosswalk:
    """Finds units by what is written of them.

    A code or a name that is in force on the day means the unit of that day, for codes were used
    again: the day decides. Else it means the unit that had it before, and so the one into which
    that went as a whole.
    """

    def __init__(
        self,
        areas: Iterable[Area],
        lineage: Iterable[Succession],
        shares: Mapping[int, Mapping[int, Decimal]] | None = None,
    ) -> None:
        """Take the units, where their land went and, by key, the shares that a source gives."""
        self._areas = {area.key: area for area in areas}
        self._shares = shares or {}
        self._successions: dict[int, list[Succession]] = defaultdict(list)
        self._districts: dict[int, set[int | None]] = defaultdict(set)
        for succession in lineage:
            self._successions[succession.predecessor].append(succession)
            predecessor = self._areas[succession.predecessor]
            self._districts[succession.successor].add(predecessor.parent)
        self._by_code: dict[str, list[Area]] = defaultdict(list)
        self._by_name: dict[tuple[str, ...], list[tuple[Spelling, Area]]] = defaultdict(list)
        for area in self._areas.values():
            self._by_code[area.code].append(area)
            spelling = spell(area.short_name)
            self._by_name[spelling.bare].append((spelling, area))
        self._known: dict[tuple[str, date], Resolution] = {}
        self._sounds: dict[date, dict[str, str]] = {}
        self._searches = 0

    def resolve(self, text: str, on: date) -> Resolution:
        """Return what *text* means on that day."""
        known = self._known.get((text, on))
        if known is None:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            known = self._known[text, on] = self._resolve(take_apart(text), on)
        return known

    def _resolve(self, written: Written, on: date) -> Resolution:
        if not written.segments:
            return self._by_its_code(written.code, on)
        named, head, rest = self._named(written.segments)
        if not named:
            if written.code and not any(map(str.isalpha, "".join(s.name for s in rest))):
                return self._by_its_code(written.code, on)
            return Resolution(code=Problem.UNKNOWN, candidates=self._near(written, on))
        fitting = [area for area in named if self._fits(area, head)]
        if written.is_old is not None:
            fitting = [area for area in fitting if (area.valid_to is not None) is written.is_old]
        districts, is_understood = self._read_rest(rest)
        if districts:
            fitting = [area for area in fitting if self._lies_in(area, districts)]
        if not fitting or not is_understood:
            return self._unclear(fitting or named, on)
        if written.code:
            coded = [area for area in fitting if area.code == written.code]
            if not coded:
                return self._unclear([*self._by_code.get(written.code, ()), *fitting], on)
            fitting = coded
        return self._choose(fitting, on, has_district=bool(districts))

    def _by_its_code(self, code: str, on: date) -> Resolution:
        units = self._by_code.get(code, [])
        for area in units:
            if area.holds(on):
                return Resolution(area, Via.CODE)
        if not units and len(code) < _WIDTH:
            # Spreadsheets drop the zeros: that is certain for a code of the day only.
            units = self._by_code.get(code.zfill(_WIDTH), [])
            for area in units:
                if area.holds(on):
                    return Resolution(area, Via.CODE)
            return self._unclear(units, on) if units else Resolution(code=Problem.UNKNOWN)
        if not units:
            return Resolution(code=Problem.UNKNOWN)
        return self._choose(units, on, has_district=False)

    def _named(self, segments: Sequence[Segment]) -> tuple[list[Area], Segment, Sequence[Segment]]:
        """Return the units that the first words name, these words, and what was written besides."""
        for count in range(len(segments), 0, -1):
            # What looks like a border may be within a name: Văn Miếu - Quốc Tử Giám, Quan Hoa.
            head = read_segment(" ".join(segment.whole for segment in segments[:count]))
            for text, kind in ((head.whole, None), (head.name, head.kind)):
                if found := self._spelled(text):
                    fitting = [area for area in found if kind in {None, area.type}]
                    return fitting or found, head, segments[count:]
        return [], segments[0], segments

    def _spelled(self, text: str) -> list[Area]:
        """Return the units of that name: exactly, or else with words that lack their marks."""
        spelling = spell(text)
        known = self._by_name.get(spelling.bare, ())
        exactly = [area for name, area in known if spelling.is_exactly(name)]
        return exactly or [area for name, area in known if spelling.may_be(name)]

    def _fits(self, area: Area, head: Segment) -> bool:
        """Tell whether *area* is of the kind that was written, if it was a kind at all."""
        return head.kind in {None, area.type} or area in self._spelled(head.whole)

    def _read_rest(self, rest: Sequence[Segment]) -> tuple[set[int], bool]:
        """Return the districts that were written, and whether all else was understood."""
        districts: set[int] = set()
        is_understood = True
        for segment in rest:
            if " ".join(spell(segment.name).bare) in _CITY:
                continue
            found = {
                area.key
                for area in self._spelled(segment.name)
                if area.level == "district" and segment.kind in {None, area.type}
            }
            districts |= found
            is_understood = is_understood and bool(found)
        return districts, is_understood

    def _lies_in(self, area: Area, districts: set[int]) -> bool:
        return area.parent in districts or not districts.isdisjoint(self._districts[area.key])

    def _choose(self, areas: Sequence[Area], on: date, *, has_district: bool) -> Resolution:
        """Return the unit that all of *areas* come to on that day."""
        present = [area for area in areas if area.holds(on)]
        past = [area for area in areas if area.has_ended(on)]
        if len(present) == 1 and not (has_district and past):
            return Resolution(present[0], Via.NAME)
        if not present and not past:
            return Resolution(code=Problem.NOT_YET, candidates=self._candidates(areas, on))
        if not present and len(past) == 1:
            return self._succeed(past[0], on)
        # Whoever names the district of before may mean the unit of before.
        outcomes = [Resolution(area, Via.NAME) for area in present]
        outcomes += [self._succeed(area, on) for area in past]
        met = {outcome.area for outcome in outcomes}
        if len(met) == 1 and None not in met:
            return outcomes[0]
        return self._unclear(areas, on)

    def _succeed(self, area: Area, on: date) -> Resolution:
        """Return the unit into which *area* went as a whole, or say that it was divided."""
        written, seen = area, {area.key}
        while area.has_ended(on):
            successions = self._successions[area.key]
            if len(successions) != 1 or not successions[0].is_whole:
                return self._divide(area, on, written)
            area = self._areas[successions[0].successor]
            if area.key in seen:
                return self._unclear([area], on)
            seen.add(area.key)
        return Resolution(area, Via.LINEAGE, predecessor=written)

    def _divide(self, area: Area, on: date, written: Area) -> Resolution:
        candidates = self._candidates([area], on)
        if area.level == "district":
            return Resolution(code=Problem.CLOSED, candidates=candidates)
        shares = self._shares.get(area.key, {})
        heirs = {succession.successor for succession in self._successions[area.key]}
        if shares and shares.keys() <= heirs and sum(shares.values()) == 1:
            parts = tuple(Part(self._areas[key], share) for key, share in shares.items())
            return Resolution(
                via=Via.SHARES, candidates=candidates, parts=parts, predecessor=written
            )
        return Resolution(code=Problem.DIVIDED, candidates=candidates)

    def _unclear(self, areas: Sequence[Area], on: date) -> Resolution:
        return Resolution(code=Problem.AMBIGUOUS, candidates=self._candidates(areas, on))

    def _candidates(self, areas: Sequence[Area], on: date) -> tuple[str, ...]:
        """Return the codes of the units in force that *areas* are, became or came from."""
        codes: dict[str, None] = {}
        for area in sorted(areas, key=lambda area: not area.holds(on)):
            if area.holds(on):
                codes[area.code] = None
            elif area.has_ended(on):
                codes |= dict.fromkeys(self._heirs(area, on))
            else:
                codes |= dict.fromkeys(self._forebears(area, on))
        return tuple(codes)

    def _heirs(self, area: Area, on: date) -> list[str]:
        if area.level == "district":
            wards = [ward for ward in self._areas.values() if ward.parent == area.key]
        else:
            wards = [area]
        codes = {
            self._areas[succession.successor].code
            for ward in wards
            for succession in self._successions[ward.key]
            if self._areas[succession.successor].holds(on)
        }
        return sorted(codes)

    def _forebears(self, area: Area, on: date) -> list[str]:
        return sorted(
            self._areas[succession.predecessor].code
            for successions in self._successions.values()
            for succession in successions
            if succession.successor == area.key and self._areas[succession.predecessor].holds(on)
        )

    def _near(self, written: Written, on: date) -> tuple[str, ...]:
        """Return the codes of units in force whose names look alike."""
        self._searches += 1
        if self._searches > _MOST_SEARCHES:
            return ()
        names = self._sounds.get(on)
        if names is None:
            names = self._sounds[on] = {
                " ".join(bare): area.code
                for bare, units in self._by_name.items()
                for _, area in units
                if area.level == "ward" and area.holds(on)
            }
        text = " ".join(spell(written.segments[0].name).bare)
        return tuple(names[name] for name in get_close_matches(text, names, cutoff=_NEAR))
