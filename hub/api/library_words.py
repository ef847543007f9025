"""What graphql-core finds wrong with a request, told in Vietnamese.

The library has its sentences in English alone. Each that a client can cause is listed here as the
library builds it, with placeholders for what it quotes; names, types and values are carried over.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_SYNTAX: Final = {
    "Unterminated string.": "có chuỗi thiếu dấu ngoặc kép đóng.",
    "Invalid Unicode escape sequence: '{value}'.": "“{value}” không phải là mã Unicode đúng dạng.",
    "Invalid character escape sequence: '{value}'.": "không có ký tự thoát “{value}”.",
    "Invalid character within String: {point}.": "trong chuỗi không được có ký tự {point}.",
    "Invalid character: {point}.": "ký tự {point} không hợp lệ.",
    "Invalid number, expected digit but got: {point}.": (
        "số viết sai: cần một chữ số nhưng gặp {point}."
    ),
    "Invalid number, unexpected digit after 0: {point}.": (
        "số viết sai: sau số 0 ở đầu không được có {point}."
    ),
    "Invalid number, expected digit before '.', did you mean '0.{digits}'?": (
        "số viết sai: cần một chữ số trước dấu chấm, như “0.{digits}”."
    ),
    "Unexpected '..', did you mean '...'?": "không được có “..” ở đây; dấu của fragment là “...”.",
    "Unexpected single quote character ('), did you mean to use a double quote (\")?": (
        "không được dùng dấu nháy đơn ('); hãy viết chuỗi trong dấu ngoặc kép (\")."
    ),
    "Unexpected character: {point}.": "không được có ký tự {point} ở đây.",
    "Unexpected variable '${variable}' in constant value.": (
        "không được dùng biến “${variable}” trong giá trị mặc định."
    ),
    "Unexpected description, descriptions are not supported on shorthand queries.": (
        "không được viết mô tả trước câu hỏi bắt đầu bằng dấu ngoặc nhọn."
    ),
    "Unexpected description, only GraphQL definitions support descriptions.": (
        "không được viết mô tả ở đây."
    ),
    "Unexpected {token}.": "gặp {token} ở chỗ không được có.",
    "Expected {kind}, found {token}.": "cần {kind} nhưng gặp {token}.",
    "Document is nested too deeply. Parsing aborted.": "tài liệu lồng quá sâu.",
    "{token} is reserved and cannot be used for an enum value.": (
        "{token} là từ dành riêng, không làm giá trị của enum được."
    ),
}

_DOCUMENT: Final = {
    "The schema definition is not executable.": (
        "không gửi định nghĩa lược đồ được; chỉ gửi query, mutation và fragment."
    ),
    "The '{name}' definition is not executable.": (
        "không gửi định nghĩa “{name}” được; chỉ gửi query, mutation và fragment."
    ),
    "The {operation} operation is not supported by the schema.": (
        "lược đồ của bạn không có {operation}."
    ),
    "There can be only one operation named '{name}'.": "có nhiều thao tác cùng tên “{name}”.",
    "This anonymous operation must be the only defined operation.": (
        "thao tác không có tên phải là thao tác duy nhất của tài liệu."
    ),
    "Unknown type '{type}'.": "không có kiểu “{type}”.",
    "Cannot query field '{field}' on type '{type}'.": ("kiểu “{type}” không có trường “{field}”."),
    "Field '{field}' must not have a selection since type '{type}' has no subfields.": (
        "trường “{field}” có kiểu “{type}” nên không có trường con; hãy bỏ phần trong ngoặc nhọn."
    ),
    "Field '{field}' of type '{type}' must have a selection of subfields.": (
        "trường “{field}” có kiểu “{type}”: hãy nêu các trường con cần lấy trong ngoặc nhọn."
    ),
    "Fields '{field}' conflict because {reason}. "
    "Use different aliases on the fields to fetch both if this was intentional.": (
        "các trường “{field}” xung đột: {reason}. Hãy đặt bí danh khác nhau nếu muốn lấy cả hai."
    ),
    "Maximum introspection depth exceeded": "câu hỏi về lược đồ lồng quá sâu.",
    "Too many validation errors, error limit reached. Validation aborted.": (
        "có quá nhiều lỗi; phần còn lại chưa được xem."
    ),
}

_FRAGMENTS: Final = {
    "There can be only one fragment named '{name}'.": "có nhiều fragment cùng tên “{name}”.",
    "Unknown fragment '{name}'.": "không có fragment “{name}”.",
    "Fragment '{name}' is never used.": "fragment “{name}” không được dùng ở đâu.",
    "Fragment cannot condition on non composite type '{type}'.": (
        "fragment không đặt trên kiểu “{type}” được vì kiểu này không có trường."
    ),
    "Fragment '{name}' cannot condition on non composite type '{type}'.": (
        "fragment “{name}” không đặt trên kiểu “{type}” được vì kiểu này không có trường."
    ),
    "Fragment cannot be spread here as objects of type '{type}' can never be of type '{other}'.": (
        "không dùng fragment ở đây được vì kiểu “{type}” không bao giờ là kiểu “{other}”."
    ),
    "Fragment '{name}' cannot be spread here as objects of type '{type}' can never be of type "
    "'{other}'.": (
        "không dùng fragment “{name}” ở đây được vì kiểu “{type}” không bao giờ là kiểu “{other}”."
    ),
    "Cannot spread fragment '{name}' within itself via {path}.": (
        "fragment “{name}” chứa chính nó qua {path}."
    ),
    "Cannot spread fragment '{name}' within itself.": "fragment “{name}” chứa chính nó.",
}

_DIRECTIVES: Final = {
    "Unknown directive '@{name}'.": "không có chỉ thị “@{name}”.",
    "Directive '@{name}' may not be used on {location}.": (
        "không được đặt chỉ thị “@{name}” ở đây ({location})."
    ),
    "The directive '@{name}' can only be used once at this location.": (
        "chỉ thị “@{name}” chỉ được đặt một lần ở đây."
    ),
    "{directive} directive label argument must be a static string.": (
        "“label” của chỉ thị {directive} phải là một chuỗi viết sẵn."
    ),
    "Defer/Stream directive label argument must be unique.": (
        "“label” của mỗi chỉ thị @defer và @stream phải khác nhau."
    ),
    "{directive} directive cannot be used on root {operation} type '{type}'.": (
        "không được đặt chỉ thị {directive} ở gốc của {operation} (kiểu “{type}”)."
    ),
    "{directive} directive not supported on subscription operations. "
    "Disable `{name}` by setting the `if` argument to `false`.": (
        "không dùng được chỉ thị {directive} trong subscription."
    ),
    "Stream directive cannot be used on non-list field '{field}' on type '{type}'.": (
        "không được đặt chỉ thị @stream ở trường “{field}” của kiểu “{type}” vì đó không phải là "
        "danh sách."
    ),
}

_ARGUMENTS: Final = {
    "Unknown argument '{argument}' on directive '@{name}'.": (
        "chỉ thị “@{name}” không có tham số “{argument}”."
    ),
    "Unknown argument '{argument}' on field '{field}'.": (
        "trường “{field}” không có tham số “{argument}”."
    ),
    "There can be only one argument named '{argument}'.": (
        "tham số “{argument}” chỉ được ghi một lần."
    ),
    "There can be only one input field named '{field}'.": (
        "trường “{field}” của giá trị chỉ được ghi một lần."
    ),
    "Argument '{argument}' of type '{type}' is required, but it was not provided.": (
        "thiếu tham số bắt buộc “{argument}”, kiểu “{type}”."
    ),
    "Argument '{argument}' has invalid value{place}: {inner}": "“{argument}”{place}: {inner}",
}

_VARIABLES: Final = {
    "There can be only one variable named '${variable}'.": (
        "biến “${variable}” được khai báo nhiều lần."
    ),
    "Variable '${variable}' is not defined by operation '{name}'.": (
        "thao tác “{name}” không khai báo biến “${variable}”."
    ),
    "Variable '${variable}' is not defined.": "biến “${variable}” chưa được khai báo.",
    "Variable '${variable}' is never used in operation '{name}'.": (
        "biến “${variable}” không được dùng trong thao tác “{name}”."
    ),
    "Variable '${variable}' is never used.": "biến “${variable}” không được dùng ở đâu.",
    "Variable '${variable}' cannot be non-input type '{type}'.": (
        "biến “${variable}” không thể có kiểu “{type}” vì kiểu này chỉ dùng cho câu trả lời."
    ),
    "Variable '${variable}' of type '{type}' used in position expecting type '{other}'.": (
        "biến “${variable}” có kiểu “{type}” nhưng chỗ dùng nó cần kiểu “{other}”."
    ),
    "Variable '${variable}' decides what is skipped and must not be null.": (
        "“${variable}” quyết định phần nào được bỏ qua nên không được là null."
    ),
    "Variable '${variable}' has invalid value{place}: {inner}": "“${variable}”{place}: {inner}",
    "Variable values are nested too deeply.": "giá trị lồng quá sâu.",
    "Too many errors processing variables, error limit reached. Execution aborted.": (
        "có quá nhiều lỗi; phần còn lại chưa được xem."
    ),
    "Expected variable '${variable}' provided to non-null type '{type}' not to be None.": (
        "biến “${variable}” được dùng ở chỗ cần kiểu “{type}” nên không được là null."
    ),
}

_VALUES: Final = {
    "Expected a value of non-null type '{type}' to be provided.": (
        "thiếu giá trị bắt buộc, kiểu “{type}”."
    ),
    "Expected value of non-null type '{type}' not to be None.": (
        "giá trị kiểu “{type}” không được là null."
    ),
    "Expected value of type '{type}' to be an object, found: {value}.": (
        "giá trị kiểu “{type}” phải là một đối tượng, không phải {value}."
    ),
    "Expected value of type '{type}' to include required field '{field}', found: {value}.": (
        "giá trị kiểu “{type}” thiếu trường bắt buộc “{field}”: {value}."
    ),
    "Expected value of type '{type}' not to include unknown field '{key}', found: {value}.": (
        "kiểu “{type}” không có trường “{key}”: {value}."
    ),
    "Expected value of type '{type}', found: {value}.": (
        "không đọc được giá trị kiểu “{type}”: {value}."
    ),
    "Value '{value}' does not exist in '{type}' enum.": "kiểu “{type}” không có giá trị “{value}”.",
    "Enum '{type}' cannot represent non-string value: {value}.": (
        "giá trị kiểu “{type}” phải là một tên viết dạng chuỗi, không phải {value}."
    ),
    "Enum '{type}' cannot represent non-enum value: {value}.": (
        "giá trị kiểu “{type}” phải là một tên viết không có ngoặc kép, không phải {value}."
    ),
    "Int cannot represent non-integer value: {value}": "Int phải là số nguyên, không phải {value}.",
    "Int cannot represent non 32-bit signed integer value: {value}": (
        "Int phải là số nguyên 32 bit, từ -2147483648 đến 2147483647, không phải {value}."
    ),
    "Float cannot represent non numeric value: {value} (value is too large)": (
        "số {value} quá lớn đối với Float."
    ),
    "Float cannot represent non numeric value: {value} (value would lose precision)": (
        "số {value} có nhiều chữ số hơn mức Float giữ được."
    ),
    "Float cannot represent non numeric value: {value}": "Float phải là số, không phải {value}.",
    "String cannot represent a non string value: {value}": (
        "String phải là chuỗi ký tự, không phải {value}."
    ),
    "Boolean cannot represent a non boolean value: {value}": (
        "Boolean phải là true hoặc false, không phải {value}."
    ),
    "ID cannot represent value: {value}": "ID phải là chuỗi hoặc số nguyên, không phải {value}.",
    "ID cannot represent a non-string and non-integer value: {value}": (
        "ID phải là chuỗi hoặc số nguyên, không phải {value}."
    ),
    "BigInt is a whole number from {least} to {most}.": (
        "BigInt là số nguyên từ {least} đến {most}."
    ),
    "PartialDate is written 2026, 2026-09 or 2026-09-30.": (
        "PartialDate viết là 2026, 2026-09 hoặc 2026-09-30."
    ),
    "Date is written 2026-09-30.": "Date viết là 2026-09-30.",
    "DateTime is written with its offset: 2026-09-30T17:00:00+07:00.": (
        "DateTime viết kèm độ lệch giờ: 2026-09-30T17:00:00+07:00."
    ),
}

WORDINGS: Final = {
    **{f"Syntax Error: {english}": vietnamese for english, vietnamese in _SYNTAX.items()},
    **_DOCUMENT,
    **_FRAGMENTS,
    **_DIRECTIVES,
    **_ARGUMENTS,
    **_VARIABLES,
    **_VALUES,
}
"""The library's sentence → Vietnamese; of two that fit, the first is meant."""

