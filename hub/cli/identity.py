"""Whose access tokens a production hub takes: what must be set for it, and what is made of that."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hub.clock import system_clock
from hub.errors import HubError
from hub.settings import find_unknown_variables
from hub.web.authenticate import Authenticator
from hub.web.forms.page import SignIn
from hub.web.identity.errors import IssuerUnavailableError
from hub.web.identity.issuers import Issuer
from hub.web.identity.proofs import Proofs
from hub.web.identity.provider import ProviderKeys

if TYPE_CHECKING:
    from hub.database.engine import Database
    from hub.settings import Settings


class UnknownSettingError(HubError):
    """Something is set that the hub does not know, so that somebody believes in a setting."""

    code = "SETTING_UNKNOWN"
    vi = "Hub không có cấu hình {names}: hãy sửa tên biến môi trường hoặc bỏ đi."
    en = "The hub has no setting {names}: correct the environment variable's name or remove it."


class MissingSettingError(HubError):
    """A production hub is not told whose tokens it takes."""

    code = "SETTING_MISSING"
    vi = (
        "“hub serve” cần {names}: nơi cấp token, đối tượng (aud) của token và địa chỉ công khai "
        "của hub; để chạy thử trên máy này hãy dùng “hub run”."
    )
    en = (
        "“hub serve” needs {names}: the issuer of tokens, their audience and the hub's own public "
        "address; to try the hub on this machine use “hub run”."
    )


class NotHttpsError(HubError):
    """An address that everything rests on could be spoken for by anybody on the way."""

    code = "SETTING_NOT_HTTPS"
    vi = "{name} phải là địa chỉ https, ví dụ {example}; “{value}” không dùng được."
    en = "{name} must be an https address such as {example}; “{value}” is not usable."


def check_identity(settings: Settings) -> None:
    """Raise the sentence that says what is wrong with the settings a production hub needs."""
    if unknown := find_unknown_variables():
        raise UnknownSettingError(names=", ".join(unknown))
    needed = {
        "HUB_ISSUER": settings.issuers,
        "HUB_AUDIENCE": settings.audience,
        "HUB_ORIGIN": settings.origin,
    }
    if missing := [name for name, value in needed.items() if not value]:
        raise MissingSettingError(names=", ".join(missing))
    for issuer in settings.issuers:
        if not _is_https(issuer):
            example = "https://login.example/realms/hub"
            raise NotHttpsError(name="HUB_ISSUER", value=issuer, example=example)
    if not _is_https(settings.origin) or urlsplit(settings.origin).path:
        example = "https://hub.example"
        raise NotHttpsError(name="HUB_ORIGIN", value=settings.origin, example=example)


def make_authenticator(settings: Settings, database: Database) -> Authenticator:
    """Return what tells the bearers of the issuers that *settings* name.

    Issuers are believed by the certificates that this machine trusts, or those of SSL_CERT_FILE.
    """
    issuers = [
        Issuer(name=name, audience=settings.audience, keys=keys)
        for name, keys in _providers(settings)
    ]
    proofs = Proofs(settings.origin, system_clock)
    return Authenticator(database, system_clock, *issuers, proofs=proofs)


def sign_in_of(settings: Settings) -> SignIn | None:
    """Return where the pages of the hub have people sign in; None where no client is set."""
    if not settings.client_id:
        return None
    return SignIn(settings.issuers[0], settings.client_id, settings.audience)


async def find_silent_issuers(settings: Settings) -> list[str]:
    """Return those of the set issuers whose keys cannot be had."""
    silent = []
    for name, keys in _providers(settings):
        try:
            await keys.find("")
        except IssuerUnavailableError:
            silent.append(name)
    return silent


def _providers(settings: Settings) -> list[tuple[str, ProviderKeys]]:
    trust = ssl.create_default_context()
    return [(name, ProviderKeys(name, system_clock, trust)) for name in settings.issuers]


def _is_https(value: str) -> bool:
    """Tell whether *value* is an https address: a place and perhaps a path, nothing else."""
    try:
        parts = urlsplit(value)
        has_place = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    is_bare = value == f"https://{parts.netloc}{parts.path}" and "@" not in parts.netloc
    return has_place and is_bare
