"""The command line: ``hub`` and its verbs.

``application`` lists the verbs, one a module; each imports what it needs when it is called, so that
a short command starts quickly. ``vietnamese`` says Typer's own words, ``failures`` turns whatever
goes wrong into one sentence and an exit code, ``logs`` keeps the rest. ``installation`` finds the
data folder and the database.

``run`` is carried out by ``development``: ``listener`` takes the port, ``contents`` fills the
database, ``progress`` and ``welcome`` show how far it is and what to do, ``serving`` serves until a
signal. ``serve`` is carried out by ``production``, with the first and the last of these and with
``identity``, which sees to whose tokens are taken. Behind ``token`` stands ``tokens``, behind
``worker`` and ``audit`` ``trails``, behind ``ingest`` ``loads``, behind ``export`` ``extracts``,
behind ``schema`` ``contract``, behind ``operation`` ``registration``, behind ``batch``
``batches``, behind ``doctor`` ``examination``. ``bounds`` hands the settings' limits to the floors
that keep them, ``protocol`` bounds HTTP itself, ``instruments`` has everything counted.
"""

from __future__ import annotations

import sys
from typing import NoReturn

from hub.cli.application import application
from hub.cli.failures import exit_code_of


def main() -> NoReturn:
    """Carry out the command that the process was started with, and exit."""
    sys.exit(exit_code_of(lambda: application(prog_name="hub", standalone_mode=False)))
