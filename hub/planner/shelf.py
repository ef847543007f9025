"""A store that forgets what was least used."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Shelf(Generic[_Key, _Value]):
    """Keeps values by key, so many and of so much weight in all; the least used go first.

    A value of more than an eighth of the whole weight is not kept: it would drive out the others.
    """

    def __init__(self, *, most: int, weight: int) -> None:
        self._kept: OrderedDict[_Key, tuple[_Value, int]] = OrderedDict()
        self._most = most
        self._heaviest = weight // 8
        self._room = weight

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: _Key) -> _Value | None:
        """Return what is kept under *key*, if it still is."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def keep(self, key: _Key, value: _Value, weight: int) -> None:
        """Keep *value*, as the last to go."""
        if weight > self._heaviest:
            return
        known = self._kept.pop(key, None)
        self._room -= weight - (0 if known is None else known[1])
        self._kept[key] = (value, weight)
        while len(self._kept) > self._most or self._room < 0:
            _, (_, freed) = self._kept.popitem(last=False)
            self._room += freed
