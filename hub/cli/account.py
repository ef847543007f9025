"""``hub account``: who may enter, and as whom."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Kind(StrEnum):
    """Who is behind an account."""

    PERSON = "person"
    MACHINE = "machine"
    FEED = "feed"


Agency = Annotated[str, typer.Argument(metavar="AGENCY", help="Mã cơ quan, ví dụ hn.cong-an.")]
Issuer = Annotated[
    str,
    typer.Option(metavar="URL", help="Nơi cấp token, ví dụ https://id.hanoi.example/realms/hub."),
]
Subject = Annotated[
    str, typer.Option(metavar="SUB", help="Định danh (sub) của người đó tại nơi cấp token.")
]


def add_account(
    agency: Agency,
    issuer: Issuer,
    subject: Subject,
    kind: Annotated[Kind, typer.Option(help="Người, hệ thống, hay kênh báo cáo.")] = Kind.PERSON,
) -> None:
    """Let the bearer of *subject* at *issuer* act as *agency*."""
    from hub.cli.administration import carry_out
    from hub.commands import add_account as act

    carry_out(
        "addAccount",
        lambda transaction: act.add_account(
            transaction, agency_code=agency, issuer=issuer, subject=subject, kind=kind.value
        ),
    )
    print(f"Đã cấp tài khoản cho “{subject}” ({issuer}), thuộc cơ quan {agency}.")


def suspend_account(issuer: Issuer, subject: Subject) -> None:
    """Shut the account with all its tokens, from the next operation on."""
    from hub.cli.administration import carry_out
    from hub.commands import suspend_account as act

    carry_out(
        "suspendAccount",
        lambda transaction: act.suspend_account(transaction, issuer=issuer, subject=subject),
    )
    print(f"Đã khóa tài khoản “{subject}” ({issuer}); mọi token của tài khoản hết tác dụng ngay.")


def restore_account(issuer: Issuer, subject: Subject) -> None:
    """Open a suspended account again."""
    from hub.cli.administration import carry_out
    from hub.commands import suspend_account as act

    carry_out(
        "restoreAccount",
        lambda transaction: act.restore_account(transaction, issuer=issuer, subject=subject),
    )
    print(f"Đã mở lại tài khoản “{subject}” ({issuer}).")


def list_accounts(
    agency: Annotated[
        str | None, typer.Argument(metavar="AGENCY", help="Chỉ của cơ quan này.")
    ] = None,
) -> None:
    """Say who may enter, and who is shut out."""
    from hub.cli.administration import accounts_of

    for each in accounts_of(agency):
        shut = each["suspended_at"]
        state = "" if shut is None else f"  (khóa từ {shut:%d/%m/%Y %H:%M} UTC)"
        print(f"{each['agency']}  {each['kind']}  {each['subject']}  {each['issuer']}{state}")
