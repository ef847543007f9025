"""A change of rights holds from the next statement: for kept connections, readers and cursors."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.oracle.asking import PATHS
from tests.oracle.bench import bench
from tests.oracle.changes import CHANGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from hub.database.address import Address
    from hub.database.embedded import Server

STEPS = 36
AT_ONCE = 6
# Who a bearer is, is found for every request; here it was found before anything changed.
ASKED = [path for path in PATHS if path != "viewer"]


def test_answers_follow_every_change_at_once(
    server: Server, empty: Address, tell: Callable[[str], None]
) -> None:
    """Parts end, rights are given, taken and lapse, accounts are suspended, figures move.

    What is asked meanwhile is answered as before or as after; what is asked then, as after.
    """
    draw = Random(5)  # noqa: S311  (nothing here is secret)
    asked = 0
    with bench(server, empty, 3) as opened:
        proof = opened.proof
        readers = proof.readers()
        for reader in readers:
            opened.run(proof.principal(reader))
        for step in range(STEPS):
            before = proof.before()
            told, making = CHANGES[step % len(CHANGES)](proof, draw)
            proof.forget()
            chosen = draw.sample(readers, AT_ONCE)
            pairs = [(r, opened.drawn_for(r, draw.randrange(2**40), *ASKED)) for r in chosen]
            meanwhile = opened.answers(pairs, making)
            for pair, bodies in zip(pairs, meanwhile, strict=True):
                # The change may come between the answers of the one executor and the other.
                late = proof.judge_each(*pair, bodies)
                early = before.judge_each(*pair, bodies)
                for as_after, as_before in zip(late, early, strict=True):
                    assert not as_after or not as_before, (step, told, pair, as_after)
            for pair, differences in zip(pairs, opened.found(pairs), strict=True):
                assert not differences, (step, told, pair, differences)
            asked += 2 * AT_ONCE
    tell(f"{asked} questions around {STEPS} changes of rights")
