"""What keeps an act from happening, whichever it is."""

from __future__ import annotations

from hub.errors import HubError


class ForbiddenError(HubError):
    """The act is not the caller's, or is about something that is not there: it looks the same."""

    code = "FORBIDDEN"
    vi = "Không thực hiện được: không có đối tượng này, hoặc việc này ngoài quyền của bạn."
    en = "Not done: there is no such thing, or the act is beyond your rights."


class UnknownAgencyError(HubError):
    """There is no such agency."""

    code = "AGENCY_UNKNOWN"
    vi = "Không có cơ quan “{agency}”; xem mã trong truy vấn agencies."
    en = "There is no agency “{agency}”; the query agencies lists the codes."


class GroupAgencyError(HubError):
    """A class of agencies holds nothing; its members do."""

    code = "AGENCY_IS_GROUP"
    vi = "“{agency}” là một nhóm cơ quan; hãy nêu một thành viên, ví dụ {agency}.00004."
    en = "“{agency}” is a class of agencies; name a member, for example {agency}.00004."


class ReasonMissingError(HubError):
    """A right that goes beyond the plan needs a reason."""

    code = "REASON_MISSING"
    vi = "Hãy nêu lý do, ít nhất {least} ký tự."
    en = "Give a reason of at least {least} letters."


class ValidityError(HubError):
    """A right given for a time ends in the future, and not too late."""

    code = "VALIDITY_INVALID"
    vi = "Thời điểm hết hiệu lực phải ở tương lai và không quá {most} giờ nữa."
    en = "The right must end in the future, within {most} hours."
