"""What the writers promise: the same bytes again, the official layout, accessible HTML, no character lost unseen."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import replace

import docx as python_docx
import openpyxl
import pdfplumber
import pytest
from docx.oxml.ns import qn
from lxml import etree
from pdfplumber.pdf import PDF

from gongkai.papers import docx, files, html, pdf, text, xlsx
from gongkai.papers.layout import day, em, number, signature_indents, title_lines
from gongkai.papers.paper import Box, Paper, Paragraph, Run, TableBlock
from gongkai.papers.tests.sample import report

PAPER = report()


@pytest.fixture(scope="module")
def page() -> etree._Element:
    return etree.HTML(html.document(PAPER))


@pytest.fixture(scope="module")
def printed() -> PDF:
    return pdfplumber.open(io.BytesIO(pdf.write(PAPER)))


@pytest.mark.parametrize("suffix", files.FORMATS)
def test_the_same_paper_gives_the_same_bytes(suffix: str) -> None:
    assert files.write(suffix, PAPER) == files.write(suffix, report())


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "pdf"])
def test_the_files_carry_the_day_of_the_paper_and_no_other(suffix: str) -> None:
    made = files.write(suffix, PAPER)
    if suffix == "pdf":
        assert b"2013-03-08" in made
        return
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert b"2013-03-08T00:00:00Z" in package.read("docProps/core.xml")
        assert len({member.date_time for member in package.infolist()}) == 1


# ── HTML ──


def test_every_table_has_a_caption_a_head_and_scopes(page: etree._Element) -> None:
    tables = page.findall(".//table")
    assert len(tables) == 4
    for table in tables:
        assert table.findtext("caption")
        assert table.find("thead") is not None
        assert all(cell.get("scope") in ("col", "row", "colgroup", "rowgroup") for cell in table.iter("th"))


def test_nothing_in_the_fragment_needs_an_exception_from_the_content_policy() -> None:
    fragment = html.write(PAPER)
    assert not re.search(r"<script|\sstyle=|\son\w+=|javascript:", fragment)


def test_ids_are_unique_and_headings_begin_below_the_title_of_the_page(page: etree._Element) -> None:
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert [heading.tag for heading in page.iter("h1", "h2", "h3", "h4")][:4] == ["h1", "h2", "h3", "h4"]


def test_a_figure_becomes_a_link_in_table_and_prose_where_there_is_one() -> None:
    fragment = html.write(PAPER, link=lambda ref: f"/f/{ref}?a=1&b=2" if ref.startswith("t1.") else None)
    assert '<a href="/f/t1.r1.year?a=1&amp;b=2" data-figure="t1.r1.year">579</a>' in fragment
    assert 'data-figure="t1.r1.total" id="f-t1.r1.total"><a href="/f/t1.r1.total?' in fragment
    assert 'data-figure="t4.all.0" id="f-t4.all.0">0</td>' in fragment


def test_what_people_typed_is_never_markup() -> None:
    hostile = '<script>alert("1")</script>&\x00'
    table = TableBlock('t"', hostile, ((Box(hostile, head="col", ref='"><b>'),),), ((Box(hostile),),), (1,), hostile)
    paper = Paper(
        hostile, (Paragraph((Run(hostile, '"onclick="'),)), table), hostile, "2020-01-01", keywords=(hostile,)
    )
    fragment = html.write(paper, link=lambda ref: f"/{ref}")
    assert "<script" not in fragment
    assert "\x00" not in fragment
    assert not [e for e in etree.HTML(fragment).iter() if e.get("onclick") is not None or e.tag == "b"]
    assert docx.read(docx.write(paper)).grids[0].texts() == [['<script>alert("1")</script>&']] * 2
    assert '<script>alert("1")</script>&' in pdf.read(pdf.write(paper)).text
    assert text.write(paper).count("<script>") == 6
    assert xlsx.read(xlsx.write(paper)).text.count("<script>") >= 2


def test_a_chart_is_named_described_and_has_its_numbers_beside_it(page: etree._Element) -> None:
    (picture,) = page.iter("svg")
    assert picture.get("role") == "img"
    assert {element.tag for element in picture} >= {"title", "desc", "rect"}
    rows = page.findall(".//details//tbody/tr")
    assert [row.findtext("td") for row in rows] == ["6", "46", "5", "522"]


# ── Word ──


def test_every_chinese_run_in_word_names_its_east_asian_face() -> None:
    document = python_docx.Document(io.BytesIO(docx.write(PAPER)))
    runs = list(document.element.body.iter(qn("w:r")))
    faces = {run.rPr.rFonts.get(qn("w:eastAsia")) for run in runs if run.find(qn("w:t")) is not None}
    assert faces == {"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋_GBK"}


def test_word_has_the_page_lines_and_repeated_header_rows_of_the_standard() -> None:
    document = python_docx.Document(io.BytesIO(docx.write(PAPER)))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins if margin] == [37, 35, 28, 26]
    assert document.settings.odd_and_even_pages_header_footer
    normal = document.styles["Normal"].paragraph_format
    assert normal.line_spacing is not None
    assert normal.line_spacing.pt == pytest.approx(28.95)
    for table in document.tables:
        assert table._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        widths = [int(column.get(qn("w:w"), "0")) for column in table._tbl.tblGrid.iter(qn("w:gridCol"))]
        assert sum(widths) == 8844  # 156 mm
    levels = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style and paragraph.text]
    assert {"Title", "Heading 1", "Heading 2", "Heading 3", "Caption"} <= set(levels)


# ── PDF ──


def test_the_pdf_is_tagged_archival_and_titled(printed: PDF) -> None:
    made = pdf.write(PAPER)
    assert b"pdfaid" in made
    assert b"pdfuaid" in made
    assert printed.doc.catalog["MarkInfo"]["Marked"]
    assert printed.metadata["Title"] == PAPER.title


def test_the_text_of_the_pdf_stands_in_156_by_225_millimetres(printed: PDF) -> None:
    for sheet in printed.pages:
        # A mark at the end of a line keeps its blank half outside the text area.
        text_area = [
            c for c in sheet.chars if c["top"] < sheet.height - 35 / 25.4 * 72 and c["text"] not in "，。、：；）"
        ]
        assert min(c["x0"] for c in text_area) >= 28 / 25.4 * 72 - 1
        assert max(c["x1"] for c in text_area) <= (210 - 26) / 25.4 * 72 + 1
        assert min(c["top"] for c in text_area) >= 37 / 25.4 * 72 - 3


def test_page_numbers_stand_outside_right_on_odd_and_left_on_even_pages(printed: PDF) -> None:
    for sheet in printed.pages[:2]:
        foot = [c for c in sheet.chars if c["top"] > sheet.height - 35 / 25.4 * 72]
        assert "".join(c["text"] for c in foot) == f"—{sheet.page_number}—"
        assert (foot[0]["x0"] > sheet.width / 2) == bool(sheet.page_number % 2)


def test_a_full_page_of_prose_has_22_lines_of_28_characters() -> None:
    prose = Paper("题", (Paragraph((Run("政" * 28 * 60),), indent=False),), date="2020-01-01")
    sheet = pdfplumber.open(io.BytesIO(pdf.write(prose))).pages[1]
    lines = [line["text"] for line in sheet.extract_text_lines()][:-1]
    assert [len(line) for line in lines] == [28] * 22


def test_rare_characters_of_names_are_printed_in_the_fallback_face() -> None:
    rare = replace(PAPER, blocks=(Paragraph((Run("㙍䶮𬭚先生"),)),))
    assert pdf.missing_glyphs(rare) == ()
    assert "㙍䶮𬭚先生" in pdf.read(pdf.write(rare)).text


def test_a_character_that_no_font_has_is_named_on_the_page_and_to_the_caller() -> None:
    paper = replace(PAPER, blocks=(Paragraph((Run("甲\U00031350乙🙂"),)),))
    assert pdf.missing_glyphs(paper) == ("🙂", "\U00031350")
    words = pdf.read(pdf.write(paper)).text
    assert "甲〓乙〓" in words
    assert "U+1F642、U+31350" in words


def test_an_office_may_put_its_own_fonts_first(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_FONT_DIR", str(tmp_path))
    assert pdf.write(PAPER) == pdf.write(PAPER)
    monkeypatch.setenv("GONGKAI_FONT_DIR", "/does/not/exist")
    assert pdf.missing_glyphs(PAPER) == ()


# ── xlsx ──


def test_numbers_are_numbers_and_blanks_and_dashes_stay_what_they_are() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(PAPER)))
    page = book["政府信息公开情况统计表"]
    values = {page.cell(row, column).value for row in range(2, 56) for column in (3, 4)}
    assert values == {579, 46, "-", None, 15890, 12.5, -18, 0, 207}
    assert page.print_title_rows == "$1:$1"
    assert str(page.page_setup.paperSize) == "9"
    assert "A2:A13" in {str(area) for area in page.merged_cells.ranges}


# ── Layout ──


@pytest.mark.parametrize(
    ("printed_text", "value"),
    [("579", 579), ("-18", -18), ("12.50", 12.5), ("0", 0), ("", None), ("-", None), ("007", None), ("1,2", None)],
)
def test_only_plain_numbers_count_as_numbers(printed_text: str, value: float | None) -> None:
    assert number(printed_text) == value


def test_the_date_begins_two_characters_right_of_the_organ_and_moves_it_when_longer() -> None:
    organ, date_left = signature_indents("松江市工业和信息化局", "2013年3月8日")
    assert (organ, date_left) == (16, 18)
    organ, date_left = signature_indents("某局", "2013年12月18日")
    assert date_left + em("2013年12月18日") == 26
    assert date_left - organ == 2


def test_a_long_title_is_broken_behind_the_name_of_the_organ() -> None:
    assert title_lines(PAPER.title, PAPER.organ) == ["松江市工业和信息化局", "2012年度政府信息公开工作报告"]
    assert title_lines("短题", "某局") == ["短题"]


def test_a_paper_without_a_date_has_a_fixed_one() -> None:
    assert day(replace(PAPER, date="")).isoformat() == "2000-01-01"
    assert files.write("docx", replace(PAPER, date="")) == files.write("docx", replace(PAPER, date=""))


def test_libreoffice_opens_the_docx_if_it_is_installed(tmp_path: object) -> None:
    office = subprocess.run(["which", "soffice"], capture_output=True, check=False)
    if office.returncode:
        pytest.skip("LibreOffice is not installed")
    target = f"{tmp_path}/paper.docx"
    with open(target, "wb") as file:
        file.write(docx.write(PAPER))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), target], check=True, capture_output=True, timeout=120)
    with open(f"{tmp_path}/paper.pdf", "rb") as file:
        reading = pdf.read(file.read())
    assert [len(grid.rows) for grid in reading.grids] == [5, 26, 4, 55]
