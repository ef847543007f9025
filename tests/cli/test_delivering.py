"""What is sent to a development hub is taken by the worker beside it; files by ``hub ingest``."""

from __future__ import annotations

import json
import os
import signal
from asyncio import to_thread
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.cli.commands import RunningHub, call
from tests.ingest.sources.centre import opened_centre

if TYPE_CHECKING:
    from hub.database.embedded import Server

WARD = "hn.ubnd-cap-xa.00004"
SOURCE = f"push.{WARD}"


def row(period: str, **cells: object) -> bytes:
    """Return a line of NDJSON: a month's rate of the ward."""
    named = {"indicator": "hn.da5.tu-van-cai-nghien", "area": "00004", "period": period}
    return json.dumps({**named, "numerator": 3, "denominator": 10, **cells}).encode() + b"\n"


def push(served: RunningHub, content: bytes) -> Any:  # noqa: ANN401  (JSON)
    """Return what became of *content*, sent as the ward."""
    headers = {"authorization": f"Bearer {served.tokens[WARD]}"}
    address = f"{served.url}/sources/{SOURCE}/batches"
    kind = {"content-type": "application/x-ndjson"}
    sent = httpx.post(address, content=content, headers={**headers, **kind})
    assert sent.status_code == 202, sent.text
    batch = f"{served.url}{sent.headers['location']}"
    wanted = {**headers, "accept": "text/event-stream"}
    with httpx.stream("GET", batch, headers=wanted, timeout=60) as events:
        assert "event: end" in list(events.iter_lines())
    return httpx.get(batch, headers=headers).json()


def workers_of(served: RunningHub) -> list[int]:
    """Return the processes that the hub has started as workers."""
    children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children")
    found = [int(pid) for pid in children.read_text(encoding="ascii").split()]
    return [
        pid
        for pid in found
        if b"--beside" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    ]


def test_what_is_pushed_is_taken_by_the_worker_beside_the_hub(served: RunningHub) -> None:
    told = push(served, row("2026-09"))
    assert (told["status"], told["counts"]["new"] + told["counts"]["revised"]) == ("done", 1)
    again = push(served, row("2026-09"))
    assert again["counts"]["unchanged"] == 1


def test_a_worker_that_dies_is_followed_by_another(served: RunningHub) -> None:
    [worker] = workers_of(served)
    os.kill(worker, signal.SIGKILL)
    told = push(served, row("2026-08"))
    assert told["status"] == "done"
    assert worker not in workers_of(served)


def test_a_file_is_tried_first_and_then_taken(served: RunningHub, tmp_path: Path) -> None:
    file = tmp_path / "tháng bảy.ndjson"
    file.write_bytes(row("2026-07") + row("2026-06", numerator=40))
    trial = call("ingest", SOURCE, str(file), "--dry-run", home=served.home)
    assert (trial.code, trial.err) == (0, "")
    assert "chưa ghi gì" in trial.out
    taken = call("ingest", SOURCE, str(file), home=served.home)
    assert taken.code == 0, taken.err
    counted = [line for line in taken.out.splitlines() if line.split()[:1] == ["2"]]
    assert counted == [line for line in trial.out.splitlines() if line.split()[:1] == ["2"]]
    assert "dòng 2" in taken.out
    again = call("ingest", SOURCE, str(file), home=served.home)
    [line] = [line.split() for line in again.out.splitlines() if line.split()[:1] == ["2"]]
    assert line[:4] == ["2", "0", "0", "1"]


@pytest.mark.parametrize(
    ("source", "name", "code"),
    [
        ("push.nobody", "a.csv", "SOURCE_UNKNOWN"),
        (SOURCE, "a.pdf", "DELIVERY_FILE_KIND"),
        (SOURCE, "missing.csv", "DELIVERY_FILE_MISSING"),
    ],
)
def test_what_cannot_be_delivered_is_one_sentence(
    served: RunningHub, tmp_path: Path, source: str, name: str, code: str
) -> None:
    for there in ("a.csv", "a.pdf"):
        (tmp_path / there).write_text("indicator,area,period,value\n", encoding="utf-8")
    outcome = call("ingest", source, str(tmp_path / name), home=served.home)
    assert outcome.is_one_refusal
    assert f"Lỗi {code}: " in outcome.err


