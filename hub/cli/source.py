"""``hub source``: what an administrator says of a source, as tables."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.model.vocabulary import CALENDAR, SOURCE_KIND

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hub.database.transaction import Transaction
    from hub.ingest.staging import Merged

    Act = Callable[[Transaction], Awaitable[list[Merged]]]
    Load = Callable[[Transaction, str, Path], Awaitable[Merged]]

Code = Annotated[
    str, typer.Argument(metavar="SOURCE", help="Mã nguồn, ví dụ hn.so-y-te.cho-dieu-tri.")
]


Kind = StrEnum("Kind", {code.upper(): code for code in SOURCE_KIND.values if code != "demo"})  # type: ignore[misc]
Calendar = StrEnum("Calendar", {code.upper(): code for code in CALENDAR.values})  # type: ignore[misc]

_CALENDAR = Calendar("calendar")


def add_source(  # noqa: PLR0913, PLR0917  (each is asked for by name)
    source: Code,
    owner: Annotated[
        str, typer.Option(metavar="AGENCY", help="Mã cơ quan sở hữu; số liệu mang tên cơ quan này.")
    ],
    name: Annotated[str, typer.Option(metavar="NAME", help="Tên nguồn, bằng tiếng Việt.")],
    kind: Annotated[Kind, typer.Option(help="Hình thức kết nối.")],
    indicator: Annotated[
        list[str],
        typer.Option(metavar="CODE", help="Mã chỉ tiêu được ghi; lặp lại để thêm."),
    ],
    ward: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Mã địa bàn được ghi; bỏ trống là toàn địa phương."),
    ] = None,
    calendar: Annotated[Calendar, typer.Option(help="Lịch của các kỳ mà nguồn nêu.")] = _CALENDAR,
    open_from: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Kỳ bắt đầu trước đó đã khóa."),
    ] = None,
) -> None:
    """Register the source, or change what it is and may write."""
    from hub.ingest.registration import Registration, register_source

    wanted = Registration(
        code=source,
        name=name,
        owner=owner,
        kind=kind.value,
        indicators=indicator,
        areas=ward or (),
        calendar=calendar.value,
        open_from=None if open_from is None else open_from.date(),
    )
    _carry_out("registerSource", source, lambda transaction: register_source(transaction, wanted))


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
    async def act(transaction: Transaction) -> list[Merged]:
        return [await load(transaction, source, file)]

    _carry_out(name, source, act)


def _carry_out(name: str, source: str, act: Act) -> None:
    """Carry out *act* on *source*, and say what it changed."""
    from hub.cli.administration import carry_out
    from hub.cli.loads import show_report
    from hub.ingest.reference import LoadReport

    merged: list[Merged] = []

    async def act_and_tell(transaction: Transaction) -> str:
        merged.extend(await act(transaction))
        return source

    carry_out(name, act_and_tell)
    show_report(LoadReport(tuple(merged)), dry_run=False)
