"""Invented reports as a reader of pictures gives them back, as a converter tears them, and two in one file."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pypdfium2

from gongkai.law.report_forms import Row, Table
from gongkai.law.typesetting import typeset
from gongkai.law.values import Value
from gongkai.papers import docx, pdf
from gongkai.papers.paper import Paper
from gongkai.reports.drawing import Facts
from gongkai.reports.drawing import draw as draw_paper
from gongkai.reports.tests.foreign.invention import Invented, invent
from gongkai.reports.tests.foreign.shapes import BARRED, LINES, SPACED, Drawing, Shape, draw, written

_LOOKS_LIKE = {"0": "Oo〇○", "1": "lI", "2": "Zz", "5": "S", "8": "B"}
_LETTERS = (("未", "末"), ("己", "已"), ("请", "清"), ("政", "攻"), ("公", "么"), ("类", "粪"), ("期", "朋"))
SHARE = 0.02  # of the figures of a scan


class _Scan(Drawing):
    """A report drawn with a figure misread now and then, and a letter of a label."""

    def figures(self, values: list[Value]) -> str:
        gap = self.shape.between
        return gap.join(self._misread(shown) for shown in map(written, values) if shown)

    def label(self, row: Row) -> str:
        label = super().label(row)
        right, wrong = self.chance.choice(_LETTERS)
        return label.replace(right, wrong) if self.chance.random() < 0.05 else label

    def _misread(self, shown: str) -> str:
        if self.chance.random() < 0.1:
            return "".join(chr(ord(one) + 0xFEE0) for one in shown)  # full-width: no misreading, only another print
        if self.chance.random() >= SHARE:
            return shown
        places = [place for place, one in enumerate(shown) if one in _LOOKS_LIKE]
        if len(shown) > 1 and (self.chance.random() < 0.3 or not places):
            at = self.chance.randrange(1, len(shown))
            return f"{shown[:at]} {shown[at:]}"
        if not places:
            return shown
        at = self.chance.choice(places)
        return shown[:at] + self.chance.choice(_LOOKS_LIKE[shown[at]]) + shown[at + 1 :]


def scanned(report: Invented, seed: int, shape: Shape) -> bytes:
    """A report as read from a picture."""
    return _Scan(report, shape, seed).text().encode()


# ── Torn Markdown ──


def torn(report: Invented, seed: int) -> bytes:
    """A table as a dozen small ones: heads once, labels lost or on a line of their own, remarks behind figures."""
    chance = Random(seed)
    form, year = report.form, report.year
    lines = [f"# {report.title}", "", f"本报告期限自{year}年1月1日起至{year}年12月31日止。", ""]
    for section in form.sections:
        lines += [f"## {section.no}、{typeset(section.title)}", ""]
        for table in form.tables:
            if table.part == section.no or (not table.part and section is form.sections[-1]):
                lines += _torn_table(report, table, chance)
    return "\n".join([*lines, report.organ, f"{year + 1}年1月20日"]).encode()


def _torn_table(report: Invented, table: Table, chance: Random) -> Iterator[str]:
    heads = [typeset(column.label) for column in table.columns]
    if table.print == "disputes":
        cells = [report.figures[f"{table.id}.{row.id}.{one.id}"] for row in table.rows for one in table.columns]
        yield from _small([heads * len(table.rows), [written(value) for value in cells]])
        return
    rows: list[list[str]] = [["", *heads]]
    for row in table.rows:
        refs = (f"{table.id}.{row.id}.{column.id}" for column in table.columns)
        figures = [written(report.figures[ref]) for ref in refs if ref in report.figures]
        label = typeset(row.label)
        if chance.random() < 0.08 and figures:
            yield from (*_small(rows), f"{label}", "")
            rows, label = [], ""
        if figures and table.print != "applications" and chance.random() < 0.1 and figures[0] not in ("0", "-", ""):
            figures[0] += f"（其中修订{chance.randrange(1, 30)}件）"
        rows.append([label, *figures])
        if len(rows) > chance.randrange(2, 7):
            yield from _small(rows)
            rows = []
    yield from _small(rows)


def _small(rows: list[list[str]]) -> Iterator[str]:
    """A Markdown table of rows, each as wide as the widest."""
    width = max(map(len, rows), default=0)
    for number, row in enumerate(rows):
        yield "| " + " | ".join([*row, *[""] * (width - len(row))]) + " |"
        if not number:
            yield "|" + " --- |" * width
    if rows:
        yield ""


# ── Two in one file ──


def after(report: Invented, seed: int) -> bytes:
    """A report, and behind it that of another organ on the same form."""
    return "\n\n".join(draw(one, LINES, seed) for one in (report, neighbour(report, seed))).encode()


def beside(left: bytes, right: bytes) -> bytes:
    """Two PDFs printed on one, page by page side by side."""
    made = pypdfium2.PdfDocument.new()
    sources = [pypdfium2.PdfDocument(one) for one in (left, right)]
    for number in range(max(len(source) for source in sources)):
        width, height = sources[0][0].get_size()
        sheet = made.new_page(2 * width, height)
        for side, source in enumerate(sources):
            if number < len(source):
                thing = source.page_as_xobject(number, made).as_pageobject()
                thing.transform(pypdfium2.PdfMatrix().translate(side * width, 0))
                sheet.insert_obj(thing)
        sheet.gen_content()
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def side_by_side(report: Invented, seed: int) -> bytes:
    """A report, and beside it on the same sheets the one that `neighbour` gives for the seed."""
    return beside(pdf.write(_paper(report)), pdf.write(_paper(neighbour(report, seed))))


def neighbour(report: Invented, seed: int) -> Invented:
    """Another organ's report on the same form."""
    organ = "青石镇人民政府" if report.organ != "青石镇人民政府" else "松山县教育局"
    return replace(invent(report.form, seed), organ=organ)


def _paper(report: Invented) -> Paper:
    facts = Facts(report.organ, report.year, date(report.year + 1, 1, 20))
    return draw_paper(report.form, report.figures, report.prose, facts)


# ── Through an office program ──


def through_office(report: Invented, seed: int) -> bytes:
    """Our Word file printed to PDF by LibreOffice, where it is installed."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        (Path(folder) / "in.docx").write_bytes(docx.write(_paper(report)))
        profile = f"-env:UserInstallation={Path(folder).as_uri()}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, f"{folder}/in.docx"]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return (Path(folder) / "in.pdf").read_bytes()


MISREADINGS: Mapping[str, tuple[str, Callable[[Invented, int], bytes]]] = {
    "scan spaced": ("report.txt", lambda report, seed: scanned(report, seed, SPACED)),
    "scan lines": ("report.txt", lambda report, seed: scanned(report, seed, LINES)),
    "scan barred": ("report.txt", lambda report, seed: scanned(report, seed, BARRED)),
    "torn": ("report.md", torn),
    "after": ("report.txt", after),
}
