"""Why a delivery cannot be read at all."""

from __future__ import annotations

from hub.errors import HubError
from hub.ingest.delivered import DeliveryRefusedError


class FileKindError(HubError):
    """A file's name does not say what is in it."""

    code = "DELIVERY_FILE_KIND"
    vi = "Chưa biết cách đọc {file}: tên tệp phải có đuôi .ndjson, .jsonl, .csv, .tsv hoặc .xlsx."
    en = "What {file} is written in is not known: name it .ndjson, .jsonl, .csv, .tsv or .xlsx."


class DeliveryTooLargeError(DeliveryRefusedError):
    """The delivery has more bytes than one may have."""

    code = "DELIVERY_TOO_LARGE"
    vi = "Tệp lớn {size} byte; nhiều nhất {limit}: hãy chia thành nhiều tệp."
    en = "The file has {size} bytes; at most {limit}: divide it."


class TooManyRowsError(DeliveryRefusedError):
    """A workbook has more rows than one may have."""

    code = "DELIVERY_ROWS_TOO_MANY"
    vi = "Bảng tính có hơn {limit} dòng: hãy chia thành nhiều tệp hoặc gửi CSV."
    en = "The workbook has more than {limit} rows: divide it, or send CSV."


class TooManyColumnsError(DeliveryRefusedError):
    """A table has more columns than one may have."""

    code = "DELIVERY_COLUMNS_TOO_MANY"
    vi = "Bảng có hơn {limit} cột."
    en = "The table has more than {limit} columns."


class WrongFormatError(DeliveryRefusedError):
    """The content is not what it was sent as."""

    code = "DELIVERY_NOT_OF_FORMAT"
    vi = "Nội dung không phải {format}: hãy lưu lại đúng định dạng rồi gửi."
    en = "The content is no {format}: save it in that format and send it again."


class UnreadableTextDeliveryError(DeliveryRefusedError):
    """The letters are in no encoding that is known, or in another than was said."""

    code = "TEXT_ENCODING_UNKNOWN"
    vi = "Không đọc được chữ trong tệp: hãy lưu dưới dạng CSV UTF-8 rồi gửi lại."
    en = "The letters of the file cannot be read: save it as CSV UTF-8 and send it again."


class MalformedDeliveryError(DeliveryRefusedError):
    """From this line on the text has no rows."""

    code = "DELIVERY_MALFORMED"
    vi = "Từ dòng {line} không còn hiểu được tệp (dấu ngoặc kép mở mà không đóng?)."
    en = "From line {line} on the file cannot be understood (a quote that is never closed?)."


class HeadingMissingError(DeliveryRefusedError):
    """The table has no line that names the columns it must have."""

    code = "HEADING_MISSING"
    vi = "Không thấy dòng tiêu đề có đủ các cột: {columns}."
    en = "No heading was found that has all of these columns: {columns}."


class ColumnTwiceError(DeliveryRefusedError):
    """Two columns go by one name."""

    code = "COLUMN_TWICE"
    vi = "Có hai cột cùng là “{column}”: hãy bỏ một cột."
    en = "Two columns are “{column}”: remove one."


class SheetMissingError(DeliveryRefusedError):
    """The workbook lacks a sheet that the mapping reads."""

    code = "SHEET_MISSING"
    vi = "Bảng tính không có trang “{sheet}”."
    en = "The workbook has no sheet “{sheet}”."


class TooManyCellsError(DeliveryRefusedError):
    """A sheet spans more cells than one may span."""

    code = "DELIVERY_CELLS_TOO_MANY"
    vi = "Một trang của bảng tính trải trên hơn {limit} ô: hãy xóa các ô ở xa bảng số liệu."
    en = "A sheet of the workbook spans more than {limit} cells: delete those far from the table."


class ArchiveExpandsTooFarError(DeliveryRefusedError):
    """A workbook unfolds into more than any workbook of figures does."""

    code = "ARCHIVE_EXPANDS_TOO_FAR"
    vi = "Bảng tính khi giải nén vượt quá {limit}, nên không được mở."
    en = "The workbook unfolds into more than {limit} and was not opened."


class XmlEntitiesError(DeliveryRefusedError):
    """A part of a workbook declares a document type, which no spreadsheet program writes."""

    code = "XML_ENTITIES_REFUSED"
    vi = "Bảng tính chứa khai báo XML không được phép, nên không được mở."
    en = "The workbook has XML declarations that are not allowed and was not opened."


class MacrosError(DeliveryRefusedError):
    """A workbook brings a program with it."""

    code = "MACROS_REFUSED"
    vi = "Bảng tính có macro: hãy lưu thành .xlsx không có macro rồi gửi lại."
    en = "The workbook has macros: save it as .xlsx without macros and send it again."


class PartsUnseenError(DeliveryRefusedError):
    """A workbook brings along what cannot be looked at, and would be kept with the rest."""

    code = "WORKBOOK_PARTS_REFUSED"
    vi = (
        "Bảng tính có kèm {what_vi}, nơi hub không xem được bên trong: hãy xóa đi, hoặc chép bảng "
        "số liệu sang một tệp mới (dán giá trị), rồi lưu thành .xlsx và gửi lại."
    )
    en = (
        "The workbook brings along {what_en}, which the hub cannot look into: remove that, or copy "
        "the table into a new file (paste values), save it as .xlsx and send it again."
    )
