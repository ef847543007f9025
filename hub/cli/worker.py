"""``hub worker``: what goes on beside serving."""

from __future__ import annotations

from typing import Annotated

import typer


def worker(
    beside: Annotated[
        bool,
        typer.Option("--beside", hidden=True, help="Chạy kèm “hub run” và dừng cùng với nó."),
    ] = False,
) -> None:
    """Do what is queued, and keep the audit trail of this data folder, until told to stop."""
    from hub.cli.work import work, work_beside
    from hub.settings import read_settings

    (work_beside if beside else work)(read_settings())
