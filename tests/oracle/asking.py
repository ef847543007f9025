"""Questions: documents drawn at random over the whole published schema, and their variables."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from tests.oracle.contract import REVISED, Contract, Shape, screaming

if TYPE_CHECKING:
    from random import Random

    from tests.oracle.world.rows import World

_PAGES: Final = (1, 2, 7, 53)
_UNFILTERED: Final = frozenset({"DocumentLink"})
"""Types whose published filter input is another one's."""
_NESTED: Final = 2
_LIKELY: Final = ("observations", "projects", "tasks", "budgetLines", "facilities", "findings")
_NODES: Final = (
    *("Observation", "Project", "Task", "Facility", "Agency"),
    *("Indicator", "BudgetLine", "Area", "Finding"),
)
_LADEN: Final = ("indicators", "areas", "agencies", "jurisdictions", "programmes", "documents")
_RIGHTS: Final = frozenset(
    {"Observation", "Project", "Task", "Facility", "BudgetLine", "Finding", "Training"}
)
_GARBAGE: Final = ("", "x", "Tm9kZTpmb28=", "T2JzZXJ2YXRpb246eA==", "hn.none.such")


class Name(str):
    """An enum value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: an answer to a document, or the table of figures to take away."""

    document: str
    variables: dict[str, Any]


EXPORT: Final = Question("", {})
"""The table of figures to take away."""
PATHS: Final = ("list", "nested", "one", "node", "nodes", "export", "explained", "viewer")
"""The ways to rows."""
_OFTEN: Final = (64, 4, 12, 10, 4, 3, 5, 2)


