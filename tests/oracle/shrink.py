"""A failing question made small: whatever may go without the failure going, goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import DocumentNode, Node, parse, print_ast

from tests.oracle.asking import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LISTS = ("selections", "arguments", "directives", "fields", "values", "variable_definitions")
_TRIES = 400


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
    size = len(list(_lists(parse(question.document))))
    for at in range(size):
        document = parse(question.document)
        holder, name = list(_lists(document))[at]
        for index in range(len(getattr(holder, name))):
            again = parse(question.document)
            holder, name = list(_lists(again))[at]
            kept = list(getattr(holder, name))
            del kept[index]
            if name == "selections" and not kept:
                continue
            setattr(holder, name, tuple(kept))
            yield Question(print_ast(again), question.variables)


def _lists(node: Node | DocumentNode) -> Iterator[tuple[Any, str]]:
    for name in _LISTS:
        if getattr(node, name, None):
            yield node, name
    for key in node.keys:
        value = getattr(node, key, None)
        for each in value if isinstance(value, list | tuple) else (value,):
            if isinstance(each, Node):
                yield from _lists(each)
