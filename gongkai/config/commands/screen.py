"""`gongkai screen`: what must not get out of files, one or a folder of them. Needs no database."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from gongkai.config.commands import refusals
from gongkai.law import book
from gongkai.law.refusal import Misprint, Refused
from gongkai.screening.files import screen_file
from gongkai.screening.findings import SEVERITIES, Finding, Screening
from gongkai.screening.refusal import BadRule, NotAccepted
from gongkai.screening.rules import Rules

SECONDS = 60  # for one file; a file that takes longer is not worth waiting for
NAMES = {"quarantine": "隔离", "high": "高", "medium": "中", "low": "低"}


def run(argv: list[str]) -> int:
    """Exit code 0 nothing found, 1 findings, 2 a file is refused or cannot be read."""
    options = _parser().parse_args(argv)
    try:
        rules = _rules()
        paths = list(_files([Path(path) for path in options.files]))
        answers = [_screened(path, rules) for path in paths]
    except (Refused, Misprint) as no:
        return refusals.say(no, options.as_json)
    if options.as_json:
        told = [_as_json(path, answer) for path, answer in zip(paths, answers, strict=True)]
        refusals.print_json(told if len(told) != 1 or Path(options.files[0]).is_dir() else told[0])
    else:
        for path, answer in zip(paths, answers, strict=True):
            refusals.tell("\n".join(_lines(path, answer)))
    if any(isinstance(answer, NotAccepted) for answer in answers):
        return refusals.REFUSED
    return int(any(isinstance(answer, Screening) and answer.findings for answer in answers))


def _rules() -> Rules:
    try:
        return Rules.of(book.chapter("screening"))
    except BadRule as fault:
        raise Misprint(f"screening/{fault.page}.toml", fault.fault, fault.mend) from fault


def _files(paths: list[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named; hidden ones left out. Refused when there are none."""
    for path in paths:
        if not path.exists():
            raise Refused("no_file", f"找不到 {path};请检查路径")
        inside = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
        inside = [one for one in inside if one == path or not any(part.startswith(".") for part in one.parts)]
        if not inside:
            raise Refused("empty_folder", f"{path} 中没有文件")
        yield from inside


def _screened(path: Path, rules: Rules) -> Screening | NotAccepted:
    try:
        with _in_time():
            return screen_file(path.read_bytes(), path.name, rules)
    except NotAccepted as no:
        return no
    except OSError as fault:
        return NotAccepted("unreadable", f"读不出文件:{fault.strerror};请检查权限")
    except MemoryError:
        return NotAccepted("too_large", "文件占用的内存过多,已停止检查。请拆成几个文件")


@contextmanager
def _in_time() -> Iterator[None]:
    """NotAccepted `too_slow` after SECONDS."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise NotAccepted("too_slow", f"检查超过 {SECONDS} 秒,已停止。文件可能损坏或过于复杂")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _as_json(path: Path, answer: Screening | NotAccepted) -> dict[str, Any]:
    if isinstance(answer, NotAccepted):
        return {"file": str(path), "error": answer.code, "reason": answer.reason, "findings": []}
    return {**answer.as_json(), "file": str(path)}


def _lines(path: Path, answer: Screening | NotAccepted) -> Iterator[str]:
    """The result for a person, the gravest first."""
    if isinstance(answer, NotAccepted):
        yield f"{path}:不接收。{answer.reason}"
        return
    if not answer.findings:
        yield f"{path}:没有发现"
        return
    yield f"{path}:{len(answer.findings)} 处" + (
        "。带有国家秘密标志:不得存入本系统,请立即报告" if answer.quarantined else ""
    )
    for finding in sorted(answer.findings, key=lambda one: SEVERITIES.index(one.severity)):
        yield f"  [{NAMES[finding.severity]}] {finding.where} {_said(finding)}({finding.basis})"


def _said(finding: Finding) -> str:
    mask = f" → {finding.mask}" if finding.mask else ""
    text = " ".join(finding.text.split())
    return f"{finding.title}:{text}{mask}" if text else finding.title


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "gongkai screen",
        description="公开前筛查 docx、xlsx、pptx、pdf、html、txt、图片:个人信息、密级和内部标志、隐藏内容。不留副本。",
        epilog="退出码:0 没有发现;1 有发现;2 有文件不接收或读不出。",
    )
    parser.add_argument("files", nargs="+", metavar="文件或文件夹", help="要公开的文件,或装有这些文件的文件夹")
    parser.add_argument(
        "--json",
        dest="as_json",
        action="store_true",
        help="输出 JSON:每个文件一个对象 {file, findings};多个文件为数组",
    )
    return parser
