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


class TrailBrokenError(HubError):
    """An entry of the audit trail is not as it was kept."""

    code = "AUDIT_BROKEN"
    vi = "Nhật ký truy cập hỏng từ bản ghi số {sequence}: {what_vi}."
    en = "The audit trail is broken from entry {sequence} on: {what_en}."
