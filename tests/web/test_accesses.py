"""What the audit trail is told of a request."""

from __future__ import annotations

from hub.access.principal import Principal
from hub.access.readers import Reader
from hub.api.answers import Answer
from hub.api.execution import Request
from hub.audit.access import Origin
from hub.errors import Language
from hub.web.accesses import served


def test_of_an_answer_is_told_whence_it_was_asked_and_by_which_program() -> None:
    request = Request(
        "{ __typename }",
        None,
        None,
        None,
        Principal(Reader.SCOPED, 7, "hn.so-y-te", client="thong-ke"),
        Language.VI,
        origin=Origin("http", "number", "192.0.2.1", traceparent="trace"),
    )
    told = served(request, Answer(b"{}", is_request_error=False), 0.25)
    assert told.origin == Origin("http", "number", "192.0.2.1", "thong-ke", "trace")
    assert (told.account, told.agency, told.seconds) == (7, "hn.so-y-te", 0.25)
