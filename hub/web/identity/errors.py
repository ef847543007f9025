"""What is refused to whoever cannot show who they are."""

from __future__ import annotations

from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar

from hub.web.refusals import RefusalError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Reason(StrEnum):
    """What is wrong with a token or a proof: for the log, never for whoever sent it."""

    AUTHORIZATION = "authorization"
    LENGTH = "length"
    FORM = "form"
    HEADER = "header"
    ISSUER = "iss"
    TYPE = "typ"
    KEY = "kid"
    ALGORITHM = "alg"
    SIGNATURE = "signature"
    AUDIENCE = "aud"
    SUBJECT = "sub"
    EXPIRY = "exp"
    NOT_BEFORE = "nbf"
    ISSUED_AT = "iat"
    IDENTIFIER = "jti"
    LIFETIME = "lifetime"
    CONFIRMATION = "cnf"
    BOUND = "bound, sent as a bearer token"
    UNBOUND = "not bound"
    PROOF = "not one proof"
    PROOF_KEY = "jwk"
    METHOD = "htm"
    ADDRESS = "htu"
    DIGEST = "ath"
    ACCOUNT = "account"


class UntrustedError(Exception):
    """A token is not to be trusted."""

    part: ClassVar[str] = "token"

    challenge: ClassVar[str] = "invalid_token"
    """What RFC 6750 calls it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class UnprovenError(UntrustedError):
    """A token is bound to a key, and its sender does not prove to hold that key."""

    part = "proof"
    challenge = "invalid_dpop_proof"
    """What RFC 9449 calls it."""


class UnauthenticatedError(RefusalError):
    """A token was sent and does not prove who sends it; whatever is wrong, the answer is this."""

    status = HTTPStatus.UNAUTHORIZED
    code = "UNAUTHENTICATED"
    refuses_request = True
    vi = "Token không hợp lệ, đã hết hạn hoặc tài khoản không còn hiệu lực; hãy lấy token mới."
    en = "The token is invalid or expired, or its account is no longer in force; get a new one."
    headers: ClassVar[Mapping[str, str]] = {"www-authenticate": "{challenge}"}


class IssuerUnavailableError(RefusalError):
    """The keys of a token's issuer cannot be had, so nothing can be said of the token."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "ISSUER_UNAVAILABLE"
    refuses_request = True
    vi = "Chưa kiểm tra được token vì nơi cấp token không trả lời. Hãy thử lại sau ít giây."
    en = "The token cannot be checked: its issuer does not answer. Try again in a few seconds."
    headers: ClassVar[Mapping[str, str]] = {"retry-after": "5"}
