"""``hub worker``: what goes on beside serving."""

from __future__ import annotations


def worker() -> None:
    """Keep the audit trail of this data folder's hubs until told to stop."""
    from hub.cli.trails import work
    from hub.settings import read_settings

    work(read_settings())
