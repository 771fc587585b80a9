"""A process that reads and judges what it is given, one line of JSON a task, within limits of its own.

`python -m gongkai.reports.checking.worker` reads tasks from standard input and answers on standard output. A file that
brings it down brings down nothing else: the caller (guard.py) says so and starts another.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from gongkai.containers.answering import serve
from gongkai.law.refusal import Misprint, Refused
from gongkai.reports.checking.judging import judge
from gongkai.reports.checking.keeping import keep, keep_finding, kept
from gongkai.reports.checking.opening import open_report
from gongkai.reports.checking.output import digest_of
from gongkai.reports.foreign.report import ReadReport

MEMORY = 1024 * 1024 * 1024
LARGEST = 20 * 1024 * 1024
Task = Mapping[str, Any]
Answer = dict[str, Any]


def read(task: Task) -> Answer:
    """Task: name, and path or data (base64); form_id; previous as kept. Answer: digest and report as kept."""
    data = _data(task)
    previous = kept(task["previous"]) if task.get("previous") else None
    report = open_report(task["name"], data, task.get("form_id"), previous)
    return {"digest": digest_of(data), "report": keep(report)}


def judge_read(task: Task) -> Answer:
    """Task: report and previous as kept; others (figures of the same form by name); kind. Answer: findings."""
    previous = kept(task["previous"]) if task.get("previous") else None
    others = {name: kept(one).figures() for name, one in (task.get("others") or {}).items()}
    return _judged(kept(task["report"]), previous, task, others)


def check(task: Task) -> Answer:
    """Read and judge in one: as `read`, and previous may be a task of its own."""
    before = _previous(task)
    data = _data(task)
    report = open_report(task["name"], data, task.get("form_id"), before)
    if before and before.year and report.year and before.year != report.year - 1:
        said = f"这是 {report.year} 年度的报告,用来对照的却是 {before.year} 年度的,不是上一年度的;请换一份"
        raise Refused("wrong_year", f"{task['name']}:{said}")
    return {"digest": digest_of(data), "report": keep(report)} | _judged(report, before, task, {})


def _previous(task: Task) -> ReadReport | None:
    before = task.get("previous")
    if not before:
        return None
    return kept(before) if "cells" in before else open_report(before["name"], _data(before))


def _judged(report: ReadReport, previous: ReadReport | None, task: Task, others: dict[str, Any]) -> Answer:
    findings = judge(report, previous, others, task.get("kind"))
    return {"findings": [keep_finding(finding) for finding in findings]}


def _data(task: Task) -> bytes:
    if "data" in task:
        return base64.b64decode(task["data"])
    path = Path(task["path"])
    try:
        if path.stat().st_size > LARGEST:
            raise Refused("too_large", f"{task['name']}:文件超过 {LARGEST // 1024 // 1024} 兆字节")
        return path.read_bytes()
    except OSError as fault:
        raise Refused("unreadable_file", f"打不开文件 {task['name']}:{fault.strerror}") from None


def ready(task: Task) -> Answer:
    """Says that the worker stands."""
    return {"ready": True}


TASKS: Mapping[str, Callable[[Task], Answer]] = {"ready": ready, "read": read, "judge": judge_read, "check": check}


def answer(line: str | bytes) -> Answer:
    """The answer to one task; a refusal is an answer."""
    task = json.loads(line)
    try:
        return TASKS[task["do"]](task)
    except Refused as no:
        return {"refused": [no.code, no.reason, no.cite]}
    except Misprint as no:
        return {"refused": ["misprint", str(no), ""]}
    except RecursionError:
        return {"refused": ["too_complex", f"{task.get('name', '')}:文件嵌套太深,已停止读取", ""]}
    except MemoryError:
        return {"refused": ["too_large", f"{task.get('name', '')}:文件占用的内存超过上限,已停止读取", ""]}


def main() -> None:
    """Answer tasks until standard input ends."""
    serve(answer, memory=MEMORY)


if __name__ == "__main__":
    main()
