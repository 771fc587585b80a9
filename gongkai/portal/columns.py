"""The columns of an organ's disclosure site, the same for every organ (国办公开办函〔2019〕61号), and their tags."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_noop

from gongkai.portal import meta
from gongkai.portal.meta import Tags


@dataclass(frozen=True, slots=True)
class Column:
    """A column. route: name of its address, which takes the organ's code; kind: a column type of the annex of
    国办发〔2017〕47号."""

    code: str
    title: str
    route: str
    kind: str
    described: str


HOME = Column("home", gettext_noop("政府信息公开"), "portal:organ", "信息公开目录", "本机关依法主动公开的政府信息")
GUIDE = Column("guide", gettext_noop("政府信息公开指南"), "portal:guide", "信息公开指南", "政府信息公开指南及历次版本")
RULES = Column("rules", gettext_noop("政府信息公开制度"), "portal:rules", "政策文件", "政府信息公开制度及历次版本")
DISCLOSED = Column(
    "disclosed", gettext_noop("法定主动公开内容"), "portal:disclosed", "信息公开目录",
    "依照《政府信息公开条例》第十九条至第二十一条主动公开的政府信息",
)  # fmt: skip
REPORTS = Column(
    "reports", gettext_noop("政府信息公开年报"), "portal:organ_reports", "信息公开年报", "历年政府信息公开工作年度报告"
)
APPLY = Column(
    "apply", gettext_noop("依申请公开"), "portal:apply", "依申请公开", "向本机关申请获取政府信息的办法和联系方式"
)
COLUMNS = (GUIDE, RULES, DISCLOSED, REPORTS)
"""In the order of the standard; the entrance to applications stands apart from them."""


def tags(request: HttpRequest, column: Column, organ_name: str) -> Tags:
    """The tags of a page of a column of an organ."""
    described = f"{organ_name}{column.described}"
    return meta.column_tags(request, column.title, described, ("政府信息公开", column.title, organ_name), column.kind)
