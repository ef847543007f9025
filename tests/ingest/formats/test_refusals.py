"""What must not be opened is refused before it is; each refusal has its code."""

from __future__ import annotations

import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from hub.errors import Language
from hub.ingest.formats import (
    DeliveryRefusedError,
    Encoding,
    Format,
    Limits,
    ReadOptions,
    RowFault,
)
from tests.ingest.formats.books import write_book

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.ingest.formats.reading import Reader

ROWS: Final = [("area", "value"), ("00004", 1)]
SHEET: Final = "xl/worksheets/sheet1.xml"
STRINGS: Final = "xl/sharedStrings.xml"
MAIN: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def refusal_of(read: Callable[[], object]) -> str:
    with pytest.raises(DeliveryRefusedError) as caught:
        read()
    assert caught.value.sentence(Language.VI)
    assert caught.value.sentence(Language.EN)
    return caught.value.code


def rewritten(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a plain workbook to *path*, with *parts* instead of its own, or besides them."""
    write_book(path, {"Số liệu": ROWS})
    with zipfile.ZipFile(path) as book:
        kept = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in (kept | dict(parts)).items():
            book.writestr(name, content)


def sheet(cells: str) -> bytes:
    return f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>".encode()


SMALL: Final = ReadOptions(limits=Limits(expanded_size=5_000_000))
BOMB: Final = b"<worksheet>" + b" " * 6_000_000 + b"</worksheet>"
LAUGHS = f"""<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<sst {MAIN}><si><t>&b;</t></si></sst>""".encode()
EXTERNAL = f"""<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<sst {MAIN}><si><t>&x;</t></si></sst>""".encode()


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("ARCHIVE_EXPANDS_TOO_FAR", {"xl/worksheets/sheet2.xml": BOMB}),
        ("XML_ENTITIES_REFUSED", {STRINGS: LAUGHS}),
        ("XML_ENTITIES_REFUSED", {STRINGS: EXTERNAL}),
        ("XML_ENTITIES_REFUSED", {"docProps/core.xml": LAUGHS}),
        ("MACROS_REFUSED", {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
        ("WORKBOOK_PARTS_REFUSED", {"xl/pivotCache/pivotCacheRecords1.xml": b"<a/>"}),
        ("WORKBOOK_PARTS_REFUSED", {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        ("WORKBOOK_PARTS_REFUSED", {"xl/embeddings/oleObject1.bin": b"x"}),
        ("WORKBOOK_PARTS_REFUSED", {"xl/media/image1.png": b"x"}),
        ("WORKBOOK_PARTS_REFUSED", {"xl/model/item.data": b"x"}),
        (
            "WORKBOOK_PARTS_REFUSED",
            {"customXml/item1.xml": f"<a>{'x' * 4001}</a>".encode()},
        ),
        (
            "WORKBOOK_PARTS_REFUSED",
            {"xl/charts/chart1.xml": f"<a>{'<v>x</v>' * 10_001}</a>".encode()},
        ),
        ("PERSONS_REFUSED", {"customXml/item1.xml": b"<a><b>0912345678</b>x</a>"}),
        ("PERSONS_REFUSED", {"customXml/item1.xml": b'<a b="0912345678"/>'}),
        ("PERSONS_REFUSED", {"customXml/item1.xml": b"<a>0912345678<b/></a>"}),
        ("PERSONS_REFUSED", {"xl/charts/chart1.xml": b"<a><v>0912345678</v></a>"}),
        ("PERSONS_REFUSED", {"xl/threadedComments/a1.xml": b"<a><text>0912345678</text></a>"}),
        ("PERSONS_REFUSED", {"xl/drawings/vmlDrawing1.vml": b"<a><br>0912&#51;45678</a>"}),
        ("DELIVERY_ROWS_TOO_MANY", {SHEET: sheet('<row r="1048576"><c><v>1</v></c></row>')}),
        ("DELIVERY_ROWS_TOO_MANY", {SHEET: sheet("<row><c><v>1</v></c></row>" * 50_001)}),
        ("DELIVERY_COLUMNS_TOO_MANY", {SHEET: sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')}),
        ("DELIVERY_COLUMNS_TOO_MANY", {SHEET: sheet(f"<row>{'<c><f>1</f></c>' * 201}</row>")}),
        (
            "DELIVERY_CELLS_TOO_MANY",
            {SHEET: sheet('<row r="49999"><c r="CV49999" t="inlineStr"><is/></c></row>')},
        ),
        ("CELL_TOO_LARGE", {STRINGS: f"<sst {MAIN}><si><t>{'x' * 4001}</t></si></sst>".encode()}),
        (
            "CELL_TOO_LARGE",
            {SHEET: sheet(f'<row><c t="inlineStr"><is><t>{"x" * 4001}</t></is></c></row>')},
        ),
        ("DELIVERY_NOT_OF_FORMAT", {STRINGS: f'<sst {MAIN} uniqueCount="4294967290"/>'.encode()}),
        ("DELIVERY_NOT_OF_FORMAT", {SHEET: b"<worksheet><sheetData>"}),
        ("DELIVERY_NOT_OF_FORMAT", {SHEET: sheet('<row><c t="s"><v>99</v></c></row>')}),
        ("DELIVERY_NOT_OF_FORMAT", {SHEET: sheet('<row><c t="s"><v>-1</v></c></row>')}),
        ("DELIVERY_NOT_OF_FORMAT", {SHEET: sheet('<row r="1"><c r="A9"/></row>')}),
        ("DELIVERY_NOT_OF_FORMAT", {SHEET: "<worksheet/>".encode("utf-16")}),
        ("DELIVERY_NOT_OF_FORMAT", {SHEET: b'<?xml version="1.0" encoding="latin-1"?><a/>'}),
        ("DELIVERY_NOT_OF_FORMAT", {SHEET.upper(): sheet("")}),
    ],
)  # fmt: skip
def test_a_workbook_is_looked_through_before_it_is_opened(
    reader: Reader, code: str, parts: Mapping[str, bytes]
) -> None:
    """Bombs, entities, macros, far cells, long cells, what two readers would read in two ways."""
    rewritten(reader.path, parts)
    assert refusal_of(lambda: reader.read(Format.XLSX, SMALL)) == code


@pytest.mark.parametrize("number", ["1e300", "-1e300", "NaN", "1e10", "-1", "2958466", "", "x"])
def test_a_day_that_is_none_is_a_row_or_a_refusal(reader: Reader, number: str) -> None:
    """The library dies of some."""
    write_book(reader.path, {"A": [("on",), (date(2026, 9, 1),)]})
    with zipfile.ZipFile(reader.path) as book:
        plain = book.read(SHEET)
    assert plain.count(b"<v>46266</v>") == 1
    spoiled = plain.replace(b"<v>46266</v>", f"<v>{number}</v>".encode())
    with zipfile.ZipFile(reader.path) as book:
        kept = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(reader.path, "w") as book:
        for name, content in (kept | {SHEET: spoiled}).items():
            book.writestr(name, content)
    with suppress(DeliveryRefusedError):
        reader.read(Format.XLSX)


def test_what_is_only_formatted_is_no_row(reader: Reader) -> None:
    """Programs write it down to the last row there can be."""
    far = '<row r="1048576" ht="12.8"><c r="XFD1048576" s="0"/></row>'
    head = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("area", "value"))
    row = '<row r="2"><c r="A2"><v>4</v></c><c r="B2"><v>1</v></c><c r="XFD2" s="0"/></row>'
    rewritten(reader.path, {SHEET: sheet(f"<row>{head}</row>{row}{far}")})
    assert [found.cells for found in reader.read(Format.XLSX)] == [{"area": "4", "value": "1"}]


def test_what_programs_leave_of_themselves_is_taken(reader: Reader) -> None:
    """What a printer is told, a small picture of the first sheet, labels, charts, notes."""
    rewritten(
        reader.path,
        {
            "xl/printerSettings/printerSettings1.bin": b"\0\1",
            "docProps/thumbnail.wmf": b"\0\1",
            "docMetadata/LabelInfo.xml": b"<a/>",
            "customXml/item1.xml": b'<a xmlns="http://x/2006/y"><b c="d">Text</b></a>',
            "customXml/itemProps1.xml": b'<a i="{A0912345-6780-4000-A000-000000000000}"/>',
            "customXml/item2.xml": b'<a t="0x0912345678"/>',
            "xl/charts/chart1.xml": f"<a>{'<v>912345678.5</v>' * 20_000}</a>".encode(),
            "xl/drawings/vmlDrawing1.vml": b"<xml><div>Ghi ch\xc3\xba<br></div></xml>",
        },
    )
    assert [row.cells["area"] for row in reader.read(Format.XLSX)] == ["00004"]


def test_texts_that_cells_share_are_counted_for_each_cell(reader: Reader) -> None:
    """One long text, told a hundred thousand times, is as much memory as so many texts."""
    text = f"<sst {MAIN}><si><t>{'x' * 4_000}</t></si></sst>".encode()
    cell = '<c t="s"><v>0</v></c>'
    rewritten(reader.path, {STRINGS: text, SHEET: sheet(f"<row>{cell * 100}</row>" * 300)})
    assert refusal_of(lambda: reader.read(Format.XLSX)) == "ARCHIVE_EXPANDS_TOO_FAR"


def test_the_bomb_takes_no_memory(reader: Reader) -> None:
    """It is refused while it unfolds, not afterwards."""
    rewritten(reader.path, {"xl/worksheets/sheet2.xml": BOMB})
    tracemalloc.start()
    try:
        code = refusal_of(lambda: reader.read(Format.XLSX, SMALL))
        assert code == "ARCHIVE_EXPANDS_TOO_FAR"
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_found_out(reader: Reader) -> None:
    """What an archive says of its parts is not believed."""
    rewritten(reader.path, {"xl/worksheets/sheet2.xml": BOMB})
    content = reader.path.read_bytes()
    lie = content.replace(len(BOMB).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lie != content
    reader.path.write_bytes(lie)
    assert refusal_of(lambda: reader.read(Format.XLSX, SMALL)) in {
        "ARCHIVE_EXPANDS_TOO_FAR",
        "DELIVERY_NOT_OF_FORMAT",
    }


@pytest.mark.parametrize(
    ("code", "format_", "content"),
    [
        ("DELIVERY_NOT_OF_FORMAT", Format.XLSX, b"indicator,area\n"),
        ("DELIVERY_NOT_OF_FORMAT", Format.XLSX, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("DELIVERY_NOT_OF_FORMAT", Format.XLSX, b""),
        ("DELIVERY_NOT_OF_FORMAT", Format.CSV, b"PK\x03\x04\x14\x00"),
        ("DELIVERY_NOT_OF_FORMAT", Format.CSV, b"<html><table>"),
        ("DELIVERY_NOT_OF_FORMAT", Format.CSV, b"%PDF-1.7"),
        ("DELIVERY_NOT_OF_FORMAT", Format.CSV, b"area,value\n\x00\x00"),
        ("DELIVERY_NOT_OF_FORMAT", Format.NDJSON, b"PK\x03\x04\x14\x00"),
        ("DELIVERY_NOT_OF_FORMAT", Format.NDJSON, '{"area":"Sóc Sơn"}'.encode("utf-16-le")),
        ("TEXT_ENCODING_UNKNOWN", Format.NDJSON, b'{"area":"S\xf3c S\xf5n"}'),
        ("TEXT_ENCODING_UNKNOWN", Format.CSV, b"area,value\n\xe9\xe8\xf7\xd7\xbf,1\n"),
        ("TEXT_ENCODING_UNKNOWN", Format.CSV, "area,value\nSóc Sơn".encode()[:-2]),
        ("HEADING_MISSING", Format.CSV, b""),
        ("HEADING_MISSING", Format.CSV, b"\n\n"),
        ("DELIVERY_MALFORMED", Format.CSV, b'area,value\n00004,1\n"00008,2\n'),
        ("DELIVERY_MALFORMED", Format.CSV, b'area,value\n"00004"x,1\n'),
        ("CELL_TOO_LARGE", Format.CSV, b"area,value\n" + b"x" * 4_001 + b",1\n"),
        ("CELL_TOO_LARGE", Format.CSV, b"area,value\n" + b"x" * 2_000_000),
        ("DELIVERY_MALFORMED", Format.CSV, b'area,value\n"' + b"x\n" * 200_000),
        ("CELL_TOO_LARGE", Format.NDJSON, b'{"area":"' + b"x" * 4_001 + b'"}'),
        ("CELL_TOO_LARGE", Format.NDJSON, b"{" * 100_000),
        ("DELIVERY_COLUMNS_TOO_MANY", Format.CSV, b"x," * 201 + b"\n1\n"),
        (
            "DELIVERY_COLUMNS_TOO_MANY",
            Format.NDJSON,
            b"\n".join(b'{"c%d":1}' % column for column in range(201)),
        ),
    ],
)
def test_content_is_what_it_was_sent_as(
    reader: Reader, code: str, format_: Format, content: bytes
) -> None:
    """Another format, letters that are none, quotes that never close, cells without end."""
    reader.path.write_bytes(content)
    assert refusal_of(lambda: reader.read(format_)) == code


def test_a_delivery_has_a_size_that_it_may_have(reader: Reader) -> None:
    """It is looked at before the first byte is read."""
    reader.path.write_bytes(b"x" * 20_000_001)
    assert refusal_of(lambda: reader.read(Format.XLSX)) == "DELIVERY_TOO_LARGE"
    limits = ReadOptions(limits=Limits(size=20_000_000))
    assert refusal_of(lambda: reader.read(Format.CSV, limits)) == "DELIVERY_TOO_LARGE"
    assert refusal_of(lambda: reader.read(Format.NDJSON, limits)) == "DELIVERY_TOO_LARGE"


def test_the_columns_of_a_mapping_must_be_there_once(reader: Reader) -> None:
    """A missing column is named; two that go by one name are not guessed between."""
    required = ReadOptions(required=frozenset({"area", "value"}))
    assert refusal_of(lambda: reader.csv("area,x\n1,2\n", required)) == "HEADING_MISSING"
    mapped = ReadOptions(columns={"Xã": "area", "Phường": "area", "Số": "value"})
    assert refusal_of(lambda: reader.csv("Xã,Phường,Số\n1,2,3\n", mapped)) == "COLUMN_TWICE"


def test_the_sheets_of_a_mapping_must_be_there(reader: Reader) -> None:
    write_book(reader.path, {"Số liệu": ROWS})
    options = ReadOptions(sheets=("Tháng 9",))
    assert refusal_of(lambda: reader.read(Format.XLSX, options)) == "SHEET_MISSING"


def test_an_encoding_that_was_said_is_not_guessed_about(reader: Reader) -> None:
    """A byte that it does not have refuses the delivery."""
    options = ReadOptions(encoding=Encoding.TCVN3)
    assert reader.csv(b"area,value\nS\xe3c S\xacn,1\n", options)[0].cells["area"] == "Sóc Sơn"
    assert refusal_of(lambda: reader.csv(b"area,value\nS\x80,1\n", options)) == (
        "TEXT_ENCODING_UNKNOWN"
    )


@pytest.mark.parametrize(
    ("fault", "cell"),
    [
        (RowFault.FORMULA_IN_CELL, "=HYPERLINK(1)"),
        (RowFault.FORMULA_IN_CELL, "+cmd|' /C calc'!A0"),
        (RowFault.FORMULA_IN_CELL, "-2+3"),
        (RowFault.FORMULA_IN_CELL, "@SUM(A1)"),
        (RowFault.FORMULA_IN_CELL, "＝1+1"),
        (RowFault.NEGATIVE_NUMBER, "-12"),
        (RowFault.NEGATIVE_NUMBER, "-1.234,5"),
        (RowFault.CONTROL_CHARACTER, "Ba\x07Đình"),
        (RowFault.CONTROL_CHARACTER, "Ba \u202eĐình"),
        (RowFault.CELL_IN_ERROR, "#DIV/0!"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_said_to_be_so(
    reader: Reader, fault: RowFault, cell: str
) -> None:
    """Place and code, with what was found; the rows beside it are as good as ever."""
    rows = reader.csv(f'area,value\n00004,1\n"{cell}",2\n00008,3\n')
    assert [row.line for row in rows if not row.troubles] == [2, 4]
    [trouble] = rows[1].troubles
    assert (rows[1].line, trouble.column, trouble.code, trouble.found) == (3, "area", fault, cell)
    assert trouble.expected.vi


def test_an_error_in_a_workbook_is_no_empty_cell(reader: Reader) -> None:
    """A formula that failed would otherwise count as nothing to say."""
    cells = '<row r="2"><c r="A2"><v>4</v></c><c r="C2" t="e"><v>#REF!</v></c></row>'
    head = "".join(
        f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("area", "x", "value")
    )
    rewritten(reader.path, {SHEET: sheet(f"<row>{head}</row>{cells}")})
    [row] = reader.read(Format.XLSX)
    assert [(trouble.column, trouble.code) for trouble in row.troubles] == [
        ("value", RowFault.CELL_IN_ERROR)
    ]


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (RowFault.ROW_UNREADABLE, "nonsense"),
        (RowFault.ROW_UNREADABLE, "[1, 2]"),
        (RowFault.ROW_UNREADABLE, '{"area": {"code": "00004"}}'),
        (RowFault.ROW_UNREADABLE, '{"area": "00004", "area": "00008"}'),
        (RowFault.ROW_UNREADABLE, '{"value": NaN}'),
        (RowFault.ROW_UNREADABLE, '{"value": Infinity}'),
        (RowFault.ROW_UNREADABLE, '{"value": 1} {"value": 2}'),
        (RowFault.PERIOD_UNREADABLE, '{"period": "tháng 13"}'),
    ],
)
def test_a_line_that_is_no_row_takes_no_other_with_it(
    reader: Reader, fault: RowFault, text: str
) -> None:
    """It is reported where it stands."""
    first, second, third = reader.ndjson(f'{{"value":1}}\n{text}\n{{"value":3}}\n')
    assert not first.troubles
    assert not third.troubles
    assert (second.line, second.troubles[0].code) == (2, fault)


def test_a_row_longer_than_its_heading_is_reported(reader: Reader) -> None:
    """A comma too many moves every figure after it."""
    rows = reader.csv("area,value\n00004,1,234\n00008,1,\n")
    assert [trouble.code for trouble in rows[0].troubles] == [RowFault.CELLS_TOO_MANY]
    assert rows[1].troubles == ()


def test_a_number_that_a_mapping_cannot_read_is_reported(reader: Reader) -> None:
    """Not multiplied, not guessed."""
    options = ReadOptions(factors={"value": 1000})
    rows = reader.csv("area,value\n00004,1.5\n00008,1e5\n", options)
    assert rows[0].cells["value"] == "1500"
    assert [trouble.code for trouble in rows[1].troubles] == [RowFault.NUMBER_UNREADABLE]