def test_a_file_must_be_named(served: RunningHub) -> None:
    outcome = call("ingest", SOURCE, home=served.home)
    assert outcome.is_one_refusal
    assert "DELIVERY_FILE_NEEDED" in outcome.err


def test_a_source_is_fetched_from_where_the_file_of_sources_says(
    served: RunningHub, tmp_path: Path
) -> None:
    """Without a file on the command line; a second time there is nothing new."""
    (tmp_path / "drops").mkdir()
    table = "xã;kỳ;tử;mẫu\nPhường Ba Đình;Tháng 4/2026;1.000;2.000\nTổng cộng;;1.000;2.000\n"
    (tmp_path / "drops" / "tháng tư.csv").write_text(table, "utf-8")
    sources = tmp_path / "sources.toml"
    sources.write_text(
        f"""["{SOURCE}"]
        kind = "folder"
        path = "drops"
        quiet_seconds = 0
        ["{SOURCE}".mapping]
        columns = {{ "xã" = "area", "kỳ" = "period", "tử" = "numerator", "mẫu" = "denominator" }}
        constants = {{ indicator = "hn.da5.tu-van-cai-nghien" }}
        numbers = "vietnamese"
        has_totals = true""",
        "utf-8",
    )
    told = call("ingest", SOURCE, home=served.home, HUB_SOURCES=str(sources))
    assert (told.code, told.err) == (0, "")
    [line] = [line.split() for line in told.out.splitlines() if line.split()[:1] == ["1"]]
    assert line[0] == "1"
    assert int(line[1]) + int(line[2]) == 1
    again = call("ingest", SOURCE, home=served.home, HUB_SOURCES=str(sources))
    assert (again.code, again.out) == (0, "")


def test_sources_of_the_demonstration_work_as_they_are(served: RunningHub, tmp_path: Path) -> None:
    """What their owner sends, what is named on the command line, and what is left in a folder."""
    token = call("token", "hn.so-van-hoa-the-thao", home=served.home).out.strip()
    content = (
        "Chỉ tiêu,Phường/Xã,Tháng,Số lượng\n"
        "demo.hn.da7.tda1.buoi-truyen-thong,P. Ba Đình,Tháng 9/2026,6\n"
    )
    address = f"{served.url}/sources/demo.hn.truyen-thong/batches"
    for bearer, status in ((token, 202), (served.tokens[WARD], 404)):
        headers = {"authorization": f"Bearer {bearer}", "content-type": "text/csv"}
        sent = httpx.post(address, content=content.encode(), headers=headers)
        assert sent.status_code == status
    file = tmp_path / "tin-bao.csv"
    file.write_text("Phường/Xã;Tháng;Số tin\nPhường Ba Đình;Tháng 9/2026;7\n", "utf-8")
    taken = call("ingest", "demo.hn.duong-day-nong", str(file), home=served.home)
    assert (taken.code, taken.err) == (0, "")
    assert "1" in taken.out
    folder = served.home / "drops" / "ngan-sach"
    left = folder / "2026-09.csv"
    left.write_text(
        "Phường, xã;Kỳ báo cáo;Kinh phí (nghìn đồng)\nPhường Ba Đình;Tháng 9/2026;1,5\n", "utf-8"
    )
    os.utime(left, (0, 0))
    assert call("ingest", "demo.hn.ket-xuat-ngan-sach", home=served.home).code == 0
    asked = httpx.post(
        f"{served.url}/graphql",
        headers={"authorization": f"Bearer {served.tokens['hn.cong-an']}"},
        json={
            "query": """{ observations(where: {source: {in: ["demo.hn.duong-day-nong",
            "demo.hn.ket-xuat-ngan-sach"]}}) { nodes { value synthetic indicator { unit } } } }"""
        },
    )
    nodes = asked.json()["data"]["observations"]["nodes"]
    assert sorted((node["value"], node["indicator"]["unit"]) for node in nodes) == [
        (7, "COUNT"),
        (1500, "VND"),
    ]
    assert all(node["synthetic"] for node in nodes)


