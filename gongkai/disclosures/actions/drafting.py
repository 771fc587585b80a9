"""Draft, edit, revise, restore, adopt, give up: all that changes words. Every edit ends in the state of a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.channels.models import Posting
from gongkai.disclosures import digests, numbering, timing
from gongkai.disclosures.actions.judging import refuse_marked, screen_words
from gongkai.disclosures.actions.permission import (
    NOT_REVIEWED,
    is_adopted,
    locked,
    move,
    require_move,
    under_way,
    void_reviews,
)
from gongkai.disclosures.flow import CLERK, DRAFT, EDIT
from gongkai.disclosures.models import CHAIN, LEDGER, Disclosure, Gate, Version
from gongkai.law.refusal import Refused, SeveralRefused
from gongkai.organs.models import Organ, Staff
from gongkai.organs.register import require_order
from gongkai.organs.within import legal_day, require_role, require_said
from gongkai.records import entries
from gongkai.records.models import VoidedRecord
from gongkai.records.moves import LEGAL_TIME

WORDS = digests.WORDS
FIRST_DAY = date(1949, 10, 1)
FACTS = (
    "made_on", "information_class", "is_document", "public_interest", "instrument", "attribute", "ground", "department",
    "effective_on", "lapses_on", "theme", "genre", "disclosure_item", "urgent_reason",
)  # fmt: skip
"""What a draft says about itself; blank where nobody has decided yet. The attribute proposed is the author's."""
ALL_READ: Mapping[str, str] = {}
PUBLIC_CITE = "《条例》第十四条、第十五条"


def draft(
    organ: Organ, *, values: Mapping[str, Any], by: Staff, at: datetime, provenance: str = "real",
    unread: Mapping[str, str] = ALL_READ,
) -> Disclosure:  # fmt: skip
    """Begin an item; values: of WORDS and FACTS, at least title and made_on. Refused to whoever is not a clerk.

    Refused too, and not stored, when the words bear the mark of a state secret: an Incident is kept instead.
    unread: what the door could not read, by field; everything that is wrong with the draft is refused at once.
    """
    refuse_marked(organ, values, by=by, at=at)
    return begun(organ, values, by, at, provenance, unread=unread)


@transaction.atomic
def begun(
    organ: Organ, values: Mapping[str, Any], by: Staff, at: datetime, provenance: str,
    furnish: Callable[[Version], object] | None = None, unread: Mapping[str, str] = ALL_READ,
) -> Disclosure:  # fmt: skip
    """A new item with its first version, of words that were looked at already. furnish: what else the version gets."""
    require_role(organ, by, at, "起草公开信息", CLERK)
    _require_known(values)
    item = Disclosure(
        organ=organ, number=numbering.next_item_number(organ, legal_day(at).year), origin=CHAIN, state=DRAFT,
        author=by, provenance=provenance, title=str(values.get("title", "")).strip()[:300], information_class="other",
    )  # fmt: skip
    version = Version(item=item, number=1, made_at=at, made_by=by)
    _set(item, version, {"attribute": "", **values}, at, unread)
    item.save(force_insert=True)
    _save_words(item, version, by)
    if furnish is not None:
        furnish(version)
        version.digest = digests.of_version(version)
        version.save(update_fields=["digest"])
    Disclosure.objects.filter(pk=item.pk).update(digest=version.digest)
    item.digest = version.digest
    screen_words(version, at)
    after = {"state": DRAFT, "digest": item.digest, "made_on": item.made_on, "attribute": item.attribute}
    entries.write(organ_code=organ.code, by=by, at=at, act="draft", subject=item, after=after)
    return item


def edit(
    item: Disclosure, *, values: Mapping[str, Any], by: Staff, at: datetime, seen: int | None = None,
    unread: Mapping[str, str] = ALL_READ,
) -> Disclosure:  # fmt: skip
    """Change words or facts of the version under way; what was reviewed goes back to the beginning.

    seen: `revision` of the version as its editor read it; Refused "changed_meanwhile" when it is another now; and as in
    `draft` for words that bear the mark of a state secret, and for all that is wrong at once.
    """
    refuse_marked(item.organ, values, by=by, at=at)
    return _edit(item, values, by, at, seen, unread)


