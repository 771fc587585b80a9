"""What can be counted of channels: copies, postings, conferences, interviews, responses, hits and reading places."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from gongkai.channels.models import (
    HoldingDelivery,
    Issue,
    OnlineInterview,
    Posting,
    PressConference,
    PublicResponse,
    ReadingPlace,
    ReadingPlaceVisit,
    SiteVisits,
)
from gongkai.organs.models import in_force
from gongkai.records.measures import Measure, Scope, rows_of

NUMBER = ("number", "登记号")
_ISSUE_COLUMNS = (
    NUMBER,
    ("channel__name", "刊物"),
    ("issue_no", "期号"),
    ("issued_on", "出刊日期"),
    ("copies", "发放份数"),
    ("items", "登载信息条数"),
)
_CONFERENCE_COLUMNS = (
    NUMBER,
    ("held_on", "召开日期"),
    ("topic", "主题"),
    ("attended_or_held", "举办或参加"),
    ("principal", "主要负责同志参加"),
    ("items_released", "发布信息条数"),
)
_RESPONSE_COLUMNS = (NUMBER, ("responded_on", "回应日期"), ("topic", "热点或政策名称"), ("way", "回应解读方式"))
_VISIT_COLUMNS = (
    NUMBER,
    ("reading_place__name", "公共查阅点"),
    ("visited_on", "查阅日期"),
    ("visitors", "接待人次"),
    ("loans", "借阅件数"),
)


def _conferences(scope: Scope) -> QuerySet[Any]:
    return rows_of(PressConference, scope, "held_on")


def _held(scope: Scope) -> QuerySet[Any]:
    return _conferences(scope).filter(attended_or_held=PressConference.Capacity.HELD)


def _responses(scope: Scope) -> QuerySet[Any]:
    return rows_of(PublicResponse, scope, "responded_on")


def _places(scope: Scope) -> QuerySet[Any]:
    standing = in_force(scope.last, "opened_on", "closed_on")
    return ReadingPlace.objects.filter(standing, organ_id__in=scope.organs)


def _visits(scope: Scope) -> QuerySet[Any]:
    return rows_of(ReadingPlaceVisit, scope, "visited_on")


_CARRIERS = (
    Measure(
        "channels.issue_copies",
        "出刊日期在期内的各期刊物发放份数之和，按公报、政务简报、期刊分",
        lambda scope: rows_of(Issue, scope, "issued_on"),
        by={"kind": "channel__kind", "channel": "channel__name"},
        amount="copies",
        unit="份",
        columns=_ISSUE_COLUMNS,
    ),
    Measure(
        "channels.issues",
        "出刊日期在期内的各期刊物数，按公报、政务简报、期刊分；一期计 1",
        lambda scope: rows_of(Issue, scope, "issued_on"),
        by={"kind": "channel__kind", "channel": "channel__name"},
        unit="期",
        columns=_ISSUE_COLUMNS,
    ),
    Measure(
        "channels.postings",
        "发布日期在期内、经渠道发出的信息条次；同一信息经两个渠道发出计 2 条次",
        lambda scope: rows_of(Posting, scope, "posted_on"),
        by={"kind": "channel__kind", "channel": "channel__name"},
        unit="条",
        columns=(NUMBER, ("channel__name", "公开渠道"), ("title", "信息名称"), ("posted_on", "发布日期")),
    ),
    Measure(
        "channels.site_hits",
        "月份在期内的信息公开专栏、网站点击次数之和",
        lambda scope: rows_of(SiteVisits, scope, "month_on"),
        by={"kind": "channel__kind"},
        amount="hits",
        unit="次",
        columns=(NUMBER, ("channel__name", "专栏或网站"), ("month_on", "月份"), ("hits", "点击次数")),
    ),
)

_RESPONSES = (
    Measure(
        "channels.press_conferences",
        "召开日期在期内、本机关参加或举办的新闻发布会次数；主要负责同志是否参加、举办或参加可分别计",
        _conferences,
        by={"principal": "principal", "attended_or_held": "attended_or_held"},
        unit="次",
        columns=_CONFERENCE_COLUMNS,
    ),
    Measure(
        "channels.press_conference_items",
        "召开日期在期内、本机关举办的新闻发布会发布信息条数之和",
        _held,
        amount="items_released",
        unit="条",
        columns=_CONFERENCE_COLUMNS,
    ),
    Measure(
        "channels.interviews",
        "访谈日期在期内的政府网站在线访谈次数；主要负责同志是否参加可分别计",
        lambda scope: rows_of(OnlineInterview, scope, "held_on"),
        by={"principal": "principal"},
        unit="次",
        columns=(
            NUMBER,
            ("held_on", "访谈日期"),
            ("topic", "主题"),
            ("principal", "主要负责同志参加"),
            ("address", "网址"),
        ),
    ),
    Measure(
        "channels.responses",
        "回应日期在期内的回应、解读次数，按方式分；同一热点以两种方式回应，两种方式各计 1 次",
        _responses,
        by={"way": "way"},
        unit="次",
        columns=_RESPONSE_COLUMNS,
    ),
    Measure(
        "channels.hot_topics",
        "回应日期在期内的公众关注热点或重大舆情数；不同方式回应同一热点或舆情计 1 次；政策解读稿件不计",
        lambda scope: _responses(scope).exclude(way="interpretation"),
        distinct="topic",
        unit="次",
        columns=_RESPONSE_COLUMNS,
    ),
)

_READING_PLACES = (
    Measure(
        "channels.reading_places",
        "期末日开放的公共查阅点数；可电子查阅的分别计",
        _places,
        by={"electronic": "electronic"},
        kind="stock",
        unit="个",
        columns=(
            NUMBER,
            ("name", "查阅点名称"),
            ("kind", "场所种类"),
            ("electronic", "可电子查阅"),
            ("opened_on", "设立日期"),
            ("closed_on", "撤销日期"),
        ),
    ),
    Measure(
        "channels.reading_place_holdings",
        "汇集日期在期内、公共查阅点汇集的信息条数之和，按电子、纸质分",
        lambda scope: rows_of(HoldingDelivery, scope, "delivered_on"),
        by={"medium": "medium"},
        amount="quantity",
        unit="条",
        columns=(
            NUMBER,
            ("reading_place__name", "公共查阅点"),
            ("delivered_on", "汇集日期"),
            ("medium", "载体"),
            ("quantity", "信息条数"),
        ),
    ),
    Measure(
        "channels.reading_place_visitors",
        "查阅日期在期内、公共查阅点接待公众查阅的人次之和",
        _visits,
        amount="visitors",
        unit="人次",
        columns=_VISIT_COLUMNS,
    ),
    Measure(
        "channels.reading_place_loans",
        "查阅日期在期内、到公共查阅点借阅文件的件数之和",
        _visits,
        amount="loans",
        unit="件",
        columns=_VISIT_COLUMNS,
    ),
)

MEASURES: tuple[Measure, ...] = _CARRIERS + _RESPONSES + _READING_PLACES
