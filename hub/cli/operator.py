"""Whoever sits at the command line, as the audit trail has them."""

from __future__ import annotations

import getpass
import os
from secrets import token_hex

from hub.audit.access import Origin


def operator() -> Origin:
    """Return where this command comes from: this machine, and the user it runs as there."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = str(os.getuid())
    return Origin("cli", token_hex(16), "local", name)
