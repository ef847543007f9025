"""Whoever runs the installation shuts and opens accounts and gives rights; the trail has it."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from hub.clock import system_clock
from tests.cli.commands import Outcome, RunningHub, call

if TYPE_CHECKING:
    from pathlib import Path

ISSUER = "hub:development"
QUESTION = "{ observations { totalCount } viewer { agency { code } } }"
TRAIL = "{ auditEntries(where: { channel: { eq: CLI } }) { nodes { operation target } } }"


def _ask(url: str, token: str, question: str = QUESTION) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.post(f"{url}/graphql", json={"query": question}, headers=headers, timeout=30)


def _figures(url: str, token: str) -> int:
    count: int = _ask(url, token).json()["data"]["observations"]["totalCount"]
    return count


def _in_days(days: int) -> str:
    return (system_clock() + timedelta(days=days)).date().isoformat()


def _who(subject: str) -> tuple[str, ...]:
    return ("--issuer", ISSUER, "--subject", subject)


def _give(home: Path, *words: str) -> Outcome:
    return call(
        "grant", "give", "hn.so-noi-vu", "--place", "hn", "--data", "observation", *words, home=home
    )


def test_accounts_and_rights_are_given_and_taken_beside_a_serving_hub(served: RunningHub) -> None:
    """Each holds from the next request on."""
    until = _in_days(3)
    home = served.home
    token = call("token", "hn.so-noi-vu", home=home).out.strip()
    before = _figures(served.url, token)

    given = _give(
        home,
        *("--may", "read", "--project", "hn.ctmtqg-2030.da6", "--until", until),
        *("--why", "Kiểm tra liên ngành quý IV"),
    )
    assert given.code == 0, given.err
    code = given.out.splitlines()[-1]
    assert _figures(served.url, token) > before
    assert code in call("grant", "list", home=home).out
    assert call("grant", "end", code, home=home).code == 0
    assert _figures(served.url, token) == before
    assert code not in call("grant", "list", home=home).out

    assert call("account", "suspend", *_who("hn.so-noi-vu"), home=home).code == 0
    assert _ask(served.url, token).status_code == httpx.codes.UNAUTHORIZED
    assert "khóa từ" in call("account", "list", "hn.so-noi-vu", home=home).out
    assert call("account", "restore", *_who("hn.so-noi-vu"), home=home).code == 0
    assert _figures(served.url, token) == before

    standing = call("token", "hn.cong-an", home=home).out.strip()
    told = _ask(served.url, standing, TRAIL).json()
    acts = [(each["operation"], each["target"]) for each in told["data"]["auditEntries"]["nodes"]]
    assert ("giveGrant", code) in acts
    assert ("endGrant", code) in acts


def test_what_cannot_be_given_is_said_and_nothing_is_given(served: RunningHub) -> None:
    """A right needs a reason, an end within a year, and something that is there."""
    soon = _in_days(3)
    late = _in_days(800)
    for code, words in (
        ("REASON_MISSING", ("--may", "read", "--until", soon, "--why", "vì")),
        ("VALIDITY_INVALID", ("--may", "read", "--until", late, "--why", "Kiểm tra quý IV")),
        (
            "FORBIDDEN",
            ("--project", "hn.x", "--may", "read", "--until", soon, "--why", "Kiểm tra quý IV"),
        ),
    ):
        outcome = _give(served.home, *words)
        assert outcome.is_one_refusal, outcome
        assert outcome.err.startswith(f"Lỗi {code}: ")
    assert call("account", "suspend", *_who("nobody"), home=served.home).is_one_refusal
    assert call("grant", "list", home=served.home).out == ""


def test_the_trail_is_archived_and_the_archive_verified(served: RunningHub, tmp_path: Path) -> None:
    """Up to the last head that the worker has signed; again, there is nothing new."""
    assert _figures(served.url, call("token", "hn.cong-an", home=served.home).out.strip())
    words = ("audit", "archive", "--to", str(tmp_path / "kho"), "--before", "2999-01-01")
    outcome = call(*words, home=served.home)
    until = time.monotonic() + 30
    while outcome.code and time.monotonic() < until:
        assert outcome.err.startswith("Lỗi AUDIT_NOTHING_TO_ARCHIVE: "), outcome
        time.sleep(0.1)
        outcome = call(*words, home=served.home)
    assert outcome.out.startswith("Đã lưu trữ bản ghi 1–")
    verified = call("audit", "verify", "--archives", str(tmp_path / "kho"), home=served.home)
    assert verified.code == 0
    assert "Nhật ký nguyên vẹn: " in verified.out
    assert "đuôi bị cắt" not in verified.out
    [file] = (tmp_path / "kho").iterdir()
    kept = file.read_bytes()
    altered = kept.replace(b'"at":1', b'"at":2', 1)
    assert altered != kept
    file.write_bytes(altered)
    broken = call("audit", "verify", "--archives", str(tmp_path / "kho"), home=served.home)
    assert broken.err.startswith("Lỗi AUDIT_BROKEN: ")


@pytest.mark.parametrize("option", ["--heads", "--archives"])
def test_no_trail_is_called_whole_by_a_folder_that_is_not_there(
    served: RunningHub, tmp_path: Path, option: str
) -> None:
    """Of one that is empty it is said that nothing in it guards the tail."""
    folder = tmp_path / "đầu chuỗi"
    missing = call("audit", "verify", option, str(folder), home=served.home)
    assert missing.is_one_refusal, missing
    assert missing.err.startswith("Lỗi AUDIT_FOLDER_MISSING: ")
    assert str(folder) in missing.err
    folder.mkdir()
    for words in ((), (option, str(folder))):
        empty = call("audit", "verify", *words, home=served.home)
        assert empty.code == 0
        assert "đuôi bị cắt không phát hiện" in empty.out
