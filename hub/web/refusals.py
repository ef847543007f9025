"""Answers to what never reaches the executor: GraphQL-shaped, coded, in the reader's language."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar

import orjson
from starlette.responses import Response

from hub.api import errors as api
from hub.api.answers import entry_of
from hub.errors import HubError
from hub.web.negotiation import MediaType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.errors import Language


LOGGER = logging.getLogger(__name__)

STATUSES: Mapping[str, int] = {
    "UNAUTHENTICATED": HTTPStatus.UNAUTHORIZED,
    "METHOD_NOT_ALLOWED": HTTPStatus.METHOD_NOT_ALLOWED,
    "DATABASE_BUSY": HTTPStatus.SERVICE_UNAVAILABLE,
    "DATASET_UNKNOWN": HTTPStatus.NOT_FOUND,
    "FORM_UNKNOWN": HTTPStatus.NOT_FOUND,
    "SOURCE_UNKNOWN": HTTPStatus.NOT_FOUND,
    "IDEMPOTENCY_KEY_REUSED": HTTPStatus.UNPROCESSABLE_ENTITY,
    "ROW_NOT_HELD": HTTPStatus.NOT_FOUND,
    "ROW_STILL_WRONG": HTTPStatus.UNPROCESSABLE_ENTITY,
    "CORRECTION_UNKNOWN": HTTPStatus.UNPROCESSABLE_ENTITY,
}
"""What HTTP calls the errors of the floors below that a client is told as they are."""


class RefusalError(HubError):
    """The base of what is refused before execution, with the status that says so."""

    status: ClassVar[int] = HTTPStatus.BAD_REQUEST
    headers: ClassVar[Mapping[str, str]] = {}
    """What else the client must be told; may name the error's parts, as the sentence may."""


class MethodNotAllowedError(RefusalError, api.MethodForbidsError):
    """The method is not served here."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    vi = "Địa chỉ này chỉ nhận {allowed}. Hãy gửi lại bằng phương thức đó."
    en = "This address takes {allowed} only. Send the request by that method."
    headers: ClassVar[Mapping[str, str]] = {"allow": "{allowed}"}


class NotAcceptableError(RefusalError):
    """The client takes none of the forms that can be answered."""

    status = HTTPStatus.NOT_ACCEPTABLE
    code = "NOT_ACCEPTABLE"
    vi = (
        "Câu trả lời chỉ có ở dạng application/graphql-response+json hoặc application/json. "
        "Hãy ghi một trong hai vào Accept."
    )
    en = (
        "Answers come as application/graphql-response+json or application/json. "
        "Name one of them in Accept."
    )


class UnsupportedMediaTypeError(RefusalError):
    """The body is not declared as JSON in UTF-8."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "UNSUPPORTED_MEDIA_TYPE"
    vi = "Nội dung gửi lên phải là JSON mã UTF-8, không nén: Content-Type: application/json."
    en = "The body must be JSON in UTF-8, not compressed: Content-Type: application/json."


class BodyTooLargeError(RefusalError):
    """The body, or the query string, is larger than the limit."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "BODY_TOO_LARGE"
    vi = "Yêu cầu dài hơn {limit} byte. Hãy chia nhỏ, hoặc bỏ bớt trường và biến."
    en = "The request is longer than {limit} bytes. Split it, or drop fields and variables."
    # The rest of the body is not waited for.
    headers: ClassVar[Mapping[str, str]] = {"connection": "close"}


class HeadTooLargeError(RefusalError):
    """The request's line and header fields are larger than the limit."""

    status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    code = "HEAD_TOO_LARGE"
    vi = "Địa chỉ và các tiêu đề của yêu cầu dài hơn {limit} byte. Hãy gửi câu hỏi trong nội dung."
    en = "The request's address and headers exceed {limit} bytes. Send the question in the body."


class RequestUnreadableError(RefusalError):
    """What came is no HTTP request."""

    code = "REQUEST_UNREADABLE"
    vi = "Yêu cầu không đúng giao thức HTTP/1.1. Hãy gửi bằng một thư viện HTTP."
    en = "This is no well-formed HTTP/1.1 request. Send it by an HTTP library."


class BodyNotJsonError(RefusalError):
    """The body cannot be read as JSON."""

    code = "BODY_NOT_JSON"
    vi = "Nội dung gửi lên không đọc được: phải là JSON đúng cú pháp, mã UTF-8, không lồng quá sâu."
    en = "The body cannot be read: it must be well-formed JSON in UTF-8, not nested too deeply."


class BodyNotAnObjectError(RefusalError):
    """The body is JSON, but not one request."""

    code = "BODY_NOT_AN_OBJECT"
    vi = "Nội dung gửi lên phải là một đối tượng JSON có trường “query”; mỗi lần một yêu cầu."
    en = "The body must be one JSON object with a “query”; one request at a time."


class QueryStringMalformedError(RefusalError):
    """The query string cannot be read."""

    code = "QUERY_STRING_MALFORMED"
    vi = "Tham số trên địa chỉ không đọc được: mã hoá theo UTF-8 và mỗi tham số chỉ ghi một lần."
    en = "The address's parameters cannot be read: encode them in UTF-8, each parameter once."


class QueryMissingError(RefusalError):
    """There is nothing to execute."""

    code = "QUERY_MISSING"
    vi = "Thiếu tham số “query”: hãy gửi văn bản GraphQL cần thực hiện."
    en = "The parameter “query” is missing: send the GraphQL document to execute."


