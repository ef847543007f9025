"""What a client sends and can take, read from its headers."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from hub.errors import Language

if TYPE_CHECKING:
    from collections.abc import Iterator


class MediaType(StrEnum):
    """A form in which a GraphQL response can be had; the statuses differ with it."""

    JSON = "application/json"
    GRAPHQL_RESPONSE = "application/graphql-response+json"


@lru_cache(maxsize=256)
def choose_media_type(accept: str) -> MediaType | None:
    """Return the form *accept* prefers, JSON if it leaves the choice, None if it takes neither."""
    weights: dict[str, float] = {}
    for name, charset, weight in _weighted(accept):
        if charset in {"", "utf-8", "utf8"}:
            weights.setdefault(name, weight)
    if not weights:
        return None if accept.strip() else MediaType.JSON

    def weight_of(offer: MediaType) -> float:
        ranges = (offer.value, "application/*", "*/*")
        return next((weights[name] for name in ranges if name in weights), 0.0)

    # Of two equals, the one that was named, and named first, is preferred.
    named = [MediaType(name) for name in weights if name in set(MediaType)]
    offers = [*named, *(offer for offer in MediaType if offer not in named)]
    best = max(offers, key=weight_of)
    return best if weight_of(best) > 0 else None


@lru_cache(maxsize=256)
def choose_language(accept_language: str) -> Language:
    """Return the language *accept_language* prefers; Vietnamese unless English is asked for."""
    tags = sorted(_weighted(accept_language), key=lambda tag: -tag[2])
    for name, _, weight in tags:
        primary = name.partition("-")[0]
        if weight > 0 and primary in set(Language):
            return Language(primary)
        if name == "*":
            break
    return Language.VI


@lru_cache(maxsize=256)
def is_json_in_utf8(content_type: str) -> bool:
    """Tell whether a body of *content_type* is JSON, in UTF-8 by word or by silence."""
    for name, charset, _ in _weighted(content_type):
        return name == MediaType.JSON and charset in {"", "utf-8", "utf8"}
    return False


def _weighted(header: str) -> Iterator[tuple[str, str, float]]:
    """Yield name, charset and weight of every element of *header* whose weight can be read."""
    for element in header.lower().split(","):
        name, *pairs = (piece.strip() for piece in element.split(";"))
        parameters = {
            key.strip(): value.strip().strip('"')
            for key, _, value in (pair.partition("=") for pair in pairs)
        }
        try:
            weight = float(parameters.get("q", "1"))
        except ValueError:
            continue
        if name and 0 <= weight <= 1:
            yield name, parameters.get("charset", ""), weight