_TOKENS: Final = {
    "<EOF>": "chỗ hết tài liệu",
    "Name": "tên",
    "Int": "số nguyên",
    "Float": "số thập phân",
    "String": "chuỗi",
    "BlockString": "chuỗi nhiều dòng",
}
_TOKEN: Final = re.compile(r"(<EOF>|\w+)?(?: ?'(.*)')?", re.DOTALL)

_REASON: Final = re.compile(
    r"(?P<below>subfields '(?P<name>[^']*)' conflict because )"
    r"|(?P<fields>'(?P<one>[^']*)' and '(?P<other>[^']*)' are different fields)"
    r"|(?P<types>they return conflicting types '(?P<type>[^']*)' and '(?P<second>[^']*)')"
    r"|(?P<arguments>they have differing arguments)"
    r"|(?P<stream>they have overlapping stream directives(?:\. See \S*\d)?)"
    r"|(?P<next> and )"
)
_REASONS: Final = {
    "below": "trường con “{name}” xung đột: ",
    "fields": "“{one}” và “{other}” là hai trường khác nhau",
    "types": "kiểu trả về khác nhau (“{type}” và “{second}”)",
    "arguments": "tham số khác nhau",
    "stream": "chỉ thị @stream chồng lên nhau",
    "next": "; ",
}

