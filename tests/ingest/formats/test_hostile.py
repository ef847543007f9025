"""Whatever is sent, there are rows or a refusal, and soon."""

from __future__ import annotations

import io
import time
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.ingest.formats import DeliveryRefusedError, Format, Limits, ReadOptions, read_rows
from tests.ingest.formats.books import write_book

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ingest.formats.reading import Reader

SMALL = ReadOptions(limits=Limits(expanded_size=2_000_000, cell=200, columns=20))
quick = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

marks = [
    b"\n",
    b"\r\n",
    b'"',
    b",",
    b";",
    b"\t",
    b"{",
    b"}",
    b"[",
    b":",
    b'"area"',
    b"area",
    b"value",
]
marks += [
    b"00004",
    b"2026-09",
    b"12,5",
    b"-1",
    b"=1",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x00",
    b"null",
]
marks += [b"NaN", b"1e400", b"\\ud800", "Phường Ba Đình".encode(), "Phường".encode("utf-16")]
pieces = st.one_of(
    st.binary(max_size=40), st.text(max_size=20).map(str.encode), st.sampled_from(marks)
)
texts = st.lists(pieces, max_size=30).map(b"".join)


def read(path: Path, format_: Format, content: bytes) -> None:
    """Read *content*; fail unless there are rows as they should be, or a refusal."""
    path.write_bytes(content)
    with suppress(DeliveryRefusedError):
        for row in read_rows(path, format_, SMALL):
            assert row.line > 0
            assert all(len(text) <= 200 for cell in row.cells.items() for text in cell)


@quick
@given(texts, st.sampled_from(Format))
def test_any_bytes_are_rows_or_refused(reader: Reader, content: bytes, format_: Format) -> None:
    read(reader.path, format_, content)


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, bytes]:
    """The parts of a plain workbook."""
    path = write_book(tmp_path / "plain", {"A": [("area", "value"), ("00004", 1.5), (None, "x")]})
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


@quick
@given(st.data())
def test_a_workbook_with_any_part_spoiled_is_rows_or_refused(
    reader: Reader, parts: dict[str, bytes], data: st.DataObject
) -> None:
    """Some bytes of it replaced, moved or left out."""
    name = data.draw(st.sampled_from(sorted(parts)))
    content = parts[name]
    begin = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(begin, min(begin + 30, len(content))))
    middle = data.draw(st.one_of(st.binary(max_size=9), st.sampled_from(content.split(b'"'))))
    spoiled = parts | {name: content[:begin] + middle + content[end:]}
    if data.draw(st.integers(0, 9)) == 0:
        del spoiled[name]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as book:
        for each, bytes_ in spoiled.items():
            book.writestr(each, bytes_)
    read(reader.path, Format.XLSX, written.getvalue())


@pytest.mark.parametrize(
    "cell",
    [
        "a" * 4_000,
        "a" * 3_999 + "@",
        "a@" * 2_000,
        "0" * 4_000,
        "0 " * 2_000,
        "09 1" * 1_000,
        "ngõ " * 1_000,
        "độ mật" + " " * 3_990,
        "do mat " * 570,
        "Nguyễn " * 570,
        "1.234." * 660,
        "tháng 9 " * 500,
    ],
)
def test_no_cell_takes_long(reader: Reader, cell: str) -> None:
    """However it is made to be looked at again and again."""
    rows = "".join(f'"{cell[: 3_990 - len(str(line))]}{line}"\n' for line in range(50))
    begun = time.process_time()
    with suppress(DeliveryRefusedError):
        reader.csv(f"area\n{rows}", ReadOptions(period_columns=frozenset({"area"})))
    assert time.process_time() - begun < 1