@dataclass
class Asker:
    """Draws questions about a world, its hidden rows included."""

    contract: Contract
    world: World
    draw: Random
    _variables: dict[str, tuple[str, Any]] = field(default_factory=dict)
    _fragments: list[str] = field(default_factory=list)
    _aliases: int = 0
    _is_aliased: bool = False

    def question(self, *paths: str) -> Question:
        """Return a question that goes to rows by one or more of *paths*, or by any."""
        self._variables, self._fragments, self._aliases = {}, [], 0
        weights = [_OFTEN[PATHS.index(path)] for path in paths]
        count = self._count(1, 1, 2, 3)
        chosen = self.draw.choices(paths or PATHS, weights or _OFTEN, k=count)
        if chosen[0] == "export":
            return EXPORT
        fields = " ".join(self._root(path) for path in chosen if path != "export")
        body = f"{{ {fields} }}"
        # A fragment spreads none that was written after it.
        for at, fragment in reversed(list(enumerate(self._fragments))):
            body += f"\n{fragment}" if f"...F{at}_" in body else ""
        used = {n: given for n, given in self._variables.items() if f"${n}_" in body}
        declared = " ".join(self._declared(name) for name in used)
        head = f"query Asked({declared})" if declared else "query"
        variables = {f"{n}_": plain(value) for n, (_, value) in used.items() if n[0] != "d"}
        return Question(f"{head} {body}", variables)

    def _declared(self, name: str) -> str:
        """Return how a variable is declared: one whose name begins with d has a default only."""
        kind, value = self._variables[name]
        return f"${name}_: {kind}{f' = {literal(value)}' if name[0] == 'd' else ''}"

    def narrowed(self, target: str) -> str:
        """Return a filter and an order, as arguments without variables."""
        given = []
        if self.draw.random() < 0.5 and target not in _UNFILTERED:
            given.append(f"where: {literal(self._where(target, 0))}")
        if self.draw.random() < 0.8:
            orders = self._sample(list(self.contract.enums[f"{target}Order"]), 1, 2, 3)
            given.append(f"orderBy: [{', '.join(orders)}]")
        return ", ".join(given)

    def _root(self, path: str) -> str:
        roots = self.contract.types["Query"]
        match path:
            case "node":
                given = self._given(self._id(), "ID!")
                return f"{self._alias()}node(id: {given}) {self._any_node()}"
            case "nodes":
                ids = [self._id() for _ in range(self._count(1, 3, 7))]
                return f"{self._alias()}nodes(ids: {self._given(ids, '[ID!]!')}) {self._any_node()}"
            case "one":
                ones = [n for n, s in roots.items() if s.of in self.world.tables and s.arguments]
                name = self.draw.choice(ones)
                return self._one(name, roots[name])
            case "viewer":
                return self._viewer()
            case "explained":
                return self._explained()
            case _:
                pass
        lists = [n for n, s in roots.items() if self.contract.kind(s) == "connection"]
        likely = [n for n in _LIKELY if n in roots]
        name = self.draw.choice(likely if self.draw.random() < 0.5 else lists)
        target = self.contract.target(roots[name])
        if path == "nested":
            return self._nested(self.draw.choice(_LADEN))
        arguments = self._arguments(target, _PAGES, is_paged=True)
        return f"{self._alias()}{name}{arguments} {self._connection(target, 0)}"

    def _one(self, name: str, shape: Shape) -> str:
        code = self._some_value(shape.of, "code") or "none"
        arguments = f"code: {self._given(code, 'String!')}"
        if "on" in shape.arguments and self.draw.random() < 0.5:
            arguments += f', on: "{self.draw.choice(("2025-06-30", "2025-07-01", "2026-01-01"))}"'
        return f"{self._alias()}{name}({arguments}) {self._selection(shape.of, 0)}"

    def _nested(self, name: str) -> str:
        """Return a list of what is open to everyone, with rows seen by right under each of it."""
        target = self.contract.target(self.contract.types["Query"][name])
        shapes = self.contract.types[target]
        links = [n for n, s in shapes.items() if self.contract.target(s) in _RIGHTS]
        inner = " ".join(self._link(target, link, 0) for link in self._sample(links, 1, 2))
        return f"{self._alias()}{name}(first: 53) {{ nodes {{ {inner} }} }}"

    def _viewer(self) -> str:
        notices = f"notices {self._selection('Notice', _NESTED)}"
        parts = ["reader", f"agency {self._selection('Agency', 1)}", notices]
        return f"{self._alias()}viewer {{ {' '.join(self._sample(parts, 1, 2, 3))} }}"

    def _explained(self) -> str:
        nodes = [n for n in self.world.tables if "Node" in self.contract.interfaces.get(n, ())]
        known = [n for n in nodes if n in self.contract.types]
        likely = [n for n in known if n in _RIGHTS]
        name = self.draw.choice(likely if likely and self.draw.random() < 0.6 else known)
        row = self.draw.choice(list(self.world.tables[name].values()))
        if "code" in row and self.draw.random() < 0.4:
            code = self.draw.choice((row["code"], row["code"], row["code"].upper(), "none"))
            given = f"code: {self._given(code, 'String')}"
        else:
            given = f"id: {self._given(self.draw.choice((row['id'], row['id'], self._id())), 'ID')}"
        lang = self.draw.choice(("", "(lang: EN)", "(lang: VI)"))
        kind = self._given(Name(name), "NodeType!")
        return (
            f"{self._alias()}explainAccess(type: {kind}, {given}) "
            f"{{ {self._wrapped('AccessExplanation', ['maySee', f'sentences{lang}'])} }}"
        )

    def _any_node(self) -> str:
        # Types may differ in a field of one name; an alias keeps them apart.
        self._is_aliased = True
        parts = [
            f"... on {name} {self._selection(name, 1)}"
            for name in self._sample([n for n in _NODES if n in self.contract.types], 3)
        ]
        self._is_aliased = False
        named = self.draw.choice(("id", "... on Node { id }", "... { id }"))
        return f"{{ __typename {named} {' '.join(parts)} }}"

    def _id(self) -> str:
        if self.draw.random() < 0.1:
            return self.draw.choice(_GARBAGE)
        kinds = ("Observation", "Project", "Task", "Facility", "BudgetLine", "Finding")
        nodes = [n for n in self.world.tables if "Node" in self.contract.interfaces.get(n, ())]
        name = self.draw.choice(kinds if self.draw.random() < 0.7 else nodes)
        rows = self.world.tables[name]
        row = rows[self.draw.choice(list(rows))]
        return str(row["id"])

    def _selection(self, type_name: str, depth: int) -> str:
        shapes = self.contract.types[type_name]
        values = [n for n, s in shapes.items() if self.contract.kind(s) == "value"]
        links = [n for n, s in shapes.items() if self.contract.kind(s) != "value"]
        chosen = [self._value_field(n, shapes[n]) for n in self._sample(values, 1, 2, 4)]
        if depth < _NESTED:
            chosen += [self._link(type_name, n, depth) for n in self._sample(links, 0, 1, 2)]
        if not chosen:
            chosen = ["__typename"]
        if values and self.draw.random() < 0.1:
            chosen.append(self._conditional(self.draw.choice(values)))
        if links and depth < _NESTED and self.draw.random() < 0.1:
            chosen += self._merged(type_name, self.draw.choice(links), depth)
        self.draw.shuffle(chosen)
        return f"{{ {self._wrapped(type_name, chosen)} }}"

    def _conditional(self, name: str) -> str:
        """Return a field that is there under two conditions at once."""
        given = [self._given(self.draw.random() < 0.7, "Boolean!") for _ in range(2)]
        return f"{self._alias(1)}{name} @include(if: {given[0]}) @skip(if: {given[1]})"

    def _merged(self, type_name: str, name: str, depth: int) -> list[str]:
        """Return a link asked for twice under one name, each time for something else."""
        shape = self.contract.types[type_name][name]
        if self.contract.kind(shape) != "one":
            return []
        alias = self._alias(1)
        target = self.contract.target(shape)
        return [f"{alias}{name} {self._selection(target, depth + 1)}" for _ in range(2)]

    def _wrapped(self, type_name: str, chosen: list[str]) -> str:
        """Return the fields, some of them in fragments or under directives."""
        how = self.draw.random()
        split = self.draw.randrange(len(chosen) + 1)
        inner, outer = " ".join(chosen[:split]), " ".join(chosen[split:])
        if not inner or how < 0.7:
            return " ".join(chosen)
        if how < 0.8:
            return f"... on {type_name} {{ {inner} }} {outer}"
        if how < 0.9:
            name = f"F{len(self._fragments)}_"
            self._fragments.append(f"fragment {name} on {type_name} {{ {inner} }}")
            if how < 0.83:
                given = self._given(self.draw.random() < 0.5, "Boolean!")
                return f"__typename ...{name} @include(if: {given}) {outer}"
            return f"...{name} {outer}"
        is_in = self.draw.random() < 0.5
        directive = self.draw.choice(("skip", "include"))
        condition = f"@{directive}(if: {self._given(is_in, 'Boolean!')})"
        return f"__typename ... {condition} {{ {inner} }} {outer}"

    def _value_field(self, name: str, shape: Shape) -> str:
        if "lang" not in shape.arguments:
            return f"{self._alias(0.1)}{name}"
        lang = self.draw.choice(("", "(lang: EN)", "(lang: VI)"))
        return f"{self._alias(1 if lang else 0)}{name}{lang}"

    def _link(self, type_name: str, name: str, depth: int) -> str:
        shape = self.contract.types[type_name][name]
        target = self.contract.target(shape)
        alias = self._alias(1)
        if name == "latest":
            area = self._some_value("Area", "code")
            arguments = f'(area: "{area}")' if self.draw.random() < 0.3 else ""
            return f"{alias}latest{arguments} {self._selection(target, depth + 1)}"
        match self.contract.kind(shape):
            case "one":
                return f"{alias}{name} {self._selection(target, depth + 1)}"
            case "list":
                arguments = self._arguments(target, (), is_paged=False)
                return f"{alias}{name}{arguments} {self._selection(target, depth + 1)}"
            case _:
                pass
        arguments = self._arguments(target, _PAGES, is_paged=True)
        return f"{alias}{name}{arguments} {self._connection(target, depth + 1)}"

    def _connection(self, target: str, depth: int) -> str:
        parts = ["nodes", "edges", "pageInfo", "totalCount", "aggregate", "groups"]
        weights = (8, 3, 4, 5, 3, 3)
        fields = self.contract.types[f"{target}Connection"]
        chosen = []
        for part in dict.fromkeys(self.draw.choices(parts, weights, k=self._count(1, 2, 3))):
            match part:
                case "nodes":
                    chosen.append(f"nodes {self._selection(target, depth)}")
                case "edges":
                    chosen.append(f"edges {{ cursor node {self._selection(target, depth)} }}")
                case "pageInfo":
                    chosen.append("pageInfo { hasNextPage hasPreviousPage startCursor endCursor }")
                case "totalCount":
                    chosen.append("totalCount")
                case "aggregate":
                    chosen.append(f"aggregate {self._aggregate(target)}")
                case _:
                    chosen += [self._groups(target)] if "groups" in fields else []
        if not chosen:
            chosen = ["totalCount"]
        return f"{{ {' '.join(chosen)} }}"

    def _aggregate(self, target: str) -> str:
        chosen = []
        for name, shape in self.contract.types[f"{target}Aggregate"].items():
            if shape.of not in self.contract.types:
                chosen.append(name)
                continue
            inner = self._sample(list(self.contract.types[shape.of]), 1, 2)
            chosen.append(f"{name} {{ {' '.join(inner)} }}")
        return f"{{ {' '.join(self._sample(chosen, 1, 2, 4)) or 'count'} }}"

    def _groups(self, target: str) -> str:
        fields = self.contract.types[f"{target}Group"]
        names = [n for n in fields if n != "aggregate"]
        by = self._sample(names, 1, 1, 2) or names[:1]
        given = self._given([Name(screaming(n)) for n in by], f"[{target}GroupBy!]!")
        told = [
            n
            if self.contract.kind(fields[n]) == "value"
            else f"{n} {self._selection(fields[n].of, _NESTED)}"
            for n in dict.fromkeys([*by, *self._sample(names, 0, 1)])
        ]
        told.append(f"aggregate {self._aggregate(target)}")
        return f"{self._alias(1)}groups(by: {given}) {{ {' '.join(told)} }}"

    def _arguments(self, target: str, pages: tuple[int, ...], *, is_paged: bool) -> str:
        given: dict[str, tuple[Any, str]] = {}
        if self.draw.random() < 0.45 and target not in _UNFILTERED:
            given["where"] = (self._where(target, 0), f"{target}Filter")
        if self.draw.random() < 0.5:
            orders = self._sample(list(self.contract.enums[f"{target}Order"]), 1, 1, 2, 3)
            given["orderBy"] = ([Name(o) for o in orders], f"[{target}Order!]")
        if target in REVISED and self.draw.random() < 0.25:
            if self.draw.random() < 0.5:
                given["allRevisions"] = (self.draw.random() < 0.7, "Boolean")
            else:
                days = self.draw.choice(("2026-09-13", "2026-09-18", "2026-09-23", "2026-10-01"))
                given["asOf"] = (f"{days}T00:00:00+00:00", "DateTime")
        if is_paged and self.draw.random() < 0.9:
            side = self.draw.choice(("first", "first", "last"))
            size = 0 if self.draw.random() < 0.03 else self.draw.choice(pages)
            given[side] = (size, "Int")
        written = [f"{name}: {self._given(v, kind)}" for name, (v, kind) in given.items()]
        return f"({', '.join(written)})" if written else ""

    def _where(self, target: str, depth: int) -> dict[str, Any]:
        shapes = self.contract.inputs[f"{target}Filter"]
        where: dict[str, Any] = {}
        for name in self._sample([n for n in shapes if n not in {"and", "or", "not"}], 1, 1, 2):
            if name == "search":
                where[name] = self._search(target)
                continue
            shape = self.contract.types[target][name]
            kind = self.contract.kind(shape)
            if kind == "value":
                where[name] = self._comparison(target, name, shape)
            elif depth < _NESTED and self.contract.target(shape) not in _UNFILTERED:
                where[name] = self._reach(kind, self.contract.target(shape), depth)
        how = self.draw.random()
        if how < 0.1:
            return {"not": where}
        if how < 0.2 and depth < _NESTED:
            combined = self.draw.choice(("and", "or"))
            return {combined: [where, self._where(target, depth + 1)]}
        return where

    def _reach(self, kind: str, target: str, depth: int) -> dict[str, Any]:
        if kind == "one":
            if self.draw.random() < 0.3:
                return {"isNull": self.draw.random() < 0.5}
            return {"is": self._where(target, depth + 1)}
        return {self.draw.choice(("some", "every", "none")): self._where(target, depth + 1)}

    def _search(self, target: str) -> str:
        rows = self.world.tables[target]
        row = rows[self.draw.choice(list(rows))]
        return self.draw.choice((row["_token"], row["_token"][:4], "an", "ba zq", "zz"))

    def _comparison(self, target: str, name: str, shape: Shape) -> dict[str, Any]:
        value = self._some_value(target, name)
        if shape.is_list:
            each = self.draw.choice(value) if value else None
            if each is None:
                return {"isEmpty": self.draw.random() < 0.5}
            return {"has": Name(each) if shape.of in self.contract.enums else each}
        if shape.of in self.contract.enums:
            operators = ["eq", "ne", "in", "notIn"]
            value = None if value is None else Name(value)
        elif shape.of == "Boolean":
            operators = ["eq", "ne"]
        elif shape.of == "String":
            operators = ["eq", "ne", "in", "lt", "gte", "contains", "startsWith"]
        else:
            operators = ["eq", "ne", "in", "notIn", "lt", "lte", "gt", "gte"]
        if value is None:
            how = self.draw.choice(("isNull", "eq", "ne"))
            return {how: True if how == "isNull" else None}
        operator = self.draw.choice(operators)
        if operator in {"contains", "startsWith"}:
            value = value[: self.draw.choice((2, 5))]
        if operator in {"in", "notIn"}:
            other = self._some_value(target, name)
            more = [] if other is None else [Name(other) if isinstance(value, Name) else other]
            return {operator: [value, *more]}
        return {operator: value}

    def _some_value(self, target: str, name: str) -> Any:
        rows = self.world.tables[target]
        value = rows[self.draw.choice(list(rows))][name]
        return value["VI"] if isinstance(value, dict) else value

    def _alias(self, chance: float = 1) -> str:
        if self.draw.random() >= chance and not self._is_aliased:
            return ""
        self._aliases += 1
        return f"a{self._aliases}: "

    def _given(self, value: Any, kind: str) -> str:
        if self.draw.random() >= 0.2:
            return literal(value)
        name = f"{'d' if self.draw.random() < 0.2 else 'v'}{len(self._variables)}"
        self._variables[name] = (kind, value)
        return f"${name}_"

    def _count(self, *counts: int) -> int:
        return self.draw.choice(counts)

    def _sample(self, names: list[str], *counts: int) -> list[str]:
        return self.draw.sample(names, min(len(names), self._count(*counts)))


def literal(value: Any) -> str:
    """Return *value* as GraphQL writes it."""
    match value:
        case Name():
            return str(value)
        case dict():
            inner = ", ".join(f"{name}: {literal(each)}" for name, each in value.items())
            return f"{{{inner}}}"
        case list():
            return f"[{', '.join(literal(each) for each in value)}]"
        case _:
            return json.dumps(plain(value))


def plain(value: Any) -> Any:
    """Return *value* as JSON writes it."""
    match value:
        case dict():
            return {name: plain(each) for name, each in value.items()}
        case list():
            return [plain(each) for each in value]
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case Name():
            return str(value)
        case _:
            return value
