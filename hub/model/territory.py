"""Places: jurisdictions, administrative units (đơn vị hành chính), and where land went in 2025."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Date, Numeric, Table, UniqueConstraint

from hub.model.columns import (
    METADATA,
    choice,
    code,
    flag,
    link,
    provenance,
    sort_key,
    surrogate_key,
    word_list,
    words,
)
from hub.model.vocabulary import (
    AREA_LEVEL,
    AREA_TYPE,
    JURISDICTION_LEVEL,
    JURISDICTION_ROLE,
    LINEAGE_SHARE,
)

jurisdiction: Final = Table(
    "jurisdiction",
    METADATA,
    surrogate_key(),
    code(),
    words("name_vi", nullable=False),
    words("name_en", nullable=False),
    sort_key("name_vi"),
    choice("level", JURISDICTION_LEVEL, nullable=False),
    choice("role", JURISDICTION_ROLE, nullable=False),
    link("parent_id", "jurisdiction.id"),
    word_list("unit_levels_named"),
    words("status_notes"),
    word_list("named_in"),
    *provenance(),
)

area: Final = Table(
    "area",
    METADATA,
    surrogate_key(),
    words("code", nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    choice("level", AREA_LEVEL, nullable=False),
    choice("type", AREA_TYPE, nullable=False),
    words("name", nullable=False),
    words("short_name", nullable=False),
    sort_key("name"),
    sort_key("short_name"),
    link("parent_id", "area.id"),
    Column("area_km2", Numeric),
    Column("latitude", Numeric),
    Column("longitude", Numeric),
    flag("synthetic"),
    UniqueConstraint("code", "valid_from", postgresql_nulls_not_distinct=True),
)

area_lineage: Final = Table(
    "area_lineage",
    METADATA,
    surrogate_key(),
    link("predecessor_id", "area.id", nullable=False, index=False),
    link("successor_id", "area.id", nullable=False),
    choice("share", LINEAGE_SHARE, nullable=False),
    flag("is_main_successor"),
    UniqueConstraint("predecessor_id", "successor_id"),
)
