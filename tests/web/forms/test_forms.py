"""A ward's report from the empty form to the figures, over HTTP, as an officer goes about it."""

from __future__ import annotations

import json
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import httpx
import pytest

from hub.api.execution import Executor
from hub.audit.trail import NO_TRAIL
from hub.clock import VIETNAM, system_clock
from hub.ingest.batch.deliveries import Deliveries
from hub.ingest.batch.processing import Workshop, process_batch
from hub.ingest.development_sources import load_development_sources
from hub.ingest.submissions import keep_submissions
from hub.ingest.workbook import read_identity
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.authenticate import Authenticator
from hub.web.clients import Allowance, Clients
from hub.web.development import DevelopmentIssuer
from hub.web.forms.templates import Forms
from hub.web.sources.endpoint import Door
from tests.ingest.formats.books import write_book
from tests.ingest.workbook.books import comments_of, fill
from tests.web.serving import ready, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hub.database.engine import Database

WARD: Final = "hn.ubnd-cap-xa.00004"
SOURCE: Final = f"push.{WARD}"
TEMPLATE: Final = "/forms/hn.da5.bieu-xa.thang/template"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES: Final = {
    8: ("G", "hn.da5.so-nguoi-nghien"),
    9: ("DF", "hn.da5.tu-van-cai-nghien"),
    10: ("DF", "hn.da5.ho-tro-phong-tai-nghien"),
    11: ("G", "hn.da5.so-nguoi-tai-nghien"),
    13: ("G", "hn.da5.so-doi-tuong-lien-quan"),
}
"""The compulsory lines of the form, and where their figures go."""


def october() -> datetime:
    """Return a moment at which September is over, and in time."""
    return datetime(2026, 10, 1, 9, tzinfo=VIETNAM)


@dataclass(frozen=True)
class Office:
    """A hub, and whoever asks it."""

    database: Database
    deliveries: Deliveries
    client: httpx.AsyncClient
    issuer: DevelopmentIssuer
    folder: Path

    async def get(self, address: str, agency: str | None = WARD, **asked: str) -> httpx.Response:
        """Ask for *address* as *agency*; None is the public."""
        return await self.client.get(address, params=asked, headers=self._bearer(agency))

    async def take(self, **cells: int | str) -> Path:
        """Take the form of September away and type *cells* into it."""
        answer = await self.get(TEMPLATE, ward="00004", period="2026-09")
        assert answer.status_code == httpx.codes.OK, answer.text
        path = self.folder / "form.xlsx"
        path.write_bytes(answer.content)
        return fill(path, cells)

    async def send(
        self, path: Path, agency: str = WARD, *, now: datetime | None = None
    ) -> dict[str, Any]:
        """Send the workbook at *path*, have it worked on, and return the batch."""
        headers = {**self._bearer(agency), "content-type": XLSX}
        answer = await self.client.post(
            f"/sources/push.{agency}/batches", content=path.read_bytes(), headers=headers
        )
        assert answer.status_code == httpx.codes.ACCEPTED, answer.text
        address = answer.headers["location"]
        shop = Workshop(self.database, self.deliveries, lambda: now or october())
        await process_batch(shop, UUID(address.rpartition("/")[2]))
        batch: dict[str, Any] = (await self.get(address, agency)).json()
        return batch

    async def mark(
        self, batch: dict[str, Any], path: Path, agency: str | None = WARD
    ) -> httpx.Response:
        """Ask for the workbook at *path* with what is wrong in it, according to *batch*."""
        asked = {"source": batch["source"], "batch": batch["id"]}
        headers = {**self._bearer(agency), "content-type": XLSX}
        return await self.client.post(
            "/forms/marked", params=asked, content=path.read_bytes(), headers=headers
        )

    async def ask(self, query: str) -> Any:  # noqa: ANN401  (JSON)
        """Return what the ward is answered to *query*."""
        headers = self._bearer(WARD)
        told = await self.client.post("/graphql", json={"query": query}, headers=headers)
        return told.json()["data"]

    async def owed(self) -> str:
        """Return how far the ward's monthly report of September is, as the ward is told."""
        query = """{ submissions(where: {
          period: { is: { label: { eq: "2026-09" } } }
          form: { is: { code: { eq: "hn.da5.bieu-xa.thang" } } }
        }) { nodes { status } } }"""
        [node] = (await self.ask(query))["submissions"]["nodes"]
        return str(node["status"])

    def _bearer(self, agency: str | None) -> dict[str, str]:
        return {} if agency is None else {"authorization": f"Bearer {self.issuer.token(agency)}"}


