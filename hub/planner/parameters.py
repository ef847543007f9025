"""What the placeholders of a statement stand for, and how each request fills them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol
from uuid import UUID

from hub.access.vietnamese import words_of
from hub.model.cursor import Sealer, text_of
from hub.model.texts import is_storable
from hub.planner.errors import NotPlannedError
from hub.planner.values import Leaf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hub.model.entities import Entity


TODAY: Final = Leaf("today", ("@today",))
"""The day it is; no variable can have such a name."""


class ReadId(Protocol):
    """Reads a global id: the entity and the key that it names, or None where it names none."""

    def __call__(self, text: str) -> tuple[Entity, tuple[object, ...]] | None:
        """Return what *text* names."""


@dataclass(slots=True)
class Asking:
    """One request's own: its variables, who asks, and the secret for cursors.

    Attributes:
        variables: what was given, and under ``@today`` the day it is in Việt Nam.
        reader: kind and account of who asks, which cursors are bound to.
        sealers: by the list whose cursors they seal.
        positions: by the list and the cursor that marks them; each is opened once.
    """

    variables: Mapping[str, Any]
    reader: tuple[str, int | None]
    cursor_key: bytes
    read_id: ReadId
    sealers: dict[int, Sealer] = field(default_factory=dict)
    positions: dict[tuple[int, object], tuple[str | None, ...]] = field(default_factory=dict)


class Parameter(Protocol):
    """Something that a placeholder stands for."""

    @property
    def is_constant(self) -> bool:
        """Return whether it is a value of the document itself."""

    def read(self, asking: Asking) -> object:
        """Return its value in this request."""


class Form(Enum):
    """What is made of a given value."""

    PLAIN = auto()
    NUMBER = auto()
    UUID = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class Given:
    """A value of the document or of its variables."""

    leaf: Leaf
    form: Form = Form.PLAIN

    @property
    def is_constant(self) -> bool:
        """Return whether the document holds it."""
        return self.leaf.path is None

    def read(self, asking: Asking) -> object:
        """Return the value."""
        value = storable(self.leaf.read(asking.variables))
        return value if self.form is Form.PLAIN else _formed(value, self.form)


@dataclass(frozen=True, slots=True)
class GivenList:
    """The values of a list, but for empty ones."""

    leaves: tuple[Leaf, ...]
    form: Form = Form.PLAIN

    @property
    def is_constant(self) -> bool:
        """Return whether the document holds any of them, or none is given."""
        return not self.leaves or any(leaf.path is None for leaf in self.leaves)

    def read(self, asking: Asking) -> object:
        """Return the values."""
        found: list[object] = []
        for leaf in self.leaves:
            value = leaf.read(asking.variables)
            found.extend(value if isinstance(value, list) else [value])
        return [_formed(storable(value), self.form) for value in found if value is not None]


@dataclass(frozen=True, slots=True, eq=False)
class List:
    """A list that cursors are of: they are bound to it, to what narrows it, and to who asks.

    Attributes:
        place: the root field, or the type and the field, that the list is at.
        condition: what narrows it, as nested lists with leaves for operands.
    """

    place: str
    names: tuple[str, ...]
    condition: object
    history: tuple[Leaf | None, bool]
    _bound: tuple[str | Leaf | Given, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Write down what the cursors are bound to, but for what each request gives."""
        whole = [self.place, self.names, self.condition, self.history, _READER]
        object.__setattr__(self, "_bound", tuple(_merged(_written(whole))))

    def sealer(self, asking: Asking) -> Sealer:
        """Return what seals the list's cursors in this request."""
        found = asking.sealers.get(id(self))
        if found is None:
            context = "".join(
                [
                    part if isinstance(part, str) else _text_given(part, asking)
                    for part in self._bound
                ]
            )
            found = asking.sealers[id(self)] = Sealer(asking.cursor_key, context)
        return found


@dataclass(frozen=True, slots=True)
class SealKey:
    """The key that the cursors of a list are sealed with."""

    list: List

    is_constant: ClassVar[bool] = False

    def read(self, asking: Asking) -> object:
        """Return the key."""
        return self.list.sealer(asking).list_key