class ParameterTypeError(RefusalError):
    """A parameter of the request is of another type than the specification says."""

    code = "PARAMETER_TYPE"
    vi = "Tham số “{name}” không đúng kiểu: phải là {expected_vi}."
    en = "The parameter “{name}” has the wrong type: it must be {expected}."


class NulCharacterError(RefusalError):
    """A text holds U+0000, which no text of the hub can hold."""

    code = "NUL_CHARACTER"
    vi = "Yêu cầu chứa ký tự rỗng (U+0000). Hãy bỏ ký tự này."
    en = "The request holds the character U+0000. Remove it."


class VariablesTooLargeError(RefusalError):
    """Variables, or extensions, take more bytes than the limit."""

    code = "VARIABLES_TOO_LARGE"
    vi = "Biến dài hơn {limit} byte. Hãy gửi ít giá trị hơn mỗi lần."
    en = "The variables take more than {limit} bytes. Send fewer values at a time."


class TooManyValuesError(RefusalError):
    """Variables, or extensions, hold more values than the limit."""

    code = "VALUES_TOO_MANY"
    vi = "Biến có hơn {limit} giá trị. Hãy gửi ít giá trị hơn mỗi lần."
    en = "The variables hold more than {limit} values. Send fewer at a time."


class DocumentIdMalformedError(RefusalError):
    """A trusted operation is named in a way that names none."""

    code = "DOCUMENT_ID_MALFORMED"
    vi = (
        "Mã câu hỏi có sẵn không đúng dạng: hãy gửi documentId “sha256:…”, hoặc "
        "extensions.persistedQuery với version 1 và sha256Hash, 64 chữ số thập lục phân."
    )
    en = (
        "The operation's id is malformed: send documentId “sha256:…”, or extensions."
        "persistedQuery with version 1 and sha256Hash, of 64 hexadecimal digits."
    )


class OriginRefusedError(RefusalError):
    """A page of an origin that may not call the hub does."""

    status = HTTPStatus.FORBIDDEN
    code = "ORIGIN_REFUSED"
    vi = "Trang web này không được phép gọi hệ thống; người quản trị có thể thêm địa chỉ của nó."
    en = "This page's origin may not call the hub; its administrator can add it."


class TooManyAtOnceError(RefusalError):
    """A client has as many requests under way as it may."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "CONCURRENCY_EXCEEDED"
    vi = "Đã có {limit} yêu cầu đang chạy cùng lúc: hãy chờ một yêu cầu xong rồi gửi tiếp."
    en = "{limit} requests are under way already: wait for one to end before the next."
    headers: ClassVar[Mapping[str, str]] = {"retry-after": "1"}


class BudgetSpentError(RefusalError):
    """A client has spent what its operations may cost for now."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "BUDGET_SPENT"
    vi = "Đã dùng hết hạn mức chi phí {limit} mỗi phút: hãy thử lại sau {seconds} giây."
    en = "The budget of {limit} a minute is spent: try again in {seconds} seconds."
    headers: ClassVar[Mapping[str, str]] = {"retry-after": "{seconds}"}


class NestedTooDeeplyError(RefusalError):
    """Variables or extensions are nested deeper than the limit."""

    code = "NESTED_TOO_DEEPLY"
    vi = "Biến lồng quá {limit} tầng. Hãy viết phẳng hơn."
    en = "The variables are nested more than {limit} levels deep. Flatten them."


class NotFoundError(RefusalError):
    """Nothing is served at the address."""

    status = HTTPStatus.NOT_FOUND
    code = "NOT_FOUND"
    vi = "Không có gì ở địa chỉ này. GraphQL ở /graphql."
    en = "There is nothing at this address. GraphQL is at /graphql."


class InternalError(RefusalError, api.InternalError):
    """Something failed that nobody foresaw; the log has the rest under the same number."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    vi = "Hệ thống gặp lỗi. Hãy thử lại; nếu vẫn lỗi, báo người quản trị mã {request_id}."
    en = (
        "The hub failed. Try again; if it persists, give the administrator the number {request_id}."
    )


class NotReadyError(RefusalError):
    """What the hub stands on is not there, or not in time; the log says what."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "NOT_READY"
    vi = "Hệ thống chưa sẵn sàng. Hãy thử lại sau ít giây."
    en = "The hub is not ready. Try again in a few seconds."
    headers: ClassVar[Mapping[str, str]] = {"retry-after": "5"}


def _told(error: HubError) -> HubError:
    """Return what a client is told of *error*.

    An error that is not about the request is about the house (a server's address, a version): its
    sentence is the operator's, and the client hears only that it must wait.
    """
    if isinstance(error, RefusalError) or error.code in STATUSES:
        return error
    LOGGER.error("%s: %s", error.code, error)
    return NotReadyError()


def refuse(error: HubError, language: Language, media_type: MediaType = MediaType.JSON) -> Response:
    """Return what is told of *error*, with the status that its class or its code stands for."""
    error = _told(error)
    headers = {
        "content-type": f"{media_type}; charset=utf-8",
        "cache-control": "no-store",
    }
    if isinstance(error, RefusalError):
        status = error.status
        headers |= {name: text.format(**error.parts) for name, text in error.headers.items()}
    else:
        status = STATUSES[error.code]
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            headers["retry-after"] = "1"
    if status == HTTPStatus.UNAUTHORIZED:
        headers.setdefault("www-authenticate", "Bearer")
    body = {"errors": [entry_of(error, language)]}
    return Response(orjson.dumps(body), status, headers)
