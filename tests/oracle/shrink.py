"""A failing question made small: whatever may go without the failure going, goes."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    build_schema,
    parse,
    print_ast,
    validate,
)

from tests.oracle.asking import EXPORT, Question
from tests.oracle.bench import published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.oracle.bench import Bench

_LISTS = ("selections", "arguments", "directives", "fields", "values", "variable_definitions")
_TRIES = 400


def explained(bench: Bench, reader: int | None, question: Question, world: int) -> str:
    """Return the smallest question that still fails, as a case to keep, and what is wrong."""

    def fails(smaller: Question) -> bool:
        return bool(bench.found([(reader, smaller)])[0])

    small = shrunk(question, fails) if question != EXPORT and fails(question) else question
    accounts = bench.proof.world.tables["_Account"]
    case = {
        "world": world,
        "reader": None if reader is None else accounts[reader]["subject"],
        "document": small.document,
        "variables": small.variables,
    }
    return "\n".join([json.dumps(case, ensure_ascii=False), *bench.found([(reader, small)])[0]])


def shrunk(question: Question, fails: Callable[[Question], bool]) -> Question:
    """Return a question no part of which can be left out; *fails* must hold of *question*."""
    tries = 0
    smaller = True
    while smaller and tries < _TRIES:
        smaller = False
        for each in _parts_left_out(question):
            tries += 1
            if tries < _TRIES and fails(each):
                question, smaller = each, True
                break
    return question


def _parts_left_out(question: Question) -> Iterator[Question]:
    for smaller in _smaller(parse(question.document)):
        tree = _used(smaller)
        if not validate(_schema(), tree):
            document = print_ast(tree)
            variables = {n: v for n, v in question.variables.items() if f"${n}:" in document}
            yield Question(document, variables)


@cache
def _schema() -> GraphQLSchema:
    return build_schema(published().sdl)


def _used(tree: DocumentNode) -> DocumentNode:
    """Return *tree* without the fragments and variables that nothing in it uses."""
    text = print_ast(tree)
    kept: list[Any] = []
    for each in tree.definitions:
        if isinstance(each, OperationDefinitionNode):
            given = each.variable_definitions or ()
            used = tuple(v for v in given if text.count(f"${v.variable.name.value}") > 1)
            kept.append(replace(each, variable_definitions=used))
        elif not isinstance(each, FragmentDefinitionNode) or f"...{each.name.value}" in text:
            kept.append(each)
    smaller = replace(tree, definitions=tuple(kept))
    return smaller if print_ast(smaller) == text else _used(smaller)


def _smaller(node: Any) -> Iterator[Any]:
    """Yield *node* with one part left out of it, or of what is in it."""
    for name in node.keys:
        value = getattr(node, name)
        if isinstance(value, Node):
            yield from (replace(node, **{name: each}) for each in _smaller(value))
        if not isinstance(value, list | tuple):
            continue
        for at, part in enumerate(value):
            before, after = value[:at], value[at + 1 :]
            if name in _LISTS and (name != "selections" or before or after):
                yield replace(node, **{name: (*before, *after)})
            if isinstance(part, Node):
                kept = ((*before, each, *after) for each in _smaller(part))
                yield from (replace(node, **{name: parts}) for parts in kept)
