"""Who asks: one agency of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Asker:
    """An agency in whose name everything is measured.

    Attributes:
        name: what it is called in the results.
    """

    name: str
    agency: str


STANDING: Final = Asker("standing", "hn.cong-an")
DEPARTMENT: Final = Asker("department", "hn.so-y-te")
WARD: Final = Asker("ward", "hn.ubnd-cap-xa.00004")

ASKERS: Final = (STANDING, DEPARTMENT, WARD)
