"""What keeps a hub from starting is said in one sentence."""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from tests.cli.commands import Outcome, RunningHub, call, hub, is_stopped

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hub.database.embedded import Server
    from hub.database.engine import Database


def refused(outcome: Outcome, code: str) -> bool:
    return outcome.is_one_refusal and outcome.err.startswith(f"Lỗi {code}: ")


def test_a_taken_port(served: RunningHub, home: Path) -> None:
    port = served.url.rpartition(":")[2]
    outcome = hub("run", home=home, PORT=port)
    assert refused(outcome, "PORT_TAKEN"), outcome
    assert port in outcome.err
    assert not home.exists()


def test_a_host_of_the_network(home: Path) -> None:
    outcome = call("run", home=home, HUB_HOST="0.0.0.0")  # noqa: S104 - must be refused
    assert refused(outcome, "LOOPBACK_ONLY"), outcome


@pytest.mark.parametrize("value", ["eight thousand", "70000", "-1"])
def test_a_setting_without_sense(home: Path, value: str) -> None:
    outcome = call("run", home=home, PORT=value)
    assert refused(outcome, "SETTING_INVALID"), outcome
    assert "PORT" in outcome.err


def test_variables_deeper_than_a_digest_can_be_made_of(home: Path) -> None:
    outcome = call("run", home=home, HUB_MAX_VARIABLE_DEPTH="129")
    assert refused(outcome, "SETTING_INVALID"), outcome
    assert "HUB_MAX_VARIABLE_DEPTH" in outcome.err


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    outcome = hub("run", home=tmp_path / "file" / "hub")
    assert refused(outcome, "DATA_FOLDER_UNWRITABLE"), outcome


def test_a_half_written_folder(copied: Path) -> None:
    (copied / "postgres" / "global" / "pg_control").unlink()
    outcome = hub("run", home=copied)
    assert refused(outcome, "DATA_FOLDER_INCOMPLETE"), outcome
    assert is_stopped(copied)


def test_demonstration_data_where_none_are_wanted(copied: Path) -> None:
    outcome = call("run", "--no-demo", home=copied)
    assert refused(outcome, "DEMO_PRESENT"), outcome
    assert "HUB_HOME" in outcome.err
    assert is_stopped(copied)


@pytest.mark.parametrize("verb", ["run", "serve", "migrate"])
def test_a_server_that_does_not_answer(home: Path, verb: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    url = f"postgresql://owner:sesame@127.0.0.1:{port}/hub"
    outcome = call(verb, home=home, HUB_DATABASE_URL=url)
    assert refused(outcome, "DATABASE_UNREACHABLE"), outcome
    assert f"127.0.0.1:{port}" in outcome.err


@pytest.mark.parametrize("verb", ["run", "migrate"])
def test_a_wrong_password(server: Server, home: Path, verb: str) -> None:
    url = server.url("postgres", password="sesame")
    outcome = call(verb, home=home, HUB_DATABASE_URL=url)
    assert refused(outcome, "DATABASE_REFUSED"), outcome
    assert "sesame" not in outcome.err


def test_a_database_that_was_not_migrated(server: Server, home: Path) -> None:
    outcome = call("serve", home=home, HUB_DATABASE_URL=server.url("postgres"))
    assert refused(outcome, "DATABASE_NOT_MIGRATED"), outcome
    assert "hub migrate" in outcome.err


def test_an_address_that_is_none(home: Path) -> None:
    assert refused(call("run", home=home, HUB_DATABASE_URL="localhost"), "DATABASE_URL_INVALID")


async def test_a_server_that_is_too_old(home: Path) -> None:
    async with speaking_as("15.18") as port:
        url = f"postgresql://owner:sesame@127.0.0.1:{port}/hub"
        for verb in ("run", "migrate"):
            outcome = await asyncio.to_thread(hub, verb, home=home, HUB_DATABASE_URL=url)
            assert refused(outcome, "DATABASE_TOO_OLD"), outcome
            assert "15" in outcome.err


def test_production_without_a_database(home: Path) -> None:
    assert refused(call("serve", home=home), "DATABASE_URL_NEEDED")


async def test_a_failure_nobody_foresaw_is_told_in_the_log_alone(
    bare: Database, home: Path
) -> None:
    home.mkdir()
    (home / "issuer.json").write_text("{}")
    outcome = hub("token", "hn.so-y-te", home=home, HUB_DATABASE_URL=bare.address.url)
    assert refused(outcome, "UNEXPECTED"), outcome
    assert str(home / "hub.log") in outcome.err
    assert "Traceback" in (home / "hub.log").read_text(encoding="utf-8")


@asynccontextmanager
async def speaking_as(version: str) -> AsyncIterator[int]:
    """Give the port of what greets as PostgreSQL of *version* does, and does no more."""

    def message(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("!I", len(body) + 4) + body

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        (length,) = struct.unpack("!I", await reader.readexactly(4))
        (code,) = struct.unpack("!I", (await reader.readexactly(length - 4))[:4])
        if code == 80877103:  # the client asks for TLS
            writer.write(b"N")
            (length,) = struct.unpack("!I", await reader.readexactly(4))
            await reader.readexactly(length - 4)
        writer.write(
            message(b"R", struct.pack("!I", 0))
            + message(b"S", f"server_version\0{version}\0".encode())
            + message(b"S", b"client_encoding\0UTF8\0")
            + message(b"Z", b"I")
        )
        await writer.drain()
        await reader.readexactly(5)  # the client takes its leave
        writer.close()

    greeter = await asyncio.start_server(greet, "127.0.0.1", 0)
    async with greeter:
        yield greeter.sockets[0].getsockname()[1]
