"""Files become rows that know where they stand, or say where they cannot be understood."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import Language
from hub.ingest.readers import Row, read_csv
from hub.ingest.rejections import Rejection

COLUMNS = ("code", "name")

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
records = st.lists(st.tuples(cells, cells), max_size=8)


def written(rows: list[tuple[str, str]], line_end: str) -> str:
    """Return *rows* under their header, as RFC 4180 writes them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerows([COLUMNS, *rows])
    return text.getvalue()


def read(content: str | bytes) -> list[Row | Rejection]:
    """Return what a file of that *content* yields."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_csv(path, COLUMNS))


@given(records, st.sampled_from(["\r\n", "\n"]), st.booleans())
def test_what_was_written_is_read(
    rows: list[tuple[str, str]], line_end: str, has_mark: bool
) -> None:
    """Commas, quotes and line ends inside cells survive; a byte order mark is no text."""
    found = read(("\ufeff" if has_mark else "") + written(rows, line_end))
    assert [tuple(row.cells.values()) for row in found if isinstance(row, Row)] == rows


@given(st.lists(st.tuples(cells, st.text("ab\n", max_size=5)), min_size=1, max_size=8))
def test_a_row_knows_the_line_it_begins_on(rows: list[tuple[str, str]]) -> None:
    plain = [(f"c{number}", name) for number, (_, name) in enumerate(rows)]
    content = written(plain, "\n")
    for row in read(content):
        assert isinstance(row, Row)
        assert content.split("\n")[row.line - 1].startswith(f'"{row.cells["code"]}"')


def test_columns_may_come_in_any_order() -> None:
    [row] = read("name,code\nSở Y tế,hn.so-y-te\n")
    assert isinstance(row, Row)
    assert row.cells == {"code": "hn.so-y-te", "name": "Sở Y tế"}


@pytest.mark.parametrize(
    ("content", "rejection"),
    [
        ("name\nb\n", (1, "code", "", "a column “code”")),
        ("code\r\na\r\n", (1, "name", "", "a column “name”")),
        ("code,name,age\na,b,1\n", (1, "age", "age", "one of: code, name")),
        ("code,name,name\na,b,b\n", (1, "name", "name", "each column once")),
        ("code,name\na,b\na\n", (3, "", "1", "2 cells")),
        ("code,name\na,b,c\nd,e\n", (2, "", "3", "2 cells")),
        (
            'code,name\na,"b\nb"\nc,"d\n',
            (4, "", "unexpected end of data", "a line written as RFC 4180 says"),
        ),
        (
            'code,name\na,"b"c\n',
            (2, "", "',' expected after '\"'", "a line written as RFC 4180 says"),
        ),
        ("code,name\na,b\nc,Sở".encode()[:-1], (3, "", "E1 BB", "UTF-8 text")),
        ("code,name\na,Nội\n".encode("utf-16"), (1, "", "FF", "UTF-8 text")),
    ],
)
def test_what_cannot_be_understood_is_named(
    content: str | bytes, rejection: tuple[int, str, str, str]
) -> None:
    """Line, column, what was found and what was expected."""
    [found] = [each for each in read(content) if isinstance(each, Rejection)]
    assert (found.line, found.column, found.found, found.expected.en) == rejection
    assert found.file == "file.csv"


def test_a_file_without_a_line_lacks_every_column() -> None:
    assert [each.column for each in read("") if isinstance(each, Rejection)] == ["code", "name"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    [rejection] = read_csv(tmp_path / "wards.csv", COLUMNS)
    assert isinstance(rejection, Rejection)
    assert (rejection.file, rejection.line) == ("wards.csv", 0)
    assert rejection.sentence(Language.VI).startswith("wards.csv: thấy “")
    assert rejection.sentence(Language.EN).endswith("expected a file that can be read")
