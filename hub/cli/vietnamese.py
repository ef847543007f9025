"""Typer's own words in Vietnamese: the frame of a help page, and what is wrong with a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer._click.exceptions import (
    BadParameter,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperCommand, TyperGroup
from typing_extensions import override

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter
    from typer.core import TyperOption


def _translated(usage: str) -> str:
    return usage.replace("Usage:", "Cách dùng:", 1)


def _explained(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = "Hiện hướng dẫn này."
        option.metavar = ""
    return option


def _title_panels() -> None:
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = "Tham số"
    rich_utils.OPTIONS_PANEL_TITLE = "Tùy chọn"
    rich_utils.COMMANDS_PANEL_TITLE = "Lệnh"
    rich_utils.REQUIRED_LONG_STRING = "[bắt buộc]"
    rich_utils.DEFAULT_STRING = "[mặc định: {}]"


class Command(TyperCommand):
    """A verb whose help is Vietnamese throughout."""

    @override
    def get_usage(self, ctx: Context) -> str:
        return _translated(super().get_usage(ctx))

    @override
    def get_help_option(self, ctx: Context) -> TyperOption | None:
        return _explained(super().get_help_option(ctx))

    @override
    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        _title_panels()
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """Verbs whose help is Vietnamese throughout."""

    @override
    def get_usage(self, ctx: Context) -> str:
        return _translated(super().get_usage(ctx))

    @override
    def get_help_option(self, ctx: Context) -> TyperOption | None:
        return _explained(super().get_help_option(ctx))

    @override
    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        _title_panels()
        super().format_help(ctx, formatter)

    @override
    def list_commands(self, ctx: Context) -> list[str]:
        return list(self.commands)


def describe_misuse(error: UsageError) -> str:
    """Return what is wrong with the command, and where its help is."""
    match error:
        case MissingParameter(param=param) if param is not None:
            fault = f"Thiếu {param.get_error_hint()}."
        case NoSuchOption():
            fault = f"Không có tùy chọn {error.option_name}."
        case BadParameter(param=param) if param is not None:
            fault = f"Giá trị của {param.get_error_hint()} không dùng được."
        case _:
            fault = f"Lệnh chưa đúng ({error.format_message().rstrip('.')})."
    return f"{fault} Xem: {error.ctx.command_path if error.ctx else 'hub'} --help"
