"""What the guide and the rules of an organ must say: the items that the book asks for, with article and mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.law import book
from gongkai.law.refusal import Misprint, Refused

CHAPTER = "public_documents"
FACTS = ("address", "phone", "email", "lead")
"""What the organ's own record says too, so that a text can be held against it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be said. required: whether its lack is a fault; fact: one of FACTS, or "" where nothing else tells.

    cite, mark: the article it rests on, and how that was checked.
    """

    code: str
    zh: str
    en: str
    hint: str
    required: bool
    cite: str
    mark: str
    fact: str


@dataclass(frozen=True, slots=True)
class Demands:
    """All that a kind of document must say on a day, in the order in which it is printed.

    review_months: after how long it should be looked at again. change_limit: the time limit for bringing it up to date
    after what it says has changed, "" where there is none.
    """

    kind: str
    title: str
    items: tuple[Item, ...]
    review_months: int
    change_limit: str
    cite: str


def kinds() -> tuple[str, ...]:
    """The kinds of document that the book knows."""
    return book.pages(CHAPTER)


def demands(kind: str, on: date) -> Demands:
    """What a document of this kind must say under the law of a day.

    Refused `rule_not_in_force` where no version covers the day; Misprint when the page is faulty.
    """
    page, where = book.page(CHAPTER, kind), f"{CHAPTER}/{kind}.toml"
    version = _version(page, on)
    codes = {raw["code"] for raw in page["item"]}
    if strangers := sorted(set(version["required"]) - codes):
        raise Misprint(where, f"要求的事项 {strangers} 没有写明是什么", "补上 [[item]]")
    if len(codes) != len(page["item"]):
        raise Misprint(where, "有一项写了两次", "删去一个")
    items = tuple(_item(where, raw, version) for raw in page["item"])
    return Demands(kind, page["title"], items, page["review_months"], page.get("change_limit", ""), version["cite"])


def _version(page: dict[str, Any], on: date) -> dict[str, Any]:
    for version in page["version"]:
        if version["from"] <= on and on <= version.get("until", on):
            found: dict[str, Any] = version
            return found
    first = page["version"][0]
    raise Refused(
        "rule_not_in_force", f"{on} 还没有关于“{page['title']}”的规定:最早自 {first['from']} 起", first["cite"]
    )


def _item(where: str, raw: dict[str, Any], version: dict[str, Any]) -> Item:
    named = raw["code"] in version["required"]
    if not (named or (raw.get("cite") and raw.get("mark"))):
        raise Misprint(where, f"{raw['code']} 不在法定事项中,也没有自己的依据和核对标记", "补上 cite 和 mark")
    if raw.get("fact", "") not in ("", *FACTS):
        raise Misprint(where, f"{raw['code']} 的 fact 不认识", f"可用:{'、'.join(FACTS)}")
    return Item(
        raw["code"], raw["zh"], raw["en"], raw.get("hint", ""), named or raw.get("required", False),
        raw.get("cite") or version["cite"], raw.get("mark") or version["mark"], raw.get("fact", ""),
    )  # fmt: skip
