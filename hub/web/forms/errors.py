"""What is refused about forms over HTTP."""

from __future__ import annotations

from http import HTTPStatus

from typing_extensions import override

from hub.errors import HubError, Language
from hub.web.refusals import RefusalError


class PeriodNeededError(RefusalError):
    """A form is asked for and no period is named."""

    code = "PERIOD_NEEDED"
    vi = "Hãy nêu kỳ báo cáo, ví dụ ?period=2026-09."
    en = "Name the period, for example ?period=2026-09."


class OtherWorkbookError(RefusalError):
    """The workbook to be marked is not the one that the batch was made of."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "OTHER_WORKBOOK"
    vi = "Tệp này không phải tệp đã gửi trong lô đó: hãy chọn đúng tệp đã gửi."
    en = "This is not the file that was sent in that batch: choose the file that was sent."


class WorkbookRefusedError(RefusalError):
    """The workbook cannot be read; what is said is the reader's."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "WORKBOOK_REFUSED"
    vi = "Không đánh dấu được biểu: {reason}"
    en = "The form cannot be marked: {reason}"

    def __init__(self, reason: HubError) -> None:
        self._reason = reason
        super().__init__(reason=reason.sentence(Language.EN))

    @override
    def sentence(self, language: Language) -> str:
        """Return what the reader says, in *language*."""
        template = self.vi if language is Language.VI else self.en
        return template.format(reason=self._reason.sentence(language))
