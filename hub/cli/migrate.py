"""``hub migrate``: the database, brought to this version."""

from __future__ import annotations


def migrate() -> None:
    """Upgrade the database of ``HUB_DATABASE_URL``, or else of the data folder."""
    import asyncio

    from hub.cli.installation import open_database_server
    from hub.database.migrate import migrate as upgrade
    from hub.settings import read_settings

    with open_database_server(read_settings()) as address:
        asyncio.run(upgrade(address))
        print(f"Cơ sở dữ liệu “{address.database}” tại {address.place} đã ở phiên bản của hub này.")
