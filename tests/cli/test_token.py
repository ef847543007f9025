"""``hub token``: a token and nothing else, or one sentence."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.commands import RunningHub, call

if TYPE_CHECKING:
    from pathlib import Path


def claims_of(out: str) -> dict[str, Any]:
    """Return what the only token in *out* claims."""
    assert out.endswith("\n")
    header, payload, signature = out.removesuffix("\n").split(".")
    assert header
    assert signature
    claims: dict[str, Any] = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def test_it_prints_a_token_of_twelve_hours_and_nothing_else(served: RunningHub) -> None:
    outcome = call("token", "hn.so-y-te", home=served.home)
    assert (outcome.code, outcome.err) == (0, "")
    claims = claims_of(outcome.out)
    assert claims["sub"] == "hn.so-y-te"
    assert claims["exp"] - claims["iat"] == 12 * 3600


def test_a_ward_names_a_member_of_the_group(served: RunningHub) -> None:
    outcome = call("token", "hn.ubnd-cap-xa", "--ward", "00004", "--ttl", "30m", home=served.home)
    claims = claims_of(outcome.out)
    assert claims["sub"] == "hn.ubnd-cap-xa.00004"
    assert claims["exp"] - claims["iat"] == 30 * 60


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (["hn.ubnd-cap-xa"], "WARD_NEEDED", "hub token hn.ubnd-cap-xa --ward 00004"),
        (["hn.mttq.to-chuc-thanh-vien"], "GROUP_WITHOUT_MEMBERS", "nhóm"),
        (["hn.so-y-t"], "AGENCY_UNKNOWN", "hn.so-y-te"),
        (["hn.ubnd-cap-xa", "--ward", "99999"], "AGENCY_UNKNOWN", "hn.ubnd-cap-xa.99999"),
        (["hn.so-y-te", "--ttl", "13h"], "TOKEN_LIFETIME", "12 giờ"),
        (["hn.so-y-te", "--ttl", "0h"], "TOKEN_LIFETIME", "12 giờ"),
        (["hn.so-y-te", "--ttl", "long"], "TOKEN_LIFETIME", "8h"),
    ],
)
def test_what_has_no_token_is_told_why(
    served: RunningHub, words: list[str], code: str, hint: str
) -> None:
    outcome = call("token", *words, home=served.home)
    assert outcome.is_one_refusal, outcome
    assert outcome.out == ""
    assert outcome.err.startswith(f"Lỗi {code}: ")
    assert hint in outcome.err


def test_it_works_while_no_hub_runs(first: RunningHub) -> None:
    assert claims_of(call("token", "hn.mttq", home=first.home).out)["sub"] == "hn.mttq"


def test_before_the_first_run_it_says_what_to_run_and_makes_nothing(home: Path) -> None:
    outcome = call("token", "hn.so-y-te", home=home)
    assert outcome.is_one_refusal, outcome
    assert "make run" in outcome.err
    assert not home.exists()


def test_a_folder_without_data_has_no_accounts(first: RunningHub, home: Path) -> None:
    home.mkdir()
    (home / "issuer.json").write_bytes((first.home / "issuer.json").read_bytes())
    outcome = call("token", "hn.so-y-te", home=home)
    assert outcome.err.startswith("Lỗi NOT_SET_UP: ")
    assert not (home / "postgres").exists()
