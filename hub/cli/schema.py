"""``hub schema``: the published contract in ``schema/``, written or compared with the code."""

from __future__ import annotations

from typing import Annotated

import typer


def print_schema(
    stdout: Annotated[
        bool,
        typer.Option("--stdout", metavar="", help="In lược đồ ra màn hình, không ghi tệp nào."),
    ] = False,
) -> None:
    """Write the schema and the manifest of trusted operations; *stdout* shows the schema only."""
    from hub.api.operations import print_sdl
    from hub.cli.contract import write_contract

    if stdout:
        print(print_sdl(), end="")
        return
    for path in write_contract():
        print(f"Đã ghi {path}")


def check_schema() -> None:
    """Say every difference between ``schema/`` and the code; fail if there is any.

    Otherwise list the fields that no statement answers.
    """
    from hub.cli.contract import find_differences
    from hub.cli.coverage import find_unplanned
    from hub.cli.failures import say_error

    differences = list(find_differences())
    for difference in differences:
        say_error(difference)
    if differences:
        raise typer.Exit(1)
    print("schema/ khớp với mã nguồn.")
    print("Không có câu lệnh SQL, do resolver trả lời:", *find_unplanned(), sep="\n  ")
