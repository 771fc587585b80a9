"""The ledgers of the disclosure desk."""

from __future__ import annotations

from typing import Any

from gongkai.disclosures import timing
from gongkai.disclosures.models import CHAIN, Disclosure, Placement
from gongkai.law.refusal import Refused
from gongkai.law.vocabulary import choices
from gongkai.organs.register import require_order
from gongkai.records.ledgers import Ledger, column_of

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
    _require_before_the_procedure(values.get("published_on"), organ)
    return {**values, **timing.timed(values, organ.jurisdictions)}


def _require_before_the_procedure(published_on: Any, organ: Any) -> None:
    """Refused for what was published since the organ's procedure binds: the register is for history only."""
    since = organ.chain_since
    if published_on is not None and since is not None and published_on >= since:
        raise Refused(
            "published_on",
            f"自 {since} 起发布的信息须经审核流程发布,不能直接登记;请在“公开信息”中起草、审核、发布",
            "《政府信息公开条例》(2019)第十七条",
        )


def kept_by_procedure(record: Any) -> None:
    """Refused for an item of the procedure, and for what says where it was put: only its own acts change them."""
    item = record.disclosure if isinstance(record, Placement) else record
    if item.origin == CHAIN:
        raise Refused(
            "number",
            f"信息 {item.number} 由审核流程办理,不能在登记簿中改动或作废;请到该信息的页面办理",
            "《政府信息公开条例》(2019)第十七条",
        )


def _check_attribute(values: dict[str, Any]) -> None:
    attribute, label = values["attribute"], ATTRIBUTES[values["attribute"]]
    if attribute != "proactive" and values.get("published_on"):
        raise Refused(
            "published_on",
            f"公开属性为“{label}”的信息不能有发布日期;已经公开的请改为“{ATTRIBUTES['proactive']}”,没有公开的请删去发布日期",
            "《政府信息公开条例》(2019)第十三条",
        )
    if attribute == "non_disclosure" and not values.get("ground"):
        raise Refused(
            "ground",
            f"公开属性为“{label}”,未填“不予公开理由”;不予公开须有法定理由,请选择一项",
            "《政府信息公开条例》(2019)第十三条至第十六条",
        )
    if attribute == "proactive" and values.get("ground"):
        raise Refused("ground", f"公开属性为“{label}”,不应填“不予公开理由”;请删去理由或改正公开属性")


def completed_placement(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused when the posting carries what may not be published, or went out before the information was made."""
    disclosure, posting = values["disclosure"], values["posting"]
    kept_by_procedure(disclosure)
    if disclosure.attribute != "proactive":
        raise Refused(
            "disclosure",
            f"信息 {disclosure.number} 的公开属性为“{ATTRIBUTES[disclosure.attribute]}”,不能登记为已发布;"
            "请核对登记号或公开属性",
        )
    days = {"made_on": disclosure.made_on, "posting": posting.posted_on}
    require_order(days, ("made_on", "信息的生成日期"), ("posting", "渠道发布日期"))
    return values


DISCLOSURES = Ledger(
    name="disclosures",
    title="政府信息登记",
    title_en="Disclosures",
    model=Disclosure,
    columns=(
        column_of(Disclosure, "title", example="2012年度工业经济运行情况"),
        column_of(Disclosure, "summary"),
        column_of(Disclosure, "index_number", example="01527918X/2012-00017"),
        column_of(Disclosure, "document_number", example="吉市工信发〔2012〕17号"),
        column_of(Disclosure, "attribute"),
        column_of(Disclosure, "ground"),
        column_of(Disclosure, "information_class"),
        column_of(Disclosure, "public_interest"),
        column_of(Disclosure, "instrument"),
        column_of(Disclosure, "theme"),
        column_of(Disclosure, "genre"),
        column_of(Disclosure, "disclosure_item"),
        column_of(Disclosure, "made_on", example="2012-09-26"),
        column_of(Disclosure, "published_on", example="2012-10-16"),
        column_of(Disclosure, "effective_on"),
        column_of(Disclosure, "repealed_on"),
        column_of(Disclosure, "is_document"),
        column_of(Disclosure, "delivered_on", example="2012-10-30"),
        column_of(Disclosure, "note"),
    ),
    complete=completed_disclosure,
    guard=kept_by_procedure,
)

PLACEMENTS = Ledger(
    name="placements",
    title="信息发布对应",
    title_en="Which posting carries which disclosure",
    model=Placement,
    columns=(
        column_of(Placement, "disclosure", example="2012-001"),
        column_of(Placement, "posting", example="2012-0001"),
        column_of(Placement, "note"),
    ),
    complete=completed_placement,
    guard=kept_by_procedure,
)

LEDGERS: tuple[Ledger, ...] = (DISCLOSURES, PLACEMENTS)
