"""How a declared type becomes a Strawberry type.

Types name each other by GraphQL name, in one namespace that is complete once every module has
added its own; Strawberry looks names up when the schema is built.
"""

from __future__ import annotations

import dataclasses
import keyword
from typing import TYPE_CHECKING, Any, ClassVar

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.schema_directive import Location
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

NAMESPACE: dict[str, Any] = {}
"""Every type of the schema by its GraphQL name, and the Python types that annotations use."""


class DeclaredField(StrawberryField):
    """A field that keeps the type it was declared with.

    A dataclass tells its fields their types again, as text and without the namespace that the
    text is to be read in.
    """

    @property  # type: ignore[explicit-override]  # a property cannot say so of its setter
    def type(self) -> Any:  # noqa: ANN401  (whatever kind of type Strawberry resolves)
        """Return the resolved type."""
        return self.resolve_type()

    @type.setter
    def type(self, type_: object) -> None:
        if getattr(self, "type_annotation", None) is None and type_ is not None:
            self.type_annotation = StrawberryAnnotation(type_, namespace=NAMESPACE)


def python_name(name: str) -> str:
    """Return the attribute that a GraphQL *name* has in Python: ``in`` → ``in_``."""
    return f"{name}_" if keyword.iskeyword(name) else name


@strawberry.schema_directive(
    name="range",
    locations=[Location.ARGUMENT_DEFINITION],
    description="The least and the most that the argument, or its length, may be (giới hạn).",
)
class Range:
    """Bounds of an argument, for clients to read; beyond them a request is refused."""

    min: int
    max: int


def argument(
    name: str,
    annotation: str,
    description: str,
    *,
    default: object = strawberry.UNSET,
    within: tuple[int, int] | None = None,
) -> StrawberryArgument:
    """Return an argument of type *annotation*, as Python writes it: ``"list[str] | None"``."""
    return StrawberryArgument(
        python_name=python_name(name),
        graphql_name=name,
        type_annotation=_annotation(annotation),
        description=description,
        default=default,
        directives=() if within is None else (Range(min=within[0], max=within[1]),),
    )


def field(
    name: str,
    annotation: str,
    description: str,
    resolver: Callable[..., Any],
    arguments: Sequence[StrawberryArgument] = (),
) -> StrawberryField:
    """Return a field that *resolver* answers, called with ``self``, ``info`` and its arguments."""
    made = DeclaredField(
        python_name=python_name(name),
        graphql_name=name,
        type_annotation=_annotation(annotation),
        description=description,
        base_resolver=StrawberryResolver(resolver),
    )
    made.arguments = list(arguments)
    return made


def object_type(
    name: str,
    description: str,
    fields: Sequence[StrawberryField],
    *,
    interfaces: Sequence[type] = (),
    is_type_of: Callable[[Any, Any], bool] | None = None,
) -> type:
    """Make the object type *name* and add it to the namespace."""
    body: dict[str, Any] = {made.python_name: made for made in fields}
    if is_type_of is not None:
        body["is_type_of"] = staticmethod(is_type_of)
    made_type = strawberry.type(
        _class(name, tuple(interfaces), body), name=name, description=description
    )
    return _published(name, made_type)


def interface_type(name: str, description: str, fields: Sequence[StrawberryField]) -> type:
    """Make the interface *name* and add it to the namespace."""
    body = {made.python_name: made for made in fields}
    made_type = strawberry.interface(_class(name, (), body), name=name, description=description)
    return _published(name, made_type)


def input_type(
    name: str,
    description: str,
    members: Mapping[str, tuple[str, str]],
    *,
    required: Collection[str] = (),
) -> type:
    """Make the input *name*: member → annotation, description; all but *required* optional."""
    body = {
        python_name(member): DeclaredField(
            python_name=python_name(member),
            graphql_name=member,
            type_annotation=_annotation(
                annotation if member in required else f"{annotation} | None"
            ),
            description=text,
            default=dataclasses.MISSING if member in required else strawberry.UNSET,
        )
        for member, (annotation, text) in members.items()
    }
    made_type = strawberry.input(_class(name, (), body), name=name, description=description)
    return _published(name, made_type)


class NamedAnnotation(StrawberryAnnotation):
    """The type that a text names, found once for all who use the same text."""

    _known: ClassVar[dict[str, Any]] = {}

    @override
    def evaluate(self) -> type:
        """Return the type; raise ``NameError`` while a name in it is not made yet."""
        text = str(self.raw_annotation)
        if text not in self._known:
            self._known[text] = super().evaluate()
        found: type = self._known[text]
        return found


def _published(name: str, made_type: type) -> type:
    """Add *made_type* to the namespace; two types under one name would be one, and wrong."""
    if name in NAMESPACE:
        raise ValueError(name)
    NAMESPACE[name] = made_type
    return made_type


def _annotation(annotation: str) -> StrawberryAnnotation:
    return NamedAnnotation(annotation, namespace=NAMESPACE)


def _class(name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
    return type(name, bases, {"__module__": __name__, "__annotations__": {}, **body})
