"""Whether an answer is the expected one: every leaf, every key, every length."""

from __future__ import annotations

import base64
import binascii
import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from tests.oracle.model import Place, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(r"zq[a-z]+\d+q")
_CURSOR: Final = re.compile(rb'"[A-Za-z0-9_-]{24,}"')
_ROUNDED: Final = 1e-4
"""How far a mean or a rate may be from what it stands for."""


@dataclass
class Comparison:
    """Compares, counts leaves, and remembers what cursors stand for and how reasons are put."""

    leaves: int = 0
    cursors: dict[str, Place] = field(default_factory=dict)
    words: dict[Reason, Any] = field(default_factory=dict)

    def differences(self, expected: Any, actual: Any, path: str = "") -> Iterator[str]:
        """Yield every place where *actual* is not what was expected."""
        if isinstance(expected, dict):
            if not isinstance(actual, dict) or list(expected) != list(actual):
                told = actual.get("errors", actual) if isinstance(actual, dict) else actual
                yield f"{path}: expected {expected!r}, got {told!r}"
                return
            for key, value in expected.items():
                yield from self.differences(value, actual[key], f"{path}.{key}")
        elif isinstance(expected, Reason):
            self.leaves += 1
            if not self._is_put_so(expected, actual):
                yield f"{path}: expected the words for {expected!r}, got {actual!r}"
        elif isinstance(expected, list):
            if not isinstance(actual, list):
                yield f"{path}: expected {expected!r}, got {actual!r}"
                return
            if len(expected) != len(actual):
                yield f"{path}: expected {len(expected)} of them, got {len(actual)}"
                extra = [each for each in actual if not self._is_among(each, expected)]
                missing = [each for each in expected if not self._is_among(each, actual)]
                yield f"{path}: too many {extra!r}, too few {missing!r}"
                return
            for at, (one, other) in enumerate(zip(expected, actual, strict=True)):
                yield from self.differences(one, other, f"{path}[{at}]")
        else:
            self.leaves += 1
            if isinstance(expected, Place) and isinstance(actual, str) and actual:
                self.cursors[actual] = expected
            elif not is_alike(expected, actual):
                yield f"{path}: expected {expected!r}, got {actual!r}"

    def _is_put_so(self, reason: Reason, actual: Any) -> bool:
        """Return whether a reason is put as before: what is hidden or absent, always the same."""
        if not isinstance(actual, list) or not all(actual):
            return False
        if reason.kind == "right":
            return bool(actual) and actual not in self.words.values()
        known = self.words.setdefault(reason, actual)
        others = [words for each, words in self.words.items() if each != reason]
        return bool(actual) and actual == known and actual not in others

    def _is_among(self, one: Any, others: list[Any]) -> bool:
        quiet = Comparison()
        return any(
            not any(quiet.differences(*pair))
            for other in others
            for pair in ((one, other), (other, one))
        )


def is_alike(expected: Any, actual: Any) -> bool:
    """Return whether a leaf of an answer is the expected value."""
    match expected:
        case bool() | None:
            return expected is actual
        case datetime():
            return isinstance(actual, str) and datetime.fromisoformat(actual) == expected
        case date():
            return bool(actual == expected.isoformat())
        case Fraction():
            is_number = isinstance(actual, int | float) and not isinstance(actual, bool)
            return is_number and abs(float(expected) - actual) < _ROUNDED
        case int() | Decimal():
            return (
                isinstance(actual, int | float)
                and not isinstance(actual, bool)
                and math.isclose(float(expected), actual, rel_tol=1e-9, abs_tol=1e-12)
            )
        case _:
            return bool(expected == actual)


def tokens_in(body: bytes) -> set[str]:
    """Return the tokens that stand anywhere in *body*, inside cursors and ids too."""
    parts = [body.decode(errors="replace")]
    for found in _CURSOR.findall(body):
        raw = found.strip(b'"')
        try:
            parts.append(base64.urlsafe_b64decode(raw + b"=" * (-len(raw) % 4)).decode("latin-1"))
        except binascii.Error:
            continue
    return {token for part in parts for token in _TOKEN.findall(part)}
