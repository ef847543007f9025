"""Arguments drawn at random from what is stored, some of them as variables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
)

from hub.model.catalogue import BY_NAME
from hub.model.entities import Field, Localized, ToMany, ToOne
from tests.planner.literals import Given, Name, holds_given, literal, resolved
from tests.planner.live import GARBAGE, Live

if TYPE_CHECKING:
    from random import Random

    from graphql import GraphQLField, GraphQLInputType

    from hub.model.entities import Entity, Member

_PAGES: Final = (0, 1, 1, 2, 2, 3, 5, 8)
_DEEPEST: Final = 3
_MOMENTS: Final = (
    "2026-03-01T00:00:00Z",
    "2026-09-13T07:00:00+07:00",
    "2026-11-19T00:00:00.5+00:00",
    "2030-01-01T00:00:00Z",
)
_DAYS: Final = ("2025-06-30", "2025-07-01", "2026-01-01", "1999-12-31")
_WORDS: Final = ("", "ma tuy", "cai nghiện", "hà", "xa", "d", "%", "o'", 'đ "')


@dataclass(frozen=True, slots=True)
class Mark:
    """A variable for a cursor that another document tells.

    Attributes:
        document: asks for cursors of the same list.
        place: which of them is meant.
    """

    name: str
    document: str
    place: int


@dataclass
class Arguments:
    """Draws arguments, and keeps the variables that they need.

    Attributes:
        definitions: variable → its type, with its default if it has one.
        values: what is given to the variables.
        marks: the variables that are cursors.
        is_sound: whether nothing was given that is refused wherever it is looked at.
    """

    draw: Random
    live: Live
    definitions: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    is_sound: bool = True

    def chance(self, share: float) -> bool:
        """Return whether something happens that happens so often."""
        return self.draw.randrange(100) < share * 100

    def some(self, names: list[str], *counts: int) -> list[str]:
        """Return a few of *names*."""
        return self.draw.sample(names, min(len(names), self.draw.choice(counts)))

    def listing(self, entity: Entity, asked: GraphQLField) -> dict[str, str]:
        """Return which rows of a list are asked for, in which order."""
        args, given = asked.args, {}
        if self.chance(0.4):
            where = self._where(entity, args["where"].type, 0)
            given["where"] = self.written(where, args["where"].type)
        if self.chance(0.5):
            given["orderBy"] = self._orders(args["orderBy"].type)
        if "asOf" in args and self.chance(0.3):
            moment = None if self.chance(0.1) else self.draw.choice(_MOMENTS)
            given["asOf"] = self.written(moment, args["asOf"].type)
        if "allRevisions" in args and self.chance(0.2):
            given["allRevisions"] = self.written(self.chance(0.7), args["allRevisions"].type)
        return given

    def page(self, asked: GraphQLField, *, may_be_left_out: bool) -> dict[str, str]:
        """Return how many rows of a list are asked for, and from which end."""
        if may_be_left_out and self.chance(0.1):
            return {}
        side = self.draw.choice(("first", "first", "last"))
        size: int | None = self.draw.choice(_PAGES)
        if self.chance(0.02):
            size = self.draw.choice((-1, 101, 100, None))
            self.is_sound = False
        given = {side: self.written(size, asked.args[side].type)}
        if self.chance(0.01):
            given["last" if side == "first" else "first"] = "2"
            self.is_sound = False
        return given

    def edge(self, document: str) -> dict[str, str]:
        """Return from where a list is asked for, by a cursor that *document* tells."""
        given = {}
        for side in self.some(["after", "before"], 1, 1, 1, 2):
            if self.chance(0.05):
                given[side] = literal(self.draw.choice((*GARBAGE, None)))
                self.is_sound = False
                continue
            mark = Mark(f"c{len(self.marks)}", document, self.draw.randrange(8))
            self.marks.append(mark)
            self.definitions[mark.name] = "String"
            given[side] = f"${mark.name}"
        return given

    def others(self, owner: Entity | None, asked: GraphQLField) -> dict[str, str]:
        """Return arguments that are no list's: codes, days, languages, ids, keys of groups."""
        given: dict[str, str] = {}
        target = BY_NAME.get(get_named_type(asked.type).name)
        for name, argument in asked.args.items():
            kind = argument.type
            value: Any
            match name:
                case "lang":
                    value = Name(self.draw.choice(("VI", "EN")))
                case "on":
                    value = self.draw.choice((*_DAYS, None))
                case "code" if target is not None:
                    value = self._some_value(target.name, "code")
                case "area" if owner is not None:
                    value = self._some_value("Area", "code")
                case "period" if owner is not None:
                    value = self._some_value("Period", "label")
                case "id":
                    value = self._id()
                case "ids":
                    value = [self._id() for _ in range(self.draw.choice((0, 1, 2, 4, 7)))]
                case "by":
                    given[name] = self._orders(kind)
                    continue
                case "first":
                    value = self.draw.choice((0, 1, 2, 5, 1000))
                case _:
                    continue
            if isinstance(kind, GraphQLNonNull) or self.chance(0.6):
                given[name] = self.written(value, kind)
        return given

    def condition(self) -> str:
        """Return a directive by which something is there or not."""
        directive = self.draw.choice(("skip", "include"))
        is_so = self.chance(0.5)
        return f"@{directive}(if: {self.written(is_so, 'Boolean!')})"

    def written(self, value: Any, kind: GraphQLInputType | str) -> str:
        """Return *value* as the document writes it: itself, or a variable that stands for it."""
        return literal(self._maybe_given(value, kind, 0.25))

    def _maybe_given(self, value: Any, kind: GraphQLInputType | str, share: float) -> Any:
        if not self.chance(share) or (value is None and str(kind).endswith("!")):
            return value
        name = f"v{len(self.definitions)}"
        self.definitions[name] = str(kind)
        is_required = self.definitions[name].endswith("!")
        if is_required and not holds_given(value) and self.chance(0.1):
            self.definitions[name] = f"{str(kind)[:-1]} = {literal(value)}"
            if self.chance(0.3) and str(kind) != "Boolean!":
                self.values[name] = None
                self.is_sound = False
            return Given(name)
        how = self.draw.choice(("given", "given", "given", "default", "both", "none", "null"))
        if how in {"default", "both"} and not holds_given(value):
            self.definitions[name] += f" = {literal(value)}"
        if how == "none" and not is_required:
            return Given(name)
        if how == "null" and not is_required:
            self.values[name] = None
        elif how != "default" or holds_given(value):
            self.values[name] = resolved(value, self.values)
        return Given(name)

    def _orders(self, kind: GraphQLInputType) -> str:
        names = get_named_type(kind)
        assert isinstance(names, GraphQLEnumType)
        chosen = [Name(each) for each in self.some(list(names.values), 0, 1, 1, 1, 2, 3)]
        return self.written(chosen, kind)

    def _where(self, entity: Entity, kind: GraphQLInputType, depth: int) -> Any:
        shape = get_named_type(kind)
        assert isinstance(shape, GraphQLInputObjectType)
        where: dict[str, Any] = {}
        for name in self.some(list(shape.fields), 0, 1, 1, 2, 3):
            of = shape.fields[name].type
            match name:
                case "and" | "or" if depth < _DEEPEST:
                    count = self.draw.choice((0, 1, 2))
                    where[name] = [self._where(entity, of, depth + 1) for _ in range(count)]
                case "not" if depth < _DEEPEST:
                    where[name] = self._where(entity, of, depth + 1)
                case "search":
                    words = [*_WORDS, *self.live.values.get((entity.name, "name"), ())]
                    where[name] = self.draw.choice(words)
                case "and" | "or" | "not":
                    continue
                case _:
                    where[name] = self._member(entity, entity.by_name[name], of, depth)
                    if where[name] is None:
                        del where[name]
            if name in where and not holds_given(where[name]):
                where[name] = self._maybe_given(where[name], of, 0.03)
            elif self.chance(0.02):
                where[name] = None
        return where

    def _member(self, entity: Entity, member: Member, kind: GraphQLInputType, depth: int) -> Any:
        shape = get_named_type(kind)
        assert isinstance(shape, GraphQLInputObjectType)
        if isinstance(member, Field | Localized):
            return self._comparisons(entity, member, shape)
        assert isinstance(member, ToOne | ToMany)
        if depth >= _DEEPEST:
            return None
        conditions: dict[str, Any] = {}
        for name in self.some(list(shape.fields), 1, 1, 2):
            of = shape.fields[name].type
            if name == "isNull":
                conditions[name] = self._maybe_given(self.draw.choice((True, False)), of, 0.1)
            else:
                conditions[name] = self._where(BY_NAME[member.target], of, depth + 1)
        return conditions

    def _comparisons(
        self, entity: Entity, member: Field | Localized, shape: GraphQLInputObjectType
    ) -> Any:
        conditions = {}
        for name in self.some(list(shape.fields), 0, 1, 1, 1, 2):
            kind = shape.fields[name].type
            value: Any = self._some_value(entity.name, member.name)
            if name in {"isNull", "isEmpty"}:
                value = self.draw.choice((True, False, None))
            elif isinstance(value, str) and name in {"contains", "startsWith"}:
                value = value[: self.draw.choice((0, 1, 3, 9))]
            elif isinstance(kind, GraphQLList):
                more = [self._some_value(entity.name, member.name) for _ in range(2)]
                chosen = [value, *more][: self.draw.choice((0, 1, 2, 3))]
                value = [self._maybe_given(each, kind.of_type, 0.1) for each in chosen]
                if isinstance(kind.of_type, GraphQLNonNull):
                    value = [each for each in value if each is not None]
                if len(value) == 1 and self.chance(0.3):
                    value = value[0]
            conditions[name] = self._maybe_given(value, kind, 0.25)
        return conditions

    def _some_value(self, entity: str, name: str) -> Any:
        values = self.live.values.get((entity, name), [])
        return None if not values or self.chance(0.06) else self.draw.choice(values)

    def _id(self) -> str:
        if self.chance(0.15):
            return self.draw.choice(GARBAGE)
        known = [name for name, ids in self.live.ids.items() if ids]
        return self.draw.choice(self.live.ids[self.draw.choice(known)])