@dataclass(frozen=True, slots=True)
class Edge:
    """One value of the position that a cursor marks."""

    list: List
    cursor: Leaf
    place: int
    count: int

    is_constant: ClassVar[bool] = False

    def read(self, asking: Asking) -> object:
        """Return the value, as PostgreSQL writes it as text; raise ``InvalidCursorError``."""
        cursor = self.cursor.read(asking.variables)
        key = id(self.list), cursor
        position = asking.positions.get(key)
        if position is None:
            position = self.list.sealer(asking).open(cursor, self.count)
            asking.positions[key] = position
        return position[self.place]


@dataclass(frozen=True, slots=True)
class Ids:
    """Global ids that were given, one by one or as a list."""

    leaves: tuple[Leaf, ...]

    def texts(self, variables: Mapping[str, Any], *, given: bool = False) -> list[str]:
        """Return the ids that *variables* hold, or those that the plan was made for if *given*."""
        texts: list[str] = []
        for leaf in self.leaves:
            value = leaf.value if given else leaf.read(variables)
            texts.extend(value if isinstance(value, list) else [value])
        return texts

    def keys(self, entity: str, asking: Asking) -> list[tuple[object, ...] | None]:
        """Return the keys that they name, with None for every id that is not of *entity*."""
        found = map(asking.read_id, self.texts(asking.variables))
        return [each[1] if each is not None and each[0].name == entity else None for each in found]


@dataclass(frozen=True, slots=True)
class Keys:
    """One part of the keys that ids name, for the ids of one type."""

    ids: Ids
    entity: str
    part: int
    is_constant: ClassVar[bool] = False

    def read(self, asking: Asking) -> object:
        """Return a list, with an empty value for every id of another type."""
        keys = self.ids.keys(self.entity, asking)
        return [None if key is None else key[self.part] for key in keys]


@dataclass(frozen=True, slots=True)
class Places:
    """The places, from 1, of the ids that are of one type."""

    ids: Ids
    entity: str
    is_constant: ClassVar[bool] = False

    def read(self, asking: Asking) -> object:
        """Return a list as long as that of the ids, empty where one is of another type."""
        keys = self.ids.keys(self.entity, asking)
        return [None if key is None else place for place, key in enumerate(keys, start=1)]


@dataclass(frozen=True, slots=True)
class Size:
    """How many ids were given."""

    ids: Ids
    is_constant: ClassVar[bool] = False

    def read(self, asking: Asking) -> object:
        """Return the number."""
        return len(self.ids.texts(asking.variables))


def storable(value: object) -> object:
    """Return *value*; a text that no stored one could equal is left to the resolvers to refuse."""
    if isinstance(value, str) and not is_storable(value):
        raise NotPlannedError(value)
    return value


_READER: Final = Leaf(None, ("@reader",))
"""Who asks; no variable can have such a name."""


def _written(part: object) -> Iterator[str | Leaf | Given]:
    """Yield how *part* is written in what cursors are bound to, and what requests give of it."""
    match part:
        case Leaf(value, None):
            yield text_of(value)
        case Given(Leaf(value, None), Form.WORDS):
            yield text_of(words_of(value))
        case Leaf() | Given(_, Form.WORDS):
            yield part
        case list() | tuple():
            yield "["
            for place, each in enumerate(part):
                if place:
                    yield ", "
                yield from _written(each)
            yield "]"
        case _:
            yield text_of(part)


def _merged(parts: Iterable[str | Leaf | Given]) -> Iterator[str | Leaf | Given]:
    """Yield *parts* with neighbouring texts as one."""
    for is_text, group in groupby(parts, lambda part: isinstance(part, str)):
        if is_text:
            yield "".join(part for part in group if isinstance(part, str))
        else:
            yield from group


def _text_given(part: Leaf | Given, asking: Asking) -> str:
    if part is _READER:
        return _text_of_reader(asking.reader)
    if isinstance(part, Given):
        return text_of(words_of(part.leaf.read(asking.variables)))
    return text_of(part.read(asking.variables))


_text_of_reader: Final = lru_cache(maxsize=4096)(text_of)
"""Whoever asks once asks again."""

_FORMS: dict[Form, Callable[[Any], object]] = {
    # A binary fraction is not the number that was written.
    Form.NUMBER: lambda value: Decimal(repr(value)) if isinstance(value, float) else value,
    Form.UUID: UUID,
    Form.WORDS: lambda value: sorted(set(words_of(value))),
}


def _formed(value: object, form: Form) -> object:
    return value if value is None or form is Form.PLAIN else _FORMS[form](value)
