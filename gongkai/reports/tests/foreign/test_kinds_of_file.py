"""The same report in every kind of file: what our own writers draw comes back whole, and so do the odd containers."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pypdfium2
import pytest

from gongkai.containers import office
from gongkai.law.refusal import Refused
from gongkai.law.report_forms import all_forms, load
from gongkai.papers import docx, html, pdf, text, xlsx
from gongkai.papers.paper import Paper, Paragraph, Run
from gongkai.papers.tests.as_ofd import DIALECTS, as_ofd
from gongkai.reports.drawing import Facts, draw
from gongkai.reports.foreign.reading import read_report, read_reports
from gongkai.reports.foreign.report import ReadReport
from gongkai.reports.tests.foreign.invention import Invented, invent
from gongkai.reports.tests.foreign.misreadings import beside

SECTIONS = {"前言": "本报告依据条例编制。", "一": "一般情况。", "六": "无。"}
needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def paper(report: Invented) -> Paper:
    facts = Facts(report.organ, report.year, date(report.year + 1, 1, 20))
    return draw(report.form, report.figures, SECTIONS, facts)


def page(report: Invented) -> str:
    return html.document(paper(report))


def as_markdown(report: Invented) -> bytes:
    """Text with a rule under the head of each table, as converters write it."""
    lines = text.write(paper(report)).split("\n")
    out = []
    for number, line in enumerate(lines):
        out.append(line)
        if line.startswith("|") and not lines[number - 1].startswith("|"):
            out.append("|" + " --- |" * (line.count("|") - 1))
    return "\n".join(out).encode()


def archive(report: Invented) -> bytes:
    head = "From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return (head + part + page(report) + "\r\n--x--\r\n").encode()


WRITERS: Mapping[str, Callable[[Invented], bytes]] = {
    "html": lambda report: page(report).encode(),
    "gb.html": lambda report: page(report).replace("utf-8", "gb18030").encode("gb18030"),
    "docx": lambda report: docx.write(paper(report)),
    "xlsx": lambda report: xlsx.write(paper(report)),
    "pdf": lambda report: pdf.write(paper(report)),
    "ofd": lambda report: as_ofd(pdf.write(paper(report)), DIALECTS["one by one"]),
    "txt": lambda report: text.write(paper(report)).encode(),
    "md": as_markdown,
    "mht": archive,
}


def same(report: Invented, read: ReadReport) -> None:
    assert read.form is report.form
    assert (read.organ, read.year) == (report.organ, report.year)
    assert read.figures() == report.figures
    assert read.undecided == []
    assert {cell.settled_by for cell in read.cells} == {"printed"}


@pytest.mark.parametrize("form_id", [form.id for form in all_forms()])
@pytest.mark.parametrize("kind", WRITERS)
def test_a_report_comes_back_from_every_kind_of_file(kind: str, form_id: str) -> None:
    for seed in (1, 5):
        report = invent(load(form_id), seed)
        same(report, read_report(WRITERS[kind](report), f"report.{kind}"))


def test_the_name_of_a_file_is_not_believed() -> None:
    report = invent(load("national_2021"), 3)
    same(report, read_report(WRITERS["html"](report), "report.doc"))
    same(report, read_report(WRITERS["docx"](report), "report.pdf"))


def test_every_cell_says_where_it_stood() -> None:
    report = invent(load("national_2021"), 3)
    cell = next(cell for cell in read_report(WRITERS["pdf"](report), "x.pdf").cells if cell.ref == "t3.granted.total")
    assert cell.where.page >= 1
    assert all((cell.where.table, cell.where.row, cell.where.column))
    assert cell.row_label == "三、本年度办理结果/（一）予以公开"
    assert cell.column_label == "总计"


@needs_office
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_an_old_office_file_is_read_through_libreoffice(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "modern", partial(office.modern, seconds=100.0))  # a busy machine is not a damaged file
    report = invent(load("national_2021"), 3)
    (tmp_path / "in.docx").write_bytes(WRITERS["docx"](report))
    profile = f"-env:UserInstallation={tmp_path.as_uri()}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "in.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    same(report, read_report((tmp_path / f"in.{kind}").read_bytes(), f"in.{kind}"))


def test_an_old_office_file_without_libreoffice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Refused, match="LibreOffice"):
        read_report(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "old.doc")


def test_two_reports_side_by_side_are_cut_apart() -> None:
    left, right = invent(load("national_2021"), 4), invent(load("national_2021"), 9)
    both = read_reports(beside(pdf.write(paper(left)), pdf.write(paper(right))), "both.pdf")
    assert len(both) == 2
    for report, read in zip((left, right), both, strict=True):
        assert read.year == report.year
        assert read.figures() == report.figures


def test_a_file_with_a_few_words_is_not_taken_for_a_scan() -> None:
    for name, data in (("短.txt", "主动公开100条".encode()), ("program.exe", b"MZ and so on")):
        with pytest.raises(Refused, match="几乎没有汉字") as refused:
            read_report(data, name)
        assert refused.value.code == "no_text"


def test_a_scan_is_said_to_be_one() -> None:
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(595, 842)
    buffer = io.BytesIO()
    blank.save(buffer)
    with pytest.raises(Refused, match="扫描件"):
        read_report(buffer.getvalue(), "scan.pdf")
    with pytest.raises(Refused, match="图片"):
        read_report(b"\x89PNG\r\n\x1a\n" + bytes(100), "scan.png")


def test_a_report_kept_as_a_string_of_a_script_is_read() -> None:
    report = invent(load("national_2021"), 3)
    body = html.write(paper(report)).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("/", "\\/")
    script = f'<script>var c = "{body}";</script>'
    shell = f'<html><head><title>年报</title></head><body><div id="c"></div>{script}</body></html>'
    assert read_report(shell.encode(), "page.html").figures() == report.figures


@pytest.mark.parametrize("link", ['<img src="/files/2020.jpg">', '<a href="./P0202101.pdf">年度报告</a>'])
def test_a_page_that_only_hangs_up_a_picture_or_file_says_so(link: str) -> None:
    head = "<head><title>某某局2020年政府信息公开工作年度报告</title></head>"
    shell = f"<html>{head}<body><ul><li>首页</li></ul>{link}</body></html>"
    with pytest.raises(Refused, match="网页里没有报告正文"):
        read_report(shell.encode(), "page.html")


def test_a_text_without_tables_is_prose_only() -> None:
    said = (
        "某某县司法局2016年政府信息公开工作年度报告\n一、概述\n全年主动公开信息67条。\n"
        "二、收费情况\n没有收费。\n2017年1月5日\n"
    )
    read = read_report(said.encode(), "a.txt")
    assert read.form is None
    assert (read.year, read.organ) == (2016, "某某县司法局")
    assert [heading.title for heading in read.headings] == ["概述", "收费情况"]
    assert "67条" in read.sections["一"]


def test_other_archives_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("a.txt", "text")
    with pytest.raises(Refused, match="压缩包"):
        read_report(buffer.getvalue(), "a.zip")


def test_a_workbook_of_one_paragraph_is_no_report() -> None:
    read = read_report(
        docx.write(Paper("通知", (Paragraph((Run("关于召开座谈会的通知,请各单位按时参加会议。"),)),))), "a.docx"
    )
    assert read.form is None
    assert read.cells == []


@pytest.mark.parametrize("name", ["a.js", "a.html", "a.txt", "a.json"])
def test_a_page_kept_in_a_string_is_read_as_the_page(name: str) -> None:
    """As programs keep pages: markup in quotes, its own quotes escaped."""
    report = invent(load("national_2021"), 3)
    body = page(report)[page(report).index("<body") :].replace("<td", '<td nowrap="nowrap" style="width:9px;"')
    quoted = json.dumps(body, ensure_ascii=False)
    text = quoted if name.endswith("json") else f'export const title = "年报";\nexport const body = {quoted};\n'
    same(report, read_report(text.encode(), name))


def test_a_page_whose_scripts_write_markup_is_read_itself() -> None:
    report = invent(load("national_2021"), 3)
    script = "<script>" + "document.write('<a href=\\\"/x\\\">首页</a>');" * 4 + "</script>"
    same(report, read_report(page(report).replace("<body>", f"<body>{script}").encode(), "a.html"))


def test_lines_of_text_in_json_are_read_in_turn() -> None:
    report = invent(load("national_2021"), 3)
    lines = text.write(paper(report)).split("\n")
    pages = {"pages": [{"no": 1, "lines": [{"text": line} for line in lines]}]}
    same(report, read_report(json.dumps(pages).encode(), "a.json"))


KILLED = """
import sys; from gongkai.containers import office
office.modern(office.OLE + "WordDocument".encode("utf-16-le"), 1.0)
"""


@pytest.mark.skipif(not shutil.which("timeout"), reason="no coreutils")
def test_libreoffice_ends_though_whoever_waits_for_it_is_killed(tmp_path: Path) -> None:
    program, told = tmp_path / "soffice", tmp_path / "pid"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {told}.new; mv {told}.new {told}; wait\n")
    program.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    waiting = subprocess.Popen([sys.executable, "-c", KILLED], env={**os.environ, "PATH": path})
    until = time.monotonic() + 30
    while not told.exists():
        assert time.monotonic() < until
        time.sleep(0.02)
    waiting.kill()
    waiting.wait()
    started = int(told.read_text())
    while runs(started):
        assert time.monotonic() < until, "what it started goes on for ever"
        time.sleep(0.05)


def runs(process: int) -> bool:
    """Whether a process is there and no zombie that nobody has looked after."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
