"""The codes that errors are known by, as they are published."""

from __future__ import annotations

import importlib
import json
from collections import defaultdict
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Final

import hub
from hub.errors import HubError

if TYPE_CHECKING:
    from collections.abc import Iterator

ERRORS_FILE: Final = "errors.json"


class CodeSharedError(HubError):
    """Two errors that have nothing to do with one another go by one code."""

    code = "CODE_SHARED"
    vi = "Mã lỗi {shared} được dùng cho nhiều lỗi không cùng họ: {classes}."
    en = "The error code {shared} stands for errors that are not of one family: {classes}."


def print_error_codes() -> str:
    """Return every code with its sentences as JSON; a code of a family may have several."""
    sentences = {
        (kind.code, kind.vi, kind.en)
        for kind in find_error_classes()
        if hasattr(kind, "vi") and hasattr(kind, "en")
    }
    listed = [{"code": code, "vi": vi, "en": en} for code, vi, en in sorted(sentences)]
    return f"{json.dumps(listed, ensure_ascii=False, indent=2)}\n"


def find_shared_codes() -> Iterator[CodeSharedError]:
    """Yield each code that was given twice: a family takes it from one class."""
    owners = defaultdict(list)
    for kind in find_error_classes():
        if "code" in vars(kind):
            owners[kind.code].append(f"{kind.__module__}.{kind.__qualname__}")
    for code, classes in sorted(owners.items()):
        if len(classes) > 1:
            yield CodeSharedError(shared=code, classes=", ".join(sorted(classes)))


def find_error_classes() -> list[type[HubError]]:
    """Return every class of error with a code that the hub declares, in whatever module."""
    for module in walk_packages(hub.__path__, f"{hub.__name__}."):
        if not module.name.endswith(".__main__"):
            importlib.import_module(module.name)
    return [
        kind
        for kind in dict.fromkeys(_subclasses(HubError))
        if hasattr(kind, "code") and kind.__module__.startswith(f"{hub.__name__}.")
    ]


def _subclasses(kind: type[HubError]) -> Iterator[type[HubError]]:
    for heir in kind.__subclasses__():
        yield heir
        yield from _subclasses(heir)
