"""``hub source``: what an administrator says of a source, as tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hub.database.transaction import Transaction
    from hub.ingest.staging import Merged

    Load = Callable[[Transaction, str, Path], Awaitable[Merged]]

Code = Annotated[str, typer.Argument(metavar="SOURCE", help="Mã một nguồn đã đăng ký.")]


def load_terms(
    source: Code,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Tệp CSV: kind, term, code, valid_from, valid_until (ngày đầu hết hiệu lực).",
        ),
    ],
) -> None:
    """Have the source use the words of the file, and no others."""
    from hub.ingest.source_tables import load_terms as load

    _load("loadSourceTerms", source, file, load)


def load_shares(
    source: Code,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Tệp CSV: old_code, new_code, share, valid_from, valid_until; tỷ lệ của mỗi xã, "
            "phường cũ có tổng bằng 1.",
        ),
    ],
) -> None:
    """Have the source's figures of divided wards shared as the file says."""
    from hub.ingest.source_tables import load_shares as load

    _load("loadSourceShares", source, file, load)


def _load(name: str, source: str, file: Path, load: Load) -> None:
    from hub.cli.administration import carry_out
    from hub.cli.loads import show_report
    from hub.ingest.reference import LoadReport

    merged: list[Merged] = []

    async def act(transaction: Transaction) -> str:
        merged.append(await load(transaction, source, file))
        return source

    carry_out(name, act)
    show_report(LoadReport(tuple(merged)), dry_run=False)