@transaction.atomic
def _edit(
    item: Disclosure, values: Mapping[str, Any], by: Staff, at: datetime, seen: int | None, unread: Mapping[str, str]
) -> Disclosure:
    locked(item)
    version = under_way(item)
    _require_known(values)
    if seen is not None and seen != version.revision:
        raise Refused(
            "changed_meanwhile", "您打开以后,别人已经改过这份信息;您写的没有保存。请对照两份内容,合成一份再保存"
        )
    require_editable(item)
    _set(item, version, values, at, unread)
    facts = {name: getattr(item, name) for name in (*FACTS, "due_on", "delivery_due_on")}
    _save_words(item, version, by)
    sent_back(item, version, by=by, at=at, **facts)
    screen_words(version, at)
    return item


def sent_back(item: Disclosure, version: Version, *, by: Staff, at: datetime, **changes: Any) -> None:
    """After a change of the text: the item is a draft again, and what was decided about it is void."""
    version.digest = digests.of_version(version)
    version.revision += 1
    version.save()
    move(item, EDIT[item.state], by=by, at=at, digest=version.digest, **NOT_REVIEWED, **changes)
    item.contributors.add(by)
    void_reviews(version, at)
    if item.public_version_id is None and item.published_on is None:
        item.title, item.summary, item.document_number = version.title, version.summary, version.document_number
        Disclosure.objects.filter(pk=item.pk).update(
            title=item.title, summary=item.summary, document_number=item.document_number
        )


def require_editable(item: Disclosure) -> None:
    """Refused where no version is under way that could be edited."""
    if item.state not in EDIT:
        raise Refused(
            "wrong_state", f"信息 {item.number} 现为“{item.get_state_display()}”,不能修改;已发布的请先“起草新版本”"
        )


@transaction.atomic
def revise(item: Disclosure, *, change_note: str, by: Staff, at: datetime) -> Version:
    """Begin a new version of what is public, which stays public meanwhile; it goes through every gate again."""
    locked(item)
    note = require_said(change_note, "no_reason", "新版本须写明修改说明:改了什么、为什么改")
    require_move(item, "revise", by=by, at=at)
    last = item.public_version
    if last is None:
        raise Refused("not_public", f"信息 {item.number} 没有公开的版本;请直接修改草稿")
    return _next_version(item, "revise", last, note, by, at)


@transaction.atomic
def restore(item: Disclosure, *, change_note: str, by: Staff, at: datetime) -> Version:
    """Begin anew with what was withdrawn, from its last version; nothing is public before the gates."""
    locked(item)
    note = require_said(change_note, "no_reason", "重新起草须写明修改说明:撤回的原因怎样消除")
    require_move(item, "redraft", by=by, at=at)
    for version in item.versions.filter(published_at__isnull=True, dropped_at__isnull=True):
        _drop(version, at)
    last = item.versions.order_by("number").last()
    assert last is not None
    return _next_version(item, "redraft", last, note, by, at)


def _next_version(item: Disclosure, name: str, last: Version, note: str, by: Staff, at: datetime) -> Version:
    count = item.versions.count()
    version = Version(item=item, number=count + 1, made_at=at, made_by=by)
    for word in WORDS:
        setattr(version, word, getattr(last, word))
    version.change_note = note[:300]
    version.save()
    for file in last.attachments.all():
        file.pk, file.version = None, version
        file.save(force_insert=True)
    version.digest = digests.of_version(version)
    version.save(update_fields=["digest"])
    move(
        item, name, by=by, at=at, author=by, digest=version.digest, sent_back_reason="", **NOT_REVIEWED,
    )  # fmt: skip
    item.contributors.set([by])
    screen_words(version, at)
    return version


@transaction.atomic
def drop_revision(item: Disclosure, *, reason: str, by: Staff, at: datetime) -> None:
    """Give a new version up before it is handed over; the public one stays as it is, with the people who made it."""
    locked(item)
    said = require_said(reason, "no_reason", "放弃新版本须写明原因")
    public = item.public_version
    if public is None:
        raise Refused("not_public", f"信息 {item.number} 没有公开的版本,放弃草稿请用“作废草稿”")
    people = {review.gate: review.person for review in public.reviews.filter(voided_at__isnull=True)}
    move(
        item, "drop_revision", by=by, at=at, digest=public.digest, author=public.made_by,
        attribute_reviewer=people[Gate.ATTRIBUTE], secrecy_reviewer=people[Gate.SECRECY],
        signer=people.get(Gate.SIGN), publisher=people[Gate.PUBLISH], sent_back_reason=f"新版本已放弃:{said}"[:500],
    )  # fmt: skip
    _drop(under_way(item), at)
    item.contributors.clear()


