"""A change of rights holds from the next statement: for kept connections, readers and cursors."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.oracle.bench import bench
from tests.oracle.changes import CHANGES

if TYPE_CHECKING:
    from hub.database.address import Address
    from hub.database.embedded import Server

STEPS = 16
AT_ONCE = 6


def test_answers_follow_every_change_at_once(server: Server, empty: Address) -> None:
    """Parts end, rights are given, taken and lapse, accounts are suspended, figures move."""
    draw = Random(5)  # noqa: S311  (nothing here is secret)
    with bench(server, empty, 3) as opened:
        proof = opened.proof
        # Whoever asks was found before anything changed, as under a token that still lives.
        readers = proof.readers()
        for reader in readers:
            opened.run(proof.principal(reader))
        for step in range(STEPS):
            told = opened.run(draw.choice(CHANGES)(proof, draw))
            proof.forget()
            asking = [draw.choice(readers) for _ in range(AT_ONCE)]
            pairs = [(reader, opened.drawn_for(reader, draw.randrange(2**40))) for reader in asking]
            for pair, differences in zip(pairs, opened.found(pairs), strict=True):
                assert not differences, (step, told, pair, differences)
