"""A certificate of a check: digest of the file, versions of the rules, verdicts. The same file gives the same bytes."""

from __future__ import annotations

import json
from typing import Any

from gongkai.law.typesetting import typeset
from gongkai.papers.paper import Box, Heading, Notice, Paper, Paragraph, Run, TableBlock
from gongkai.reports.checking.output import BETWEEN, Checked, tally_of
from gongkai.reports.checking.wording import SAID, SEVERITY
from gongkai.reports.package import page_digest, versions

SCHEMA = "gongkai.certificate/1"
Plain = dict[str, Any]


def content(one: Checked) -> Plain:
    """What is certified. No time and no place: whoever checks the same bytes by the same book writes the same.

    What was found between this file and others that were checked with it is left out: it is not of this file alone.
    """
    report = one.report
    if report is None:
        raise ValueError("a file that was refused has no certificate")
    findings = [finding for finding in one.findings if not finding.rule.startswith(BETWEEN)]
    rules = sorted({finding.rule for finding in findings})
    return {
        "schema": SCHEMA,
        "digest": one.digest,
        "form": report.form.id if report.form else None,
        "year": report.year or None,
        "organ": report.organ,
        "previous": bool(one.previous),
        "cells": len(report.cells),
        "undecided": sum(len(open_.refs) for open_ in report.undecided),
        "tally": tally_of(findings),
        "verdicts": [
            {"rule": finding.rule, "verdict": finding.verdict, "severity": finding.severity, "message": finding.message,
             "cells": list(finding.cells), "waived": finding.waived}
            for finding in findings
        ],
        "rules": {rule: page_digest("checks", rule) for rule in rules},
        "versions": dict(sorted(versions(report.form.id).items())) if report.form else {},
    }  # fmt: skip


def as_json(one: Checked) -> bytes:
    """The certificate as JSON, byte for byte the same whenever it is made."""
    return (json.dumps(content(one), ensure_ascii=False, indent=1) + "\n").encode()


def as_paper(one: Checked) -> Paper:
    """The certificate to be printed."""
    said = content(one)
    organ, year = said["organ"] or "未认出机关", said["year"] or "未认出年度"
    tally = ",".join(f"{SAID[verdict]} {count} 项" for verdict, count in said["tally"].items())
    lines = (
        f"文件摘要(SHA-256):{said['digest']}",
        f"机关:{organ};年度:{year};格式:{said['form'] or '没有表格'}",
        f"读到 {said['cells']} 个单元格,{said['undecided']} 个不能确定",
        f"上年度报告:{'已对照' if said['previous'] else '没有对照'}",
        f"结论:{tally}",
    )
    kept = [one for one in said["verdicts"] if one["verdict"] in ("fail", "ask")]
    rows = [(one["rule"], SAID[one["verdict"]], SEVERITY[one["severity"]], typeset(one["message"])) for one in kept]
    none = Paragraph((Run("没有。"),))
    return Paper(
        "年度报告检查证明",
        (
            *(Paragraph((Run(typeset(line)),), indent=False) for line in lines),
            Heading("一、不通过和需要说明的项目"),
            _table("verdicts", ("规则", "结论", "轻重", "说明"), rows, (1.5, 1, 0.8, 6)) if rows else none,
            Heading("二、所用规则的版本"),
            _table("rules", ("规则", "规则页摘要(SHA-256)"), said["rules"].items(), (2, 6)),
            _table("versions", ("名称", "版本或摘要"), said["versions"].items(), (2, 6)),
            Notice("本证明由程序按所列版本的规则得出，可用同一文件和同一版本重新算得。它不代替有权机关的审查。"),
        ),
    )


def _table(name: str, heads: tuple[str, ...], rows: Any, widths: tuple[float, ...]) -> TableBlock:
    head = (tuple(Box(typeset(text), head="col") for text in heads),)
    body = tuple(tuple(Box(text, align="left") for text in row) for row in rows)
    return TableBlock(name, "", head, body, widths)