def _drop(version: Version, at: datetime) -> None:
    version.dropped_at = at
    version.save(update_fields=["dropped_at"])
    void_reviews(version, at)


@transaction.atomic
def discard(item: Disclosure, *, reason: str, by: Staff, at: datetime) -> VoidedRecord:
    """Take a draft that nobody should publish out of the register; its number stays taken, its facts are kept.

    Refused once a version was public: that is withdrawn, with a tombstone.
    """
    locked(item)
    require_role(item.organ, by, at, "作废草稿", CLERK)
    said = require_said(reason, "no_reason", "作废草稿须写明理由")
    if item.origin != CHAIN or item.state != DRAFT or item.published_at is not None:
        raise Refused("wrong_state", f"信息 {item.number} 现为“{item.get_state_display()}”,不是未公开的草稿,不能作废")
    values = {"title": item.title, "made_on": item.made_on, "digest": item.digest, "attribute": item.attribute}
    voided = VoidedRecord.objects.create(
        organ_code=item.organ.code, subject_type=item._meta.label_lower, number=item.number,
        values=entries.plain(values), reason=said[:500], voided_at=at, voided_by=str(by),
    )  # fmt: skip
    entries.write(
        organ_code=item.organ.code, by=by, at=at, act="discard", subject=item, before={"digest": item.digest},
        after={"reason": said},
    )  # fmt: skip
    _erase(item)
    return voided


def _erase(item: Disclosure) -> None:
    """Findings, reviews, files and versions of a draft, then the draft; the entry book keeps who did what."""
    item.findings.all().delete()
    item.reviews.all().delete()
    for version in item.versions.all():
        version.attachments.all().delete()
        version.delete()
    item.delete()


@transaction.atomic
def adopt(item: Disclosure, *, by: Staff, at: datetime) -> Disclosure:
    """Lead a ledger row into the procedure; it is shown to the public once it has passed every gate.

    What the register says of it stays: its number, its history, and, where it says that it was published, the day, the
    timing judged then and where it was put. Its moment is then the beginning of that day, which is all that is known.
    """
    locked(item)
    require_move(item, "adopt", by=by, at=at)
    if item.index_number and Disclosure.objects.filter(origin=CHAIN, index_number=item.index_number).exists():
        raise Refused("index_number", f"索引号“{item.index_number}”已经由别的信息使用;请先在登记簿更正")
    version = Version(item=item, number=item.versions.count() + 1, made_at=at, made_by=by)
    version.title, version.summary, version.document_number = item.title, item.summary[:500], item.document_number
    _refuse_all(_word_faults(version), item)
    _save_words(item, version, by)
    moment = None if item.published_on is None else datetime.combine(item.published_on, time(), LEGAL_TIME)
    move(item, "adopt", by=by, at=at, origin=CHAIN, author=by, digest=version.digest, published_at=moment)
    Posting.objects.filter(placement__disclosure=item).update(by_procedure=True)
    screen_words(version, at)
    return item


@transaction.atomic
def unadopt(item: Disclosure, *, reason: str, by: Staff, at: datetime) -> Disclosure:
    """Give a row that the register says was published back to it; only while nothing of it was public through us."""
    locked(item)
    said = require_said(reason, "no_reason", "退回台账须写明原因")
    require_move(item, "unadopt", by=by, at=at)
    if not is_adopted(item):
        raise Refused("not_adopted", f"信息 {item.number} 不是从台账转入的历史登记,不能退回;草稿可以作废")
    version = under_way(item)
    _drop(version, at)
    # Facts may have been corrected meanwhile: the register judges what it takes back, as it judges what is typed.
    judged = timing.timed(timing.facts_of(item), item.organ.jurisdictions)
    move(
        item, "unadopt", by=by, at=at, origin=LEDGER, author=None, digest="", published_at=None,
        sent_back_reason=f"退回台账:{said}"[:500], **NOT_REVIEWED, **judged,
    )  # fmt: skip
    item.contributors.clear()
    Posting.objects.filter(placement__disclosure=item).update(by_procedure=False)
    return item


