"""The ledgers of the disclosure desk."""

from __future__ import annotations

from typing import Any

from gongkai.channels.models import Posting
from gongkai.disclosures import timing
from gongkai.disclosures.models import YES_NO, Disclosure, Placement
from gongkai.law.refusal import Refused
from gongkai.law.vocabulary import choices
from gongkai.organs.register import require_order
from gongkai.records.ledgers import Ledger, LedgerColumn

ATTRIBUTES = dict(choices("disclosure_attributes"))


def completed_disclosure(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Defaults for empty columns, then both due days and both timings.

    Refused when a day precedes the day the information was made, when closed information is dated as published
    (《条例》第十三条), or when it is closed without a ground.
    """
    values = {
        **values,
        "attribute": values.get("attribute") or "proactive",
        "public_interest": values.get("public_interest") or "no",
        "is_document": values.get("is_document") or "no",
        "instrument": values.get("instrument") or "other",
    }
    _check_attribute(values)
    for day in (("published_on", "发布日期"), ("delivered_on", "报送查阅点日期"), ("repealed_on", "废止日期")):
        require_order(values, ("made_on", "生成日期"), day)
    return {**values, **timing.timed(values, organ.jurisdictions)}


def _check_attribute(values: dict[str, Any]) -> None:
    attribute, label = values["attribute"], ATTRIBUTES[values["attribute"]]
    if attribute != "proactive" and values.get("published_on"):
        raise Refused(
            "closed_but_published",
            f"公开属性为“{label}”的信息不能有发布日期;已经公开的请改为“{ATTRIBUTES['proactive']}”,没有公开的请删去发布日期",
            "《政府信息公开条例》(2019)第十三条",
        )
    if attribute == "non_disclosure" and not values.get("ground"):
        raise Refused(
            "closed_without_ground",
            f"公开属性为“{label}”,未填“不予公开理由”;不予公开须有法定理由,请选择一项",
            "《政府信息公开条例》(2019)第十三条至第十六条",
        )
    if attribute == "proactive" and values.get("ground"):
        raise Refused("open_with_ground", f"公开属性为“{label}”,不应填“不予公开理由”;请删去理由或改正公开属性")


def completed_placement(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused when the posting carries what may not be published, or went out before the information was made."""
    disclosure, posting = values["disclosure"], values["posting"]
    if isinstance(disclosure, Disclosure) and disclosure.attribute != "proactive":
        raise Refused(
            "closed_but_placed",
            f"信息 {disclosure.number} 的公开属性为“{ATTRIBUTES[disclosure.attribute]}”,不能登记为已发布;"
            "请核对登记号或公开属性",
        )
    if isinstance(disclosure, Disclosure) and isinstance(posting, Posting):
        days = {"made_on": disclosure.made_on, "posted_on": posting.posted_on}
        require_order(days, ("made_on", "信息的生成日期"), ("posted_on", "渠道发布日期"))
    return values


DISCLOSURES = Ledger(
    name="disclosures",
    title="政府信息登记",
    title_en="Disclosures",
    model=Disclosure,
    columns=(
        LedgerColumn("title", "名称", required=True, max_length=300, example="2012年度工业经济运行情况"),
        LedgerColumn("summary", "内容概述"),
        LedgerColumn("index_number", "索引号", max_length=64, example="01527918X/2012-00017"),
        LedgerColumn("document_number", "文号", max_length=100, example="吉市工信发〔2012〕17号"),
        LedgerColumn("attribute", "公开属性", "choice", choices=ATTRIBUTES, help="留空按主动公开登记"),
        LedgerColumn(
            "ground", "不予公开理由", "choice", choices=dict(choices("grounds")), help="公开属性为不予公开时必填"
        ),
        LedgerColumn(
            "information_class", "信息类别", "choice", required=True, choices=dict(choices("information_classes"))
        ),
        LedgerColumn(
            "public_interest", "与公众利益密切相关", "choice", choices=dict(YES_NO),
            help="公共卫生、扶贫优抚、招考和教育收费、社会保障和劳动就业、土地征用等;留空为否",
        ),
        LedgerColumn("instrument", "文件性质", "choice", choices=dict(choices("instruments")), help="留空为其他"),
        LedgerColumn("theme", "主题分类", "choice", choices=dict(choices("themes"))),
        LedgerColumn("genre", "体裁分类", "choice", choices=dict(choices("genres"))),
        LedgerColumn("disclosure_item", "法定公开事项", "choice", choices=dict(choices("disclosure_items"))),
        LedgerColumn("made_on", "生成日期", "date", required=True, help="公文为成文日期", example="2012-09-26"),
        LedgerColumn("published_on", "发布日期", "date", help="首次公开之日;尚未公开则留空", example="2012-10-16"),
        LedgerColumn("effective_on", "施行日期", "date"),
        LedgerColumn("repealed_on", "废止日期", "date", help="自该日起失效;现行有效则留空"),
        LedgerColumn(
            "is_document", "文件信息", "choice", choices=dict(YES_NO), help="是否按公开期限考核及时性;留空为否"
        ),
        LedgerColumn("delivered_on", "报送查阅点日期", "date", example="2012-10-30"),
        LedgerColumn("note", "备注", max_length=500),
    ),
    complete=completed_disclosure,
)  # fmt: skip

PLACEMENTS = Ledger(
    name="placements",
    title="信息发布对应",
    title_en="Which posting carries which disclosure",
    model=Placement,
    columns=(
        LedgerColumn(
            "disclosure", "信息登记号", "link", required=True, links_to=Disclosure, help="“政府信息登记”中的登记号"
        ),
        LedgerColumn(
            "posting", "发布记录登记号", "link", required=True, links_to=Posting, help="“渠道发布信息”中的登记号"
        ),
        LedgerColumn("note", "备注", max_length=500),
    ),
    complete=completed_placement,
)  # fmt: skip

LEDGERS: tuple[Ledger, ...] = (DISCLOSURES, PLACEMENTS)
