"""How much one operation may ask for."""

from __future__ import annotations

from typing import Final

PAGE_LIMIT: Final = 100
"""The most rows of one page, and their number where none is asked for."""

GROUP_LIMIT: Final = 1000
"""The most groups of one list, and their number where none is asked for."""

WHOLE_LIST: Final = 10 * PAGE_LIMIT
"""More than any plain list has; a list that may grow beyond it is a connection."""
