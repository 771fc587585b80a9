"""Every structural rule of the book has a file that hides that very thing, and is found in it."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.screening.files import screen_file
from gongkai.screening.tests import specimens as made
from gongkai.screening.tests.pages import pages, rules
from gongkai.screening.tests.specimens import NUMBER, PERSON, PHONE

R = "http://schemas.openxmlformats.org/package/2006/relationships"


def _hidden_sheet(sheet: Worksheet) -> None:
    sheet["A1"] = "公开"
    assert sheet.parent is not None
    below = sheet.parent.create_sheet("底稿")
    below.sheet_state = "veryHidden"
    below["A1"] = NUMBER


def _hidden_row(sheet: Worksheet) -> None:
    sheet.append(["公开"])
    sheet.append([PHONE])
    sheet.row_dimensions[2].hidden = True


def _hidden_column(sheet: Worksheet) -> None:
    sheet.append(["姓名", "身份证号"])
    sheet.append(["公开", NUMBER])
    sheet.column_dimensions["B"].hidden = True


def _faint_cell(sheet: Worksheet) -> None:
    sheet["A1"] = NUMBER
    sheet["A1"].number_format = ";;;"


def _cell_comment(sheet: Worksheet) -> None:
    sheet["A1"] = "公开"
    sheet["A1"].comment = Comment(f"{PERSON}的电话 {PHONE}", "经办人")


def _author(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = PERSON


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["名单.xlsx"] = b"data"


def _note(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=PHONE)
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([note]))


def _layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="内部"))
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))


def _two_revisions() -> bytes:
    first = made.pdf_of(made.line(f"number {NUMBER}"))
    with pikepdf.open(io.BytesIO(first)) as pdf:
        page = pdf.pages[0].obj
        contents, root = page.Contents.objgen[0], pdf.Root.objgen[0]
    start = first.rindex(b"startxref") + len(b"startxref")
    old = int(first[start:].split()[0])
    stream = made.line("number masked").encode()
    body = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (contents, len(stream), stream)
    at = len(first)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (contents, at)
    trailer = b"trailer\n<</Size 99/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (root, old, at + len(body))
    return first + body + table + trailer


OPEN_RUN = "<w:r><w:t>公开</w:t></w:r>"
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _run(marks: str) -> bytes:
    return made.docx_of(f"<w:r><w:rPr>{marks}</w:rPr><w:t>{NUMBER}</w:t></w:r>")


def _deleted() -> bytes:
    return made.docx_of(f'<w:del w:author="{PERSON}"><w:r><w:delText>{NUMBER}</w:delText></w:r></w:del>')


def _docx_and(name: str, part: str) -> bytes:
    return made.docx_of(OPEN_RUN, **{name: part.encode()})


def _word_comment() -> bytes:
    said = f'<w:comment w:author="{PERSON}"><w:p><w:r><w:t>{PHONE}</w:t></w:r></w:p></w:comment>'
    return _docx_and("word/comments.xml", f"<w:comments {made.W}>{said}</w:comments>")


def _template() -> bytes:
    where = f'Type="http://x/attachedTemplate" Target="file:///\\\\srv\\{PERSON}\\a.dotx" TargetMode="External"'
    relation = f'<Relationships xmlns="{R}"><Relationship Id="r1" {where}/></Relationships>'
    return _docx_and("word/_rels/settings.xml.rels", relation)


def _xlsx_and(name: str, part: str) -> bytes:
    return made.rezipped(made.xlsx_of(_hidden_row), {name: part.encode()})


def _cache() -> bytes:
    part = f'<pivotCacheDefinition {SHEET}><s v="{NUMBER}"/></pivotCacheDefinition>'
    return _xlsx_and("xl/pivotCache/pivotCacheDefinition1.xml", part)


def _linked() -> bytes:
    return _xlsx_and("xl/externalLinks/externalLink1.xml", f"<externalLink {SHEET}><v>{NUMBER}</v></externalLink>")


def _pdf(second: str) -> bytes:
    return made.pdf_of(made.line("open") + second)


def _changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    return made.pdf_of(made.line("open"), change=change)


def _drawing() -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg"><metadata>{PERSON}</metadata></svg>'.encode()


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "hidden_text": ("a.docx", lambda: _run("<w:vanish/>")),
    "hidden_text pdf": ("a.pdf", lambda: _pdf(made.line(NUMBER, y=50, before="3 Tr"))),
    "hidden_text html": ("a.html", lambda: f'<p>公开</p><p style="display: none">{NUMBER}</p>'.encode()),
    "hidden_text comment": ("a.html", lambda: f"<p>公开</p><!-- {PERSON} {PHONE} -->".encode()),
    "faint_text": ("a.docx", lambda: _run('<w:color w:val="FFFFFF"/>')),
    "faint_text pdf": ("a.pdf", lambda: _pdf(made.line(NUMBER, y=50, before="1 g"))),
    "faint_text tiny": ("a.pdf", lambda: _pdf(made.line(NUMBER, y=50, size=0.5))),
    "faint_text xlsx": ("a.xlsx", lambda: made.xlsx_of(_faint_cell)),
    "covered_text": ("a.pdf", lambda: made.pdf_of(made.line(NUMBER) + "0 g 15 95 200 20 re f\n")),
    "off_page_text": ("a.pdf", lambda: _pdf(made.line(NUMBER, x=900))),
    "tracked_change": ("a.docx", _deleted),
    "comment": ("a.docx", _word_comment),
    "comment xlsx": ("a.xlsx", lambda: made.xlsx_of(_cell_comment)),
    "comment pdf": ("a.pdf", lambda: _changed(_note)),
    "hidden_sheet": ("a.xlsx", lambda: made.xlsx_of(_hidden_sheet)),
    "hidden_row": ("a.xlsx", lambda: made.xlsx_of(_hidden_row)),
    "hidden_column": ("a.xlsx", lambda: made.xlsx_of(_hidden_column)),
    "pivot_cache": ("a.xlsx", _cache),
    "embedded_object": ("a.docx", lambda: _docx_and("word/embeddings/Microsoft_Excel1.xlsx", "x")),
    "embedded_object pdf": ("a.pdf", lambda: _changed(_attachment)),
    "external_link": ("a.xlsx", _linked),
    "template_path": ("a.docx", _template),
    "earlier_revision": ("a.pdf", _two_revisions),
    "active_content": ("a.pdf", lambda: _changed(_script)),
    "hidden_layer": ("a.pdf", lambda: _changed(_layer)),
    "leftover_part": ("a.docx", lambda: _docx_and("customXml/item1.xml", f"<a>{NUMBER}</a>")),
    "author_property": ("a.pdf", lambda: _changed(_author)),
    "other_property": ("a.svg", _drawing),
    "picture_metadata": ("a.png", made.png_with_text),
    "picture_position": ("a.jpg", made.jpeg_with_position),
    "trailing_data": ("a.png", lambda: made.picture() + b"left behind"),
    "unread_picture": ("a.png", made.picture),
}


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_hides_is_found(name: str) -> None:
    file, make = FILES[name]
    screening = screen_file(make(), file, rules())
    assert name.split()[0] in {finding.rule for finding in screening.findings}


@pytest.mark.parametrize("name", FILES)
def test_what_is_hidden_is_no_visible_text(name: str) -> None:
    file, make = FILES[name]
    text = screen_file(make(), file, rules()).text
    assert NUMBER not in text
    assert PHONE not in text


def test_every_structural_rule_has_such_a_file() -> None:
    """Slides, their notes and unreadable letters have tests of their own."""
    shown = {name.split()[0] for name in FILES} | {"hidden_slide", "speaker_note", "unread_letters"}
    assert {name for name, page in pages().items() if page.get("detector") == "structure"} == shown