@pytest.fixture
async def office(undemonstrated: Database, tmp_path: Path) -> AsyncIterator[Office]:
    await load_development_sources(undemonstrated)
    await keep_submissions(undemonstrated, october)
    async with opened(undemonstrated, tmp_path) as office:
        yield office


@asynccontextmanager
async def opened(database: Database, home: Path) -> AsyncIterator[Office]:
    """Serve the forms and the door of *database*."""
    issuer = DevelopmentIssuer.of(home, system_clock)
    authenticate = Authenticator(database, system_clock, issuer)
    clients, deliveries = Clients(Allowance()), Deliveries.of(home)
    parts = WebParts(
        Executor(database, system_clock),
        authenticate,
        ready,
        clients=clients,
        routes=[
            *Forms(database, authenticate, clients, deliveries, trail=NO_TRAIL).routes(),
            *Door(database, authenticate, clients, deliveries, 10**8, trail=NO_TRAIL).routes(),
        ],
        trail=NO_TRAIL,
    )
    async with (
        serving(create_app(parts, WebOptions(development=True))) as url,
        httpx.AsyncClient(base_url=url, timeout=30) as client,
    ):
        yield Office(database, deliveries, client, issuer, home)


async def test_a_report_goes_from_the_empty_form_to_the_figures(office: Office) -> None:
    """As drafts of the ward; sent again, nothing changes; a blank line that need not be is none.

    What is owed is begun then, and not submitted: its figures are drafts.
    """
    assert await office.owed() == "EXPECTED"
    cells: dict[str, int | str] = {"D14": 30, "F14": 60}
    for row, (columns, _) in LINES.items():
        cells |= {f"{column}{row}": 10 * row + at for at, column in enumerate(columns)}
    path = await office.take(**cells)
    batch = await office.send(path)
    assert (batch["status"], batch["rows"]) == ("done", [])
    assert (batch["counts"]["received"], batch["counts"]["new"]) == (6, 6)
    assert (batch["entersAs"], batch["channel"]) == ("draft", "upload")
    assert await office.owed() == "DRAFT"
    again = await office.send(path)
    assert (again["counts"]["unchanged"], again["counts"]["new"]) == (6, 0)

    query = """{ observations(where: { period: { is: { label: { eq: "2026-09" } } } }) { nodes {
      indicator { code } area { code } agency { code } numerator denominator value status
    } } }"""
    nodes = (await office.ask(query))["observations"]["nodes"]
    found = {node["indicator"]["code"]: node for node in nodes}
    assert {(node["area"]["code"], node["agency"]["code"], node["status"]) for node in nodes} == {
        ("00004", WARD, "DRAFT")
    }
    rate, count = found["hn.da5.tu-van-cai-nghien"], found["hn.da5.so-nguoi-nghien"]
    assert (rate["numerator"], rate["denominator"]) == (90, 91)
    assert float(count["value"]) == 80
    assert len(found) == 6


async def test_what_is_wrong_comes_back_marked_in_the_same_workbook(office: Office) -> None:
    """Corrected and sent again as a whole, all of it is taken."""
    right: dict[str, int | str] = {
        "G8": 5,
        "D9": 1,
        "F9": 2,
        "D10": 1,
        "F10": 2,
        "G11": 3,
        "G13": 4,
    }
    path = await office.take(**{**right, "D9": 7, "G11": "ba"})
    del right["G13"]
    batch = await office.send(path)
    assert batch["status"] == "done"
    assert batch["counts"]["rejected"] == len(batch["rows"]) == 2
    answer = await office.mark(batch, path)
    assert answer.status_code == httpx.codes.OK, answer.text
    marked = office.folder / "marked.xlsx"
    marked.write_bytes(answer.content)
    assert read_identity(marked) == read_identity(path)
    places = {place for place, _ in comments_of(marked)}
    assert "G11" in places
    assert places & {"D9", "F9"}
    batch = await office.send(fill(marked, {"D9": 1, "G11": 3}))
    assert (batch["status"], batch["rows"]) == ("done", [])
    assert (batch["counts"]["new"], batch["counts"]["unchanged"]) == (2, 3)


