"""Screening kept with the text: findings are looked for at every change, judged by a person, and carried over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.disclosures import digests, looking
from gongkai.disclosures.actions.permission import locked
from gongkai.disclosures.flow import CLERK, REVIEWER, REVISED, SECRECY_REVIEWER
from gongkai.disclosures.models import Dismissal, Incident, ScreeningFinding, Version
from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.organs.within import require_role, require_said
from gongkai.records import entries
from gongkai.screening.findings import Finding

OPEN, DISMISSED = ScreeningFinding.Judgement.OPEN, ScreeningFinding.Judgement.DISMISSED
JUDGED = (ScreeningFinding.Judgement.ACCEPTED.value, DISMISSED.value)
TEXT_KEPT = 300


def screen_words(version: Version, at: datetime) -> None:
    """Look at every typed word of a version anew; files are looked at when they are attached."""
    for place in digests.WORDS:
        keep_findings(version, place, looking.at_words(getattr(version, place)), at)


def keep_findings(version: Version, place: str, found: Iterable[Finding], at: datetime) -> None:
    """Replace the findings of a place; what was dismissed in this item for the same text stays dismissed."""
    version.findings.filter(place=place).delete()
    rows = [
        ScreeningFinding(
            item=version.item, version=version, place=place, kind=one.kind, rule=one.rule, where=str(one.where)[:200],
            text=one.text[:TEXT_KEPT], severity=one.severity, mask=one.mask[:300], basis=one.basis[:300],
            key=digests.of_finding(one.rule, one.text),
        )
        for one in found
    ]  # fmt: skip
    known_keys = Dismissal.objects.filter(item=version.item_id, key__in={row.key for row in rows})
    dismissed = {known.key: known for known in known_keys} if rows else {}
    for row in rows:
        if (known := dismissed.get(row.key)) is not None:
            row.judgement, row.reason = DISMISSED, known.reason
            row.judged_by, row.judged_at = known.judged_by, known.judged_at
    ScreeningFinding.objects.bulk_create(rows)


def refuse_marked(organ: Organ, words: Mapping[str, Any], *, by: Staff, at: datetime) -> None:
    """Refused, and an incident kept, when typed words bear the mark of a state secret; before anything is stored."""
    for place, text in words.items():
        rule = looking.mark_of(looking.at_words(str(text))) if place in digests.WORDS else ""
        if rule:
            open_incident(organ, f"录入的文字({digests.place_title(place)})", str(text).encode(), rule, by=by, at=at)
            raise quarantined("录入的文字", rule)


def quarantined(what: str, rule: str) -> Refused:
    """What the person who handed it in is told."""
    return Refused(
        "quarantined",
        f"“{what}”带有疑似国家秘密标志({looking.rule_title(rule)}),没有保存;已登记事件,等待保密审查员处置。"
        "请不要再次录入或上传,并按保密规定处理原件",
        "《中华人民共和国保守国家秘密法》(2024)第三十五条",
    )


@transaction.atomic
def open_incident(organ: Organ, name: str, data: bytes, rule: str, *, by: Staff, at: datetime) -> Incident:
    """Keep only what is needed to follow it up: digest, name, rule, who, when."""
    require_role(organ, by, at, "录入、上传", CLERK)
    incident = Incident.objects.create(
        organ=organ, sha256=hashlib.sha256(data).hexdigest(), name=name, rule=rule, person=by, person_named=str(by),
        at=at,
    )  # fmt: skip
    after = {"sha256": incident.sha256, "rule": rule}
    entries.write(organ_code=organ.code, by=by, at=at, act="open_incident", subject=incident, after=after)
    return incident


@transaction.atomic
def judge(
    finding: ScreeningFinding, *, judgement: str, reason: str, by: Staff, at: datetime, alone: bool = False
) -> int:
    """Accept a finding, whose text is then to be masked or removed, or dismiss it with the reason. Gives how many.

    The same text under the same rule is judged wherever it occurs in the version; alone: only in this one place. By a
    clerk or a reviewer while the version is under way; nothing passes secrecy review with a finding open or accepted.
    """
    item = locked(finding.item)
    require_role(item.organ, by, at, "处理筛查结果", CLERK, REVIEWER, SECRECY_REVIEWER)
    said = require_said(reason, "reason", "处理筛查结果须写明理由")
    if judgement not in JUDGED:
        raise Refused("judgement", "请选择“属实”或“不是问题”")
    if item.state not in REVISED or finding.version.published_at is not None:
        raise Refused("wrong_state", f"信息 {item.number} 现为“{item.get_state_display()}”,筛查结果不能再改")
    same = finding.version.findings.filter(key=finding.key)
    rows = list((same.filter(pk=finding.pk) if alone else same).order_by("pk"))
    if all(row.pk != finding.pk for row in rows):
        raise Refused("changed_meanwhile", "您打开以后,文字已经改过,这处筛查结果不在了;请看现在的筛查结果再判断")
    before = {"judgements": [row.judgement for row in rows]}
    for row in rows:
        row.judgement, row.reason, row.judged_by, row.judged_at = judgement, said[:300], str(by), at
    ScreeningFinding.objects.bulk_update(rows, ("judgement", "reason", "judged_by", "judged_at"))
    Dismissal.objects.filter(item=item, key=finding.key).delete()
    # What was dismissed in one place only is asked again at the next change: elsewhere it may be true.
    if not same.exclude(judgement=DISMISSED).exists():
        Dismissal.objects.create(item=item, key=finding.key, reason=said[:300], judged_by=str(by), judged_at=at)
    finding.refresh_from_db()
    # The text itself stays out of the entry book, which nobody can ever erase.
    entries.write(
        organ_code=item.organ.code, by=by, at=at, act="judge_finding", subject=item, before=before,
        after={
            "finding": finding.pk, "findings": [row.pk for row in rows], "rule": finding.rule, "key": finding.key,
            "judgement": judgement, "reason": said,
        },
    )  # fmt: skip
    return len(rows)


def require_judged(version: Version) -> None:
    """Refused while something found is not yet judged, or was found true and still stands in the text."""
    waiting = version.findings.exclude(judgement=DISMISSED).count()
    if waiting:
        raise Refused(
            "findings_open",
            f"还有 {waiting} 处筛查结果没有了结:待处理的请判断,属实的请先在正文或附件中遮盖、删去",
            "《政府信息公开条例》(2019)第十四条、第十五条",
        )


@transaction.atomic
def close_incident(incident: Incident, *, reason: str, by: Staff, at: datetime) -> None:
    """Say what was done about a file that should not have been handed in; by a secrecy reviewer."""
    require_role(incident.organ, by, at, "处置疑似涉密事件", SECRECY_REVIEWER)
    said = require_said(reason, "reason", "请写明处置情况,例如“已按保密规定收回载体,并报保密行政管理部门”")
    if not Incident.objects.filter(pk=incident.pk, closed_at__isnull=True).update(
        closed_at=at, closed_by=str(by), closed_reason=said[:500]
    ):
        raise Refused("closed_already", "这一事件已经处置过")
    incident.refresh_from_db()
    entries.write(
        organ_code=incident.organ.code, by=by, at=at, act="close_incident", subject=incident, after={"reason": said}
    )
