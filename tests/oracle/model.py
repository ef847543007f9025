"""The complete answer to a document, computed over rows in memory: rows, order, counts, nulls.

It interprets the document itself. What it cannot know, the letters of a cursor, it answers with a
``Place``; a refusal of the whole request it raises.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tests.oracle.contract import REVISED, UNCODED, Contract
from tests.oracle.document import Document, read
from tests.oracle.filters import alike, satisfies
from tests.oracle.rights import Row, Sight, newest
from tests.oracle.sums import expected_combinations, group_order, summed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graphql import FieldNode

_PAGE = 100
_DAY_ZERO = "0001-01-01"


class DirectionError(Exception):
    """A page is asked for from both ends."""

    code = "PAGE_DIRECTION"


class CursorError(Exception):
    """A cursor is of no use here."""

    code = "CURSOR_INVALID"


@dataclass(frozen=True, slots=True)
class Place:
    """What a cursor stands for: a row in a list of one reader."""

    reader: object
    listing: str
    row: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Words for why something is seen, or is not; those of one kind are the same for all rows.

    Attributes:
        kind: ``hidden``, ``open``, ``own``, or ``right`` where they name the rights.
    """

    kind: str
    language: str


@dataclass(frozen=True)
class Asked:
    """Somebody's question: what they see, what they ask, and the cursors they were given."""

    contract: Contract
    sight: Sight
    document: str
    variables: Mapping[str, Any]
    cursors: Mapping[str, Place]
    today: str

    def answer(self) -> dict[str, Any]:
        """Return the answer's data, or raise why it is refused as a whole."""
        return self._object("Query", {}, [self._read.operation.selection_set])

    @cached_property
    def _read(self) -> Document:
        return Document(read(self.document), self.contract.interfaces, self.variables)

    def _object(self, type_name: str, row: Row, sets: Iterable[Any]) -> dict[str, Any]:
        asked = self._read.fields(type_name, sets)
        return {key: self._field(type_name, row, nodes) for key, nodes in asked.items()}

    def _field(self, type_name: str, row: Row, nodes: list[FieldNode]) -> Any:
        name = nodes[0].name.value
        if name == "__typename":
            return type_name
        given = self._read.arguments(nodes[0])
        sets = [node.selection_set for node in nodes]
        if type_name == "Query":
            return self._root(name, given, sets)
        shape = self.contract.types[type_name][name]
        match self.contract.kind(shape):
            case "value":
                value = row[name]
                return value[given.get("lang", "VI")] if isinstance(value, dict) else value
            case "one" if name == "latest":
                return self._latest(row, given, sets)
            case "one":
                linked = self._links(type_name, row, name)
                return self._object(shape.of, linked[0], sets) if linked else None
            case "list":
                rows = self._listed(shape.of, self._links(type_name, row, name, given), given)
                return [self._object(shape.of, each, sets) for each in rows]
            case _:
                pass
        target = self.contract.target(shape)
        place = f"{type_name}.{name}.{row['#']}"
        return self._connection(
            target, self._links(type_name, row, name, given), given, sets, place
        )

    def _root(self, name: str, given: dict[str, Any], sets: list[Any]) -> Any:
        if name == "viewer":
            return self._viewer(sets)
        if name == "explainAccess":
            return self._explained(given, sets)
        if name in {"node", "nodes"}:
            found = [self._node(i) for i in given.get("ids", [given.get("id")])]
            answers = [self._object(f[0], f[1], sets) if f else None for f in found]
            return answers if name == "nodes" else answers[0]
        shape = self.contract.types["Query"][name]
        target = self.contract.target(shape)
        seen = list(self.sight.visible(target).values())
        if self.contract.kind(shape) == "connection":
            return self._connection(target, self._current(target, seen, given), given, sets, name)
        found_rows = [r for r in seen if r["code"] == given["code"]]
        if target == "Area":
            day = given.get("on", self.today)
            found_rows = [r for r in found_rows if _is_in_force(r, day)]
        return self._object(target, found_rows[0], sets) if found_rows else None

    def _viewer(self, sets: list[Any]) -> dict[str, Any]:
        """Return who asks; the rights themselves are compared where they are told."""
        answer: dict[str, Any] = {}
        for key, nodes in self._read.fields("Viewer", sets).items():
            inner = [node.selection_set for node in nodes]
            agency = self.sight.agency
            match nodes[0].name.value:
                case "reader":
                    answer[key] = self.sight.kind
                case "agency":
                    answer[key] = self._object("Agency", agency, inner) if agency else None
                case "notices":
                    rows = self._listed("Notice", list(self.sight.visible("Notice").values()), {})
                    answer[key] = [self._object("Notice", row, inner) for row in rows]
                case _:
                    answer[key] = "Viewer"
        return answer

    def _explained(self, given: dict[str, Any], sets: list[Any]) -> dict[str, Any]:
        """Return whether something is seen, and of what kind the reason is."""
        type_name, row = given["type"], None
        if given.get("id") is not None:
            found = self._node(given["id"])
            row = found[1] if found and found[0] == type_name else None
        elif given.get("code") is not None:
            seen = list(self.sight.visible(type_name).values())
            current = self._current(type_name, seen, {})
            row = next((r for r in current if r["@"][0] == given["code"]), None)
            row = row if row and _is_known_by_code(type_name, row) else None
        reason = "hidden" if row is None else self.sight.reason(type_name, row)
        answer: dict[str, Any] = {}
        for key, nodes in self._read.fields("AccessExplanation", sets).items():
            match nodes[0].name.value:
                case "maySee":
                    answer[key] = row is not None
                case "sentences":
                    language = self._read.arguments(nodes[0]).get("lang", "VI")
                    answer[key] = Reason(reason, language)
                case _:
                    answer[key] = "AccessExplanation"
        return answer

    def _node(self, given: str) -> tuple[str, Row] | None:
        for type_name in self.contract.types:
            if "Node" not in self.contract.interfaces[type_name]:
                continue
            if type_name not in self.sight.tables:
                continue
            seen = list(self.sight.visible(type_name).values())
            if type_name in REVISED - {"Observation"}:
                seen = newest(seen)
            for row in seen:
                if row["id"] == given:
                    return type_name, row
        return None

    def _links(
        self, type_name: str, row: Row, name: str, given: Mapping[str, Any] | None = None
    ) -> list[Row]:
        shape = self.contract.types[type_name][name]
        target = self.contract.target(shape)
        seen = self.sight.visible(target)
        if self.contract.kind(shape) == "one":
            return [seen[row[name]]] if row[name] in seen else []
        back = self.contract.back(type_name, name)
        rows = [r for r in seen.values() if any(r[link] == row["#"] for link in back)]
        return self._current(target, rows, given or {})

    def _current(self, target: str, rows: list[Row], given: Mapping[str, Any]) -> list[Row]:
        """Return the revisions that count."""
        if target not in REVISED:
            return rows
        if given.get("asOf") is not None:
            rows = [r for r in rows if r["_recorded"] <= alike(given["asOf"], r["_recorded"])]
        return rows if given.get("allRevisions") else newest(rows)

    def _latest(self, row: Row, given: dict[str, Any], sets: list[Any]) -> dict[str, Any] | None:
        where: dict[str, Any] = {}
        if given.get("area") is not None:
            where["area"] = {"is": {"code": {"eq": given["area"]}}}
        if given.get("period") is not None:
            where["period"] = {"is": {"label": {"eq": given["period"]}}}
        order = {"where": where, "orderBy": ["PERIOD_END_DESC"]}
        rows = self._links("Indicator", row, "observations")
        found = self._listed("Observation", rows, order)
        return self._object("Observation", found[0], sets) if found else None

    def _listed(self, target: str, rows: list[Row], given: Mapping[str, Any]) -> list[Row]:
        """Return those of *rows* that the filter lets pass, in the order asked for."""
        where = given.get("where")
        kept = [r for r in rows if satisfies(self.contract, self._links, target, r, where)]
        names = given.get("orderBy") or self.contract.default_order(target)
        terms = [self.contract.term(target, name) for name in names]
        kept.sort(key=lambda r: tuple(_ranked(v) for v in r["@"]), reverse=terms[0][2])
        for link, name, descending in reversed(terms):
            kept.sort(key=self._ranking(target, link, name), reverse=descending)
        return kept

    def _ranking(
        self, target: str, link: str | None, name: str
    ) -> Callable[[Row], tuple[bool, Any]]:
        def rank(row: Row) -> tuple[bool, Any]:
            if link is None:
                return _ranked(row[name])
            linked = self._links(target, row, link)
            return _ranked(linked[0][name] if linked else None)

        return rank

    def _connection(
        self, target: str, rows: list[Row], given: dict[str, Any], sets: list[Any], place: str
    ) -> dict[str, Any]:
        listed = self._listed(target, rows, given)
        bounds = {
            k: given.get(k) for k in ("where", "orderBy", "asOf", "allRevisions") if given.get(k)
        }
        place = f"{place}{bounds}"
        page, ahead, behind = self._page(listed, given, place)
        asked = self._read.fields(f"{target}Connection", sets)
        answer: dict[str, Any] = {}
        for key, nodes in asked.items():
            inner = [node.selection_set for node in nodes]
            match nodes[0].name.value:
                case "__typename":
                    answer[key] = f"{target}Connection"
                case "nodes":
                    answer[key] = [self._object(target, r, inner) for r in page]
                case "edges":
                    answer[key] = [self._edge(target, r, inner, place) for r in page]
                case "totalCount":
                    answer[key] = len(listed)
                case "pageInfo":
                    info = {
                        "hasNextPage": ahead,
                        "hasPreviousPage": behind,
                        "startCursor": self._place(place, page[0]) if page else None,
                        "endCursor": self._place(place, page[-1]) if page else None,
                    }
                    answer[key] = self._plain("PageInfo", info, inner)
                case "aggregate":
                    answer[key] = self._aggregate(target, listed, listed, (), inner)
                case _:
                    answer[key] = self._groups(target, listed, nodes[0], inner)
        return answer

    def _page(
        self, listed: list[Row], given: dict[str, Any], place: str
    ) -> tuple[list[Row], bool, bool]:
        """Return the page, whether rows follow it, and whether rows precede it."""
        first, last = given.get("first"), given.get("last")
        if first is not None and last is not None:
            raise DirectionError
        start, end = 0, len(listed)
        keys = [r["@"] for r in listed]
        if given.get("after") is not None:
            start = keys.index(self._opened(given["after"], place)) + 1
        if given.get("before") is not None:
            end = keys.index(self._opened(given["before"], place))
        if last is not None:
            page = listed[max(start, end - last) : end] if last else []
            return page, end < len(listed), end - start > last
        size = _PAGE if first is None else first
        return listed[start:end][:size], end - start > size, start > 0

    def _opened(self, cursor: str, place: str) -> tuple[Any, ...]:
        known = self.cursors.get(cursor)
        if known is None or known.reader != self.sight.account or known.listing != place:
            raise CursorError
        return known.row

    def _place(self, place: str, row: Row) -> Place:
        return Place(self.sight.account, place, row["@"])

    def _edge(self, target: str, row: Row, sets: list[Any], place: str) -> dict[str, Any]:
        asked = self._read.fields(f"{target}Edge", sets)
        return {
            key: self._place(place, row)
            if nodes[0].name.value == "cursor"
            else self._object(target, row, [n.selection_set for n in nodes])
            for key, nodes in asked.items()
        }

    def _plain(self, type_name: str, values: Mapping[str, Any], sets: list[Any]) -> dict[str, Any]:
        """Return what is chosen of *values*, which may hold further ones."""
        asked = self._read.fields(type_name, sets)
        answer = {}
        for key, nodes in asked.items():
            value = values[nodes[0].name.value]
            inner = [n.selection_set for n in nodes]
            is_object = isinstance(value, dict)
            answer[key] = self._plain("", value, inner) if is_object else value
        return answer

    def _aggregate(
        self,
        target: str,
        rows: list[Row],
        whole: list[Row],
        by: tuple[str, ...],
        sets: list[Any],
    ) -> dict[str, Any]:
        indicators = self.sight.tables["Indicator"]
        values = summed(rows, indicators if target == "Observation" else None)
        if target == "Observation":
            values["reporting"] = expected_combinations(rows, whole, by)
        return self._plain("", values, sets)

    def _groups(
        self, target: str, listed: list[Row], node: FieldNode, sets: list[Any]
    ) -> list[dict[str, Any]]:
        given = self._read.arguments(node)
        names = [self.contract.group(target, value) for value in given["by"]]
        fields = self.contract.types[f"{target}Group"]
        groups: dict[tuple[Any, ...], list[Row]] = {}
        for row in listed:
            key = tuple(
                row[n]
                if self.contract.kind(fields[n]) == "value"
                else next((each["#"] for each in self._links(target, row, n)), None)
                for n in names
            )
            groups.setdefault(key, []).append(row)
        answer = []
        for key in self._in_order(groups, names, fields):
            asked = self._read.fields(f"{target}Group", sets)
            told: dict[str, Any] = {}
            for response, nodes in asked.items():
                name, inner = nodes[0].name.value, [n.selection_set for n in nodes]
                if name == "aggregate":
                    rows = groups[key]
                    told[response] = self._aggregate(target, rows, listed, tuple(names), inner)
                    continue
                value = key[names.index(name)] if name in names else None
                shape = fields[name]
                if value is None or self.contract.kind(shape) == "value":
                    told[response] = value
                else:
                    row = self.sight.tables[shape.of][value]
                    told[response] = self._object(shape.of, row, inner)
            answer.append(told)
        return answer[: given.get("first") or _PAGE * 10]

    def _in_order(
        self, keys: Iterable[tuple[Any, ...]], names: list[str], fields: Mapping[str, Any]
    ) -> list[tuple[Any, ...]]:
        ranks: list[dict[Any, int]] = []
        for name in names:
            shape = fields[name]
            if self.contract.kind(shape) == "value":
                ranks.append({})
                continue
            rows = sorted(
                self.sight.visible(shape.of).values(),
                key=lambda row: tuple(_ranked(part) for part in row["@"]),
            )
            ranks.append({row["#"]: at for at, row in enumerate(rows)})
        return sorted(keys, key=lambda key: group_order(key, ranks))


def _ranked(value: Any) -> tuple[bool, Any]:
    if value is None:
        return True, 0
    if isinstance(value, dict):
        return _ranked(value["VI"])
    return False, value


def _is_in_force(area: Row, day: str) -> bool:
    begins, ends = area["validFrom"], area["validTo"]
    return (begins is None or begins.isoformat() <= day) and (
        ends is None or day <= ends.isoformat()
    )


def _is_known_by_code(type_name: str, row: Row) -> bool:
    return len(row["@"]) == (2 if type_name in REVISED else 1) and type_name not in UNCODED