async def test_a_form_is_given_to_whoever_sees_that_it_is_owed(office: Office) -> None:
    """To the ward and those who review it; to others, and where nothing is owed, there is none."""
    asked = {"ward": "00004", "period": "2026-09"}
    for agency in (WARD, "hn.cong-an", "hn.so-y-te"):
        answer = await office.get(TEMPLATE, agency, **asked)
        assert answer.status_code == httpx.codes.OK
        assert answer.headers["content-type"] == XLSX
        assert (
            'filename="hn.da5.bieu-xa.thang.00004.2026-09.xlsx"'
            in (answer.headers["content-disposition"])
        )
    assert (await office.get(TEMPLATE, period="2026-09")).status_code == httpx.codes.OK
    nothing = [
        await office.get(TEMPLATE, None, **asked),
        await office.get(TEMPLATE, "hn.ubnd-cap-xa.00070", **asked),
        await office.get(TEMPLATE, "hn.so-tai-chinh", **asked),
        await office.get(TEMPLATE, WARD, ward="00070", period="2026-09"),
        await office.get(TEMPLATE, WARD, ward="00004", period="2025-09"),
        await office.get("/forms/khong.co/template", WARD, **asked),
        await office.get(TEMPLATE, "hn.cong-an", period="2026-09"),
    ]
    assert {answer.status_code for answer in nothing} == {404}
    assert {answer.json()["errors"][0]["extensions"]["code"] for answer in nothing} == {
        "FORM_UNKNOWN"
    }
    unnamed = await office.get(TEMPLATE, WARD, ward="00004")
    assert unnamed.status_code == httpx.codes.BAD_REQUEST


@pytest.mark.parametrize("agency", [WARD, None])
async def test_nothing_is_owed_under_a_name_with_a_zero_byte(
    office: Office, agency: str | None
) -> None:
    for address, asked in (
        ("/forms/%00/template", {"period": "2026-09"}),
        (TEMPLATE, {"period": "\0"}),
        (TEMPLATE, {"period": "2026-09", "ward": "\0"}),
    ):
        answer = await office.get(address, agency, **asked)
        assert answer.status_code == httpx.codes.NOT_FOUND
        assert answer.json()["errors"][0]["extensions"]["code"] == "FORM_UNKNOWN"
    marked = await office.client.post(
        "/forms/marked", params={"source": "\0", "batch": str(UUID(int=1))}
    )
    assert marked.status_code == httpx.codes.NOT_FOUND


async def test_only_the_file_that_was_sent_is_marked_and_for_nobody_else(office: Office) -> None:
    path = await office.take(G8="năm")
    batch = await office.send(path)
    assert (await office.mark(batch, path, "hn.ubnd-cap-xa.00070")).status_code == 404
    assert (await office.mark(batch, path, None)).status_code == 404
    assert (await office.mark({**batch, "id": "x"}, path)).status_code == 404
    other = fill(path, {"G8": "sáu"})
    answer = await office.mark(batch, other)
    assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert answer.json()["errors"][0]["extensions"]["code"] == "OTHER_WORKBOOK"


async def test_what_the_page_asks_is_answered(office: Office) -> None:
    """Who one is, one's own sources, and what one owes that is open now."""
    script = (files("hub.web") / "static" / "upload.js").read_text(encoding="utf-8")
    [who] = re.findall(r'const WHO = "([^"]+)"', script)
    [asked] = re.findall(r"const ASKED = `([^`]+)`", script)
    headers = {"authorization": f"Bearer {office.issuer.token(WARD)}"}
    told = await office.client.post("/graphql", json={"query": who}, headers=headers)
    agency = told.json()["data"]["viewer"]["agency"]
    assert agency["code"] == WARD
    body = {"query": asked, "variables": {"agency": agency["code"]}}
    data = (await office.client.post("/graphql", json=body, headers=headers)).json()["data"]
    assert [each["code"] for each in data["dataSources"]["nodes"]] == [SOURCE]
    owed = {
        (each["form"]["code"], each["period"]["label"]) for each in data["submissions"]["nodes"]
    }
    assert ("hn.da5.bieu-xa.thang", "2026-09") in owed
    assert ("hn.da5.bieu-xa.thang", "2026-10") not in owed
    assert {each["area"]["code"] for each in data["submissions"]["nodes"]} == {"00004"}


