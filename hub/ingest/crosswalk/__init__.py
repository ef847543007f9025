"""Which place a source means by what it writes, on the day it speaks of.

In order of control flow: ``writing`` takes a text apart (kind, names, district, code), ``spelling``
compares names with and without their marks; ``places`` is what there is, and what became of it;
``areas`` finds the one unit that is meant, or says why there is none.

Nothing is guessed. What could be two units is neither; a unit whose land was divided has no
successor unless the source says what share went where.
"""

from hub.ingest.crosswalk.areas import AreaCrosswalk
from hub.ingest.crosswalk.places import Area, Part, Problem, Resolution, Succession, Via

__all__ = [
    "Area",
    "AreaCrosswalk",
    "Part",
    "Problem",
    "Resolution",
    "Succession",
    "Via",
]