# Nothing that a client may write as it likes stands beside another such thing, so that however long
# it is the search does not go back and forth.
_SHAPES: Final = {
    "value": ".*",
    "key": ".*?",
    "token": ".*",
    "inner": ".*",
    "reason": ".*",
    "path": ".*",
    "directive": "Defer|Stream",
    "place": r"(?: at [^:]*)?",
    "kind": r"'[^']*'|<EOF>|\w+",
    "point": r"'.'|\S+",
    "least": r"-?\d+",
    "most": r"-?\d+",
}
_ONE_NAME: Final = "[^'`]*"


def in_vietnamese(message: str) -> str:
    """Return the library's *message* in Vietnamese, or as it is where it has none."""
    return find_vietnamese(message) or message


def find_vietnamese(message: str) -> str | None:
    """Return the library's *message* in Vietnamese, if it is known."""
    found = _find(message)
    if found is None:
        return None
    english, parts = found
    told = {name: _PARTS.get(name, str)(part) for name, part in parts.items()}
    return WORDINGS[english].format(**told)


def find_wording(message: str) -> str | None:
    """Return the sentence of ``WORDINGS`` that *message* is."""
    found = _find(message)
    return None if found is None else found[0]


def _find(message: str) -> tuple[str, dict[str, str]] | None:
    for english, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(message):
            return english, found.groupdict()
    return None


