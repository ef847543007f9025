"""Why a document is not planned: it is too much, it is wrong, or a statement cannot answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.errors import HubError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql import GraphQLError


class NotPlannedError(Exception):
    """A statement cannot give this answer, for the reason that it holds."""


class InvalidDocumentError(Exception):
    """The document is not GraphQL, or asks for what the schema does not have."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        self.errors = errors
        super().__init__()


class OperationUnknownError(HubError):
    """It cannot be told which operation of the document is meant."""

    code = "OPERATION_UNKNOWN"
    refuses_request = True
    vi = "Không rõ cần chạy thao tác nào: hãy nêu đúng một operationName có trong tài liệu."
    en = "It is unclear which operation to run: name one of the document's by operationName."


class SubscriptionUnsupportedError(HubError):
    """A subscription was sent as a single request."""

    code = "OPERATION_UNSUPPORTED"
    refuses_request = True
    vi = "Địa chỉ này không nhận subscription; hãy dùng query."
    en = "Subscriptions are not served here; use a query."


class LimitError(HubError):
    """The base of what is refused because it is too much, before anything is read."""

    refuses_request = True


class DocumentTooLongError(LimitError):
    """The text is longer than the limit."""

    code = "DOCUMENT_TOO_LONG"
    vi = "Tài liệu GraphQL dài {given} ký tự; nhiều nhất {limit}: hãy bỏ bớt hoặc chia nhỏ."
    en = "The document has {given} characters; at most {limit}: shorten or split it."


class TooManyTokensError(LimitError):
    """The text has more tokens, or more comments, than the limit."""

    code = "TOKENS_TOO_MANY"
    vi = "Tài liệu GraphQL có hơn {limit} từ tố (hoặc ghi chú): hãy bỏ bớt hoặc chia nhỏ."
    en = "The document has more than {limit} tokens (or comments): shorten or split it."


class TooDeepError(LimitError):
    """Fields are nested deeper than the limit."""

    code = "DEPTH_TOO_GREAT"
    vi = "Câu hỏi lồng {given} tầng; nhiều nhất {limit}: hãy hỏi phần bên trong bằng câu riêng."
    en = "The operation nests {given} levels; at most {limit}: ask for what lies within separately."


class TooManyFieldsError(LimitError):
    """More fields are asked for than the limit."""

    code = "FIELDS_TOO_MANY"
    vi = "Câu hỏi có {given} trường (kể cả trong fragment); nhiều nhất {limit}: hãy chia nhỏ."
    en = "The operation has {given} fields (fragments followed); at most {limit}: split it."


class TooManyAliasesError(LimitError):
    """More fields are given other names than the limit."""

    code = "ALIASES_TOO_MANY"
    vi = "Câu hỏi có {given} bí danh; nhiều nhất {limit}: hãy chia nhỏ, hoặc dùng bộ lọc “in”."
    en = "The operation has {given} aliases; at most {limit}: split it, or filter by “in”."


class TooManyRootFieldsError(LimitError):
    """The operation begins with more fields than the limit."""

    code = "ROOT_FIELDS_TOO_MANY"
    vi = "Câu hỏi có {given} trường gốc; nhiều nhất {limit}: hãy gửi thành nhiều câu hỏi."
    en = "The operation has {given} root fields; at most {limit}: send several operations."


class TooManyDirectivesError(LimitError):
    """More directives are given than the limit."""

    code = "DIRECTIVES_TOO_MANY"
    vi = "Câu hỏi có {given} chỉ thị (@…); nhiều nhất {limit}: hãy bỏ bớt."
    en = "The operation has {given} directives; at most {limit}: leave some out."


class TooManyNodesError(LimitError):
    """Full pages would be more rows than the limit."""

    code = "NODES_TOO_MANY"
    vi = "Câu hỏi có thể trả về {given} dòng; nhiều nhất {limit}: hãy đặt “first” nhỏ hơn."
    en = "The operation could give {given} nodes; at most {limit}: ask for smaller pages (“first”)."


class TooCostlyError(LimitError):
    """The operation would cost more than the limit."""

    code = "COST_TOO_HIGH"
    vi = "Câu hỏi có chi phí {given}; nhiều nhất {limit}: hãy lấy trang nhỏ hơn hoặc bớt trường."
    en = "The operation costs {given}; at most {limit}: ask for smaller pages or fewer fields."
