"""Why a source could not be fetched from; the records that came before stay committed."""

from __future__ import annotations

from hub.errors import HubError


class SourceUnreachableError(HubError):
    """The source did not answer, however often it was asked."""

    code = "SOURCE_UNREACHABLE"
    vi = "Không kết nối được với nguồn dữ liệu sau {tries} lần: {reason}. Hub sẽ thử lại sau."
    en = "The source did not answer {tries} times: {reason}. The hub will try again."


class SourceBusyError(HubError):
    """The source asks to be left alone for longer than a job waits."""

    code = "SOURCE_BUSY"
    vi = "Nguồn dữ liệu yêu cầu chờ {seconds} giây."
    en = "The source asks to wait for {seconds} seconds."

    def __init__(self, *, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(seconds=round(seconds))


class SourceRefusesError(HubError):
    """The source refuses to answer the hub."""

    code = "SOURCE_REFUSES"
    vi = "Nguồn dữ liệu từ chối hub (HTTP {status}): hãy kiểm tra tài khoản và địa chỉ."
    en = "The source refuses the hub (HTTP {status}): check the account and the address."


class SourceUnreadableError(HubError):
    """The source answers something else than was agreed."""

    code = "SOURCE_UNREADABLE"
    vi = "Nguồn dữ liệu trả lời không đúng thỏa thuận: {reason}."
    en = "The source does not answer as agreed: {reason}."


class SourceTooEarlyError(HubError):
    """The source gives more for periods that are not over than can wait for their end."""

    code = "SOURCE_TOO_EARLY"
    vi = (
        "Nguồn dữ liệu đã gửi hơn {limit} số liệu của các kỳ chưa kết thúc: hub chưa lấy tiếp. Hãy "
        "đề nghị đơn vị chủ quản chỉ gửi số liệu của kỳ đã kết thúc."
    )
    en = (
        "The source has given more than {limit} figures of periods that are not over: the hub "
        "fetches no further. Ask its owner to give only those of periods that are."
    )


class SourceShrankError(HubError):
    """So much has vanished from a source that it may itself be broken."""

    code = "SOURCE_SHRANK"
    vi = (
        "Nguồn dữ liệu mất {gone} trên {known} dòng: chưa rút lại gì. Hãy hỏi đơn vị chủ quản; "
        "nếu đúng là đã xóa thì cho phép bằng lệnh: hub ingest MÃ-NGUỒN --may-shrink."
    )
    en = (
        "{gone} of {known} rows have vanished from the source: nothing was withdrawn. Ask its "
        "owner; if they were deleted on purpose, allow it: hub ingest SOURCE --may-shrink."
    )


class FileClosedError(HubError):
    """The hub may not read a file that was left for it."""

    code = "DELIVERY_FILE_CLOSED"
    vi = "Hub không có quyền đọc tệp {file}: hãy cho phép đọc rồi để tệp lại thư mục."
    en = "The hub may not read the file {file}: let it, and leave the file there again."
