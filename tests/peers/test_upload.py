"""The page of reports in a real browser: signing in, taking a form away, sending it, being told."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import func, select

from hub.access.principal import LOADER
from hub.api.execution import Executor
from hub.audit.trail import NO_TRAIL
from hub.clock import VIETNAM, system_clock
from hub.database.transaction import Mode, begin
from hub.ingest.batch.deliveries import Deliveries
from hub.ingest.batch.processing import Workshop
from hub.ingest.batch_work import batch_kind
from hub.ingest.development_sources import load_development_sources
from hub.ingest.submissions import keep_submissions
from hub.jobs.worker import Worker
from hub.model.intake import batch
from hub.model.measurement import observation
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.authenticate import Authenticator
from hub.web.clients import Allowance, Clients
from hub.web.console import Persona
from hub.web.development import DevelopmentIssuer
from hub.web.forms.page import SignIn, UploadPage
from hub.web.forms.templates import Forms
from hub.web.identity.issuers import Issuer
from hub.web.identity.provider import ProviderKeys
from hub.web.sources.endpoint import Door
from tests.deploy.installation import free_port
from tests.ingest.formats.books import write_book
from tests.ingest.workbook.books import comments_of, fill
from tests.jobs.working import working as beside
from tests.peers.browsing import Browser, browsing
from tests.peers.provider import providing
from tests.web.identity.authority import HOST, make_authority
from tests.web.identity.minting import elliptic
from tests.web.identity.served import give_account
from tests.web.serving import ready, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.types import ASGIApp

    from hub.database.engine import Database

pytestmark = pytest.mark.peers

WARD: Final = "hn.ubnd-cap-xa.00004"
NAME: Final = "Ủy ban nhân dân phường Ba Đình"
FORM: Final = "hn.da5.bieu-xa.thang.00004.2026-09.xlsx"
TAKE: Final = "#owed tr:nth-child({line}) button"
LOST: Final = "Mất kết nối: hãy thử lại."
ENDED: Final = "Phiên đăng nhập đã hết, hoặc tài khoản chưa được mở ở đây"
RIGHT: Final = {"G8": 5, "D9": 1, "F9": 2, "D10": 1, "F10": 2, "G11": 3, "G13": 4}
"""The compulsory cells of the form, filled in so that nothing is wrong."""


def october() -> datetime:
    """Return a moment at which September is over, and in time."""
    return datetime(2026, 10, 1, 9, tzinfo=VIETNAM)


@dataclass
class Ahead:
    """A clock that can be put forward."""

    by: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        """Return what the clock says."""
        return system_clock() + self.by


@dataclass(frozen=True, slots=True)
class Desk:
    """An officer's desk: a browser, the hub that is at ``url``, and where one signs in to it."""

    browser: Browser
    database: Database
    url: str
    issuer: str
    clock: Ahead

    async def take(self) -> Path:
        """Take the form of September away, as the page offers it."""
        await self.browser.see("#owed", "2026-09")
        forms = await self.browser.evaluate(
            "[...document.querySelectorAll('#owed tr')].map(({ innerText }) => innerText)"
        )
        [line] = [
            at
            for at, text in enumerate(forms, 1)
            if "2026-09" in text and text.startswith("Báo cáo tháng")
        ]
        path = await self.browser.save(TAKE.format(line=line))
        assert path.name == FORM
        return path

    async def passed(self) -> list[list[str | float | None]]:
        """Return each state and progress that was to be seen on the page."""
        seen: list[list[str | float | None]] = await self.browser.evaluate("window.passed")
        return seen

    async def counts(self) -> dict[str, str]:
        """Return the numbers of the report by what they are called."""
        pairs: dict[str, str] = await self.browser.evaluate(
            "Object.fromEntries([...document.querySelectorAll('#counts div')]"
            ".map(({ children: [term, number] }) => [term.innerText, number.innerText]))"
        )
        return pairs

    async def troubles(self) -> list[list[str]]:
        """Return the cells of the table of what is wrong."""
        rows: list[list[str]] = await self.browser.evaluate(
            "[...document.querySelectorAll('#rows tr')]"
            ".map(({ cells }) => [...cells].map(({ innerText }) => innerText))"
        )
        return rows

    async def kept(self) -> tuple[list[tuple[str, str, str | None]], int]:
        """Return the batches of the hub, and how many figures it has."""
        async with begin(self.database, LOADER, Mode.READ) as transaction:
            batches = await transaction.fetch(
                select(batch.c.status, batch.c.channel, batch.c.refusal).order_by(
                    batch.c.received_at
                )
            )
            [[figures]] = await transaction.fetch(select(func.count()).select_from(observation))
        return [(*row,) for row in batches], figures

    async def complaints(self) -> list[str]:
        """Return what the browser has against the hub's pages."""
        return await self.browser.complaints(self.url)