def _fault(text: str) -> str:
    """Return what is wrong with a value; it is told once where it is."""
    found = _find(text)
    return text if found is None or "inner" in found[1] else in_vietnamese(text)


def _token(text: str) -> str:
    """Return what kind of token *text* is, and what it holds."""
    found = _TOKEN.fullmatch(text)
    if found is None:
        return text
    kind, value = found.groups()
    words = [] if kind is None else [_TOKENS.get(kind, kind)]
    return " ".join([*words, *([] if value is None else [f"“{value}”"])])


def _point(text: str) -> str:
    return f"“{text[1:-1]}”" if text.startswith("'") else _TOKENS.get(text, text)


def _place(text: str) -> str:
    return text.replace(" at ", " tại ", 1)


def _names(text: str) -> str:
    return re.sub("'([^']*)'", r"“\1”", text)


def _reason(text: str) -> str:
    """Return why fields conflict; the library ends in the middle of what is too long."""
    told, end = "", 0
    for found in _REASON.finditer(text):
        if found.start() != end:
            break
        told += _REASONS[str(found.lastgroup)].format(**found.groupdict())
        end = found.end()
    return told if end == len(text) else f"{told}…"


_PARTS: Final[dict[str, Callable[[str], str]]] = {
    "inner": _fault,
    "kind": _token,
    "token": _token,
    "directive": lambda text: f"@{text.lower()}",
    "point": _point,
    "place": _place,
    "path": _names,
    "reason": _reason,
}


def _pattern(english: str) -> re.Pattern[str]:
    pieces = []
    for words, part, _, _ in Formatter().parse(english):
        pieces.append(re.escape(words))
        if part is not None:
            pieces.append(f"(?P<{part}>{_SHAPES.get(part, _ONE_NAME)})")
    return re.compile("".join(pieces), re.DOTALL)


_PATTERNS: Final = {english: _pattern(english) for english in WORDINGS}
