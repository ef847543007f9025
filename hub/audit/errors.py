"""What can be wrong with the audit trail, said to whoever runs the hub."""

from __future__ import annotations

from hub.errors import HubError


class TrailBehindError(HubError):
    """Accesses cannot be recorded, so none is given."""

    code = "AUDIT_UNAVAILABLE"
    vi = (
        "Không ghi được nhật ký truy cập vào {folder} ({reason}) nên không trả lời: hãy kiểm tra "
        "dung lượng và quyền ghi của ổ đĩa."
    )
    en = (
        "The audit trail cannot be written to {folder} ({reason}), so nothing is answered: check "
        "the disk's space and permissions."
    )


class AuditKeyError(HubError):
    """The file does not hold a key that heads can be signed with."""

    code = "AUDIT_KEY_UNUSABLE"
    vi = "Không dùng được khóa ký nhật ký {file} ({reason}): hãy sửa HUB_AUDIT_KEY hoặc quyền tệp."
    en = "The audit key {file} cannot be used ({reason}): correct HUB_AUDIT_KEY or the file's mode."


class HeadsUnreadableError(HubError):
    """A folder of signed heads holds something else."""

    code = "AUDIT_HEADS_UNREADABLE"
    vi = "Không đọc được đầu chuỗi đã ký {file}: hãy lấy lại bản sao từ nơi lưu giữ."
    en = "The signed head {file} cannot be read: fetch it again from where it is kept."


class AuditFolderMissingError(HubError):
    """What the trail is to be compared with is not where it was said to be."""

    code = "AUDIT_FOLDER_MISSING"
    vi = "Không có thư mục {folder}: hãy ghi đúng nơi lưu các đầu chuỗi hoặc tệp lưu trữ."
    en = "There is no folder {folder}: name the one that the heads or archives are kept in."


class ArchiveUnreadableError(HubError):
    """A file among archives is none, or has no end."""

    code = "AUDIT_ARCHIVE_UNREADABLE"
    vi = "Không đọc được tệp lưu trữ nhật ký {file}: hãy lấy lại bản sao từ nơi lưu giữ."
    en = "The archive {file} cannot be read to its end: fetch it again from where it is kept."


class NothingToArchiveError(HubError):
    """No signed head closes entries that are old enough and not archived yet."""

    code = "AUDIT_NOTHING_TO_ARCHIVE"
    vi = "Không có gì mới để lưu trữ: chưa có đầu chuỗi đã ký nào trước ngày này sau lần lưu trước."
    en = "There is nothing new to archive: no head was signed before that day since the last one."


class TrailBrokenError(HubError):
    """An entry of the audit trail is not as it was kept; it is the first that is not."""

    code = "AUDIT_BROKEN"


class EntryDeletedError(TrailBrokenError):
    """There is no such entry any more."""

    vi = "Nhật ký hỏng từ bản ghi số {sequence}: bản ghi này đã bị xóa."
    en = "The trail is broken from entry {sequence} on: it was deleted."


class EntryAlteredError(TrailBrokenError):
    """Something in the entry was changed."""

    vi = "Nhật ký hỏng từ bản ghi số {sequence}: nội dung bị sửa."
    en = "The trail is broken from entry {sequence} on: it was altered."


class EntryInsertedError(TrailBrokenError):
    """The entry was put in, and those behind it numbered anew."""

    vi = "Nhật ký hỏng từ bản ghi số {sequence}: bản ghi này được chèn thêm."
    en = "The trail is broken from entry {sequence} on: it was inserted."


class EntryMovedError(TrailBrokenError):
    """Another entry stands in the place: that one was deleted, or the order changed."""

    vi = "Nhật ký hỏng từ bản ghi số {sequence}: bản ghi bị xóa hoặc đổi chỗ, số thứ tự bị sửa."
    en = "The trail is broken from entry {sequence} on: it was deleted or moved, and renumbered."


class EntryReplacedError(TrailBrokenError):
    """The entry agrees with itself, and not with what the next says of it."""

    vi = "Nhật ký hỏng từ bản ghi số {sequence}: bị thay bằng bản ghi khác."
    en = "The trail is broken from entry {sequence} on: it was replaced by another."


class ChainRewrittenError(TrailBrokenError):
    """The chain agrees with itself, and not with what was signed."""

    vi = "Nhật ký hỏng từ bản ghi số {sequence}: chuỗi được dựng lại, khác chữ ký ở số {head}."
    en = (
        "The trail is broken from entry {sequence} on: rewritten, unlike what was signed at {head}."
    )


class TailCutError(TrailBrokenError):
    """A head speaks of entries that are not there."""

    vi = "Nhật ký hỏng từ bản ghi số {sequence}: đuôi bị cắt, chữ ký đã có đến số {head}."
    en = "The trail is broken from entry {sequence} on: its tail was cut, signed up to {head}."


class SignatureBadError(TrailBrokenError):
    """A head is not signed by a key that is known."""

    vi = "Nhật ký hỏng từ bản ghi số {sequence}: chữ ký ở số {head} không đúng."
    en = "The trail is broken from entry {sequence} on: the signature at {head} is not good."