async def test_what_is_no_form_is_refused_in_the_readers_language(
    office: Office, tmp_path: Path
) -> None:
    """Though it was sent, and its batch tells what was wrong with it."""
    rows: list[list[object]] = [
        ["indicator", "area", "period", "value"],
        ["hn.khong-co", "00004", "2026-09", 1],
    ]
    path = write_book(tmp_path / "other.xlsx", {"Trang": rows})
    batch = await office.send(path)
    answer = await office.mark(batch, path)
    assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "WORKBOOK_REFUSED"
    assert "hệ thống lập" in error["message"]


async def test_a_form_of_decree_09_2019_goes_to_that_decree_s_period(office: Office) -> None:
    """The third quarter of 2026 ends on 14 September, is due on the 19th and closes in December."""
    police, form = "hn.cong-an", "hn.da5.bieu-cong-an.quy"
    answer = await office.get(f"/forms/{form}/template", police, period="2026-Q3")
    assert answer.status_code == httpx.codes.OK, answer.text
    path = office.folder / "quy.xlsx"
    path.write_bytes(answer.content)
    fill(path, {"D8": 3, "F8": 7, "D9": 80, "F9": 133})
    batch = await office.send(path, police)
    assert (batch["status"], batch["rows"]) == ("done", [])
    assert (batch["counts"]["new"], batch["entersAs"]) == (2, "draft")
    query = """{
      observations { nodes { numerator status period { calendar label start end } } }
      submissions(where: { form: { is: { code: { eq: "hn.da5.bieu-cong-an.quy" } } }
                           period: { is: { label: { eq: "2026-Q3" } } } }) {
        nodes { opensOn dueOn closesOn phase period { calendar } }
      }
    }"""
    told = await office.client.post(
        "/graphql",
        json={"query": query},
        headers={"authorization": f"Bearer {office.issuer.token(police)}"},
    )
    data = told.json()["data"]
    period = {
        "calendar": "ND_09_2019",
        "label": "2026-Q3",
        "start": "2026-06-15",
        "end": "2026-09-14",
    }
    nodes = sorted(data["observations"]["nodes"], key=lambda node: node["numerator"])
    assert nodes == [
        {"numerator": numerator, "status": "DRAFT", "period": period} for numerator in (3, 80)
    ]
    assert data["submissions"]["nodes"] == [
        {
            "opensOn": "2026-09-15",
            "dueOn": "2026-09-19",
            "closesOn": "2026-12-18",
            "phase": "LATE",
            "period": {"calendar": "ND_09_2019"},
        }
    ]
    fill(path, {"D8": 4})
    for day, codes in ((18, []), (19, ["PERIOD_CLOSED", "PERIOD_CLOSED"])):
        moment = datetime(2026, 12, day, 9, tzinfo=VIETNAM)
        batch = await office.send(path, police, now=moment)
        assert [row["code"] for row in batch["rows"]] == codes
        assert {row["found"] for row in batch["rows"]} <= {"2026-Q3"}


async def test_no_row_names_another_calendar_by_itself(office: Office) -> None:
    """What tells a form's period apart is in no delivery."""
    row = {
        "indicator": "hn.da5.tu-van-cai-nghien",
        "area": "00004",
        "period": "nd-09-2019\x1f2026-Q3",
        "numerator": 1,
        "denominator": 2,
    }
    headers = {"authorization": f"Bearer {office.issuer.token(WARD)}"}
    answer = await office.client.post(
        f"/sources/{SOURCE}/batches",
        content=json.dumps(row).encode(),
        headers={**headers, "content-type": "application/x-ndjson"},
    )
    shop = Workshop(office.database, office.deliveries, october)
    address = answer.headers["location"]
    await process_batch(shop, UUID(address.rpartition("/")[2]))
    batch = (await office.get(address)).json()
    assert [row["code"] for row in batch["rows"]] == ["PERIOD_UNREADABLE"]
