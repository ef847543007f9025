"""``hub serve``: the production hub."""

from __future__ import annotations


def serve() -> None:
    """Serve the hub of ``HUB_DATABASE_URL`` until told to stop."""
    from hub.cli.production import serve_production
    from hub.settings import read_settings

    serve_production(read_settings())
