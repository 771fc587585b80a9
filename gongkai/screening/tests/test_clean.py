"""Clean copies: what is masked is nowhere in the unpacked bytes, what was hidden is gone, the rest still reads."""

import io
import zipfile
from collections.abc import Callable, Iterator

import docx
import openpyxl
import pikepdf
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from gongkai.screening.clean import clean_copy
from gongkai.screening.files import screen_file
from gongkai.screening.findings import Mask
from gongkai.screening.refusal import NotAccepted
from gongkai.screening.tests import specimens as made
from gongkai.screening.tests.pages import rules
from gongkai.screening.tests.specimens import NUMBER, PERSON, PHONE
from gongkai.screening.tests.test_hidden import FILES

GROUND = "《政府信息公开条例》第十五条 个人隐私"
HARMLESS = {"unread_picture", "unread_letters"}


def masks_on(data: bytes, name: str, *words: str) -> list[Mask]:
    text = screen_file(data, name, rules()).text
    return [Mask((text.index(word), text.index(word) + len(word)), GROUND) for word in words]


def unpacked(data: bytes) -> Iterator[bytes]:
    """Every byte that can be had out of a file: parts of a container, decoded streams of a PDF."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield from (package.read(name) for name in package.namelist())
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for one in pdf.objects:
                yield (
                    one.read_bytes() if isinstance(one, pikepdf.Stream) and "/Width" not in one else repr(one).encode()
                )


def nowhere(word: str, data: bytes) -> bool:
    return not any(
        word.encode(encoding) in part for part in unpacked(data) for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    )


def _roster(sheet: Worksheet) -> None:
    sheet.append(["姓名", "身份证号", "金额"])
    sheet.append([PERSON, NUMBER, 500])
    sheet.append(["说明", f"见 {NUMBER}", '=HYPERLINK("http://x/' + NUMBER + '","看")'])


def _word_table() -> bytes:
    document = made.bare_docx()
    document.add_heading("救助名单", 1)
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "姓名", "身份证号"
    table.cell(1, 0).text = PERSON
    paragraph = table.cell(1, 1).paragraphs[0]
    paragraph.add_run(NUMBER[:7]).bold = True
    paragraph.add_run(NUMBER[7:])
    document.sections[0].header.paragraphs[0].text = f"经办 {NUMBER}"
    document.add_picture(io.BytesIO(made.jpeg_with_position()))
    return made.word_bytes(document)


SEEN: dict[str, Callable[[], bytes]] = {
    "a.txt": lambda: f"名单\n{PERSON}\t{NUMBER}\n".encode("gb18030"),
    "a.html": lambda: (
        f'<h1>名单</h1><p>{PERSON}<a href="mailto:{NUMBER}@a.cn">{NUMBER[:6]}<b>{NUMBER[6:]}</b></a></p>'.encode()
    ),
    "a.svg": lambda: f'<svg xmlns="http://www.w3.org/2000/svg"><text>{PERSON} {NUMBER}</text></svg>'.encode(),
    "a.docx": _word_table,
    "a.xlsx": lambda: made.xlsx_of(_roster),
}


@pytest.mark.parametrize("name", SEEN)
def test_what_is_masked_is_nowhere_in_the_unpacked_copy(name: str) -> None:
    data = SEEN[name]()
    copy = clean_copy(data, name, masks_on(data, name, NUMBER, PERSON), rules())
    assert nowhere(NUMBER, copy)
    assert nowhere(PERSON, copy)
    assert "＊" in screen_file(copy, name, rules()).text


@pytest.mark.parametrize("name", SEEN)
def test_a_copy_without_masks_reads_as_the_file(name: str) -> None:
    data = SEEN[name]()
    copy = clean_copy(data, name, [], rules())
    assert screen_file(copy, name, rules()).text.split() == screen_file(data, name, rules()).text.split()


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_hidden_in_a_copy(name: str) -> None:
    file, make = FILES[name]
    copy = clean_copy(make(), file, [], rules())
    after = screen_file(copy, file, rules())
    assert {finding.rule for finding in after.findings if finding.kind in ("hidden", "metadata")} <= HARMLESS
    assert all(nowhere(word, copy) for word in (NUMBER, PHONE, PERSON))


def test_a_word_copy_opens_and_keeps_its_look() -> None:
    data = _word_table()
    copy = docx.Document(io.BytesIO(clean_copy(data, "a.docx", masks_on(data, "a.docx", PERSON), rules())))
    assert copy.paragraphs[0].style is not None
    assert copy.paragraphs[0].style.name == "Heading 1"
    assert copy.tables[0].cell(1, 0).text == "＊＊＊＊"
    assert copy.tables[0].cell(1, 1).paragraphs[0].runs[0].bold
    assert len(copy.inline_shapes) == 1


def test_a_workbook_copy_opens_and_keeps_numbers_as_numbers() -> None:
    data = made.xlsx_of(_roster)
    sheet = openpyxl.load_workbook(
        io.BytesIO(clean_copy(data, "a.xlsx", masks_on(data, "a.xlsx", PERSON), rules()))
    ).active
    assert isinstance(sheet, Worksheet)
    assert [cell.value for cell in sheet[2]] == ["＊＊＊＊", NUMBER, 500]


@pytest.mark.parametrize(
    "content",
    [
        made.line(f"card {NUMBER} end"),
        f"BT /F 12 Tf 20 100 Td [(card ) -20 ({NUMBER[:5]}) 3 ({NUMBER[5:]} end)] TJ ET",
        f"BT /F 12 Tf 14 TL 2 Tc 20 100 Td (card ) Tj ({NUMBER} end) ' ET",
        f'BT /F 12 Tf 20 100 Td 1 1 (card {NUMBER} end) " ET',
        "/Span <</ActualText (" + NUMBER + ")>> BDC " + made.line(f"card {NUMBER} end") + " EMC",
    ],
)
def test_masked_glyphs_are_taken_out_of_a_pdf_and_the_rest_stays_in_its_place(content: str) -> None:
    data = made.pdf_of(content)
    copy = clean_copy(data, "a.pdf", masks_on(data, "a.pdf", NUMBER), rules())
    assert nowhere(NUMBER, copy)
    assert not any(NUMBER[:6].encode() in part for part in unpacked(copy))
    text = screen_file(copy, "a.pdf", rules()).text
    assert "card" in text
    assert "end" in text


def test_text_in_a_form_shared_by_two_pages_is_masked_on_both() -> None:
    def share(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(made.line(f"shared {NUMBER}").encode())
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox, form.Resources = [0, 0, 300, 200], pdf.pages[0].Resources
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm=form))
        pdf.pages[0].Contents = pdf.make_stream(b"q /Fm Do Q")
        pdf.pages.append(pdf.pages[0])

    data = made.pdf_of("", change=share)
    copy = clean_copy(data, "a.pdf", masks_on(data, "a.pdf", NUMBER), rules())
    assert nowhere(NUMBER, copy)
    assert screen_file(copy, "a.pdf", rules()).text.count("shared") == 2


def test_a_mask_on_the_text_of_a_scanned_page_is_refused() -> None:
    def scan(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(bytes(3 * 4), Width=2, Height=2, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Im=image)

    data = made.pdf_of("q 300 0 0 200 0 0 cm /Im Do Q " + made.line(NUMBER, before="3 Tr"), change=scan)
    screening = screen_file(data, "a.pdf", rules())
    assert NUMBER in screening.text
    with pytest.raises(NotAccepted) as refusal:
        clean_copy(data, "a.pdf", masks_on(data, "a.pdf", NUMBER), rules())
    assert refusal.value.code == "cannot_clean"


def test_a_picture_copy_has_the_pixels_and_nothing_else() -> None:
    copy = clean_copy(made.jpeg_with_position(), "a.jpg", [], rules())
    with Image.open(io.BytesIO(copy)) as image:
        assert image.size == (24, 16)
        assert not image.getexif()


def test_what_a_mask_shows_stands_in_its_place() -> None:
    data = f"救助 {PERSON} 500 元".encode()
    copy = clean_copy(data, "a.txt", [Mask((3, 7), GROUND, "欧阳**")], rules())
    assert copy.decode() == "救助 欧阳** 500 元"


@pytest.mark.parametrize(("span", "ground"), [((0, 0), GROUND), ((5, 900), GROUND), ((0, 2), " ")])
def test_a_mask_without_place_or_ground_is_refused(span: tuple[int, int], ground: str) -> None:
    with pytest.raises(NotAccepted) as refusal:
        clean_copy("公开的文字".encode(), "a.txt", [Mask(span, ground)], rules())
    assert refusal.value.code == "bad_mask"


def test_no_copy_is_made_of_a_file_with_a_secrecy_mark() -> None:
    with pytest.raises(NotAccepted) as refusal:
        clean_copy("机密★10年\n正文".encode(), "a.txt", [], rules())
    assert refusal.value.code == "quarantined"
