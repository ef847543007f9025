"""``hub batch``: deliveries, the rows of them that wait, and what becomes of those."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

import typer

from hub.model.intake_terms import ROW_DECISION

What = StrEnum("What", {code.upper(): code for code in ROW_DECISION.values})  # type: ignore[misc]


def list_batches(
    source: Annotated[
        str | None, typer.Argument(metavar="SOURCE", help="Mã nguồn; bỏ trống là mọi nguồn.")
    ] = None,
    held: Annotated[
        bool, typer.Option("--held", metavar="", help="Chỉ các lô còn dòng chờ quyết định.")
    ] = False,
) -> None:
    """Say which batches came last, newest first."""
    from hub.cli.batches import latest, show_batches

    show_batches(latest(source, held=held))


def show_batch(
    batch: Annotated[UUID, typer.Argument(metavar="BATCH", help="Số lô, xem hub batch list.")],
) -> None:
    """Say what became of a batch, and of each row that was not taken; those that wait by number."""
    from hub.cli.batches import look, show

    show(*look(batch))


def decide(
    batch: Annotated[UUID, typer.Argument(metavar="BATCH", help="Số lô.")],
    row: Annotated[UUID, typer.Argument(metavar="ROW", help="Số dòng, xem hub batch show BATCH.")],
    what: Annotated[
        What, typer.Argument(metavar="accept|correct|drop", help="Nhận, sửa rồi nhận, hoặc bỏ.")
    ],
    cell: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CELL=VALUE",
            help="Với correct: ô cần sửa và giá trị mới, ví dụ area=00004; lặp lại để sửa nhiều ô.",
        ),
    ] = None,
) -> None:
    """Carry out what was decided of a row that waits, in the source's name; the trail has who."""
    from hub.cli.batches import carry_out_decision

    counts = carry_out_decision(batch, row, what, cell or [])
    print(f"Đã ghi quyết định. Còn {counts.held} dòng chờ quyết định.")
