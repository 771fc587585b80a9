"""The menu of the desk: sections by subject, each with its pages, as far as somebody may open them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy

from gongkai.records.roles import Role
from gongkai.workbench.access import Desk

May = Callable[[Desk | None], bool]


def _business(desk: Desk | None) -> bool:
    return desk is not None and desk.does_business


def _everybody(desk: Desk | None) -> bool:
    return True


def _who(may: Callable[[Desk], bool]) -> May:
    return lambda desk: desk is not None and may(desk)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the menu; name: of its address and of `here` on the pages below it."""

    name: str
    title: str | Lazy
    may: May = _business


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one subject under one title; the title leads to the first of them that may be opened."""

    title: str | Lazy
    pages: tuple[Page, ...]


def _alone(name: str, title: str | Lazy, may: May = _business) -> Section:
    return Section(title, (Page(name, title, may),))


MENU = (
    Section(gettext_lazy("今日"), (Page("home", gettext_lazy("待办")), Page("late", gettext_lazy("逾期")))),
    Section(
        gettext_lazy("公开信息"),
        (
            Page("items", gettext_lazy("信息办理")),
            Page("duties", gettext_lazy("目录责任")),
            Page("guides", gettext_lazy("指南和制度")),
        ),
    ),
    Section(
        gettext_lazy("年度报告"),
        (
            Page("reports", gettext_lazy("本机关年报")),
            Page("comments", gettext_lazy("公众留言")),
            Page("received", gettext_lazy("收到的报告")),
            Page("corrections", gettext_lazy("年报更正")),
        ),
    ),
    Section(
        gettext_lazy("登记簿"),
        (
            Page("registers", gettext_lazy("全部登记簿")),
            Page("import", gettext_lazy("导入"), _who(lambda desk: desk.does_business and desk.keeps_registers)),
            Page("jobs", gettext_lazy("后台任务")),
        ),
    ),
    _alone("oversight", gettext_lazy("下级机关"), _who(lambda desk: Role.SUPERVISOR.value in desk.roles)),
    _alone("people", gettext_lazy("人员与账号"), _who(lambda desk: desk.keeps_people)),
    _alone("organs", gettext_lazy("机关"), _who(lambda desk: desk.keeps_system)),
    _alone("door", gettext_lazy("登录设置"), _who(lambda desk: desk.keeps_system)),
    _alone("locked", gettext_lazy("锁定"), _who(lambda desk: desk.keeps_security)),
    _alone("entries", gettext_lazy("操作日志"), _who(lambda desk: desk.reads_entries)),
    _alone("own_account", gettext_lazy("我的账号"), _everybody),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the menu as shown; current: "page" for the page itself, "true" for its section, else empty."""

    title: str | Lazy
    address: str
    current: str


def links(desk: Desk | None, here: str) -> tuple[list[Link], list[Link]]:
    """The sections, and the pages of the section in which one is, where it has more than one."""
    sections, below = [], []
    for section in MENU:
        pages = [page for page in section.pages if page.may(desk)]
        if not pages:
            continue
        inside = here in {page.name for page in pages}
        sections.append(Link(section.title, _address(pages[0]), _current(pages[0], here) or ("true" if inside else "")))
        if inside and len(pages) > 1:
            below = [Link(page.title, _address(page), _current(page, here)) for page in pages]
    return sections, below


def _address(page: Page) -> str:
    return reverse(f"workbench:{page.name}")


def _current(page: Page, here: str) -> str:
    return "page" if page.name == here else ""
