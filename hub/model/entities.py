"""What an entity is made of: fields that are columns, and relations that are keys.

An entity is what a client may ask for by name. Its description, and that of each of its fields and
relations, is the published one. The declarations say nothing of rights: a row that the reader may
not see is absent from every relation, and a missing to-one row is null.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Column, Table

    from hub.model.vocabulary import Vocabulary


class Scalar(Enum):
    """The kinds of value a field may hold."""

    TEXT = auto()
    CODE = auto()
    INT = auto()
    BIGINT = auto()
    DECIMAL = auto()
    BOOLEAN = auto()
    DATE = auto()
    PARTIAL_DATE = auto()
    INSTANT = auto()
    UUID = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A value of the row itself.

    Attributes:
        name: the GraphQL field.
        column: where it is stored.
        scalar: what kind of value it is.
        description: the published sentence, with the Vietnamese term.
        vocabulary: the closed list it is taken from, if any.
        is_list: whether the column holds a list of such values.
        is_orderable: whether rows may be put in its order.
        is_additive: whether its values add up over rows.
        sort_key: what rows are ordered by instead of the value, if not by itself.
    """

    name: str
    column: Column[Any]
    scalar: Scalar
    description: str
    vocabulary: Vocabulary | None = None
    is_list: bool = False
    is_orderable: bool = True
    is_additive: bool = False
    sort_key: Column[Any] | None = None

    @property
    def is_nullable(self) -> bool:
        """Return whether the field may be empty."""
        return bool(self.column.nullable)


@dataclass(frozen=True, slots=True, eq=False)
class Localized:
    """A name kept in Vietnamese and glossed in English: ``name(lang: VI | EN)``.

    Attributes:
        sort_key: what puts rows into Vietnamese alphabetical order; None where none is needed.
    """

    name: str
    vi: Column[Any]
    en: Column[Any]
    sort_key: Column[Any] | None
    description: str

    @property
    def is_nullable(self) -> bool:
        """Return whether the name may be empty in the language asked for."""
        return bool(self.vi.nullable or self.en.nullable)


@dataclass(frozen=True, slots=True, eq=False)
class ToOne:
    """A link to at most one row of *target*: its *remote* column equals this row's *local* one.

    Attributes:
        carried: columns of the target that this row repeats, with its own: for orders and
            filters without a join.
        spans: pairs of them of which the first is never after the second.
    """

    name: str
    target: str
    local: Column[Any]
    remote: Column[Any]
    description: str
    carried: tuple[tuple[Column[Any], Column[Any]], ...] = ()
    spans: tuple[tuple[Column[Any], Column[Any]], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ToMany:
    """A link to the rows of *target* any of whose *remote* columns equals this row's *local* one.

    Attributes:
        is_plain_list: whether it is a bounded list rather than a connection.
    """

    name: str
    target: str
    local: Column[Any]
    remote: tuple[Column[Any], ...]
    description: str
    is_plain_list: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class First:
    """The first row of a to-many relation, narrowed by arguments and in a fixed order.

    Attributes:
        relation: the to-many relation it is taken from.
        arguments: argument → path of fields in the target which must equal it.
        order: enum values of the target's order.
    """

    name: str
    relation: str
    arguments: Mapping[str, tuple[str, ...]]
    order: tuple[str, ...]
    description: str


Member = Field | Localized | ToOne | ToMany | First


@dataclass(frozen=True)
class Revisions:
    """How a table keeps its history: rows of one *origin*, numbered by *revision*.

    A reader is shown, of every origin, the newest revision among those the reader may see, and
    nothing where that one withdraws it.
    """

    origin: Column[Any]
    revision: Column[Any]
    recorded_at: Column[Any]
    superseded_at: Column[Any]
    is_withdrawn: Column[Any]


@dataclass(frozen=True)
class Figures:
    """How the rows of a table are figures: values, or rates of a numerator and a denominator.

    Attributes:
        value: the figure; empty where it is missing.
        cell: the columns that together say what it is a figure of, each with the groups that
            divide it.
        indicator: the column that leads to what is measured.
    """

    value: Column[Any]
    numerator: Column[Any]
    denominator: Column[Any]
    cell: tuple[tuple[Column[Any], tuple[str, ...]], ...]
    indicator: Column[Any]


@dataclass(frozen=True)
class Reach:
    """The columns by which a scope reaches rows, each leading an index in the rows' usual order.

    Attributes:
        data_class: the class of data that a scope must be of.
        order: the column that those indexes go on with.
    """

    data_class: str
    project: Column[Any]
    area: Column[Any]
    facility: Column[Any]
    jurisdiction: Column[Any]
    order: Column[Any]


@dataclass(frozen=True)
class Entity:
    """A type of the graph.

    Attributes:
        name: the GraphQL type.
        plural: the root connection, or empty where there is none.
        table: where its rows are.
        key: the columns that identify a row to the outside, for ``node`` and for cursors.
        lookup: the column of the root field ``singular(code:)``, if there is one.
        members: fields and relations, in published order.
        default_order: enum values of the order in which rows come unless asked otherwise.
        is_provenanced: whether rows say where they come from.
        revisions: how history is kept, if it is.
        figures: how rows are figures, if they are.
        reach: how scopes reach rows, where lists are too long to be filtered whole.
        is_searched: whether rows are found by words.
        groups: fields and to-one links that lists may be grouped by.
    """

    name: str
    plural: str
    table: Table
    key: tuple[Column[Any], ...]
    description: str
    members: tuple[Member, ...]
    default_order: tuple[str, ...]
    lookup: Column[Any] | None = None
    is_provenanced: bool = False
    revisions: Revisions | None = None
    figures: Figures | None = None
    reach: Reach | None = None
    is_searched: bool = False
    groups: tuple[str, ...] = ()
    by_name: dict[str, Member] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {member.name: member for member in self.members})

    @override
    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def singular(self) -> str:
        """Return the root field of one row: ``Programme`` → ``programme``."""
        return self.name[0].lower() + self.name[1:]

    @cached_property
    def is_node(self) -> bool:
        """Return whether ``node`` finds its rows: not where the key is internal."""
        return not any(isinstance(column.type, Integer) for column in self.key)

    @cached_property
    def shares_keys(self) -> bool:
        """Return whether the revisions of a row have one key, not each its own."""
        return self.revisions is not None and self.revisions.origin in set(self.key)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Return the plain fields."""
        return tuple(member for member in self.members if isinstance(member, Field))

    @cached_property
    def localized(self) -> tuple[Localized, ...]:
        """Return the names kept in two languages."""
        return tuple(member for member in self.members if isinstance(member, Localized))

    @cached_property
    def to_one(self) -> tuple[ToOne, ...]:
        """Return the links to one row."""
        return tuple(member for member in self.members if isinstance(member, ToOne))

    @cached_property
    def to_many(self) -> tuple[ToMany, ...]:
        """Return the links to many rows."""
        return tuple(member for member in self.members if isinstance(member, ToMany))
