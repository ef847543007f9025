"""``hub serve``: the production hub."""

from __future__ import annotations

import gc


def serve() -> None:
    """Serve the hub of ``HUB_DATABASE_URL`` until told to stop."""
    # What a start makes stays: there is nothing to collect until the server answers.
    gc.disable()
    from hub.cli.production import serve_production
    from hub.settings import read_settings

    serve_production(read_settings())
