"""Why a document is not planned; the resolvers answer it instead, and say what is wrong with it."""

from __future__ import annotations


class NotPlannedError(Exception):
    """A statement cannot give this answer, for the reason that it holds."""
