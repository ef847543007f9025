"""Operations drawn at random over the schema as one kind of reader sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

from hub.model.catalogue import BY_NAME
from tests.planner.arguments import Arguments, Mark

if TYPE_CHECKING:
    from random import Random

    from graphql import GraphQLField, GraphQLSchema

    from hub.model.entities import Entity
    from tests.planner.live import Live

_NESTED: Final = 4
_LIKELY: Final = (
    "project",
    "projects",
    "indicator",
    "indicators",
    "observations",
    "facilities",
    "budgetLines",
    "tasks",
    "agencies",
    "areas",
    "node",
    "nodes",
)
_LEFT_OUT: Final = ("viewer", "explainAccess")


@dataclass(frozen=True, slots=True)
class Operation:
    """A document, what is given to it, and the cursors that have to be found for it first.

    Attributes:
        is_sound: whether one statement answers it, if it is valid.
    """

    document: str
    variables: dict[str, Any]
    marks: tuple[Mark, ...] = ()
    is_sound: bool = True


@dataclass
class Drawing:
    """One operation in the making."""

    schema: GraphQLSchema
    arguments: Arguments
    fragments: list[str] = field(default_factory=list)
    aliases: int = 0

    def operation(self) -> Operation:
        """Return an operation of a few root fields."""
        roots = self.schema.query_type
        assert roots is not None
        names = [name for name in roots.fields if name not in _LEFT_OUT]
        likely = [name for name in _LIKELY if name in names]
        chosen = []
        for _ in range(self._choice(1, 1, 1, 2, 3)):
            name = self._choice(*(likely if self._chance(0.6) else names))
            chosen.append(self._root(name, roots.fields[name]))
        if self._chance(0.1):
            chosen.append(f"{self._alias()}__typename")
        if self._chance(0.02):
            chosen.append("viewer { reader }")
            self.arguments.is_sound = False
        body = self._dressed("Query", chosen)
        given = self.arguments
        defined = ", ".join(f"${name}: {kind}" for name, kind in given.definitions.items())
        document = "\n".join(
            [f"query Q{f'({defined})' if defined else ''} {{ {body} }}", *self.fragments]
        )
        return Operation(document, given.values, tuple(given.marks), given.is_sound)

    def _root(self, name: str, asked: GraphQLField) -> str:
        if name in {"node", "nodes"}:
            given = _written(self.arguments.others(None, asked))
            return f"{self._alias()}{name}{given} {self._nodes()}"
        return self._link(name, asked, None, 0)

    def _link(self, name: str, asked: GraphQLField, owner: Entity | None, depth: int) -> str:
        """Return a field that leads to rows: one of them, a list or a connection."""
        kind = get_named_type(asked.type)
        assert isinstance(kind, GraphQLObjectType)
        alias = self._alias()
        target = BY_NAME.get(kind.name)
        if target is None:
            return f"{alias}{name}{self._paged(name, asked, owner, depth)}"
        if "where" in asked.args:
            given = self.arguments.listing(target, asked)
        else:
            given = self.arguments.others(owner, asked)
        return f"{alias}{name}{_written(given)} {self._row(kind, depth + 1)}"

    def _paged(self, name: str, asked: GraphQLField, owner: Entity | None, depth: int) -> str:
        kind = get_named_type(asked.type)
        assert isinstance(kind, GraphQLObjectType)
        target = BY_NAME[kind.name.removesuffix("Connection")]
        definitions = set(self.arguments.definitions)
        given = self.arguments.listing(target, asked)
        is_constant = definitions == set(self.arguments.definitions)
        probe = self._probe(name, given, owner) if is_constant and self._chance(0.3) else None
        given |= self.arguments.page(asked, may_be_left_out=depth == 0)
        if probe is not None:
            given |= self.arguments.edge(probe)
        return f"{_written(given)} {self._connection(kind, target, depth)}"

    def _probe(self, name: str, given: dict[str, str], owner: Entity | None) -> str | None:
        """Return a document that asks for cursors of the list, wherever it hangs."""
        listed = f"{name}{_written(given | {'first': '8'})} {{ edges {{ cursor }} }}"
        if owner is None:
            return f"{{ {listed} }}"
        return (
            f"{{ {owner.plural}(first: 20) {{ nodes {{ {listed} }} }} }}" if owner.plural else None
        )

    def _connection(self, kind: GraphQLObjectType, target: Entity, depth: int) -> str:
        chosen = []
        names = [name for name in kind.fields if name not in {"nodes", "edges"}]
        for name in [
            *self.arguments.some(["nodes", "edges"], 1, 1, 1, 2),
            *self._some(names, 0, 1, 2),
        ]:
            asked = kind.fields[name]
            alias = self._alias() if self._chance(0.2) or asked.args else ""
            given = _written(self.arguments.others(target, asked))
            match name:
                case "nodes":
                    chosen.append(f"{alias}nodes {self._row_of(target, depth + 1)}")
                case "edges":
                    parts = [
                        f"node {self._row_of(target, depth + 1)}" if part == "node" else part
                        for part in self._some(["cursor", "node", "__typename"], 1, 2, 3)
                    ]
                    inner = self._dressed(f"{target.name}Edge", parts)
                    chosen.append(f"{alias}edges {{ {inner} }}")
                case "groups":
                    chosen.append(f"{alias}groups{given} {self._summed(asked, depth)}")
                case "aggregate" | "pageInfo":
                    chosen.append(f"{alias}{name} {self._summed(asked, depth)}")
                case _:
                    chosen.append(f"{alias}{name}")
        if self._chance(0.1):
            chosen.append("__typename")
        self._shuffle(chosen)
        return f"{{ {self._dressed(kind.name, chosen)} }}"

    def _summed(self, asked: GraphQLField, depth: int) -> str:
        """Return what is asked of an object that is no row, with all that hangs on it."""
        kind = get_named_type(asked.type)
        assert isinstance(kind, GraphQLObjectType)
        chosen = []
        for name in self._some(["__typename", *kind.fields], 1, 2, 3, 5):
            inner = kind.fields.get(name)
            target = get_named_type(inner.type) if inner else None
            if inner is None or not isinstance(target, GraphQLObjectType):
                chosen.append(name)
            elif target.name in BY_NAME:
                chosen.append(f"{name} {self._row(target, max(depth + 1, _NESTED - 1))}")
            else:
                chosen.append(f"{name} {self._summed(inner, depth)}")
        return f"{{ {self._dressed(kind.name, chosen)} }}"

    def _row_of(self, target: Entity, depth: int) -> str:
        kind = self.schema.type_map[target.name]
        assert isinstance(kind, GraphQLObjectType)
        return self._row(kind, depth)

    def _row(self, kind: GraphQLObjectType, depth: int, *, is_mixed: bool = False) -> str:
        owner = BY_NAME[kind.name]
        leaves = [
            name for name, each in kind.fields.items() if is_leaf_type(get_named_type(each.type))
        ]
        links = [name for name in kind.fields if name not in leaves]
        chosen = [
            self._leaf(name, kind.fields[name], is_mixed) for name in self._some(leaves, 0, 1, 2, 4)
        ]
        if depth < _NESTED:
            counts = (0, 0, 1) if depth > 1 else (0, 1, 1, 2)
            for name in self._some(links, *counts):
                chosen.append(self._link(name, kind.fields[name], owner, depth))
                target = get_named_type(kind.fields[name].type)
                is_one = not isinstance(_nullable(kind.fields[name].type), GraphQLList)
                if (
                    target.name in BY_NAME
                    and is_one
                    and not kind.fields[name].args
                    and self._chance(0.1)
                ):
                    chosen += [
                        f"{name} {self._row(target, depth + 1, is_mixed=True)}" for _ in range(2)
                    ]
        if not chosen or self._chance(0.1):
            chosen.append(f"{self._alias() if self._chance(0.3) else ''}__typename")
        if leaves and self._chance(0.08):
            name = self._choice(*leaves)
            chosen.append(f"{self._alias()}{name} {self.arguments.condition()}")
        self._shuffle(chosen)
        return f"{{ {self._dressed(kind.name, chosen)} }}"

    def _leaf(self, name: str, asked: GraphQLField, is_mixed: bool) -> str:
        given = _written(self.arguments.others(None, asked))
        alias = self._alias() if given or is_mixed or self._chance(0.1) else ""
        return f"{alias}{name}{given}"

    def _nodes(self) -> str:
        """Return what is asked of rows of any type."""
        node = self.schema.type_map["Node"]
        assert isinstance(node, GraphQLInterfaceType)
        kinds = sorted(each.name for each in self.schema.get_possible_types(node))
        chosen = self._some(["__typename", "id", "... on Node { id }"], 1, 2)
        if self._chance(0.3):
            chosen.append("... on Provenanced { sourceSection inferred __typename }")
        for name in self._some(kinds, 0, 1, 2, 4):
            kind = self.schema.type_map[name]
            assert isinstance(kind, GraphQLObjectType)
            chosen.append(f"... on {name} {self._row(kind, _NESTED - 2, is_mixed=True)}")
        self._shuffle(chosen)
        return f"{{ {' '.join(chosen)} }}"

    def _dressed(self, type_name: str, chosen: list[str]) -> str:
        """Return the fields, some of them in fragments or under directives."""
        place = self.arguments.draw.randrange(len(chosen) + 1)
        inner, outer = " ".join(chosen[:place]), " ".join(chosen[place:])
        how = self._choice(
            "plain", "plain", "plain", "plain", "inline", "bare", "named", "interface"
        )
        if not inner or how == "plain":
            return " ".join(chosen)
        condition = self.arguments.condition() if self._chance(0.3) else ""
        match how:
            case "inline":
                return f"... on {type_name} {condition} {{ {inner} }} {outer}"
            case "bare":
                return f"... {condition} {{ {inner} }} {outer}"
            case "interface" if self._is_provenanced(type_name):
                return f"... on Provenanced {condition} {{ inferred notes }} {inner} {outer}"
            case _:
                name = f"F{len(self.fragments)}"
                self.fragments.append(f"fragment {name} on {type_name} {{ {inner} }}")
                again = f"...{name}" if self._chance(0.1) else ""
                return f"...{name} {condition} {outer} {again}"

    def _is_provenanced(self, type_name: str) -> bool:
        entity = BY_NAME.get(type_name)
        return entity is not None and entity.is_provenanced

    def _alias(self) -> str:
        self.aliases += 1
        return f"a{self.aliases}: "

    def _chance(self, share: float) -> bool:
        return self.arguments.chance(share)

    def _choice(self, *options: Any) -> Any:
        return self.arguments.draw.choice(options)

    def _some(self, names: list[str], *counts: int) -> list[str]:
        return self.arguments.some(names, *counts)

    def _shuffle(self, chosen: list[str]) -> None:
        self.arguments.draw.shuffle(chosen)


def draw_operation(schema: GraphQLSchema, live: Live, draw: Random) -> Operation:
    """Return the operation over *schema* that *draw* decides about."""
    return Drawing(schema, Arguments(draw, live)).operation()


def _written(given: dict[str, str]) -> str:
    return f"({', '.join(f'{name}: {value}' for name, value in given.items())})" if given else ""


def _nullable(kind: Any) -> Any:
    return kind.of_type if isinstance(kind, GraphQLNonNull) else kind
