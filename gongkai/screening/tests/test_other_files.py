"""Slides, unreadable letters, and what ordinary files must not be blamed for."""

import io
import zipfile

import pikepdf
import pytest

from gongkai.screening.clean import clean_copy
from gongkai.screening.files import screen_file
from gongkai.screening.refusal import NotAccepted
from gongkai.screening.tests import specimens as made
from gongkai.screening.tests.pages import rules
from gongkai.screening.tests.specimens import NUMBER, PHONE

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'


def _slide(text: str, marks: str = "") -> str:
    return f"<p:sld {P} {A} {marks}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"


def _slides() -> bytes:
    parts = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f"<p:presentation {P}/>",
        "ppt/slides/slide1.xml": _slide("公开的一页"),
        "ppt/slides/slide2.xml": _slide(f"不放映 {NUMBER}", 'show="0"'),
        "ppt/notesSlides/notesSlide1.xml": _slide(f"备注 {PHONE}"),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return buffer.getvalue()


def test_slides_that_are_not_shown_and_notes_are_found() -> None:
    screening = screen_file(_slides(), "a.pptx", rules())
    assert screening.text == "公开的一页\n"
    found = {(finding.rule, finding.where.page) for finding in screening.findings}
    assert {("hidden_slide", 2), ("resident_number", 2), ("speaker_note", 0), ("mobile", 0)} <= found


def test_slides_are_looked_at_but_not_copied() -> None:
    with pytest.raises(NotAccepted) as refusal:
        clean_copy(_slides(), "a.pptx", [], rules())
    assert refusal.value.code == "cannot_clean"


def test_letters_that_the_file_does_not_name_are_said_to_be_unread() -> None:
    def nameless(pdf: pikepdf.Pdf) -> None:
        inner = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name.X)
        inner.CIDSystemInfo = pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0)
        inner.FontDescriptor = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name.X, Flags=4)
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name.X)
        font.Encoding, font.DescendantFonts = pikepdf.Name("/Identity-H"), pikepdf.Array([pdf.make_indirect(inner)])
        pdf.pages[0].Resources.Font = pikepdf.Dictionary(F=pdf.make_indirect(font))

    data = made.pdf_of("BT /F 12 Tf 20 100 Td <" + "0101020203030404" * 4 + "> Tj ET", change=nameless)
    assert "unread_letters" in {finding.rule for finding in screen_file(data, "a.pdf", rules()).findings}


def test_white_letters_on_a_dark_ground_are_seen() -> None:
    white = f'<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>{NUMBER}</w:t></w:r>'
    body = f'<w:pPr><w:shd w:fill="1F3864"/></w:pPr>{white}'
    for name, data in (
        ("a.docx", made.docx_of(body)),
        ("a.pdf", made.pdf_of("0 g 10 90 250 30 re f " + made.line(NUMBER, before="1 g"))),
        ("a.html", f'<table><tr style="background: #123"><td style="color:#fff">{NUMBER}</td></tr></table>'.encode()),
    ):
        screening = screen_file(data, name, rules())
        assert NUMBER in screening.text, name
        assert "faint_text" not in {finding.rule for finding in screening.findings}, name


def test_a_highlighter_covers_nothing() -> None:
    data = made.pdf_of(made.line(NUMBER) + "1 1 0 rg 15 95 200 20 re f\n")
    assert NUMBER in screen_file(data, "a.pdf", rules()).text


def test_a_number_broken_at_the_margin_is_found_whole() -> None:
    text = made.line(f"this line is long enough to fill the page {NUMBER[:8]}", y=120, size=10)
    data = made.pdf_of(text + made.line(f"{NUMBER[8:]} and the line ends", y=105, size=10))
    assert NUMBER in [finding.text for finding in screen_file(data, "a.pdf", rules()).findings]


def test_where_a_finding_stands_is_named_by_page_cell_and_paragraph() -> None:
    def fill(sheet: object) -> None:
        sheet["C5"] = NUMBER  # type: ignore[index]

    (cell,) = screen_file(made.xlsx_of(fill), "a.xlsx", rules()).findings
    assert cell.as_json()["where"] == {"sheet": "Sheet", "cell": "C5"}
    (paragraph,) = screen_file(made.docx_with("第一段", NUMBER), "a.docx", rules()).findings
    assert paragraph.as_json()["where"] == {"paragraph": 2}
    (page,) = screen_file(made.pdf_of(made.line(NUMBER)), "a.pdf", rules()).findings
    assert page.as_json()["where"] == {"page": 1}
    assert str(page.where) == "第1页"


def test_a_secrecy_mark_hidden_in_a_comment_quarantines_the_file() -> None:
    said = "<w:comment><w:p><w:r><w:t>机密★10年</w:t></w:r></w:p></w:comment>"
    comments = f"<w:comments {made.W}>{said}</w:comments>".encode()
    data = made.docx_of("<w:r><w:t>公开</w:t></w:r>", **{"word/comments.xml": comments})
    assert screen_file(data, "a.docx", rules()).quarantined
