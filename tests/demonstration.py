"""The demonstration that tests share: one seed, and one moment up to which things happened."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from hub.clock import VIETNAM

DEMO_SEED: Final = 2026
DEMO_MOMENT: Final = datetime(2026, 11, 20, 12, tzinfo=VIETNAM)
