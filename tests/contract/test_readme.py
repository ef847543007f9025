"""The README names every setting and every room."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.access.readers import Reader
from hub.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    variable = "PORT" if name == "port" else f"HUB_{name.upper()}"
    assert f"| `{variable}` |" in README


@pytest.mark.parametrize("reader", list(Reader))
def test_every_reader_is_documented(reader: Reader) -> None:
    assert f"| `{reader}` |" in README


def test_every_floor_is_documented() -> None:
    rooms = [path.name for path in (ROOT / "hub").iterdir() if (path / "__init__.py").exists()]
    missing = [room for room in rooms if f"hub/{room}" not in README]
    assert missing == []