def application(
    database: Database,
    home: Path,
    authenticate: Authenticator,
    page: UploadPage,
    options: WebOptions,
) -> ASGIApp:
    """Return the hub with the page, the forms and the door, as it is in autumn."""
    clients, deliveries = Clients(Allowance()), Deliveries.of(home)
    executor = Executor(database, october, closed=not options.development)
    routes = [
        *Forms(database, authenticate, clients, deliveries, trail=NO_TRAIL).routes(),
        *Door(database, authenticate, clients, deliveries, 10**8, trail=NO_TRAIL).routes(),
        *page.routes(),
    ]
    parts = WebParts(executor, authenticate, ready, clients=clients, routes=routes, trail=NO_TRAIL)
    return create_app(parts, options)


@pytest.fixture
async def owing(undemonstrated: Database) -> Database:
    """A database in which the ward owes its report of September."""
    await load_development_sources(undemonstrated)
    await keep_submissions(undemonstrated, october)
    return undemonstrated


@asynccontextmanager
async def working(database: Database, home: Path) -> AsyncIterator[None]:
    """Have a worker that takes batches through, in October."""
    shop = Workshop(database, Deliveries.of(home), october)
    async with beside(Worker(database, [batch_kind(shop)])):
        yield


@pytest.fixture
async def desk(owing: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk before a development hub, where one is the ward without signing in."""
    clock = Ahead()
    issuer = DevelopmentIssuer.of(tmp_path, system_clock)
    page = UploadPage(personas=lambda: [Persona(NAME, issuer.token(WARD))])
    authenticate = Authenticator(owing, clock, issuer)
    app = application(owing, tmp_path, authenticate, page, WebOptions(development=True))
    async with (
        serving(app) as url,
        working(owing, tmp_path),
        browsing(tmp_path) as browser,
    ):
        await browser.open(f"{url}/upload")
        await browser.see("#who", NAME)
        yield Desk(browser, owing, url, issuer.name, clock)


async def test_a_report_is_taken_filled_in_and_sent(desk: Desk) -> None:
    """Chosen with the button, as it is; nothing is to be corrected, and all of it is drafts."""
    path = fill(await desk.take(), RIGHT)
    await desk.browser.choose("#file", path)
    await desk.browser.see("#outcome", "Đã nhận toàn bộ.")
    assert await desk.counts() == {"đã đọc": "5", "mới": "5"}
    assert await desk.troubles() == []
    assert not await desk.browser.is_shown("#marked")
    seen = await desk.passed()
    assert seen[0] == [f"Đang gửi {FORM}…", 0]
    assert ["Đã gửi, đang chờ kiểm tra…", 100] in seen
    assert seen[-1] == ["", None]
    assert await desk.kept() == ([("done", "upload", None)], 5)
    assert await desk.complaints() == []


async def test_a_mistake_in_what_is_dropped_comes_back_marked(desk: Desk) -> None:
    """In the officer's own workbook; corrected in it and dropped again, all of it is taken."""
    path = fill(await desk.take(), {**RIGHT, "G11": "ba"})
    await desk.browser.drop("#drop", path)
    await desk.browser.see("#outcome", "Đã nhận; còn dòng cần sửa.")
    assert await desk.counts() == {"đã đọc": "5", "mới": "4", "không nhận": "1"}
    [[line, column, found, expected, code, handling]] = await desk.troubles()
    assert (line, found, handling) == ("11", "ba", "không nhận")
    assert column
    assert expected
    assert code.isupper()

    marked = await desk.browser.save("#marked")
    assert marked.name == f"can-sua.{FORM}"
    [(place, comment)] = comments_of(marked)
    assert place == "G11"
    assert expected in comment
    assert await desk.kept() == ([("done", "upload", None)], 4)

    await desk.browser.drop("#drop", fill(marked, {"G11": 3}))
    await desk.browser.see("#outcome", "Đã nhận toàn bộ.")
    assert await desk.counts() == {"đã đọc": "5", "mới": "1", "không đổi": "4"}
    assert [f"Đang gửi can-sua.{FORM}…", 0] in await desk.passed()
    assert await desk.complaints() == []


async def test_what_may_not_be_sent_is_refused_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    """And where it was let go of beside the place for it, the page stays as it is."""
    columns = ["indicator", "area", "period", "value", "Họ và tên"]
    row = ["hn.da5.so-nguoi-nghien", "00004", "2026-09", 1, "Nguyễn Văn An"]
    path = write_book(tmp_path / "danh-sach.xlsx", {"Trang": [columns, row]})
    await desk.browser.drop("h1", path)
    await desk.take()
    assert [each.name for each in desk.browser.folder.glob("*.xlsx")] == [FORM]
    assert not await desk.browser.is_shown("#report")
    await desk.browser.drop("#drop", path)
    refused = "Tệp không được nhận, hệ thống không giữ lại nội dung."
    outcome = await desk.browser.see("#outcome", refused)
    assert "Hub chỉ nhận số liệu tổng hợp: hãy bỏ thông tin về cá nhân rồi gửi lại." in outcome
    assert outcome.endswith("(PERSONS_REFUSED)")
    assert "Nguyễn" not in await desk.browser.see("body", NAME)
    assert not await desk.browser.is_shown("#marked")
    plain = tmp_path / "so-lieu.csv"
    plain.write_text("indicator\n")
    await desk.browser.drop("#drop", plain)
    await desk.browser.see("#notice", "Chỉ nhận tệp .xlsx.")
    assert await desk.complaints() == []
    batches, figures = await desk.kept()
    assert batches == [("refused", "upload", "PERSONS_REFUSED")]
    assert figures == 0


async def test_what_cannot_be_reached_is_told(desk: Desk) -> None:
    """And what the page's policy forbids is told by the browser, on which the others rely."""
    path = await desk.take()
    asked = "fetch('https://elsewhere.example/').then(() => 'told', () => 'held')"
    assert await desk.browser.evaluate(asked) == "held"
    complaints = await desk.complaints()
    assert any("Content Security Policy" in each for each in complaints)
    await desk.browser.cut()
    await desk.browser.drop("#drop", path)
    await desk.browser.see("#notice", LOST)
    await desk.browser.evaluate("document.getElementById('notice').replaceChildren()")
    await desk.browser.click(TAKE.format(line=1))
    await desk.browser.see("#notice", LOST)
    assert await desk.kept() == ([], 0)


@pytest.fixture
async def signing(owing: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk before a hub as in production, with TLS and a provider at which one signs in."""
    authority, clock = make_authority(tmp_path), Ahead()
    issuer, port = f"https://{HOST}:{free_port()}", free_port()
    origin = f"https://{HOST}:{port}"
    await give_account(owing, issuer, "officer", WARD)
    keys = ProviderKeys(issuer, system_clock, authority.trust())
    authenticate = Authenticator(owing, clock, Issuer(name=issuer, audience="hub", keys=keys))
    page = UploadPage(SignIn(issuer, "hub-web", "hub"))
    app = application(owing, tmp_path, authenticate, page, WebOptions(origin=origin))
    told = {
        "ISSUER": issuer,
        "RESOURCE": "https://hub.example",
        "REDIRECT": f"{origin}/upload",
        "CERTIFICATE": str(authority.certificate),
        "CLIENT_KEY": json.dumps(elliptic("machine").jwk),
    }
    async with (
        providing(told),
        serving(app, port=port, certificate=authority.certificate),
        working(owing, tmp_path),
        browsing(tmp_path) as browser,
    ):
        await browser.open(f"{origin}/upload")
        yield Desk(browser, owing, origin, issuer, clock)


async def sign_in(desk: Desk) -> None:
    """Sign in as the officer on the provider's own pages, and agree."""
    browser = desk.browser
    await browser.click("#signin")
    await browser.fill("input[name=login]", "officer")
    await browser.fill("input[name=password]", "any")
    await browser.click("button[type=submit]")
    await browser.click("button[autofocus]:not(:disabled)")


async def test_an_officer_signs_in_sends_and_leaves_no_token_behind(signing: Desk) -> None:
    """Nor has the browser one in any address; when it is no longer good, one is told so."""
    browser = signing.browser
    assert not await browser.is_shown("#forms")
    await sign_in(signing)
    await browser.see("#who", NAME)
    assert await browser.arrive(signing.url) == f"{signing.url}/upload"
    await browser.choose("#file", fill(await signing.take(), RIGHT))
    await browser.see("#outcome", "Đã nhận toàn bộ.")
    assert await signing.kept() == ([("done", "upload", None)], 5)

    asked = await browser.requests()
    [bearer] = {each["token"] for each in asked if each["token"]}
    assert bearer is not None
    token = bearer.removeprefix("Bearer ")
    assert not [each for each in asked if token in str(each["url"])]
    stored = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert await browser.evaluate(stored) == [0, 0, ""]
    assert token not in await browser.evaluate("document.documentElement.outerHTML")
    assert await signing.complaints() == []

    signing.clock.by = timedelta(hours=1)
    await browser.drop("#drop", browser.folder / FORM)
    await browser.see("#notice", ENDED)
    assert await browser.is_shown("#signin")
    assert await signing.kept() == ([("done", "upload", None)], 5)


async def test_a_code_that_this_tab_did_not_ask_for_is_not_taken(signing: Desk) -> None:
    """Nor shown or spent; one can sign in after it as before."""
    browser, address = signing.browser, f"{signing.url}/upload"
    await browser.click("#signin")
    await browser.arrive(signing.issuer)
    asked = len(await browser.requests())
    await browser.open(f"{address}?code=stolen&state=another")
    await browser.see("#notice", "Không đăng nhập được (state): hãy thử lại.")
    assert await browser.arrive(signing.url) == address
    assert not await browser.is_shown("#forms")
    since = (await browser.requests())[asked:]
    assert not [each for each in since if "/token" in str(each["url"])]
    assert await browser.evaluate("sessionStorage.length") == 0
    await sign_in(signing)
    await browser.see("#who", NAME)
    assert await signing.complaints() == []
