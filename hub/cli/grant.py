"""``hub grant``: rights that are given for a time, beside those that follow from roles."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from hub.model.vocabulary import CAPABILITY, DATA_CLASS

if TYPE_CHECKING:
    from hub.database.transaction import Transaction

Data = StrEnum("Data", {code.upper(): code for code in DATA_CLASS.values})  # type: ignore[misc]
May = StrEnum("May", {code.upper(): code for code in CAPABILITY.values})  # type: ignore[misc]


def give_grant(  # noqa: PLR0913, PLR0917  (each is asked for by name)
    holder: Annotated[
        str, typer.Argument(metavar="AGENCY", help="Mã cơ quan được cấp, ví dụ hn.so-noi-vu.")
    ],
    place: Annotated[str, typer.Option(metavar="PLACE", help="Mã địa phương, ví dụ hn.")],
    data: Annotated[list[Data], typer.Option(help="Loại dữ liệu; lặp lại để cấp nhiều loại.")],
    may: Annotated[list[May], typer.Option(help="Được làm gì; lặp lại để cấp nhiều quyền.")],
    until: Annotated[
        datetime, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Ngày cuối còn hiệu lực.")
    ],
    why: Annotated[str, typer.Option(metavar="WHY", help="Lý do, để người xem lại hiểu.")],
    project: Annotated[
        str | None,
        typer.Option(metavar="PROJECT", help="Dự án của địa phương; bỏ trống là mọi dự án."),
    ] = None,
    ward: Annotated[
        str | None, typer.Option(metavar="CODE", help="Mã phường, xã; bỏ trống là toàn địa phương.")
    ] = None,
) -> None:
    """Give an agency a right for a time; it holds as a whole and lapses by itself."""
    from datetime import time, timedelta

    from hub.cli.administration import carry_out
    from hub.clock import VIETNAM, system_clock
    from hub.commands import give_grant as act

    order = act.GrantOrder(
        holder=holder,
        jurisdiction=place,
        project=project,
        area=ward,
        data_classes=tuple(data),
        capabilities=tuple(may),
        states=(),
        valid_until=datetime.combine(until.date() + timedelta(days=1), time(), VIETNAM),
        why=why,
    )
    code = carry_out(
        "giveGrant",
        lambda transaction: act.give_grant(transaction, order, given_by=None, clock=system_clock),
    )
    print(f"Đã cấp quyền cho {holder}, đến hết {until:%d/%m/%Y}. Mã để thu hồi:")
    print(code)


def end_grant(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Mã quyền, in ra khi cấp.")],
) -> None:
    """End a right that was given for a time, before its time."""
    from hub.cli.administration import carry_out
    from hub.commands import end_grant as act

    async def end(transaction: Transaction) -> str:
        await act.end_grant(transaction, code=code)
        return code

    carry_out("endGrant", end)
    print(f"Đã thu hồi quyền {code}.")


def list_grants() -> None:
    """Say which rights were given for a time and are in force."""
    from hub.cli.administration import given_grants

    for each in given_grants():
        what = f"{', '.join(each['capabilities'])}: {', '.join(each['data_classes'])}"
        print(
            f"{each['code']}  {each['holder']}  {each['project'] or 'mọi dự án'}  {what}  "
            f"đến {each['valid_until']:%d/%m/%Y %H:%M} UTC  “{each['why']}”"
        )
