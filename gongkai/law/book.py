"""The book of law on disk: TOML pages found by chapter and name. Cheap to import, because every command starts here."""

from __future__ import annotations

import os
import tomllib
from functools import cache

from gongkai.law.refusal import Misprint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ROOT: str = os.environ.get("GONGKAI_BOOK") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "book")
CHAPTERS = ("calendar", "time_limits", "fees", "vocabulary", "report_forms", "checks", "crosswalk")


def pages(chapter: str) -> tuple[str, ...]:
    """The names of the pages of a chapter (file stems), sorted; Misprint when the book has no such chapter."""
    return _names(os.path.join(ROOT, chapter), chapter)


def page(chapter: str, name: str) -> dict[str, Any]:
    """One page as parsed TOML, read once; callers must not change it. Misprint when it is missing or not TOML."""
    if not name.replace("_", "").replace("-", "").isalnum():
        raise Misprint(chapter, f"“{name}”不是页名", "页名只含字母、数字、下划线和连字符")
    return _read(os.path.join(ROOT, chapter, name + ".toml"), f"{chapter}/{name}.toml")


def has(chapter: str, name: str) -> bool:
    """Whether the book has this page; reads nothing else of the chapter."""
    return os.path.isfile(os.path.join(ROOT, chapter, name + ".toml"))


@cache
def _names(folder: str, chapter: str) -> tuple[str, ...]:
    try:
        files = os.listdir(folder)
    except OSError:
        raise Misprint(chapter, "法规册中没有这一章", f"请检查文件夹 {folder}") from None
    return tuple(sorted(file.removesuffix(".toml") for file in files if file.endswith(".toml")))


@cache
def _read(path: str, where: str) -> dict[str, Any]:
    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise Misprint(where, "法规册中没有这一页", f"请补上文件 {path}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Misprint(where, f"不是合格的 TOML:{fault}", "请按所指行列改正") from None