def test_a_source_is_registered_and_given_its_words(served: RunningHub, tmp_path: Path) -> None:
    """It writes what it was given and no more; registered again, it has these rights alone."""
    source = "hn.so-noi-vu.thu"
    words = ("--owner", "hn.so-noi-vu", "--name", "Nguồn thử", "--kind", "push")
    right = ("--indicator", "demo.hn.da5.viec-lam-sau-cai", "--ward", "00070")
    registered = call("source", "add", source, *words, *right, home=served.home)
    assert (registered.code, registered.err) == (0, "")
    terms = tmp_path / "terms.csv"
    terms.write_text(
        "kind,term,code,valid_from,valid_until\n"
        "indicator,VL,demo.hn.da5.viec-lam-sau-cai,,\narea,HK,00070,,\n",
        "utf-8",
    )
    assert call("source", "terms", source, str(terms), home=served.home).code == 0
    file = tmp_path / "a.csv"
    file.write_text("indicator,area,period,value\nVL,HK,2026-09,3\nVL,00004,2026-09,3\n", "utf-8")
    taken = call("ingest", source, str(file), home=served.home)
    counted = [line.split() for line in taken.out.splitlines() if line.split()[:1] == ["2"]]
    assert counted == [["2", "1", "0", "0", "0", "0", "1", "0"]]
    assert "AREA_NOT_WITHIN_RIGHT (dòng 3" in taken.out
    elsewhere = ("--indicator", "hn.da9.he-thong-thong-tin-so-hoa")
    assert call("source", "add", source, *words, *elsewhere, home=served.home).code == 0
    assert "INDICATOR_NOT_WITHIN_RIGHT" in call("ingest", source, str(file), home=served.home).out
    for wrong, code in (
        (("add", source, *words, "--indicator", "hn.khong"), "SOURCE_RIGHT_UNKNOWN"),
        (("terms", "khong.co", str(terms)), "SOURCE_UNKNOWN"),
    ):
        outcome = call("source", *wrong, home=served.home)
        assert outcome.is_one_refusal
        assert f"Lỗi {code}: " in outcome.err
    terms.write_text("kind,term,code,valid_from,valid_until\narea,HK,99999,,\n", "utf-8")
    refused = call("source", "terms", source, str(terms), home=served.home)
    assert "terms.csv, dòng 2, cột code: thấy “99999”" in refused.err
    asked = httpx.post(
        f"{served.url}/graphql",
        headers={"authorization": f"Bearer {served.tokens['hn.cong-an']}"},
        json={
            "query": """{ dataSource(code: "hn.so-noi-vu.thu") {
            mappingVersion terms { nodes { kind term code } } } }"""
        },
    )
    assert asked.json()["data"]["dataSource"] == {
        "mappingVersion": 2,
        "terms": {
            "nodes": [
                {"kind": "AREA", "term": "HK", "code": "00070"},
                {"kind": "INDICATOR", "term": "VL", "code": "demo.hn.da5.viec-lam-sau-cai"},
            ]
        },
    }


DIVIDED = "Phường Điện Biên, quận Ba Đình"


