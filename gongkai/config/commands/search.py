"""`gongkai search`: how the search index stands, made anew when asked, and searched from the keyboard."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from gongkai.config.start import bring_up_to_date, refuse, say, start
from gongkai.law.refusal import Refused

if TYPE_CHECKING:
    from gongkai.search.asking import Passage

TOLD_EVERY = 5_000  # documents between two lines of progress


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai search`."""
    made = argparse.ArgumentParser(
        prog="gongkai search",
        description="检索公开信息；不带关键词时显示检索索引的状态。",
        epilog="索引只是缓存，可以随时重建；中断了再次执行即从断处继续，其间检索照常。",
    )
    made.add_argument("words", nargs="*", metavar="关键词", help="几个词须同时出现")
    made.add_argument("--rebuild", action="store_true", help="重建检索索引")
    made.add_argument("--json", action="store_true", help="输出 JSON")
    return made


def run(argv: list[str]) -> int:
    """Exit code 0; 1 when nothing was found, or the index cannot answer yet; 2 when refused."""
    options = parser().parse_args(argv)
    try:
        start()
        bring_up_to_date()
        if options.rebuild:
            rebuilt()
        return searched(" ".join(options.words), options.json) if options.words else stated(options.json)
    except Refused as refused:
        return refuse(refused)


def rebuilt() -> None:
    """A new index, with progress."""
    from gongkai.disclosures.findable import SHELF

    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        if done - told >= TOLD_EVERY:
            told = done
            print(f"已索引 {done:,} / {total:,}", file=sys.stderr, flush=True)

    SHELF.rebuild(tell)


def stated(as_json: bool) -> int:
    """How the index stands, in a sentence or as JSON."""
    from dataclasses import asdict

    from gongkai.disclosures.findable import SHELF

    state = SHELF.state()
    if as_json:
        print(json.dumps(asdict(state), ensure_ascii=False))
    elif state.ready:
        say(f"检索引擎 {state.engine}，索引内 {state.documents:,} 条，待收入的变动 {state.behind:,} 条。")
    else:
        making = "" if state.building is None else f"，正在建立（已有 {state.building:,} 条）"
        say(f"检索引擎 {state.engine}，还没有索引{making}；网站启动后会自动建立，也可执行 gongkai search --rebuild。")
    return 0 if state.ready else 1


def searched(words: str, as_json: bool) -> int:
    """What is found: the first twenty, a line each."""
    from django.utils import timezone

    from gongkai.disclosures import public_search

    answer = public_search.search(words, at=timezone.now(), filters={})
    lines = [
        {
            "organ": item.organ_code, "number": item.item_number, "title": _plain(item.title),
            "published_on": item.published_on.isoformat(),
        }
        for item in answer.items
    ]  # fmt: skip
    if as_json:
        told = {"total": answer.total, "items": lines, "suggestions": answer.suggestions}
        print(json.dumps(told, ensure_ascii=False))
    else:
        say(
            f"找到 {answer.total:,} 条。" + (f"可以试试：{'；'.join(answer.suggestions)}" if answer.suggestions else "")
        )
        for line in lines:
            print("  ".join(line.values()))
    return 0 if answer.total else 1


def _plain(passage: Passage) -> str:
    return "".join(segment.text for segment in passage)
