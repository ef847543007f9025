"""What can go wrong, as types: a stable code and a sentence to act on, in two languages."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class Language(StrEnum):
    """A language a sentence can be had in."""

    VI = "vi"
    EN = "en"


class HubError(Exception):
    """The base of every error a person may be shown.

    A subclass states ``code`` (never renamed, never reused) and its sentence in both languages;
    the sentence may name the keyword arguments that the error was raised with. One that
    ``refuses_request`` leaves the whole request unanswered, wherever in it the error arose.
    """

    code: ClassVar[str]
    refuses_request: ClassVar[bool] = False
    vi: ClassVar[str]
    en: ClassVar[str]

    def __init__(self, **parts: object) -> None:
        self.parts = parts
        super().__init__(self.sentence(Language.EN))

    def sentence(self, language: Language) -> str:
        """Return what happened and what to do, in *language*."""
        template = self.vi if language is Language.VI else self.en
        return template.format(**self.parts)
