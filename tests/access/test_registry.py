"""Every rule of access has its tests, or what brings its subject is named."""

from __future__ import annotations

import inspect
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from tests.access.registry import RULES, Due, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEFT_OUT = {"skip", "skipif", "xfail", "peers", "benchmark"}
"""Marks of tests that a run of the gate leaves out or excuses."""


def faults(rules: Iterable[Rule]) -> Iterator[str]:
    """Yield what is wrong with a registry of the forty rules."""
    rules = tuple(rules)
    numbers = [rule.number for rule in rules]
    yield from (f"{number} is missing" for number in range(1, 41) if number not in numbers)
    yield from (f"{number} is doubled" for number in set(numbers) if numbers.count(number) > 1)
    yield from (f"{number} is no rule" for number in numbers if not 1 <= number <= 40)
    for rule in rules:
        if not rule.tests and not rule.due:
            yield f"{rule.number} has neither a test nor what brings it"
        if not rule.says.strip() or not rule.source.strip():
            yield f"{rule.number} says nothing, or not where it is from"
        yield from (
            f"{rule.number}: {due} brings nothing" for due in rule.due if due not in tuple(Due)
        )
        for name in rule.tests:
            if fault := fault_of(name):
                yield f"{rule.number}: {name} {fault}"


def fault_of(name: str) -> str | None:
    """Return why *name* names no test that the gate runs; None if it does."""
    module_name, _, function_name = name.partition("::")
    try:
        module = import_module(f"tests.{module_name.replace('/', '.')}")
    except ModuleNotFoundError:
        return "is in no module"
    function = getattr(module, function_name, None)
    if not inspect.isfunction(function):
        return "is not there"
    if not function_name.startswith("test_") or function.__module__ != module.__name__:
        return "is no test of that module"
    marks: list[pytest.Mark] = [
        *getattr(function, "pytestmark", []),
        *_marks(getattr(module, "pytestmark", [])),
    ]
    return next(filter(None, map(_excused, marks)), None) or (
        "may skip itself" if "pytest.skip(" in inspect.getsource(function) else None
    )


def _excused(mark: pytest.Mark) -> str | None:
    if mark.name in LEFT_OUT:
        return f"is marked {mark.name}"
    is_empty = mark.name == "parametrize" and not list(mark.args[1])
    return "has no case" if is_empty else None


def _marks(given: pytest.MarkDecorator | list[pytest.MarkDecorator]) -> list[pytest.Mark]:
    return [each.mark for each in (given if isinstance(given, list) else [given])]


def test_the_forty_rules_are_held_or_due() -> None:
    assert list(faults(RULES)) == []
    assert [rule.number for rule in RULES] == list(range(1, 41))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tests": (), "due": ()}, "1 has neither a test nor what brings it"),
        ({"number": 2}, "1 is missing"),
        ({"number": 3}, "3 is doubled"),
        ({"number": 41}, "41 is no rule"),
        ({"due": ("some day",)}, "1: some day brings nothing"),
        ({"tests": ("access/test_nowhere::test_it",)}, "is in no module"),
        ({"tests": ("access/test_registry::test_it",)}, "is not there"),
        ({"tests": ("access/test_registry::fault_of",)}, "is no test of that module"),
        ({"tests": ("access/test_registry::replace",)}, "is no test of that module"),
        ({"tests": ("access/registry::main",)}, "is no test of that module"),
        ({"says": " "}, "1 says nothing, or not where it is from"),
    ],
)
def test_what_is_wrong_with_a_registry_is_said(change: dict[str, object], said: str) -> None:
    first, *others = RULES
    changed = replace(first, **change)  # type: ignore[arg-type]
    assert [fault for fault in faults([changed, *others]) if fault.endswith(said)] != []


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (pytest.mark.skip(reason="x"), "is marked skip"),
        (pytest.mark.skipif(True, reason="x"), "is marked skipif"),
        (pytest.mark.xfail, "is marked xfail"),
        (pytest.mark.parametrize("x", []), "has no case"),
    ],
)
def test_a_test_that_is_left_out_holds_no_rule(
    mark: pytest.MarkDecorator, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "access/test_rules_parts::test_an_empty_scope_is_no_data"
    assert fault_of(name) is None
    module = import_module("tests.access.test_rules_parts")
    monkeypatch.setattr(
        module.test_an_empty_scope_is_no_data, "pytestmark", [mark.mark], raising=False
    )
    assert fault_of(name) == said
