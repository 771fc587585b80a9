"""A Paper as a Word document in the layout of GB/T 9704-2012, ready to be sent as it is."""

from __future__ import annotations

from gongkai.papers import charts, layout
from gongkai.papers.docx import drawings, package
from gongkai.papers.docx.marks import CHARACTER, PITCH, body_run, paragraph, run, style
from gongkai.papers.docx.tables import table
from gongkai.papers.paper import (
    AttachmentTitle,
    Block,
    ChartBlock,
    Heading,
    Notice,
    Paper,
    Paragraph,
    Signature,
    TableBlock,
)

_INDENT = f'<w:ind w:firstLine="{2 * CHARACTER}"/>'


def write(paper: Paper) -> bytes:
    """The bytes of a docx; the same paper gives the same bytes."""
    writer = _Writer(paper)
    body = writer.title(paper.title, after=PITCH)
    for block, following in zip(paper.blocks, [*paper.blocks[1:], None], strict=True):
        # The signature never stands alone on a page (7.3.5.5): the last paragraph goes with it.
        if isinstance(block, Paragraph) and isinstance(following, Signature):
            body += writer.paragraph(block, "<w:keepNext/>")
        else:
            body += writer.block(block)
    return package.pack(paper, body, writer.drawn)


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self.organ = paper.organ
        self.drawn: dict[str, str] = {}
        self.heading = ""  # the last one, of a part or an attachment: a table of the same name needs no caption

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                return self.heading_line(block)
            case Paragraph():
                return self.paragraph(block)
            case TableBlock():
                return self.table(block)
            case ChartBlock():
                return self.chart(block)
            case Signature():
                return self.signature(block)
            case AttachmentTitle():
                return self.attachment(block)
            case Notice():
                return self.notice(block)

    def title(self, text: str, after: int) -> str:
        lines = "\n".join(layout.title_lines(text, self.organ))
        spacing = f'<w:spacing w:before="0" w:after="{after}" w:line="700" w:lineRule="exact"/>'
        return paragraph(run(lines, "小标宋", layout.TITLE_PT), f"{style('Title')}{spacing}")

    def heading_line(self, heading: Heading) -> str:
        self.heading = heading.text
        level = min(max(heading.level, 1), 3)
        return paragraph(body_run(heading.text, layout.HEADING_FACES[level]), style(f"Heading{level}") + _INDENT)

    def paragraph(self, block: Paragraph, keep: str = "") -> str:
        align = f'<w:jc w:val="{block.align}"/>' if block.align != "left" else ""
        runs = "".join(body_run(run.text, bold=run.bold) for run in block.runs)
        return paragraph(runs, keep + (_INDENT if block.indent else "") + align)

    def notice(self, notice: Notice) -> str:
        """Between two rules, in 黑体, so that it cannot be overlooked or taken for text of the report."""
        edges = "".join(f'<w:{e} w:val="single" w:sz="6" w:space="4" w:color="000000"/>' for e in ("top", "bottom"))
        spacing = f'<w:spacing w:before="120" w:after="240" w:line="{PITCH}" w:lineRule="exact"/>'
        marks = f'<w:pBdr>{edges}</w:pBdr>{spacing}<w:jc w:val="center"/>'
        return paragraph(run(notice.text, "黑体", layout.CAPTION_PT), marks)

    def signature(self, signature: Signature) -> str:
        organ, day = layout.signature_indents(signature.organ, signature.date)
        lines = ((signature.organ, organ, PITCH, "<w:keepNext/>"), (signature.date, day, 0, ""))
        return "".join(
            paragraph(
                body_run(text),
                f'{keep}<w:spacing w:before="{before}" w:after="0" w:line="{PITCH}" w:lineRule="exact"/>'
                f'<w:ind w:left="{round(left * CHARACTER)}"/><w:jc w:val="left"/>',
            )
            for text, left, before, keep in lines
        )

    def attachment(self, block: AttachmentTitle) -> str:
        """7.3.7: a new page, the label at the upper left, the title centred on the third line."""
        self.heading = block.title
        spacing = f'<w:spacing w:before="0" w:after="{PITCH}" w:line="{PITCH}" w:lineRule="exact"/>'
        label = paragraph(body_run(block.label, "黑体"), f"<w:keepNext/><w:pageBreakBefore/>{spacing}")
        return label + self.title(block.title, after=PITCH // 2)

    def table(self, block: TableBlock) -> str:
        caption = "" if block.caption == self.heading else self.caption(block.caption)
        return caption + table(block) + self.below(block.note)

    def caption(self, text: str) -> str:
        spacing = f'<w:spacing w:before="120" w:after="60" w:line="{PITCH}" w:lineRule="exact"/>'
        return paragraph(run(text, "黑体", layout.CAPTION_PT), style("Caption") + spacing) if text else ""

    def below(self, note: str) -> str:
        """The note of a table, or a narrow gap: two tables with nothing between them would become one."""
        if not note:
            return paragraph("", '<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>')
        spacing = '<w:spacing w:before="60" w:after="160" w:line="320" w:lineRule="exact"/>'
        return paragraph(run(note, "仿宋", layout.NOTE_PT), spacing)

    def chart(self, block: ChartBlock) -> str:
        name = f"chart{len(self.drawn) + 1}"
        self.drawn[name] = drawings.part(block)
        spacing = '<w:spacing w:before="120" w:after="60" w:line="240" w:lineRule="auto"/>'
        picture = paragraph(drawings.inline(block, len(self.drawn)), f'<w:keepNext/>{spacing}<w:jc w:val="center"/>')
        return picture + self.table(charts.table(block))
