"""Sound files to be mangled: whole reports, and small ones of one table, so that many can be read in a second."""

from __future__ import annotations

import io
import json
import pickle
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from gongkai.law.report_forms import all_forms
from gongkai.papers import docx, html, pdf, text, xlsx
from gongkai.papers.paper import Paper, TableBlock
from gongkai.reports import package
from gongkai.reports.drawing import Facts, draw
from gongkai.reports.tests.foreign.invention import Invented, invent
from gongkai.reports.tests.foreign.shapes import SHAPES, Drawing

Kind = Literal["txt", "md", "html", "json", "docx", "xlsx", "pdf", "other"]
Size = Literal["small", "whole"]
Seeds = dict[tuple[Size, Kind], list[bytes]]
SECTIONS = {"一": "全年主动公开信息67条,比上年增加12.5%。", "六": "无。"}


def seeds() -> Seeds:
    """Files by size and kind, drawn by our own writers from invented reports on every form."""
    found: Seeds = defaultdict(list)
    for number, form in enumerate(all_forms()):
        report = invent(form, number, size=2)
        facts = Facts(report.organ, report.year, date(report.year + 1, 1, 20))
        paper = draw(form, report.figures, SECTIONS, facts)
        for kind, data in _kinds(paper):
            found["whole", kind].append(data)
        for one in _tables(paper):
            for kind, data in _kinds(one):
                found["small", kind].append(data)
        for place, data in _texts(report, number):
            found[place].append(data)
        figures = {ref: package.PackagedFigure(value) for ref, value in report.figures.items()}
        packed = package.Package(report.organ, report.year, form, figures, sections=SECTIONS)
        found["small", "json"].append(package.write(packed))
    found["small", "other"] = [*_others()]
    return dict(found)


def load(path: Path) -> Seeds:
    """Seeds as `keep` left them: drawing them takes longer than reading a thousand files."""
    made: Seeds = pickle.loads(path.read_bytes())
    return made


def keep(path: Path) -> None:
    """Draw them and leave them in a file."""
    path.write_bytes(pickle.dumps(seeds()))


def _kinds(paper: Paper) -> Iterator[tuple[Kind, bytes]]:
    yield "html", html.document(paper).encode()
    yield "docx", docx.write(paper)
    yield "xlsx", xlsx.write(paper)
    yield "pdf", pdf.write(paper)
    yield "md", text.write(paper).encode()


def _tables(paper: Paper) -> Iterator[Paper]:
    """A paper for each table of up to six rows."""
    for block in paper.blocks:
        if isinstance(block, TableBlock):
            yield Paper(paper.title, (TableBlock(block.id, block.caption, block.head, block.rows[:6], block.widths),))


def _texts(report: Invented, number: int) -> Iterator[tuple[tuple[Size, Kind], bytes]]:
    for shape in SHAPES.values():
        drawing = Drawing(report, shape, number)
        yield ("whole", "txt"), drawing.text().encode()
        for table in report.form.tables:
            yield ("small", "txt"), f"{report.title}\n{drawing.table(table)[:500]}\n".encode()


def _others() -> Iterator[bytes]:
    """Files that are no report, or say that they are something else."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("报告.txt", "政府信息公开工作年度报告")
    yield buffer.getvalue()
    yield b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield b"\x89PNG\r\n\x1a\n" + bytes(200)
    yield b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\n<p>x</p>\r\n--x--"
    yield json.dumps({"organ": "x", "year": 2020, "form": "national_2021", "figures": [{}], "sections": [1]}).encode()
    yield "关于召开座谈会的通知。".encode("gb18030") * 40