# ── Words and facts ──


def _require_known(values: Mapping[str, Any]) -> None:
    if unknown := sorted(set(values) - {*WORDS, *FACTS}):
        raise TypeError(f"a draft has no {unknown}")


def _set(
    item: Disclosure, version: Version, values: Mapping[str, Any], at: datetime, unread: Mapping[str, str]
) -> None:
    """Set words and facts, and both due days anew. Refused, all at once, for whatever is missing or cannot be true."""
    for name in WORDS:
        if name in values:
            setattr(version, name, str(values[name]).replace("\r\n", "\n").strip())
    for name in FACTS:
        if name in values:
            setattr(item, name, values[name])
    _refuse_all({**_word_faults(version), **_fact_faults(item, at), **unread}, item)
    _set_due_days(item)


def _refuse_all(faults: Mapping[str, str], item: Disclosure) -> None:
    if faults:
        in_order = {name: faults[name] for name in (*WORDS, *FACTS) if name in faults}
        raise SeveralRefused({**in_order, **faults}, PUBLIC_CITE if "attribute" in faults and item.published_on else "")


def _word_faults(version: Version) -> dict[str, str]:
    faults = {} if version.title else {"title": "请填写信息名称"}
    if "\x00" in "".join(getattr(version, name) for name in WORDS):
        faults["body"] = "文字中含有不可见的控制字符;请重新录入"
    return {**_field_faults(version, ("item", "made_by", "digest")), **faults}


def _fact_faults(item: Disclosure, at: datetime) -> dict[str, str]:
    faults = _field_faults(item, ("title", "organ", "number", *(() if item.attribute else ("attribute",))))
    days = {"made_on": item.made_on, "effective_on": item.effective_on, "lapses_on": item.lapses_on}
    for first in (("effective_on", "施行日期"), ("made_on", "生成日期")):
        try:
            require_order(days, first, ("lapses_on", "失效日期"))
        except Refused as refused:
            faults |= refused.faults
    if item.published_on is not None and item.attribute != "proactive":
        faults["attribute"] = f"信息 {item.number} 已经公开,不能改为不公开;不应公开的请撤回"
    if made_on := _made_on_fault(item, at):
        faults["made_on"] = made_on
    return faults


def _made_on_fault(item: Disclosure, at: datetime) -> str:
    if item.made_on is None:
        return "请填写生成日期;公文为成文日期"
    if not FIRST_DAY <= item.made_on <= legal_day(at):
        return f"生成日期 {item.made_on} 晚于今日,或早于 {FIRST_DAY};请核对"
    if item.published_on is not None and item.made_on > item.published_on:
        return f"生成日期 {item.made_on} 晚于首次公开日期 {item.published_on};请核对"
    return ""


def _set_due_days(item: Disclosure) -> None:
    # Undecided counts as proactive: the days to the public run from the day the information was made (第二十六条).
    timed = timing.timed(
        {**timing.facts_of(item), "attribute": item.attribute or "proactive"}, item.organ.jurisdictions
    )
    for name, value in timed.items():
        setattr(item, name, value)


def _save_words(item: Disclosure, version: Version, by: Staff) -> None:
    if not version.pk:
        version.digest = "-"
        version.save()
    version.digest = digests.of_version(version)
    version.save()
    item.contributors.add(by)


def _told(record: Disclosure | Version, name: str, errors: Sequence[ValidationError]) -> str:
    field = record._meta.get_field(name)
    label = f"“{field.verbose_name}”"  # type: ignore[union-attr]
    if {error.code for error in errors} & {"blank", "null", "invalid_choice"}:
        return f"请选择{label}" if getattr(field, "choices", None) else f"请填写{label}"
    return label + ";".join(message for error in errors for message in error.messages).rstrip("。")


def _field_faults(record: Disclosure | Version, exclude: tuple[str, ...]) -> dict[str, str]:
    try:
        record.clean_fields(exclude=exclude)
    except ValidationError as fault:
        return {name: _told(record, name, errors) for name, errors in fault.error_dict.items()}
    return {}
