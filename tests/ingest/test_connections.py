"""The file of connections says whence sources are fetched, and keeps its secrets."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from hub.clock import VIETNAM
from hub.errors import HubError
from hub.ingest.connections import Api, Register, read_connections
from hub.ingest.formats import NumberStyle, ReadOptions
from tests.deploy.composition import ROOT

if TYPE_CHECKING:
    from pathlib import Path

API = """["demo.hn.vneid"]
kind = "api"
url = "https://vneid.example/x"
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """The file that installations begin with, in a folder with its secrets."""
    shutil.copyfile(ROOT / "deploy" / "sources.toml", tmp_path / "sources.toml")
    (tmp_path / "secrets").mkdir()
    for name in ("vneid", "cho-dieu-tri"):
        (tmp_path / "secrets" / name).write_text(f"the secret of {name}\n")
    return tmp_path / "sources.toml"


def test_the_model_speaks_of_every_way_of_fetching(model: Path) -> None:
    connections = read_connections(model)
    kinds = {each.kind for each in connections.by_source.values()}
    assert kinds == {"api", "database", "folder", "push"}
    api, register = (
        connections.by_source[code] for code in ("demo.hn.vneid", "demo.hn.cho-dieu-tri")
    )
    assert isinstance(api, Api)
    assert api.opened(model.parent).client_secret == "the secret of vneid"
    assert isinstance(register, Register)
    assert register.opened(model.parent).password == "the secret of cho-dieu-tri"
    assert register.opened(model.parent).overlap == timedelta(hours=1)
    assert register.opened(model.parent).time_zone == VIETNAM


def test_a_source_s_way_of_writing_is_its_own(model: Path) -> None:
    """One that is not in the file writes as the hub proposes."""
    connections = read_connections(model)
    budget = connections.options("demo.hn.ket-xuat-ngan-sach")
    assert (budget.numbers, budget.factors, budget.has_totals) == (
        NumberStyle.VIETNAMESE,
        {"value": 1000},
        True,
    )
    assert connections.options("push.hn.so-y-te") == ReadOptions()
    assert read_connections(model.parent / "none.toml").options("x") == ReadOptions()


def test_secrets_are_not_shown(model: Path) -> None:
    """Neither are the passwords of addresses."""
    for connection in read_connections(model).by_source.values():
        if isinstance(connection, Api | Register):
            assert "the secret" not in repr(connection.opened(model.parent))


REGISTER = """["thu.dieu-tri"]
kind = "database"
url = "mariadb+pymysql://example/x"
table = "x"
columns = ["x"]
key = ["x"]
figure_key = ["x"]
watermark = "x"
"""


def test_times_of_a_register_that_names_no_zone_are_utc(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(REGISTER, "utf-8")
    register = read_connections(tmp_path / "sources.toml").by_source["thu.dieu-tri"]
    assert isinstance(register, Register)
    assert register.opened(tmp_path).time_zone == ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("nonsense\n[", "line 1"),
        (API + 'urll = "x"', "demo.hn.vneid.api.urll"),
        (API.replace("https", "http"), "demo.hn.vneid.api.url"),
        (API.replace("https", "ftp"), "demo.hn.vneid.api.url"),
        (API.replace("api", "telex"), "demo.hn.vneid"),
        (API + "page_size = 0", "demo.hn.vneid.api.page_size"),
        (REGISTER + 'time_zone = "Hanoi"', "thu.dieu-tri.database.time_zone"),
        (API + 'mapping = { numbers = "roman" }', "demo.hn.vneid.api.mapping.numbers"),
    ],
)
def test_what_is_wrong_is_named_and_not_repeated(tmp_path: Path, text: str, place: str) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(HubError) as caught:
        read_connections(file)
    assert caught.value.code == "SOURCES_FILE_UNREADABLE"
    assert place in str(caught.value)
    assert "example" not in str(caught.value)


def test_a_secret_that_is_not_there_is_said_to_be_missing(model: Path) -> None:
    (model.parent / "secrets" / "vneid").unlink()
    api = read_connections(model).by_source["demo.hn.vneid"]
    assert isinstance(api, Api)
    with pytest.raises(HubError) as caught:
        api.opened(model.parent)
    assert caught.value.code == "SOURCES_FILE_UNREADABLE"
