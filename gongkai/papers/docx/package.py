"""The docx container: styles, settings, footers and properties, in a zip whose bytes depend on the paper only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from gongkai.papers import layout
from gongkai.papers.docx.marks import FONTS, PITCH, attribute, run, run_marks, text, twips
from gongkai.papers.paper import Paper

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
# Faces to take, in this order, where the office's own are not installed.
_SUBSTITUTES = {
    "仿宋_GB2312": "仿宋,FangSong,FandolFang R",
    "楷体_GB2312": "楷体,KaiTi,LXGW WenKai",
    "黑体": "SimHei,FandolHei,Noto Sans CJK SC",
    "方正小标宋_GBK": "方正小标宋简体,FandolSong,Noto Serif CJK SC",
    "宋体": "SimSun,FandolSong,Noto Serif CJK SC",
}


def pack(paper: Paper, body: str, charts: Mapping[str, str]) -> bytes:
    """The docx. body: content of <w:body> before its section; charts: relation id -> chart part."""
    parts = {
        "[Content_Types].xml": _content_types(charts),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core(paper),
        "word/document.xml": f"{_XML}<w:document {NAMESPACES}><w:body>{body}{_section()}</w:body></w:document>",
        "word/styles.xml": _styles(paper.lang),
        "word/settings.xml": _settings(paper.lang),
        "word/fontTable.xml": _font_table(),
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
        "word/_rels/document.xml.rels": _document_relations(charts),
    } | {f"word/charts/{name}.xml": part for name, part in charts.items()}
    stamp = max(layout.day(paper).timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            member = zipfile.ZipInfo(name, stamp)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            package.writestr(member, part.encode("utf-8"))
    return buffer.getvalue()


def _content_types(charts: Mapping[str, str]) -> str:
    kinds = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/word/footer1.xml": f"{_WORD}.footer+xml",
        "/word/footer2.xml": f"{_WORD}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    } | {f"/word/charts/{n}.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml" for n in charts}
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relations(entries: Mapping[str, tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, (kind, target) in entries.items()
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _package_relations() -> str:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return _relations({"r1": (f"{_R}/officeDocument", "word/document.xml"), "r2": (core, "docProps/core.xml")})


def _document_relations(charts: Mapping[str, str]) -> str:
    entries = {
        "styles": (f"{_R}/styles", "styles.xml"),
        "settings": (f"{_R}/settings", "settings.xml"),
        "fonts": (f"{_R}/fontTable", "fontTable.xml"),
        "odd": (f"{_R}/footer", "footer1.xml"),
        "even": (f"{_R}/footer", "footer2.xml"),
    }
    return _relations(entries | {name: (f"{_R}/chart", f"charts/{name}.xml") for name in charts})


def _core(paper: Paper) -> str:
    moment = f'xsi:type="dcterms:W3CDTF">{layout.day(paper).isoformat()}T00:00:00Z'
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(paper.title)}</dc:title><dc:creator>{text(paper.organ)}</dc:creator>"
        f"<cp:keywords>{text(','.join(paper.keywords))}</cp:keywords><dc:language>{text(paper.lang)}</dc:language>"
        f"<dcterms:created {moment}</dcterms:created><dcterms:modified {moment}</dcterms:modified></cp:coreProperties>"
    )


def _section() -> str:
    width, height = (twips(side) for side in layout.PAGE_MM)
    edges = {"top": layout.TOP_MM, "right": layout.RIGHT_MM, "bottom": layout.BOTTOM_MM, "left": layout.LEFT_MM}
    margins = " ".join(f'w:{edge}="{twips(room)}"' for edge, room in edges.items())
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar {margins} w:header="851" '
        f'w:footer="{twips(layout.FOOTER_MM - 5)}" w:gutter="0"/></w:sectPr>'
    )


def _styles(lang: str) -> str:
    named = {
        "Title": ("Title", "小标宋", layout.TITLE_PT, "center", 9),
        "Heading1": ("heading 1", "黑体", layout.BODY_PT, "both", 0),
        "Heading2": ("heading 2", "楷体", layout.BODY_PT, "both", 1),
        "Heading3": ("heading 3", "仿宋", layout.BODY_PT, "both", 2),
        "Caption": ("caption", "黑体", layout.CAPTION_PT, "center", 9),
    }
    listed = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:jc w:val="{align}"/>'
        f'<w:outlineLvl w:val="{level}"/></w:pPr>{run_marks(face, size)}</w:style>'  # type: ignore[arg-type]
        for key, (name, face, size, align, level) in named.items()
    )
    default = run_marks("仿宋", layout.BODY_PT).replace(
        "</w:rPr>", f'<w:lang w:val="en-US" w:eastAsia="{attribute(lang)}"/></w:rPr>'
    )
    return (
        f"{_XML}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault>{default}</w:rPrDefault><w:pPrDefault/>"
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{PITCH}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
        f"</w:style>{listed}</w:styles>"
    )


def _settings(lang: str) -> str:
    return (
        f"{_XML}<w:settings {NAMESPACES}><w:evenAndOddHeaders/>"
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="{attribute(lang)}"/></w:settings>'
    )


def _font_table() -> str:
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{_SUBSTITUTES[name]}"/><w:charset w:val="86"/></w:font>'
        for name in FONTS.values()
    )
    return f"{_XML}<w:fonts {NAMESPACES}>{listed}</w:fonts>"


def _footer(side: str) -> str:
    """—1— in 四号 宋体, one character in from the outer edge (7.5)."""
    marks = run_marks("宋体", layout.FOOTER_PT)
    field = "".join(f"<w:r>{marks}{content}</w:r>" for content in (
        '<w:fldChar w:fldCharType="begin"/>', '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>',
    ))  # fmt: skip
    dash = run("—", "宋体", layout.FOOTER_PT)
    inset = f'<w:ind w:{side}="{round(layout.FOOTER_PT * 20)}"/><w:jc w:val="{side}"/>'
    return f"{_XML}<w:ftr {NAMESPACES}><w:p><w:pPr>{inset}</w:pPr>{dash}{field}{dash}</w:p></w:ftr>"
