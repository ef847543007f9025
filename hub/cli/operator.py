"""Whoever sits at the command line, as the audit trail has them."""

from __future__ import annotations

import getpass
import os
from secrets import token_hex

from hub.audit.access import Origin


def operator() -> Origin:
    """Return where this command comes from: this machine, and the user it runs as there."""
    return Origin("cli", token_hex(16), "local", operator_name())


def operator_name() -> str:
    """Return the name of the user that this command runs as; the number of one without a name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
