"""A PDF drawn again as an OFD, as different programs write them: the same characters and rules, said in another way."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import pdfplumber

from gongkai.papers.pdf.reading import not_a_bar

MM = 25.4 / 72
NAMESPACE = "http://www.ofdspec.org/2016"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a program writes. runs: words as one object, with a step to each character; shrunk: sizes in points under a
    matrix; repeated: equal steps as `g`; boxes: rules as filled boxes; template: the rules on a template page.
    """

    runs: bool = True
    shrunk: bool = False
    repeated: bool = False
    boxes: bool = False
    template: bool = False
    absolute: bool = False
    prefix: str = "ofd:"


DIALECTS = {
    "runs": Dialect(),
    "one by one": Dialect(runs=False, absolute=True),
    "matrix": Dialect(shrunk=True, template=True),
    "repeated steps": Dialect(repeated=True, boxes=True, prefix=""),
}


def as_ofd(pdf: bytes, dialect: Dialect) -> bytes:
    """The package."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        pages = [
            (page.width * MM, page.height * MM, page.chars, page.filter(not_a_bar).edges) for page in document.pages
        ]
    p = dialect.prefix
    parts, listed, templates = {}, "", ""
    for number, (width, height, characters, edges) in enumerate(pages):
        rules = "".join(_rule(edge, dialect) for edge in edges)
        words = "".join(_words(characters, dialect))
        used = f'<{p}Template TemplateID="{900 + number}" ZOrder="Background"/>' if dialect.template else ""
        area = f"<{p}Area><{p}PhysicalBox>0 0 {width:.3f} {height:.3f}</{p}PhysicalBox></{p}Area>"
        if dialect.template:
            parts[f"Doc_0/Tpls/Tpl_{number}/Content.xml"] = _part(
                "Page", f"<{p}Content><{p}Layer>{rules}</{p}Layer></{p}Content>", p
            )
            templates += f'<{p}TemplatePage ID="{900 + number}" BaseLoc="Tpls/Tpl_{number}/Content.xml"/>'
            rules = ""
        block = f"<{p}PageBlock>{rules}{words}</{p}PageBlock>"
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _part(
            "Page", f"{area}{used}<{p}Content><{p}Layer ID='{number + 10}'>{block}</{p}Layer></{p}Content>", p
        )
        root = "/Doc_0/" if dialect.absolute else ""
        listed += f'<{p}Page ID="{number + 1}" BaseLoc="{root}Pages/Page_{number}/Content.xml"/>'
    area = f"<{p}PageArea><{p}PhysicalBox>0 0 210 297</{p}PhysicalBox></{p}PageArea>"
    parts["Doc_0/Document.xml"] = _part(
        "Document", f"<{p}CommonData>{area}{templates}</{p}CommonData><{p}Pages>{listed}</{p}Pages>", p
    )
    parts["OFD.xml"] = _part("OFD", f"<{p}DocBody><{p}DocRoot>Doc_0/Document.xml</{p}DocRoot></{p}DocBody>", p)
    return package(parts)


def package(parts: dict[str, str]) -> bytes:
    """Parts as the file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in parts.items():
            archive.writestr(place, content)
    return made.getvalue()


def _part(name: str, content: str, p: str) -> str:
    named = f"xmlns:{p.rstrip(':')}" if p else "xmlns"
    return f'<?xml version="1.0" encoding="UTF-8"?><{p}{name} {named}="{NAMESPACE}">{content}</{p}{name}>'


def _words(characters: list[dict[str, Any]], dialect: Dialect) -> Iterator[str]:
    """Text objects; where a run is written as one, it ends where the line does."""
    keyed = itertools.groupby(characters, lambda c: (round(c["bottom"], 1), round(c["size"], 1), c["upright"]))
    for (bottom, size, _), found in keyed:
        run = list(found)
        for piece in [run] if dialect.runs else [[one] for one in run]:
            yield _text_object(piece, bottom, size, dialect)


def _text_object(run: list[dict[str, Any]], bottom: float, size: float, dialect: Dialect) -> str:
    p, x, height = dialect.prefix, run[0]["x0"] * MM, size * MM
    top, base = bottom * MM - height, height * 0.88
    unit = MM if dialect.shrunk else 1.0
    steps = [(after["x0"] - before["x0"]) * MM / unit for before, after in itertools.pairwise(run)]
    matrix = f' CTM="{MM:.6f} 0 0 {MM:.6f} 0 0"' if dialect.shrunk else ""
    said = f' DeltaX="{_steps(steps, dialect)}"' if steps else ""
    text = escape("".join(one["text"] for one in run))
    return (
        f'<{p}TextObject ID="7" Boundary="{x:.3f} {top:.3f} {(run[-1]["x1"] - run[0]["x0"]) * MM:.3f} {height:.3f}"'
        f' Font="3" Size="{height / unit:.4f}"{matrix}>'
        f'<{p}TextCode X="0" Y="{base / unit:.4f}"{said}>{text}</{p}TextCode></{p}TextObject>'
    )


def _steps(steps: list[float], dialect: Dialect) -> str:
    if not dialect.repeated:
        return " ".join(f"{step:.4f}" for step in steps)
    groups = [(f"{step:.3f}", len(list(same))) for step, same in itertools.groupby(steps, lambda step: round(step, 3))]
    return " ".join(f"g {count} {step}" if count > 1 else step for step, count in groups)


def _rule(edge: dict[str, Any], dialect: Dialect) -> str:
    p = dialect.prefix
    x, y, width, height = (edge[key] * MM for key in ("x0", "top", "width", "height"))
    if dialect.boxes:
        path = f"M 0 0 L {width + 0.2:.3f} 0 L {width + 0.2:.3f} {height + 0.2:.3f} L 0 {height + 0.2:.3f} C"
        look, x, y = 'Stroke="false" Fill="true"', x - 0.1, y - 0.1
    else:
        path, look = f"M 0 0 L {width:.3f} {height:.3f}", 'LineWidth="0.2"'
    return (
        f'<{p}PathObject ID="8" Boundary="{x:.3f} {y:.3f} {width + 0.2:.3f} {height + 0.2:.3f}" {look}>'
        f"<{p}AbbreviatedData>{path}</{p}AbbreviatedData></{p}PathObject>"
    )
