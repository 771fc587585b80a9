"""The page tags that 国办发〔2017〕47号 asks of every government web page, written by the server, never by script."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest

Tags = tuple[tuple[str, str], ...]
SHANGHAI = ZoneInfo("Asia/Shanghai")
SITE_NAME = "政府信息公开"
REPORTS = "政府信息公开年报"


def home_tags(request: HttpRequest) -> Tags:
    """Site tags: on every page. A tag without a value is left out, never printed empty."""
    tags = (
        ("SiteName", settings.SITE_NAME or SITE_NAME),
        ("SiteDomain", request.get_host().rsplit(":", 1)[0]),
        ("SiteIDCode", settings.SITE_ID_CODE),
    )
    return tuple(tag for tag in tags if tag[1])


def column_tags(request: HttpRequest, name: str, description: str, keywords: tuple[str, ...], kind: str) -> Tags:
    """Site and column tags: on list pages. kind: a column type of the annex, e.g. 信息公开年报."""
    column = (
        ("ColumnName", name),
        ("ColumnDescription", description),
        ("ColumnKeywords", ",".join(keywords)),
        ("ColumnType", kind),
    )
    return (*home_tags(request), *column)


def reports_column(request: HttpRequest) -> Tags:
    """The tags of the column of annual reports."""
    described = "各行政机关历年政府信息公开工作年度报告"
    return column_tags(request, REPORTS, described, ("政府信息公开", "年度报告"), "信息公开年报")


def content_tags(
    column: Tags, *, title: str, published_at: datetime, source: str, keywords: tuple[str, ...], author: str = "",
    description: str = "", url: str = "",
) -> Tags:  # fmt: skip
    """Column tags and those of one article. PubDate is the visible moment of publication and never changes on edit.

    The optional ones, Keywords and what follows it, are left out where there is nothing to say.
    """
    moment = published_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    article = (("ArticleTitle", title), ("PubDate", moment), ("ContentSource", source))
    optional = (
        ("Keywords", ",".join(keywords)), ("Author", author), ("Description", description), ("Url", url),
    )  # fmt: skip
    return (*column, *article, *(tag for tag in optional if tag[1]))
