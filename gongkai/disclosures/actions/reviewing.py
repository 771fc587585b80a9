"""Submit a draft, review its attribute and its secrecy, sign it, send it back, and look at closed ones again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from gongkai.disclosures import timing
from gongkai.disclosures.actions.judging import require_judged
from gongkai.disclosures.actions.permission import (
    NOT_REVIEWED,
    keep_review,
    locked,
    move,
    require_same_text,
    rule_of,
    under_way,
    void_reviews,
)
from gongkai.disclosures.flow import ART_17, ART_18, BACK, SECRECY_RULES
from gongkai.disclosures.models import Disclosure, Gate, Review, Version
from gongkai.law.refusal import Refused, SeveralRefused
from gongkai.law.vocabulary import term, terms
from gongkai.organs.models import Staff
from gongkai.organs.within import legal_day, require_said

PROACTIVE = "proactive"
WHOLE_CITES = {
    "summary": "《政府信息公开条例》(2019)第十二条",
    "attribute": "《条例》第十三条",
    "ground": "《政府信息公开条例》(2019)第五条、第十三条至第十六条",
}
Conclusion = Review.Conclusion
REOPENING = {
    "re_review": gettext_noop("定期评估"),
    "ground_lapsed": gettext_noop("不公开的理由已经消失"),
    "asked_often": gettext_noop("多次被申请公开"),
}
"""Why what was closed is opened: 《条例》第十八条, and for what many ask for 第四十四条."""


@transaction.atomic
def submit(item: Disclosure, *, by: Staff, at: datetime) -> Disclosure:
    """Hand a draft over to be reviewed. Refused without words or a file, a summary, or a proposed attribute."""
    locked(item)
    version = under_way(item)
    _require_whole(item, version)
    move(item, "submit", by=by, at=at, sent_back_reason="", author=item.author or by)
    return item


def lacking(item: Disclosure, version: Version) -> dict[str, str]:
    """What is still missing before the draft can be handed over, by field; {} when nothing is.

    What the catalogue must tell (《条例》第十二条) and a reviewer needs; an undecided attribute does not move on.
    """
    found = {}
    if not version.body and not version.attachments.exists():
        found["body"] = "没有正文,也没有附件;请录入正文或上传文件"
    if not version.summary:
        found["summary"] = "请填写内容概述:目录必须有索引、名称、内容概述、生成日期"
    if not item.attribute:
        found["attribute"] = "还没有确定公开属性,不能提交;一般应为主动公开,不公开的须有法定理由"
    elif item.attribute != PROACTIVE:
        try:
            _require_ground(item.attribute, item.ground)
        except Refused as refused:
            found |= refused.faults
    return found


def _require_whole(item: Disclosure, version: Version) -> None:
    if missing := lacking(item, version):
        raise SeveralRefused(missing, "、".join(cite for name, cite in WHOLE_CITES.items() if name in missing))


def _require_ground(attribute: str, ground: str) -> str:
    """The article of the ground. Refused when information is closed without one."""
    if attribute not in terms("disclosure_attributes") or attribute == PROACTIVE:
        raise Refused("attribute", "请选择“依申请公开”或“不予公开”")
    if ground not in terms("grounds"):
        raise Refused(
            "ground",
            "以公开为常态:不主动公开的须选择法定理由,并有相应条款",
            "《政府信息公开条例》(2019)第五条、第十三条至第十六条",
        )
    return term("grounds", ground).cite


@transaction.atomic
def pass_attribute(item: Disclosure, *, by: Staff, at: datetime, seen: str = "", reason: str = "") -> Review:
    """Find that the information is to be disclosed proactively. seen: digest of the text that the reviewer read."""
    locked(item)
    version = under_way(item)
    require_same_text(item, version, seen)
    move(item, "pass_attribute", by=by, at=at, attribute=PROACTIVE, ground="", attribute_reviewer=by)
    return keep_review(item, version, Gate.ATTRIBUTE, Conclusion.PASSED, by=by, at=at, reason=reason, cite=ART_17)


@transaction.atomic
def close(
    item: Disclosure, *, attribute: str, ground: str, reason: str = "", by: Staff, at: datetime, seen: str = ""
) -> Review:  # fmt: skip
    """Find that the information stays closed or is given on application only; with the ground and its article."""
    return _close(item, "close", Gate.ATTRIBUTE, attribute, ground, reason, by, at, seen)


@transaction.atomic
def close_secrecy(
    item: Disclosure, *, ground: str, reason: str = "", by: Staff, at: datetime, seen: str = ""
) -> Review:
    """Find in the secrecy review that the information must not be disclosed."""
    return _close(item, "close_secrecy", Gate.SECRECY, "non_disclosure", ground, reason, by, at, seen)


def _close(
    item: Disclosure, name: str, gate: str, attribute: str, ground: str, reason: str, by: Staff, at: datetime, seen: str
) -> Review:  # fmt: skip
    locked(item)
    version = under_way(item)
    cite = _require_ground(attribute, ground)
    if item.published_on is not None:
        raise Refused("published_already", f"信息 {item.number} 已经公开过,不能再认定为不公开;不应公开的请撤回")
    require_same_text(item, version, seen)
    again = _months_after(legal_day(at), rule_of(item.organ).re_review_months)
    who: dict[str, Any] = {"attribute_reviewer" if gate == Gate.ATTRIBUTE else "secrecy_reviewer": by}
    move(
        item, name, by=by, at=at, attribute=attribute, ground=ground, re_review_on=again, due_on=None,
        delivery_due_on=None, **who,
    )  # fmt: skip
    return keep_review(item, version, gate, Conclusion.CLOSED, by=by, at=at, reason=reason, ground=ground, cite=cite)


@transaction.atomic
def clear_secrecy(item: Disclosure, *, by: Staff, at: datetime, seen: str = "", reason: str = "") -> Review:
    """Find nothing that must stay closed, in this text and files alone: any later edit voids the finding.

    Refused while something that screening found is not settled.
    """
    locked(item)
    version = under_way(item)
    require_same_text(item, version, seen)
    require_judged(version)
    move(item, "clear_secrecy", by=by, at=at, secrecy_reviewer=by)
    return keep_review(item, version, Gate.SECRECY, Conclusion.PASSED, by=by, at=at, reason=reason, cite=SECRECY_RULES)


@transaction.atomic
def sign(item: Disclosure, *, by: Staff, at: datetime, seen: str = "", reason: str = "") -> Review:
    """Sign off what the organ's rule has signed by the person in charge."""
    locked(item)
    version = under_way(item)
    require_same_text(item, version, seen)
    move(item, "sign", by=by, at=at, signer=by)
    return keep_review(item, version, Gate.SIGN, Conclusion.PASSED, by=by, at=at, reason=reason)


