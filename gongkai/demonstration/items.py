"""The disclosure procedure at work: begun by the bureau, with invented items in every state and at every gate."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.channels.models import Channel
from gongkai.demonstration import people
from gongkai.demonstration.days import at
from gongkai.demonstration.invented_applications import LABEL
from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.models import CHAIN, Disclosure
from gongkai.law.refusal import Refused
from gongkai.papers import docx
from gongkai.papers.paper import Box, Paper, TableBlock

SINCE = date(2026, 10, 9)  # after everything that the yearly workbooks bring and every report that is shown
INDEX_CODE = "00000000X"  # of the form that the scheme asks for, and nobody's
NOTICE: dict[str, Any] = {"information_class": "other", "is_document": "yes", "attribute": "proactive"}
DOCUMENT = NOTICE | {"information_class": "normative_documents", "instrument": "normative_document"}
CODES = {"theme": "07", "genre": "G08", "disclosure_item": "20-15"}
NOBODYS_NUMBER = "220202190001010015"  # its check digit is wrong
ROSTER = f"{LABEL}企业名单.docx"


def done() -> bool:
    """Whether the procedure is begun and its items stand: they come in one transaction."""
    return Disclosure.objects.filter(organ__code=people.BUREAU, origin=CHAIN).exists()


@transaction.atomic
def do() -> str:
    """All of it or nothing; in the order of time."""
    _begin()
    _late()
    subsidy, rules, list_ = _published()
    _afterwards(subsidy, rules, list_)
    _closed()
    _waiting()
    _with_a_finding()
    _marked()
    return f"公开信息 {Disclosure.objects.filter(organ__code=people.BUREAU, origin=CHAIN).count()} 件，各在不同环节"


def _begin() -> None:
    organ, lead = people.bureau(), people.staff("zhaoliu")
    values = {"index_prefix": INDEX_CODE, "sign_off": "normative"}
    disclosures.set_rule(organ, values=values, by=lead, at=at(SINCE, 8))
    disclosures.begin_procedure(organ, since=SINCE, by=lead, at=at(SINCE, 8))


def _draft(title: str, made_on: date, moment: datetime, kind: dict[str, Any] = NOTICE, **more: str) -> Disclosure:
    values = {
        "title": f"{LABEL}{title}", "summary": f"{LABEL}{title}的主要内容", "made_on": made_on,
        "body": f"{LABEL}本件全部内容均为演示而虚构。\n{title}，自印发之日起执行。", **kind, **more,
    }  # fmt: skip
    return disclosures.draft(
        people.bureau(), values=values, by=people.staff("zhangsan"), at=moment, provenance="invented"
    )


def _late() -> None:
    """Begun, and left lying until its days were over."""
    _draft("关于报送第三季度节能数据的通知", date(2026, 10, 9), at(date(2026, 10, 9), 10))


# ── Through the gates ──


def _led(item: Disclosure, day: date, to: str) -> Disclosure:
    """Led on by four people until it waits at `to`, a state of the procedure; or is "published"."""
    clerk = people.staff("zhangsan")
    if item.state == "draft":
        disclosures.submit(item, by=clerk, at=at(day, 11))
    if to == "attribute_review":
        return item
    disclosures.pass_attribute(item, by=people.staff("lisi"), at=at(day, 13))
    if to == "secrecy_review":
        return item
    disclosures.clear_secrecy(item, by=people.staff("chenshier"), at=at(day, 14))
    if to == "catalogue":
        return item
    disclosures.catalogue(item, values=CODES, by=clerk, at=at(day, 15))
    if item.state == "signing" and to != "signing":
        disclosures.sign(item, by=people.staff("zhaoliu"), at=at(day, 16))
    if to == "published":
        column = Channel.objects.get(organ=item.organ, number="column")
        disclosures.publish(item, channels=[column], by=people.staff("zhaoliu"), at=at(day, 17))
    return item


def _published() -> tuple[Disclosure, Disclosure, Disclosure]:
    """A notice with a file, a normative document, and a list that will have to be taken down."""
    day, clerk = date(2026, 10, 13), people.staff("zhangsan")
    subsidy = _draft(
        "关于申报技术改造补助的通知", date(2026, 10, 12), at(day, 9), document_number="吉市工信演示〔2026〕21号"
    )
    disclosures.attach(subsidy, name=ROSTER, data=_roster(), by=clerk, at=at(day, 10))
    _led(subsidy, day, "published")
    day = date(2026, 10, 15)
    rules = _draft(
        "工业企业用电管理办法", date(2026, 10, 13), at(day, 9), DOCUMENT, document_number="吉市工信演示〔2026〕22号"
    )
    _led(rules, day, "published")
    day = date(2026, 10, 19)
    list_ = _draft("关于公示示范企业名单的通知", date(2026, 10, 16), at(day, 9))
    return subsidy, rules, _led(list_, day, "published")


def _roster() -> bytes:
    rows = ((f"{LABEL}第一机械厂", "40万元"), (f"{LABEL}第二机械厂", "25万元"))
    head = (tuple(Box(text, head="col") for text in ("企业", "金额")),)
    body = tuple(tuple(Box(text) for text in row) for row in rows)
    table = TableBlock("roster", f"{LABEL}拟补助企业", head, body, widths=(3, 1))
    return docx.write(Paper(title=f"{LABEL}拟补助企业名单", blocks=(table,), date="2026-10-12"))


def _afterwards(subsidy: Disclosure, rules: Disclosure, list_: Disclosure) -> None:
    """One has a second version, one is repealed, one is withdrawn; the first stays readable beside the second."""
    day, clerk, publisher = date(2026, 10, 27), people.staff("zhangsan"), people.staff("zhaoliu")
    disclosures.revise(subsidy, change_note=f"{LABEL}申报截止日期改为11月30日", by=clerk, at=at(day, 9))
    body = f"{LABEL}本件全部内容均为演示而虚构。\n申报截止日期为11月30日。"
    disclosures.edit(subsidy, values={"body": body}, by=clerk, at=at(day, 10))
    _led(subsidy, day, "published")
    day = date(2026, 11, 2)
    basis = "吉市工信演示〔2026〕25号"
    disclosures.repeal(rules, on=day, basis=basis, by=publisher, at=at(day, 9))
    reason = f"{LABEL}名单中有企业已提出异议，核实后重新公布"
    disclosures.withdraw(list_, reason=reason, by=publisher, at=at(day, 10))


def _closed() -> None:
    day = date(2026, 11, 4)
    item = _draft("关于某企业工艺配方的调查报告", date(2026, 11, 3), at(day, 9))
    disclosures.submit(item, by=people.staff("zhangsan"), at=at(day, 10))
    disclosures.close(
        item, attribute="non_disclosure", ground="trade_secret", reason=f"{LABEL}企业书面不同意公开其配方",
        by=people.staff("lisi"), at=at(day, 11),
    )  # fmt: skip


def _waiting() -> None:
    """One at every gate, each gate with what it waits for."""
    gates = (
        ("关于召开节能工作会议的通知", "attribute_review", NOTICE),
        ("中小企业服务工作安排", "secrecy_review", NOTICE),
        ("关于开展安全生产检查的通知", "catalogue", NOTICE),
        ("绿色工厂评价办法", "signing", DOCUMENT),
        ("关于征集工业设计项目的通知", "ready", NOTICE),
    )
    for number, (title, gate, kind) in enumerate(gates):
        day = date(2026, 11, 16 + number)
        _led(_draft(title, day, at(day, 9), kind), day, gate)


def _with_a_finding() -> None:
    """A resident number stands in the text: screening asks what is to become of it. Nobody has this one."""
    day = date(2026, 11, 23)
    body = f"{LABEL}本件全部内容均为演示而虚构。\n报名请持身份证，例如 {NOBODYS_NUMBER}。"
    _draft("关于举办银企对接会的通知", day, at(day, 9), body=body)


def _marked() -> None:
    """Words under a secrecy mark are refused and not stored: what is left of them is an incident to be dealt with."""
    day = date(2026, 11, 24)
    try:
        _draft("关于某项工作的函", day, at(day, 9), body=f"{LABEL}本件没有任何秘密。\n秘密★5年")
    except Refused as refused:
        if refused.code != "quarantined":
            raise
