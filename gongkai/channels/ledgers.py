"""The ledgers of channels: carriers, postings, issues, conferences, responses, reading places and visits."""

from __future__ import annotations

from typing import Any

from gongkai.channels.models import (
    Channel,
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
from gongkai.law.refusal import Refused
from gongkai.organs.register import require_order
from gongkai.records.ledgers import Ledger, column_of

PRINTED = {"gazette": "政府公报", "bulletin": "政务简报", "periodical": "期刊"}
COUNTED_SITES = {"portal": "政府门户网站", "disclosure_column": "政府信息公开专栏", "own_site": "本机关网站"}


def opened_before_closed(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused when the closing day lies before the opening day."""
    require_order(values, ("opened_on", "启用（设立）日期"), ("closed_on", "停用（撤销）日期"))
    return values


def _while_open(place: Channel | ReadingPlace | None, day: Any, column: str) -> None:
    if place is None:
        return
    days = {"opened": place.opened_on, column: day, "closed": place.closed_on}
    require_order(days, ("opened", f"“{place}”的启用日期"), (column, "登记的日期"), ("closed", f"“{place}”的停用日期"))


def completed_posting(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused for a day on which the channel was not open."""
    _while_open(values.get("channel"), values["posted_on"], "posted_on")
    return values


def kept_by_procedure(posting: Posting) -> None:
    """Refused for what the disclosure procedure published: it is corrected there, with a reason."""
    if posting.by_procedure:
        raise Refused(
            "number",
            f"发布记录 {posting.number} 由审核流程发布时生成,不能在登记簿中改动、作废;请发布员在该信息的页面更正",
        )


def completed_issue(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused for issues of a channel that is not printed, because no row of a form would count them."""
    channel = values.get("channel")
    if channel is not None and channel.kind not in PRINTED:
        raise Refused("channel", f"“{channel}”不是刊物；期次只能登记在{'、'.join(PRINTED.values())}之下")
    _while_open(channel, values["issued_on"], "issued_on")
    return values


def completed_delivery(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused for a day on which the reading place was not open."""
    _while_open(values.get("reading_place"), values["delivered_on"], "delivered_on")
    return values


def completed_visits(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """The month as its first day. Refused for hits on a channel that is no site."""
    channel = values.get("channel")
    if channel is not None and channel.kind not in COUNTED_SITES:
        raise Refused(
            "channel", f"“{channel}”不是网站或专栏；点击次数只能登记在{'、'.join(COUNTED_SITES.values())}之下"
        )
    return {**values, "month_on": values["month_on"].replace(day=1)}


CHANNELS = Ledger(
    name="channels",
    title="公开渠道",
    title_en="Channels",
    model=Channel,
    columns=(
        column_of(Channel, "name", example="政府信息公开专栏"),
        column_of(Channel, "kind"),
        column_of(Channel, "address"),
        column_of(Channel, "opened_on"),
        column_of(Channel, "closed_on"),
        column_of(Channel, "note"),
    ),
    complete=opened_before_closed,
)

POSTINGS = Ledger(
    name="postings",
    title="渠道发布信息",
    title_en="Postings",
    model=Posting,
    columns=(
        column_of(Posting, "channel", example="column"),
        column_of(Posting, "title", example="2012年度工业经济运行情况"),
        column_of(Posting, "posted_on", example="2012-03-02"),
        column_of(Posting, "note"),
    ),
    complete=completed_posting,
    guard=kept_by_procedure,
)

ISSUES = Ledger(
    name="issues",
    title="公报刊物",
    title_en="Issues of gazettes and periodicals",
    model=Issue,
    columns=(
        column_of(Issue, "channel", example="periodical"),
        column_of(Issue, "issue_no", example="第1期"),
        column_of(Issue, "issued_on", example="2012-03-02"),
        column_of(Issue, "copies", example="200"),
        column_of(Issue, "items", example="12"),
        column_of(Issue, "note"),
    ),
    complete=completed_issue,
)

PRESS_CONFERENCES = Ledger(
    name="press_conferences",
    title="新闻发布会",
    title_en="Press conferences",
    model=PressConference,
    columns=(
        column_of(PressConference, "held_on", example="2012-03-02"),
        column_of(PressConference, "topic", example="全市工业经济运行情况"),
        column_of(PressConference, "attended_or_held", required=False),
        column_of(PressConference, "principal"),
        column_of(PressConference, "items_released", example="1"),
        column_of(PressConference, "note"),
    ),
)

INTERVIEWS = Ledger(
    name="interviews",
    title="在线访谈",
    title_en="Online interviews",
    model=OnlineInterview,
    columns=(
        column_of(OnlineInterview, "held_on", example="2012-03-02"),
        column_of(OnlineInterview, "topic"),
        column_of(OnlineInterview, "principal"),
        column_of(OnlineInterview, "address"),
        column_of(OnlineInterview, "note"),
    ),
)

RESPONSES = Ledger(
    name="responses",
    title="回应解读",
    title_en="Responses and interpretation",
    model=PublicResponse,
    columns=(
        column_of(PublicResponse, "responded_on", example="2014-03-02"),
        column_of(PublicResponse, "topic"),
        column_of(PublicResponse, "way"),
        column_of(PublicResponse, "note"),
    ),
)

READING_PLACES = Ledger(
    name="reading_places",
    title="公共查阅点",
    title_en="Reading places",
    model=ReadingPlace,
    columns=(
        column_of(ReadingPlace, "name", example="吉林市图书馆查阅点"),
        column_of(ReadingPlace, "kind"),
        column_of(ReadingPlace, "electronic"),
        column_of(ReadingPlace, "opened_on", example="2008-05-01"),
        column_of(ReadingPlace, "closed_on"),
        column_of(ReadingPlace, "note"),
    ),
    complete=opened_before_closed,
)

HOLDINGS = Ledger(
    name="holdings",
    title="查阅点汇集信息",
    title_en="Information gathered at reading places",
    model=HoldingDelivery,
    columns=(
        column_of(HoldingDelivery, "reading_place", example="2012-001"),
        column_of(HoldingDelivery, "delivered_on", example="2012-03-02"),
        column_of(HoldingDelivery, "medium"),
        column_of(HoldingDelivery, "quantity", example="6"),
        column_of(HoldingDelivery, "note"),
    ),
    complete=completed_delivery,
)

PLACE_VISITS = Ledger(
    name="reading_place_visits",
    title="查阅点接待",
    title_en="Readers at reading places",
    model=ReadingPlaceVisit,
    columns=(
        column_of(ReadingPlaceVisit, "reading_place", example="2012-001"),
        column_of(ReadingPlaceVisit, "visited_on", example="2012-03-01"),
        column_of(ReadingPlaceVisit, "visitors", example="15"),
        column_of(ReadingPlaceVisit, "loans", example="3"),
        column_of(ReadingPlaceVisit, "note"),
    ),
)

SITE_VISITS = Ledger(
    name="site_visits",
    title="网站点击",
    title_en="Hits on sites",
    model=SiteVisits,
    columns=(
        column_of(SiteVisits, "channel", example="column"),
        column_of(SiteVisits, "month_on", example="2012-03-01"),
        column_of(SiteVisits, "hits", example="1000"),
        column_of(SiteVisits, "note"),
    ),
    complete=completed_visits,
)

LEDGERS: tuple[Ledger, ...] = (
    CHANNELS,
    POSTINGS,
    ISSUES,
    PRESS_CONFERENCES,
    INTERVIEWS,
    RESPONSES,
    READING_PLACES,
    HOLDINGS,
    PLACE_VISITS,
    SITE_VISITS,
)