@transaction.atomic
def send_back(item: Disclosure, *, reason: str, by: Staff, at: datetime) -> Disclosure:
    """Back to the author from wherever it is, with the reason; every review of it is void."""
    locked(item)
    said = require_said(reason, "no_reason", "退回须写明原因,让起草人知道要改什么")
    if item.state not in BACK:
        raise Refused(
            "wrong_state", f"信息 {item.number} 现为“{item.get_state_display()}”,没有可退回的环节;请刷新后再看"
        )
    version, gate = under_way(item), GATES.get(item.state)
    move(item, BACK[item.state][0], by=by, at=at, sent_back_reason=said[:500], **NOT_REVIEWED)
    if gate is not None:
        keep_review(item, version, gate, Conclusion.SENT_BACK, by=by, at=at, reason=said[:500])
    void_reviews(version, at)
    return item


GATES = {
    "attribute_review": Gate.ATTRIBUTE, "secrecy_review": Gate.SECRECY, "signing": Gate.SIGN, "ready": Gate.PUBLISH,
    "scheduled": Gate.PUBLISH,
}  # fmt: skip
"""The gate at which a state waits."""


@transaction.atomic
def keep_closed(item: Disclosure, *, reason: str, by: Staff, at: datetime) -> Review:
    """Look at closed information again and keep it closed, with the reason; due again after the organ's interval."""
    locked(item)
    said = require_said(reason, "no_reason", "定期评估须写明为什么继续不公开")
    again = _months_after(legal_day(at), rule_of(item.organ).re_review_months)
    move(item, "keep_closed", by=by, at=at, re_review_on=again)
    return keep_review(
        item, under_way(item), Gate.RE_REVIEW, Conclusion.KEPT_CLOSED, by=by, at=at, reason=said[:500],
        ground=item.ground, cite=ART_18,
    )  # fmt: skip


@transaction.atomic
def reopen(item: Disclosure, *, why: str, reason: str, by: Staff, at: datetime) -> Review:
    """Find that closed information is to be disclosed after all; it is a draft again and goes through every gate.

    why: a key of REOPENING. The days to the public run from the day of this decision, a change of the information's
    attribute; `made_on` stays.
    """
    locked(item)
    said = require_said(reason, "no_reason", "改为主动公开须写明理由")
    if why not in REOPENING:
        raise Refused("why", f"请选择原因:{'、'.join(REOPENING.values())}")
    version = under_way(item)
    day = legal_day(at)
    timed = timing.timed({**timing.facts_of(item), "attribute": PROACTIVE, "clock_from": day}, item.organ.jurisdictions)
    move(
        item, "reopen", by=by, at=at, attribute=PROACTIVE, ground="", re_review_on=None, clock_from=day, **timed,
        **NOT_REVIEWED,
    )  # fmt: skip
    void_reviews(version, at)
    return keep_review(
        item, version, Gate.RE_REVIEW, Conclusion.OPENED, by=by, at=at, reason=f"{REOPENING[why]}:{said}"[:500],
        cite=ART_18,
    )  # fmt: skip


def _months_after(day: date, months: int) -> date:
    """So many calendar months later; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, last))
