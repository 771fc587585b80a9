"""What the readers promise: tables as written, foreign files as they are, a plain word for broken ones."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import pathlib
import re
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gongkai.papers import docx, files, grid, html, pdf, text, xlsx
from gongkai.papers.paper import Box, Heading, Paper, Paragraph, Run, TableBlock
from gongkai.papers.reading import Grid, Reading
from gongkai.papers.tests.sample import report
from gongkai.papers.unreadable import Unreadable

WORDS = (
    "公开",
    "其中：⑴网上申请数",
    "结果维持",
    "-",
    "",
    "0",
    "-18",
    "12.5",
    "579",
    "15890",
    "第 3 项",
    "★",
    "U.S. law",
)
QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@st.composite
def tables(draw: st.DrawFn) -> TableBlock:
    """Small tables with spans in which every inner rule of the grid can be seen somewhere."""
    height, width = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    taken: set[tuple[int, int]] = set()
    rows: list[tuple[Box, ...]] = []
    down, across = set(range(1, height)), set(range(1, width))
    for row in range(height):
        cells = []
        for column in range(width):
            if (row, column) in taken:
                continue
            colspan = draw(st.integers(1, 2)) if (row, column + 1) not in taken and column + 1 < width else 1
            rowspan = draw(st.integers(1, min(3, height - row)))
            taken |= {(row + i, column + j) for i in range(rowspan) for j in range(colspan)}
            cells.append(Box(draw(st.sampled_from(WORDS)), colspan, rowspan))
        rows.append(tuple(cells))
    made = grid.grid(rows)
    for row in down:
        assume(any(above is not below for above, below in zip(made.rows[row - 1], made.rows[row], strict=True)))
    for column in across:
        assume(any(line[column - 1] is not line[column] for line in made.rows))
    assume(all(any(box.rowspan == 1 for box in row) for row in rows))  # a row of spans only has no height on paper
    return TableBlock("t", "表", (), tuple(rows), (1.0,) * width)


def texts(made: Grid) -> list[list[str]]:
    """Cells without any white space."""
    return [[re.sub(r"\s", "", cell) for cell in row] for row in made.texts()]


def spans(made: Grid) -> list[list[tuple[int, int]]]:
    return [[(0, 0) if cell is None else (cell.rowspan, cell.colspan) for cell in row] for row in made.rows]


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf", "xlsx"])
@given(table=tables())
@QUICK
def test_a_table_comes_back_cell_by_cell_from_every_format(suffix: str, table: TableBlock) -> None:
    wanted = grid.of_table(table)
    assume(any(any(row) for row in texts(wanted)[-1:]))  # a workbook cannot know of blank rows at its end
    assume(any(row[-1] for row in texts(wanted)))
    made = files.read(suffix, files.write(suffix, Paper("题", (table,), date="2020-01-01")))
    (got,) = made.grids
    assert texts(got) == texts(wanted)
    assert spans(got) == spans(wanted)


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_a_long_table_over_pages_comes_back_whole(suffix: str) -> None:
    paper = report()
    wanted = [texts(grid.of_table(block)) for block in paper.blocks if isinstance(block, TableBlock)]
    got = [texts(made) for made in files.read(suffix, files.write(suffix, paper)).grids]
    assert [one for one in got if len(one) != 5] == wanted


@pytest.mark.parametrize("suffix", files.FORMATS)
def test_prose_comes_back_in_order(suffix: str) -> None:
    sentence = "根据有关规定，现公布本机关年度政府信息公开工作情况，" * 4 + "请予监督。"
    paper = Paper(
        "年度报告", (Heading("一、概述"), Paragraph((Run(sentence),)), Heading("（一）组织", 2)), date="2020-01-01"
    )
    made = files.read(suffix, files.write(suffix, paper))
    assert [part for part in made.parts if isinstance(part, str)][-3:] == ["一、概述", sentence, "（一）组织"]
    assert made.title == "年度报告"


# ── Foreign files ──


def test_words_broken_into_spans_and_lines_are_whole_again_and_blank_is_not_zero() -> None:
    source = (
        "<div><p>正<span>文</span><o:p></o:p></p><script>var a = '<table>'</script><style>p {}</style>"
        "<table><tr><td rowspan=2>三、本<span>年</span><br>度</td><td>本年新<br>制作数量</td>"
        "<td colspan='2'>&nbsp;</td></tr>"
        "<tr><td><p>73802895.90</p><p>元</p></td><td>　&nbsp;0</td><td>1<br>2</td></tr></table>尾"
    )
    made = html.read(source.encode())
    assert made.parts[0] == "正文"
    assert made.parts[2] == "尾"
    assert made.grids[0].texts() == [
        ["三、本年度", "本年新制作数量", "", ""],
        ["三、本年度", "73802895.90元", "0", "1 2"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_pages_and_texts_are_read_in_the_encodings_that_offices_use(encoding: str) -> None:
    assert (
        html.read("<p>政府信息公开，㐀</p>".replace("㐀", "" if encoding == "gbk" else "㐀").encode(encoding)).text[:6]
        == "政府信息公开"
    )
    assert text.read("政府信息公开\n第二行".encode(encoding)).parts == ["政府信息公开", "第二行"]


def test_a_table_that_only_arranges_the_page_is_not_a_grid() -> None:
    inner = "<table><tr><td>甲</td><td>1</td></tr></table>"
    made = html.read(f"<table><tr><td><p>说明</p>{inner}</td><td>旁注</td></tr></table>".encode())
    assert [part if isinstance(part, str) else part.texts() for part in made.parts] == ["说明", [["甲", "1"]], "旁注"]


def test_word_files_with_content_controls_and_tracked_changes_read_as_they_will_be_printed() -> None:
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件内</w:t></w:r></w:p></w:sdtContent></w:sdt><w:p><w:del><w:r><w:delText>旧"
        "</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:tab/><w:t>文</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
    )
    made = docx.read(_docx(body))
    assert made.parts[:2] == ["控件内", "新 文"]
    assert made.grids[0].texts() == [["", "甲"], ["", ""]]


def _docx(body: str, prologue: str = "") -> bytes:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<?xml version="1.0"?>{prologue}<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", xml)
    return buffer.getvalue()


SAMPLES = pathlib.Path(__file__).parents[4] / "shared" / "samples" / "reports"
REAL = sorted(SAMPLES.glob("*.pdf")) if SAMPLES.is_dir() else []


@pytest.mark.skipif(not REAL, reason="the folder of real reports is not beside the repository")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_the_long_table_of_a_real_report_comes_out_figure_by_figure(path: pathlib.Path) -> None:
    """It runs over two pages, in one report with a row cut by the page and no rule where it is cut."""
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["cells"]["表三"]
    wanted = [[str(value) for value in row.values()] for row in truth.values()]
    (table,) = [made for made in pdf.read(path.read_bytes()).grids if len(made.rows) > 20]
    assert [row[-7:] for row in table.texts() if row[-1].isdigit()] == wanted
    assert {row[0] for row in table.texts()[5:-1]} == {"三、本年度办理结果"}


# ── Hostile files ──


def test_entities_are_neither_expanded_nor_fetched(tmp_path: object) -> None:
    secret = f"{tmp_path}/secret.txt"
    with open(secret, "w", encoding="utf-8") as file:
        file.write("secret")
    prologue = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y "yyyy">]>'
    made = docx.read(_docx("<w:p><w:r><w:t>a&x;&y;b</w:t></w:r></w:p>", prologue))
    assert "secret" not in made.text
    assert "yyyy" not in made.text
    assert "secret" not in html.read(f"{prologue}<p>a&x;b</p>".encode()).text


def test_spans_cannot_blow_up_a_table() -> None:
    wide = "<tr>" + "<td colspan=1000>x</td>" * 600 + "</tr>"
    with pytest.raises(Unreadable) as refusal:
        html.read(f"<table>{wide}{wide}</table>".encode())
    assert refusal.value.code == "too_large"
    assert html.read(b"<table><tr><td rowspan=99999>a</td><td>b</td></tr></table>").grids[0].texts() == [["a", "b"]]


def test_deep_nesting_ends_in_a_word_and_not_in_a_crash() -> None:
    for source in ("<div>" * 100_000, "<table><tr><td>" * 5_000, "<b>" * 300 + "x"):
        _read_or_refuse("html", source.encode())
    _read_or_refuse("docx", _docx("<w:sdt><w:sdtContent>" * 20_000))


def _sheet_of(rows: int, columns: int) -> bytes:
    """A workbook of one table, of which only the last place is filled."""
    boxes = tuple(tuple(Box("1" if row == column == 0 else "") for column in range(columns)) for row in range(rows - 1))
    last = (*(Box("") for _ in range(columns - 1)), Box("1"))
    return xlsx.write(Paper("表", (TableBlock("t", "", (), (*boxes, last), (1.0,) * columns),)))


@pytest.mark.parametrize(
    "read",
    [
        lambda: docx.read(_docx("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 300)),
        lambda: html.read(b"<table><tr><td>1<td>2</table>" * 300),
        lambda: html.read((b"<table>" + b"<tr><td colspan=90>1<td>2" * 6 + b"</table>") * 20),
        lambda: html.read(b"<table>" + b"<tr><td>1<td>2" * 3000 + b"</table>"),
        lambda: text.read(b"|" * 6000),
        lambda: xlsx.read(_sheet_of(90, 60)),
    ],
)
def test_all_tables_of_a_document_share_one_bound(read: Callable[[], Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    """A table for each line, or many that each just keep within it, would otherwise keep a reader busy for minutes."""
    read()
    monkeypatch.setattr(grid, "MAXIMUM", 5000)
    with pytest.raises(Unreadable) as refusal:
        read()
    assert refusal.value.code == "too_large"


def test_a_paragraph_of_very_many_pieces_is_gathered_in_one_go() -> None:
    assert len(html.read(b"<p>" + b"<b>x</b>" * 30_000).text) == 30_000
    assert len(docx.read(_docx(f"<w:p>{'<w:r><w:t>x</w:t></w:r>' * 20_000}</w:p>")).text) == 20_000


@pytest.mark.parametrize("layers", [1, 2])
def test_a_pdf_stream_that_unpacks_to_gigabytes_is_refused(layers: int) -> None:
    bomb = b"0" * 200_000_000
    for _ in range(layers):
        bomb = zlib.compress(bomb)
    data = b"%PDF-1.7\n1 0 obj\n<</Length 9/Filter/FlateDecode>>\nstream\r\n" + bomb + b"\nendstream\nendobj\n"
    with pytest.raises(Unreadable) as refusal:
        pdf.read(data)
    assert refusal.value.code == "too_large"


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf", "xlsx", "txt", "doc", "exe", ""])
def test_empty_files_and_other_kinds_are_refused_in_a_sentence(suffix: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        files.read(suffix, b"")
    assert refusal.value.reason.endswith("。")


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "pdf"])
def test_a_file_under_a_wrong_name_is_refused(suffix: str) -> None:
    other = files.write({"docx": "xlsx", "xlsx": "docx", "pdf": "docx"}[suffix], _small())
    with pytest.raises(Unreadable) as refusal:
        files.read(suffix, other)
    assert refusal.value.code == "wrong_kind"


def test_a_workbook_of_another_format_in_disguise_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("content.xml", "<office:document-content/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(Unreadable) as refusal:
        xlsx.read(buffer.getvalue())
    assert refusal.value.code == "wrong_kind"


def _small() -> Paper:
    rows = tuple(
        (Box(f"第{n}项", rowspan=2 if n == 1 else 1), Box(str(n))) if n != 2 else (Box("2"),) for n in range(4)
    )
    table = TableBlock("t", "表", ((Box("项目", head="col"), Box("数", head="col")),), rows, (2, 1))
    return Paper("题", (Heading("一、概述"), Paragraph((Run("正文"),)), table), "某局", "2020-01-01")


@functools.cache
def _drawn(suffix: str) -> bytes:
    return files.write(suffix, _small())


def _read_or_refuse(suffix: str, data: bytes) -> None:
    """Any other exception fails the test."""
    with contextlib.suppress(Unreadable):
        files.read(suffix, data)


def _damage(data: bytes, draw: st.DataObject) -> bytes:
    """Some bytes changed, a stretch removed, or the end cut off."""
    broken = bytearray(data)
    for place, byte in draw.draw(st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=6)):
        broken[place] = byte
    start = draw.draw(st.integers(0, len(data)))
    del broken[start : start + draw.draw(st.sampled_from((0, 1, 7, 80, len(data))))]
    return bytes(broken)


@pytest.mark.parametrize("suffix", files.FORMATS)
@given(draw=st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(suffix: str, draw: st.DataObject) -> None:
    _read_or_refuse(suffix, _damage(_drawn(suffix), draw))


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
@given(draw=st.data())
@settings(max_examples=80, deadline=None)
def test_damage_inside_a_sound_container_is_read_or_refused(suffix: str, draw: st.DataObject) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_drawn(suffix))) as source, zipfile.ZipFile(buffer, "w") as target:
        names = [name for name in source.namelist() if re.search(r"document\.xml$|sheet|workbook|styles|shared", name)]
        hit = draw.draw(st.sampled_from(names))
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, _damage(part, draw) if name == hit and part else part)
    _read_or_refuse(suffix, buffer.getvalue())
