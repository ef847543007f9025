"""Adversarial rows: every trap the rules speak of, and a token in every text that tells its row.

A world is rows in the published shape, as the model reads them. ``tests.oracle.store`` writes it
into a database.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from tests.oracle.contract import Contract, Shape
    from tests.oracle.rights import Row

NOW: Final = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
_STEMS: Final = ("an", "ba", "cau", "an an")
_NAMELESS: Final = frozenset({("Project", "name"), ("Assignment", "scope")})
"""Names that a source may leave out."""
UNKEYED: Final = {
    "AreaLineage": ("predecessor", "successor"),
    "AssignmentPartner": ("assignment", "agency"),
    "TaskPartner": ("task", "agency"),
    "TaskIndicator": ("task", "indicator"),
    "TaskDocument": ("task", "document"),
    "FormCell": ("form", "indicator"),
    "Disaggregation": ("indicator", "code"),
    "ReportingDutyDocument": ("duty", "document"),
    "FundingSourceManager": ("fundingSource", "agency"),
    "FundingSourceDocument": ("fundingSource", "document"),
    "DocumentLink": ("#",),
    "AreaStatusEvidence": ("#",),
    "Area": ("code", "validFrom"),
    "Period": ("calendar", "label"),
    "Observation": ("_id",),
    "Submission": ("_id",),
    "Notice": ("_id",),
    "AuditEntry": ("_id",),
    "SourceTerm": ("#",),
    "SourceShare": ("#",),
    "Batch": ("_id",),
    "BatchRow": ("_id",),
    "_Account": ("#",),
}


@dataclass
class World:
    """Rows by type and number."""

    contract: Contract
    random: Random
    tables: dict[str, dict[int, Row]] = field(default_factory=dict)

    def add(self, type_name: str, **given: Any) -> int:
        """Add a row; what is not given is drawn, with its token in every text."""
        rows = self.tables.setdefault(type_name, {})
        number = max(rows, default=0) + 1
        token = f"zq{''.join(c for c in type_name.lower() if c.isalpha())}{number}q"
        row: Row = {"#": number, "_token": token}
        for name, shape in self.contract.types.get(type_name, {}).items():
            kind = self.contract.kind(shape)
            if name == "id" or name in given or kind in {"list", "connection"}:
                continue
            row[name] = None if kind == "one" else self._cell(name, shape, token, type_name)
        row |= given
        row["@"] = tuple(row[part] for part in UNKEYED.get(type_name, ("code",)))
        if "_revision" in row and type_name != "Observation":
            row["@"] += (row["_revision"],)
        parts = row["@"][:-1] if type_name in {"Assignment", "Target"} else row["@"]
        written = "|".join("" if part is None else str(part) for part in parts)
        if type_name == "Period":
            written = f"{row['calendar'].lower().replace('_', '-')}|{row['label']}"
        row["id"] = base64.b64encode(f"{type_name}:{written}".encode()).decode()
        rows[number] = row
        return number

    def copy(self) -> World:
        """Return a world of its own with the same rows."""
        tables = {t: {n: dict(row) for n, row in rows.items()} for t, rows in self.tables.items()}
        return replace(self, tables=tables)

    def number(self, type_name: str, code: str) -> int:
        """Return the number of the row with this code."""
        rows = self.tables[type_name]
        found: int = next(number for number in rows if rows[number]["code"] == code)
        return found

    def some(self, type_name: str, *, chance: float = 0.7) -> int | None:
        """Return any row's number, or none."""
        if self.random.random() > chance:
            return None
        return self.random.choice(list(self.tables[type_name]))

    def _cell(self, name: str, shape: Shape, token: str, owner: str) -> Any:
        draw = self.random
        if not shape.is_required and "lang" not in shape.arguments and draw.random() < 0.3:
            return None
        if shape.is_list:
            values = self.contract.enums.get(shape.of)
            many = draw.sample(values, 2) if values else [token, f"{token}.b"]
            return many[: draw.randrange(3)]
        if "lang" in shape.arguments:
            stem = draw.choice(_STEMS)
            is_glossed = shape.is_required or draw.random() < 0.7
            is_named = (owner, name) not in _NAMELESS or draw.random() < 0.7
            return {
                "VI": f"{stem} {token}" if is_named else None,
                "EN": f"{token} en" if is_glossed else None,
            }
        if shape.of in self.contract.enums:
            return draw.choice(self.contract.enums[shape.of])
        match shape.of:
            case "Boolean":
                return draw.random() < 0.5
            case "Int" | "BigInt":
                return draw.choice((0, 1, 2, 7, 7, 100))
            case "Float":
                return Decimal(draw.choice(("0", "1.5", "7", "7", "33.25")))
            case "Date":
                return date(2026, draw.randrange(1, 5), draw.randrange(1, 4))
            case "PartialDate":
                return draw.choice(("2026", "2026-09", "2026-09-30", "2027"))
            case "DateTime":
                return NOW - timedelta(days=draw.randrange(1, 9))
            case _:
                return draw.choice((token, f"{token}, {token}.", f"a {token}"))


def tokens_of(rows: Sequence[Row]) -> set[str]:
    """Return the tokens of *rows*."""
    return {row["_token"] for row in rows}