def test_a_row_that_waits_is_shown_and_decided_of_at_the_command_line(served: RunningHub) -> None:
    """In the source's name; the trail has who sat there. What cannot be is one sentence."""
    number = push(served, row("2026-05", area=DIVIDED) + row("2026-04", numerator=40))["id"]
    [line] = [
        line
        for line in call("batch", "list", SOURCE, "--held", home=served.home).out.splitlines()
        if line.startswith(number)
    ]
    assert line.endswith("đã xong: 2 dòng, 1 chờ quyết định")
    shown = call("batch", "show", number, home=served.home).out.splitlines()
    [waiting] = [line for line in shown if "AREA_DIVIDED" in line]
    assert "(dòng 1, cột area)" in waiting
    assert any("00004" in line for line in shown if "có thể là" in line)
    decide = ("batch", "decide", number, waiting.split()[0])
    for words, code in (
        (("accept",), "ROW_STILL_WRONG"),
        (("correct",), "CORRECTION_UNKNOWN"),
        (("correct", "--cell", "ward=00004"), "CORRECTION_UNKNOWN"),
    ):
        refused = call(*decide, *words, home=served.home)
        assert refused.is_one_refusal, refused
        assert refused.err.startswith(f"Lỗi {code}: ")
    taken = call(*decide, "correct", "--cell", "area=00004", home=served.home)
    assert (taken.code, taken.out) == (0, "Đã ghi quyết định. Còn 0 dòng chờ quyết định.\n")
    assert "đã sửa AREA_DIVIDED" in call("batch", "show", number, home=served.home).out
    again = call(*decide, "drop", home=served.home)
    assert again.err.startswith("Lỗi ROW_NOT_HELD: ")
    nothing = call("batch", "show", "00000000-0000-0000-0000-000000000000", home=served.home)
    assert nothing.err.startswith("Lỗi BATCH_UNKNOWN: ")

    trail = """{ auditEntries(
      where: { operation: { eq: "DecideBatchRow" }, channel: { eq: CLI } }
    ) { nodes { agency { code } target client } } }"""
    headers = {"authorization": f"Bearer {served.tokens['hn.cong-an']}"}
    told = httpx.post(f"{served.url}/graphql", json={"query": trail}, headers=headers).json()
    [entry] = told["data"]["auditEntries"]["nodes"]
    assert (entry["agency"]["code"], entry["target"]) == (WARD, "/".join(decide[2:]))
    assert entry["client"]


async def test_that_a_register_may_shrink_is_said_on_the_command_line(
    served: RunningHub, server: Server, tmp_path: Path
) -> None:
    """Of any other source, or of a file, it cannot be."""
    periods = [f"2026-{month:02}" for month in range(1, 11)] + ["2026-Q1", "2026-Q2", "2026-Q3"]
    async with opened_centre(server) as centre:
        await centre.run('DELETE FROM so_y_te."Chỗ điều trị"')
        for number, period in enumerate(periods):
            await centre.put(number, 10 + number)
            await centre.run(f"""UPDATE so_y_te."Chỗ điều trị" SET period = '{period}'
                WHERE id = {number}""")
        sources = tmp_path / "sources.toml"
        sources.write_text(
            f"""["{SOURCE}"]
            kind = "database"
            url = "{centre.description.url}"
            schema = "so_y_te"
            table = "Chỗ điều trị"
            columns = ["period", "places"]
            key = ["id"]
            figure_key = ["period"]
            watermark = "changed_at"
            ["{SOURCE}".mapping]
            columns = {{ places = "value" }}
            constants = {{ indicator = "hn.da5.tu-van-cai-nghien", area = "00004" }}
            """,
            "utf-8",
        )
        words = ("ingest", SOURCE, "--may-shrink")
        taken = await to_thread(call, *words, home=served.home, HUB_SOURCES=str(sources))
        assert (taken.code, taken.err) == (0, "")
        await centre.run('DELETE FROM so_y_te."Chỗ điều trị"')
        gone = await to_thread(call, *words, home=served.home, HUB_SOURCES=str(sources))
        assert (gone.code, gone.err) == (0, "")
        assert [line.split()[4] for line in gone.out.splitlines()[1:]] == [str(len(periods))]
    await to_thread(_is_refused_for_what_is_no_register, served, sources)


def _is_refused_for_what_is_no_register(served: RunningHub, sources: Path) -> None:
    words = ("ingest", SOURCE, "--may-shrink")
    for refused in (
        call(*words, home=served.home),
        call(*words, str(sources), home=served.home, HUB_SOURCES=str(sources)),
    ):
        assert refused.is_one_refusal
        assert "SOURCE_NOT_COMPARED" in refused.err
