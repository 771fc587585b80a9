"""`gongkai law`: list, show, proofread and print the book of law."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from gongkai.config.commands import refusals
from gongkai.law import book, pages, proofreading
from gongkai.law.refusal import Misprint, Refused
from gongkai.screening import examples
from gongkai.screening.refusal import BadRule

HELP = """查看法规册:工作日历、期限、收费、词汇、报表格式、检查规则、各代格式对照、筛查规则。

例:gongkai law                        各章各页
    gongkai law time_limits reply      一页
    gongkai law --check                校验全册:每页可读,每条有依据,每个例子算得对
    gongkai law --write docs/law       印成 Markdown"""


def run(argv: list[str]) -> int:
    """0 done, 1 faults found by --check, 2 refused or unusable input."""
    asked = _parser().parse_args(argv)
    try:
        if asked.check:
            return _proofread()
        if asked.write:
            return _write(Path(asked.write))
        if asked.page:
            print(pages.page(asked.chapter, asked.page))
        else:
            print("\n".join(listed(asked.chapter)))
    except (Refused, Misprint) as no:
        return refusals.say(no, as_json=False)
    return 0


def listed(chapter: str) -> Iterator[str]:
    """The titles of a chapter's pages, or of all chapters. Refused when there is no such chapter."""
    if chapter and chapter not in pages.TITLES:
        raise Refused("unknown_chapter", f"法规册没有“{chapter}”这一章;现有:{'、'.join(pages.TITLES)}")
    for name in [chapter] if chapter else pages.TITLES:
        yield f"{pages.TITLES[name]}({name})"
        yield from (f"  {page:<36} {pages.title(name, page)}" for page in book.pages(name))


def _proofread() -> int:
    found = [*proofreading.faults(), *_screening()]
    for fault in found:
        print(fault, file=sys.stderr)
    count = sum(len(book.pages(chapter)) for chapter in proofreading.CHAPTERS)
    print(f"法规册 {count} 页," + (f"{len(found)} 处有误" if found else "全部合格"))
    return 1 if found else 0


def _screening() -> list[str]:
    """The examples of the screening rules, tried by the room that carries them out."""
    try:
        return list(examples.faults(book.chapter("screening")))
    except BadRule as fault:
        return [str(fault)]


def _write(folder: Path) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.documents().items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as fault:
        raise Refused("cannot_write", f"写不进 {folder}:{fault.strerror};请换一个可写的文件夹") from None
    print(f"已印到 {folder}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("gongkai law", description=HELP, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("chapter", nargs="?", default="", metavar="CHAPTER", help="章,如 time_limits")
    parser.add_argument("page", nargs="?", default="", metavar="PAGE", help="页,如 reply")
    parser.add_argument("--check", action="store_true", help="校验全册;有误时退出码为 1")
    parser.add_argument("--write", metavar="DIR", help="印成 Markdown 文件")
    return parser
