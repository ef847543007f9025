"""``hub run``: the development hub."""

from __future__ import annotations

import gc
from typing import Annotated

import typer


def run(
    no_demo: Annotated[
        bool,
        typer.Option(
            "--no-demo", metavar="", help="Chỉ nạp dữ liệu gốc, không nạp số liệu minh họa."
        ),
    ] = False,
) -> None:
    """Start everything a development hub needs, serve until told to stop, stop it all."""
    # What a start makes stays: there is nothing to collect until the server answers.
    gc.disable()
    from hub.cli.development import develop
    from hub.settings import read_settings

    develop(read_settings(), with_demo=not no_demo)
