"""Files that hide things, made here part by part so that each hides exactly what its name says."""

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
import openpyxl
import pikepdf
from docx.oxml import parse_xml
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from PIL.PngImagePlugin import PngInfo

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PERSON, NUMBER, PHONE = "欧阳小丽", "110101199003070978", "13812345678"


def bare_docx() -> "docx.document.Document":
    """A Word file without the author that python-docx puts in."""
    document = docx.Document()
    for name in ("author", "last_modified_by", "title", "subject", "keywords", "comments", "category"):
        setattr(document.core_properties, name, "")
    return document


def word_bytes(document: "docx.document.Document") -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return rezipped(buffer.getvalue(), {"docProps/thumbnail.jpeg": None, "docProps/app.xml": b"<Properties/>"})


def docx_with(*paragraphs: str) -> bytes:
    """A Word file of plain paragraphs."""
    document = bare_docx()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return word_bytes(document)


def docx_of(body: str, **parts: bytes | None) -> bytes:
    """A Word file whose last paragraph is this piece of WordprocessingML."""
    document = bare_docx()
    document.add_paragraph("公开的正文")
    document.element.body.insert(1, parse_xml(f"<w:p {W}>{body}</w:p>"))
    return rezipped(word_bytes(document), {name.replace("__", "/"): part for name, part in parts.items()})


def rezipped(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The container with these parts put in, replaced, or (None) left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return buffer.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def xlsx_of(fill: Callable[[Worksheet], None]) -> bytes:
    """A workbook without an author, whose sheet the caller fills."""
    book = openpyxl.Workbook()
    book.properties.creator = ""
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return rezipped(buffer.getvalue(), {"docProps/app.xml": b"<Properties/>"})


def pdf_of(content: str, *, change: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """One page of 300 x 200 points; content: operators, with Helvetica as /F."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, 300, 200],
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font))),
        Contents=pdf.make_stream(content.encode("latin-1")),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    if change is not None:
        change(pdf)
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def line(text: str, x: float = 20, y: float = 100, size: float = 12, before: str = "") -> str:
    """Operators for one line of text."""
    return f"BT {before} /F {size} Tf {x} {y} Td ({text}) Tj ET\n"


def picture(kind: str = "PNG", **options: object) -> bytes:
    """A small picture with the options of Pillow's writer."""
    buffer = io.BytesIO()
    Image.new("RGB", (24, 16), (200, 30, 30)).save(buffer, kind, **options)
    return buffer.getvalue()


def jpeg_with_position() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 30.0, 15.0), 3: "E", 4: (119.0, 47.0, 3.0)})
    return picture("JPEG", exif=exif)


def png_with_text() -> bytes:
    info = PngInfo()
    info.add_text("Author", PERSON)
    return picture("PNG", pnginfo=info)
