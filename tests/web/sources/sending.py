"""What the tests of deliveries send: rows of one ward, for its own source."""

from __future__ import annotations

import json
from typing import Final

WARD: Final = "00004"
OWN: Final = f"push.hn.ubnd-cap-xa.{WARD}"


def rows(*each: dict[str, object]) -> bytes:
    """Return NDJSON of the ward's rate, changed as *each* says."""
    row = {"indicator": "hn.da5.tu-van-cai-nghien", "area": WARD, "period": "2026-09"}
    return b"".join(
        json.dumps({**row, "numerator": 3, "denominator": 10, **one}).encode() + b"\n"
        for one in each
    )
