"""When a right is in force, and which states count as accepted, in SQL."""

from __future__ import annotations

IN_FORCE = (
    "(valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())"
)

ACCEPTED = "ARRAY['accepted', 'published']::varchar[]"
