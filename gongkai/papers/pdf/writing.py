"""A Paper as PDF: archival (PDF/A-2a) and accessible (PDF/UA-1, tagged), set by typst from one template."""

from __future__ import annotations

import dataclasses
import datetime
import json
import pathlib
from typing import Any

import typst

from gongkai.papers import charts, layout
from gongkai.papers.paper import AttachmentTitle, Block, ChartBlock, Heading, Paper, Paragraph, Signature, TableBlock
from gongkai.papers.pdf import faces

TEMPLATE = pathlib.Path(__file__).parent / "paper.typ"
MISSING = "〓"  # the printer's mark for a character that the fonts lack
_CHINA = datetime.timezone(datetime.timedelta(hours=8))


def write(paper: Paper) -> bytes:
    """The bytes of the PDF; the same paper and fonts give the same bytes.

    A character that no font has is printed as 〓 and named in a notice at the end: see missing_glyphs().
    """
    where = faces.folders()
    data = json.dumps(_whole(paper, where), ensure_ascii=False)
    day = layout.day(paper)
    made: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=faces.fonts(where),
        ignore_system_fonts=True,
        sys_inputs={"paper": data},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.datetime(day.year, day.month, day.day, tzinfo=_CHINA),
    )
    return made


def missing_glyphs(paper: Paper) -> tuple[str, ...]:
    """The characters of a paper that none of its fonts can print, in the order of their code points."""
    known = faces.characters(faces.folders())
    written = json.dumps(dataclasses.asdict(paper), ensure_ascii=False)
    return tuple(sorted(character for character in set(layout.clean(written)) if ord(character) not in known))


def _whole(paper: Paper, where: tuple[str, ...]) -> dict[str, Any]:
    missing = missing_glyphs(paper)
    day = layout.day(paper)
    lang, _, region = paper.lang.partition("-")
    whole: dict[str, Any] = {
        "title": paper.title,
        "title_lines": layout.title_lines(paper.title, paper.organ),
        "organ": paper.organ,
        "keywords": list(paper.keywords),
        "blocks": _blocks(paper),
        "lang": lang,
        "region": region or None,
    }
    whole = _printable(whole, str.maketrans(dict.fromkeys(missing, MISSING)))
    if missing:
        whole["blocks"].append({"kind": "notice", "text": _warning(missing)})
    return whole | {
        "day": {"year": day.year, "month": day.month, "day": day.day},
        "faces": faces.stacks(where),
        "sizes": _sizes(),
    }


def _warning(missing: tuple[str, ...]) -> str:
    codes = "、".join(f"U+{ord(character):04X}" for character in missing[:20])
    more = f"等{len(missing)}个" if len(missing) > 20 else ""
    return f"提示：字库缺少以下字符，文中以“{MISSING}”代替，请补充字库后重新生成：{codes}{more}"


def _printable(value: Any, table: dict[int, str]) -> Any:
    """The data with control characters taken out and missing characters replaced, in every text."""
    match value:
        case str():
            return layout.clean(value).translate(table)
        case dict():
            return {key: _printable(item, table) for key, item in value.items()}
        case list() | tuple():
            return [_printable(item, table) for item in value]
        case _:
            return value


def _sizes() -> dict[str, Any]:
    return {
        "page": layout.PAGE_MM, "top": layout.TOP_MM, "bottom": layout.BOTTOM_MM, "left": layout.LEFT_MM,
        "right": layout.RIGHT_MM, "text": layout.TEXT_MM, "body": layout.BODY_PT, "pitch": layout.PITCH_PT,
        "tracking": layout.TRACKING_PT, "title": layout.TITLE_PT, "footer": layout.FOOTER_PT, "note": layout.NOTE_PT,
        "caption": layout.CAPTION_PT,
    }  # fmt: skip


def _blocks(paper: Paper) -> list[dict[str, Any]]:
    """The blocks as the template wants them."""
    made: list[dict[str, Any]] = []
    heading = ""
    for block, following in zip(paper.blocks, [*paper.blocks[1:], None], strict=True):
        item = _block(block, paper.organ)
        if isinstance(block, Paragraph):
            # The signature never stands alone on a page (7.3.5.5): the last paragraph goes with it.
            item["sticky"] = isinstance(following, Signature)
        if isinstance(block, Heading | AttachmentTitle):
            heading = block.text if isinstance(block, Heading) else block.title
        if isinstance(block, TableBlock) and block.caption == heading:  # it would say the same once more
            item["caption"] = ""
        made.append(item)
    return made


def _block(block: Block, organ: str) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": min(max(block.level, 1), 3)}
        case Paragraph():
            return {"kind": "paragraph"} | dataclasses.asdict(block)
        case TableBlock():
            return _table(block)
        case ChartBlock():
            return _chart(block)
        case Signature():
            return {"kind": "signature", "organ": block.organ, "date": block.date}
        case AttachmentTitle():
            lines = layout.title_lines(block.title, organ)
            return {"kind": "attachment", "label": block.label, "lines": lines}
        case _:
            return {"kind": "notice", "text": block.text}


def _table(table: TableBlock) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "note": table.note,
        "pt": layout.table_pt(table),
        "widths": layout.column_mm(table),
        "header": [[dataclasses.asdict(box) for box in row] for row in table.head],
        "rows": [[dataclasses.asdict(box) for box in row] for row in table.rows],
    }


def _chart(chart: ChartBlock) -> dict[str, Any]:
    bars = [
        {"label": label, "share": share, "text": printed}
        for (label, _, printed), share in zip(chart.bars, charts.shares(chart), strict=True)
    ]
    return {
        "kind": "chart",
        "title": f"{chart.title}（单位：{chart.unit}）" if chart.unit else chart.title,
        "description": charts.describe(chart),
        "bars": bars,
        "fill": charts.BAR,
        "table": _table(charts.table(chart)),
    }
