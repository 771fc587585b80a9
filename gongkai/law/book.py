"""The book of law on disk: TOML pages found by chapter and name.

Every command starts here, so a page once parsed is kept beside the pages in `__pycache__`, as Python keeps its own
modules: reading it back takes a fifth of the time and does not load the TOML reader.
"""

from __future__ import annotations

import marshal
import os
import sys
from datetime import date

from gongkai.law.refusal import Misprint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ROOT: str = os.environ.get("GONGKAI_BOOK") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "book")
CHAPTERS = (
    "calendar",
    "time_limits",
    "fees",
    "vocabulary",
    "report_forms",
    "checks",
    "crosswalk",
    "phrases",
    "screening",
    "public_documents",
)
EDITION = 1  # of the kept form; raise it when the form changes

_pages: dict[str, dict[str, Any]] = {}
_names: dict[str, tuple[str, ...]] = {}


def pages(chapter: str) -> tuple[str, ...]:
    """The names of the pages of a chapter (file stems), sorted; Misprint when the book has no such chapter."""
    folder = os.path.join(ROOT, chapter)
    if folder not in _names:
        try:
            files = os.listdir(folder)
        except OSError:
            raise Misprint(chapter, "法规册中没有这一章", f"请检查文件夹 {folder}") from None
        _names[folder] = tuple(sorted(file.removesuffix(".toml") for file in files if file.endswith(".toml")))
    return _names[folder]


def page(chapter: str, name: str) -> dict[str, Any]:
    """One page as parsed TOML, read once; callers must not change it. Misprint when it is missing or not TOML."""
    path, where = path_of(chapter, name), f"{chapter}/{name}.toml"
    if path not in _pages:
        try:
            state = os.stat(path)
        except FileNotFoundError:
            raise Misprint(where, "法规册中没有这一页", f"请补上文件 {path}") from None
        stamp = (EDITION, state.st_mtime_ns, state.st_size)
        kept = os.path.join(ROOT, chapter, "__pycache__", f"{name}.{sys.implementation.cache_tag}.page")
        found = _kept(kept, stamp)
        if found is None:
            found = _parsed(path, where)
            _keep(kept, stamp, found)
        _pages[path] = found
    return _pages[path]


def chapter(name: str) -> dict[str, dict[str, Any]]:
    """All pages of a chapter, name → parsed TOML; callers must not change them."""
    return {one: page(name, one) for one in pages(name)}


def path_of(chapter: str, name: str) -> str:
    """Where the file of a page is or would be. Misprint when the name cannot be a page's."""
    if not name.replace("_", "").replace("-", "").isalnum():
        raise Misprint(chapter, f"“{name}”不是页名", "页名只含字母、数字、下划线和连字符")
    return os.path.join(ROOT, chapter, name + ".toml")


def source(chapter: str, name: str) -> str:
    """A page as written. Misprint when it is missing."""
    try:
        with open(path_of(chapter, name), encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        raise Misprint(f"{chapter}/{name}.toml", "法规册中没有这一页") from None


def has(chapter: str, name: str) -> bool:
    """Whether the book has this page; reads nothing else of the chapter."""
    return os.path.isfile(path_of(chapter, name))


def _parsed(path: str, where: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - its import alone takes longer than all the rest of a cold `gongkai due`

    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Misprint(where, f"不是合格的 TOML:{fault}", "请按所指行列改正") from None


def _kept(path: str, stamp: tuple[int, int, int]) -> dict[str, Any] | None:
    """The page kept at `path` if it was made from the file as it is now."""
    try:
        with open(path, "rb") as file:
            made_from, content = marshal.load(file)
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return _thawed(content) if made_from == stamp else None


def _keep(path: str, stamp: tuple[int, int, int], content: dict[str, Any]) -> None:
    """Keep a parsed page; where the folder may not be written, the next start parses again."""
    draft = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(draft, "wb") as file:
            marshal.dump((stamp, _frozen(content)), file)
        os.replace(draft, path)
    except OSError:
        return


def _frozen(value: Any) -> Any:
    """Days as (year, month, day): marshal knows no dates, and TOML no tuples."""
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_frozen(inner) for inner in value]
    return (value.year, value.month, value.day) if isinstance(value, date) else value


def _thawed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _thawed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_thawed(inner) for inner in value]
    return date(*value) if isinstance(value, tuple) else value
