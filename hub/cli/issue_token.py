"""``hub token``: a bearer token of the development issuer."""

from __future__ import annotations

from typing import Annotated

import typer


def issue_token(
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help="Mã cơ quan, ví dụ hn.so-y-te.")],
    ward: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Mã xã, phường, khi AGENCY là nhóm: hn.ubnd-cap-xa."),
    ] = None,
    ttl: Annotated[
        str, typer.Option(metavar="THỜI-HẠN", help="Ví dụ 30m, 8h; dài nhất là 12h.")
    ] = "12h",
) -> None:
    """Print a token of *agency*, or of its member for *ward*, and nothing else."""
    from hub.cli.tokens import make_token, parse_lifetime
    from hub.settings import read_settings

    code = agency if ward is None else f"{agency}.{ward}"
    print(make_token(read_settings(), code, parse_lifetime(ttl)))
