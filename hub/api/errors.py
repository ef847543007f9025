"""What can be wrong with a question, said to whoever asks it."""

from __future__ import annotations

from hub.api.library_words import in_vietnamese
from hub.errors import HubError


class UnreadableTextError(HubError):
    """A text holds what no stored text can hold."""

    code = "TEXT_UNREADABLE"
    refuses_request = True
    vi = "Có chuỗi chứa ký tự không hợp lệ (NUL hoặc nửa cặp thay thế); hãy bỏ ký tự đó."
    en = "A text holds an invalid character (NUL or half a surrogate pair); leave it out."


class PageSizeError(HubError):
    """A page is larger than a page may be, or smaller than nothing."""

    code = "PAGE_SIZE"
    refuses_request = True
    vi = "“{argument}” là {given}; phải từ 0 đến {limit}: hãy lấy từng trang bằng con trỏ."
    en = "“{argument}” is {given}; it must be 0 to {limit}: page through with cursors."


class PageDirectionError(HubError):
    """A page is asked for from both ends at once."""

    code = "PAGE_DIRECTION"
    refuses_request = True
    vi = "Chỉ dùng một trong “first” và “last”."
    en = "Use either “first” or “last”, not both."


class TooManyIdsError(HubError):
    """More objects are asked for by id than one answer may hold."""

    code = "IDS_TOO_MANY"
    refuses_request = True
    vi = "Có {given} định danh; mỗi lần nhiều nhất {limit}: hãy hỏi nhiều lần."
    en = "There are {given} ids; ask for at most {limit} at once, several times."


class FaultyRequestError(HubError):
    """The base of what is said of a request in the words of the library, each in its language."""

    refuses_request = True

    def __init__(self, *, detail: str) -> None:
        super().__init__(detail=detail, detail_vi=in_vietnamese(detail))


class DocumentUnreadableError(FaultyRequestError):
    """The document is not GraphQL."""

    code = "GRAPHQL_PARSE_FAILED"
    vi = "Không đọc được tài liệu GraphQL: {detail_vi}"
    en = "The document is not GraphQL: {detail}"


class DocumentInvalidError(FaultyRequestError):
    """The document asks for what the schema does not have."""

    code = "GRAPHQL_VALIDATION_FAILED"
    vi = "Tài liệu GraphQL không khớp với lược đồ: {detail_vi}"
    en = "The document does not fit the schema: {detail}"


class VariablesInvalidError(FaultyRequestError):
    """A variable is missing or of the wrong type."""

    code = "VARIABLES_INVALID"
    vi = "Biến không hợp lệ: {detail_vi}"
    en = "A variable does not fit: {detail}"


class IntrospectionClosedError(HubError):
    """The schema is asked for where it is published otherwise."""

    code = "INTROSPECTION_CLOSED"
    refuses_request = True
    vi = "Máy chủ này không trả lời __schema và __type: hãy đọc lược đồ trong schema/hub.graphql."
    en = "__schema and __type are not answered here: read the schema in schema/hub.graphql."


class PersistedQueryNotFoundError(HubError):
    """No operation that the caller may ask is known by the hash."""

    code = "PERSISTED_QUERY_NOT_FOUND"
    refuses_request = True
    vi = (
        "Không có câu hỏi tin cậy nào mang mã này, hoặc đã hết hạn: hãy xem schema/operations.json."
    )
    en = "No trusted operation has this hash, or it has expired: see schema/operations.json."


class PersistedQueryMismatchError(HubError):
    """A text comes with a hash that is another's."""

    code = "PERSISTED_QUERY_MISMATCH"
    refuses_request = True
    vi = "Mã SHA-256 không phải của tài liệu gửi kèm: hãy tính lại, hoặc chỉ gửi một trong hai."
    en = "The SHA-256 is not that of the document sent with it: compute it anew, or send one only."


class NotTrustedError(HubError):
    """Whoever may ask trusted operations only asks something else."""

    code = "OPERATION_NOT_TRUSTED"
    refuses_request = True
    vi = "Bạn chỉ được hỏi những câu hỏi tin cậy: hãy đề nghị người quản trị đăng ký câu này."
    en = "You may ask trusted operations only: have an administrator register this one."


class MethodForbidsError(HubError):
    """The HTTP method does not allow what was asked for."""

    code = "METHOD_NOT_ALLOWED"


class MutationByGetError(MethodForbidsError):
    """A change was asked for in a way that may only read."""

    refuses_request = True
    vi = "GET chỉ dùng để truy vấn; hãy gửi thay đổi bằng POST."
    en = "GET is for queries only; send changes by POST."


class InternalError(HubError):
    """Something went wrong that is nobody's fault outside; it is logged."""

    code = "INTERNAL"
    vi = "Hệ thống gặp lỗi khi trả lời; lỗi đã được ghi lại."
    en = "The hub failed to answer this; the failure has been logged."
