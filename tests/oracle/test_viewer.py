"""What ``viewer`` says of one's rights is what the rules give: no right more and none less."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from tests.oracle.asking import Question
from tests.oracle.compare import tokens_in
from tests.oracle.rights import CLASSES
from tests.oracle.world.rows import NOW

if TYPE_CHECKING:
    from tests.oracle.bench import Bench
    from tests.oracle.rights import Right, Sight
    from tests.oracle.world.rows import World

ASK: Final = Question(
    "{ viewer { reader agency { code } grants { sentence english: sentence(lang: EN) grant { "
    "role capabilities dataClasses states areaScope validFrom validUntil jurisdiction { code } "
    "programme { code } project { code } area { code validFrom } } } } }",
    {},
)

Read = tuple[str, Any, Any, Any, frozenset[str]]
"""A class of data, in which places, projects and areas it is read, and in which states."""


def test_a_reader_is_told_every_right_to_read_and_no_other(shown: Bench) -> None:
    """Compared by what each right opens, written out by the model."""
    proof = shown.proof
    rights = 0
    for reader in proof.readers():
        bodies = shown.run(proof.ask(reader, ASK))
        [viewer] = {body: json.loads(body)["data"]["viewer"] for body in bodies}.values()
        sight = proof.sight(reader)
        assert viewer["reader"] == sight.kind
        assert (viewer["agency"] or {}).get("code") == (sight.agency or {}).get("code")
        assert all(each["sentence"] and each["english"] for each in viewer["grants"])
        told = {
            right for each in viewer["grants"] for right in _told(proof.world, sight, each["grant"])
        }
        assert told == {each for right in sight.rights for each in _given(right)}, viewer
        assert not tokens_in(bodies[0]) & proof.hidden(reader)
        rights += len(told)
    assert rights > 100


def _told(world: World, sight: Sight, grant: dict[str, Any]) -> set[Read]:
    """Return what the grant lets its holder read of what is not open to everyone."""
    assert grant["validFrom"] is None or datetime.fromisoformat(grant["validFrom"]) <= NOW
    assert grant["validUntil"] is None or datetime.fromisoformat(grant["validUntil"]) > NOW
    if "READ" not in grant["capabilities"] or grant["areaScope"] == "OWN_FACILITY":
        return set()
    place = _number(world, "Jurisdiction", grant["jurisdiction"])
    project, programme = (
        _number(world, kind, grant[kind.lower()]) for kind in ("Project", "Programme")
    )
    areas = None
    if grant["areaScope"] == "OWN":
        areas = frozenset[int]()
        for row in world.tables["Area"].values() if grant["area"] else ():
            begins = row["validFrom"] and row["validFrom"].isoformat()
            if (row["code"], begins) == (grant["area"]["code"], grant["area"]["validFrom"]):
                areas = sight.under(row["#"])
        if not areas:
            return set()
    projects = sight.projects({"project": project, "programme": programme})
    if grant["role"] == "STANDING":
        projects = None
    states = frozenset(grant["states"])
    places = None if place is None else frozenset({place})
    return {
        (each, places, projects, areas, states) for each in grant["dataClasses"] if each in CLASSES
    }


def _given(right: Right) -> set[Read]:
    return {
        (each, right.jurisdictions, right.projects, right.areas, right.states)
        for each in (CLASSES if right.is_standing else right.classes & CLASSES)
    }


def _number(world: World, kind: str, told: dict[str, Any] | None) -> int | None:
    return None if told is None else world.number(kind, told["code"])
