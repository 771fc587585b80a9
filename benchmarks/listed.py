"""Fills three registers of one organ with rows as offices have them: numbers and days that grow together over ten years,
choices of which some are frequent, some rare and some never made, days that most rows lack, texts of several words."""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from gongkai.applications.models import Application
from gongkai.disclosures.models import Disclosure
from gongkai.fees.models import Payment

FIRST, DAYS = date(2016, 1, 1), 3650
SUBJECTS = (
    "土地征收",
    "房屋拆迁",
    "环境影响评价",
    "财政预算",
    "招标采购",
    "行政处罚",
    "规划许可",
    "社会保障",
    "义务教育招生",
    "安全生产",
)
PLACES = ("城东", "城西", "新区", "开发区", "临江", "河口", "北关", "南关", "高新", "老城")
SORTS = ("公告", "通知", "批复", "报告", "方案", "意见", "办法")
CLASSES = ("normative_documents", "plans_and_progress", "public_funds", "institution_and_personnel", "other")
CHANNELS = ("online", "online", "online", "by_letter", "in_person")
OUTCOMES = (
    "granted_provided",
    "granted_already_public",
    "unable_not_exist",
    "partially_granted",
    "not_processed_petition",
)
BATCH = 5000


def fill(organ: int, rows: int) -> None:
    """So many rows in each of the three registers."""
    for model, made in ((Application, _application), (Disclosure, _disclosure), (Payment, _payment)):
        every: Iterator[Any] = (made(organ, at, rows) for at in range(rows))
        while batch := list(itertools.islice(every, BATCH)):
            model.objects.bulk_create(batch)


def _begun(at: int, rows: int) -> tuple[date, str]:
    """The day and the number of row `at`: both grow together."""
    day = FIRST + timedelta(days=at * DAYS // rows)
    return day, f"{day.year}-{at:06}"


def _text(at: int) -> str:
    return f"{PLACES[at % 10]}{at // 10 % 997}号地块{SUBJECTS[at * 7 % 10]}的{SORTS[at % 7]}"


def _application(organ: int, at: int, rows: int) -> Application:
    day, number = _begun(at, rows)
    refused, open_still = at % 200 == 7, at % 50 == 0
    extended, asked = at % 12 == 0, at % 30 == 0
    return Application(
        organ_id=organ, number=number, provenance="invented" if at % 997 == 0 else "real", received_on=day, channel=CHANNELS[at % 5],
        applicant_type="commercial_enterprise" if at % 8 == 0 else "natural_person", subject="申请公开" + _text(at),
        note="电话核实过" if at % 500 == 3 else "", correction_on=day + timedelta(days=3) if asked else None,
        corrected_on=day + timedelta(days=9) if asked else None, consulted_on=day + timedelta(days=4) if at % 40 == 0 else None,
        consultation_ended_on=day + timedelta(days=12) if at % 40 == 0 else None, extended_to=day + timedelta(days=40) if extended else None,
        concluded_on=None if open_still else day + timedelta(days=5 + at % 15),
        outcome="" if open_still else "refused_state_secret" if refused else OUTCOMES[at % 5],
        ground="state_secret" if refused and not open_still else "", timeliness="" if open_still else "on_time",
    )  # fmt: skip


def _disclosure(organ: int, at: int, rows: int) -> Disclosure:
    day, number = _begun(at, rows)
    proactive = at % 20 != 1
    return Disclosure(
        organ_id=organ, number=number, provenance="real", title=_text(at), summary=f"关于{_text(at * 3)}的情况，涉及{SUBJECTS[at % 10]}。" * 3,
        index_number=f"11220000-{number}", document_number=f"城政发〔{day.year}〕{at % 300}号", attribute="proactive" if proactive else "on_application",
        information_class=CLASSES[at % 5], public_interest="yes" if at % 11 == 0 else "no", instrument="normative_document" if at % 9 == 0 else "other",
        theme=f"01{1 + at % 9:02}", genre=f"G{1 + at % 15:02}", disclosure_item="20-05" if at % 700 == 0 else "", made_on=day,
        published_on=day + timedelta(days=at % 20) if proactive else None, effective_on=day + timedelta(days=30) if at % 9 == 0 else None,
        repealed_on=day + timedelta(days=400) if at % 90 == 0 else None, delivered_on=day + timedelta(days=25) if at % 4 == 0 else None,
        is_document="yes" if at % 3 == 0 else "no", note="",
    )  # fmt: skip


def _payment(organ: int, at: int, rows: int) -> Payment:
    day, number = _begun(at, rows)
    waived = at % 60 == 0
    return Payment(
        organ_id=organ, number=number, provenance="real", kind="processing_fee" if at % 3 else "cost_recovery", paid_on=day, amount=Decimal(at * 37 % 9000) / 10,
        waived_amount=Decimal(20) if waived else Decimal(0), waiver_reason=f"申请人属于{PLACES[at % 10]}低保对象" if waived else "", note=_text(at) if at % 5 == 0 else "",
    )  # fmt: skip
