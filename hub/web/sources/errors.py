"""What is refused at the door of deliveries, before anything of them is looked at."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar

from hub.ingest.formats import refusals
from hub.web.refusals import RefusalError

if TYPE_CHECKING:
    from collections.abc import Mapping


class BatchUnknownError(RefusalError):
    """There is no such batch for whoever asks."""

    status = HTTPStatus.NOT_FOUND
    code = "BATCH_UNKNOWN"
    vi = "Không có lô nhập nào như vậy."
    en = "There is no such batch."


class DeliveryFormatError(RefusalError):
    """What is sent is declared to be nothing that can be read."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "DELIVERY_FORMAT"
    vi = (
        "Nội dung gửi lên phải là NDJSON, CSV hoặc XLSX, không nén. Hãy ghi Content-Type: "
        "application/x-ndjson, text/csv hoặc "
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet."
    )
    en = (
        "A delivery is NDJSON, CSV or XLSX, not compressed. Say so by Content-Type: "
        "application/x-ndjson, text/csv or "
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet."
    )


class IdempotencyKeyMalformedError(RefusalError):
    """The key under which something is sent cannot be one."""

    code = "IDEMPOTENCY_KEY_MALFORMED"
    vi = "Idempotency-Key phải có từ 1 đến 255 ký tự ASCII nhìn thấy được, và chỉ ghi một lần."
    en = "An Idempotency-Key has 1 to 255 visible ASCII characters, and is sent once."


class DigestMalformedError(RefusalError):
    """A digest is declared that cannot be read."""

    code = "DIGEST_MALFORMED"
    vi = "Content-Digest không đọc được: hãy ghi sha-256=:…:, với mã băm viết theo base64."
    en = "The Content-Digest cannot be read: send sha-256=:…:, with the digest in base64."


class DigestMismatchError(RefusalError):
    """What came is not what was sent."""

    code = "DIGEST_MISMATCH"
    vi = "Nội dung nhận được không khớp mã băm đã khai báo: hãy gửi lại."
    en = "What arrived does not match the declared digest: send it again."


class DeliveryEmptyError(RefusalError):
    """Nothing was sent."""

    code = "DELIVERY_EMPTY"
    vi = "Yêu cầu không có nội dung: hãy gửi tệp trong thân yêu cầu."
    en = "The request has no content: send the file as its body."


class DeliveryTooLargeError(RefusalError, refusals.DeliveryTooLargeError):
    """A delivery is larger than the limit; how much larger, nobody waits to see."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    vi = "Nội dung gửi lên dài hơn {limit} byte. Hãy chia thành nhiều lô."
    en = "The delivery is longer than {limit} bytes. Split it into several batches."
    # The rest of the body is not waited for.
    headers: ClassVar[Mapping[str, str]] = {"connection": "close"}


class DeliverySlowError(RefusalError):
    """Whoever sends has stopped sending."""

    status = HTTPStatus.REQUEST_TIMEOUT
    code = "DELIVERY_SLOW"
    vi = "Không nhận thêm dữ liệu nào trong {seconds} giây: hãy kiểm tra đường truyền và gửi lại."
    en = "Nothing more came for {seconds} seconds: check the connection and send it again."
    headers: ClassVar[Mapping[str, str]] = {"connection": "close"}


class NoRoomError(RefusalError):
    """The delivery cannot be written down."""

    status = HTTPStatus.INSUFFICIENT_STORAGE
    code = "DELIVERY_NOT_KEPT"
    vi = "Hệ thống chưa lưu được nội dung gửi lên: hãy gửi lại sau ít phút."
    en = "The hub could not keep the delivery: send it again in a few minutes."
    headers: ClassVar[Mapping[str, str]] = {"retry-after": "60"}
