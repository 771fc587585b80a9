"""Small pieces of WordprocessingML: runs and paragraphs in the faces of the standard."""

from __future__ import annotations

from html import escape

from gongkai.papers import layout
from gongkai.papers.layout import Face

# The faces that an office machine has; fontTable.xml names the free ones to take where they are missing.
FONTS: dict[Face, str] = {
    "仿宋": "仿宋_GB2312",
    "楷体": "楷体_GB2312",
    "黑体": "黑体",
    "小标宋": "方正小标宋_GBK",
    "宋体": "宋体",
}
PITCH = round(layout.PITCH_PT * 20)
CHARACTER = round((layout.BODY_PT + layout.TRACKING_PT) * 20)  # width of a body character in twips


def twips(millimetres: float) -> int:
    """A length in twentieths of a point, as Word counts."""
    return round(millimetres / 25.4 * 1440)


def text(value: str) -> str:
    """Text as XML content, characters that XML forbids left out."""
    return escape(layout.clean(value), quote=False)


def attribute(value: str) -> str:
    """Text as the value of an XML attribute."""
    return escape(layout.clean(value)).replace("\n", " ")


def run_marks(face: Face, size: float, *, bold: bool = False, tracking: int = 0) -> str:
    """<w:rPr>: the East Asian face on every run, or Word would take its own default for Chinese."""
    font = FONTS[face]
    return (
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}" w:hint="eastAsia"/>'
        + ("<w:b/>" if bold else "")
        + (f'<w:spacing w:val="{tracking}"/>' if tracking else "")
        + f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
    )


def run(value: str, face: Face, size: float, *, bold: bool = False, tracking: int = 0) -> str:
    """One run; a line feed in the text becomes a break."""
    lines = (f'<w:t xml:space="preserve">{line}</w:t>' for line in text(value).split("\n"))
    return f"<w:r>{run_marks(face, size, bold=bold, tracking=tracking)}{'<w:br/>'.join(lines)}</w:r>"


def paragraph(content: str, marks: str = "") -> str:
    """A w:p of ready-made runs, with its paragraph marks."""
    return f"<w:p><w:pPr>{marks}</w:pPr>{content}</w:p>"


def body_run(value: str, face: Face = "仿宋", *, bold: bool = False) -> str:
    """A run of 三号 text, drawn together by a quarter point so that 28 characters fit a line."""
    return run(value, face, layout.BODY_PT, bold=bold, tracking=round(layout.TRACKING_PT * 20))


def style(name: str) -> str:
    """The mark that gives a paragraph a named style."""
    return f'<w:pStyle w:val="{name}"/>'
