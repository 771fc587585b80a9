"""What every act on a disclosure begins with: the row locked, its organ's rule, its version under way."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from gongkai.disclosures import digests, findable
from gongkai.disclosures.flow import flow_of
from gongkai.disclosures.models import ChainRule, Disclosure, Review, Version
from gongkai.law.flow import Flow
from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.organs.within import roles_within
from gongkai.records.moves import RolesOf, carry_out, require

NOT_REVIEWED: dict[str, Any] = {
    "attribute_reviewer": None, "secrecy_reviewer": None, "cataloguer": None, "signer": None, "publisher": None,
    "publish_at": None,
}  # fmt: skip
"""The people of a version whose reviews count no longer."""
HANDS_APART = frozenset(
    {"pass_attribute", "close", "clear_secrecy", "close_secrecy", "sign", "publish", "schedule", "publish_now"}
)
"""Moves that nobody makes who wrote a word of the version: nobody reviews himself."""


def rule_of(organ: Organ) -> ChainRule:
    """The organ's own rule; unsaved, with the defaults, where it has made none."""
    return ChainRule.objects.filter(organ=organ).first() or ChainRule(organ=organ)


def flow_for(item: Disclosure) -> Flow:
    """The procedure as it binds this item's organ."""
    return flow_of(rule_of(item.organ).combined)


def locked(item: Disclosure) -> Disclosure:
    """The item locked and read anew: of several who act at once each sees what the one before did."""
    rows = Disclosure.objects.select_for_update(of=("self",)).select_related("organ", "public_version")
    item.refresh_from_db(from_queryset=rows)
    return item


def under_way(item: Disclosure) -> Version:
    """The version that is being worked on. Refused when there is none."""
    version = item.versions.filter(published_at__isnull=True, dropped_at__isnull=True).first()
    if version is None:
        raise Refused("nothing_under_way", f"信息 {item.number} 没有在办的版本;已发布的请先“起草新版本”")
    return version


def move(item: Disclosure, name: str, *, by: Any, at: datetime, role_of: RolesOf | None = None, **changes: Any) -> None:
    """Carry a move out, kept from whoever wrote a word of the version where it must be."""
    flow, roles = flow_for(item), role_of or roles_within(item.organ)
    if name in HANDS_APART:
        require(flow, name, item, by=by, at=at, role_of=roles)
        _require_no_hand(item, by, flow.move(name).title)
    seen = item.public_version_id is not None
    carry_out(flow, name, item, by=by, at=at, role_of=roles, **changes)
    if seen or item.public_version_id is not None:
        findable.changed(item)


def require_move(item: Disclosure, name: str, *, by: Any, at: datetime) -> None:
    """Refused as the move would be, before anything is written for it."""
    require(flow_for(item), name, item, by=by, at=at, role_of=roles_within(item.organ))


def has_hand(item: Disclosure, by: Any) -> bool:
    """Whether the person wrote or changed something in the version under way."""
    return item.contributors.filter(user_id=by.user_id).exists()


def _require_no_hand(item: Disclosure, by: Any, title: str) -> None:
    if has_hand(item, by):
        raise Refused(
            "own_words", f"“{title}”须由没有改过这份信息的人办理:{by} 改过其中的文字或附件;请交给其他有权的人"
        )


def offered(item: Disclosure, roles: Collection[str], by: Staff) -> tuple[str, ...]:
    """Names of the moves that this person may make now, in the order of the flow: the buttons of the page."""
    from_here = (one for one in flow_for(item).from_state(item.state) if one.open_to(roles))
    hand = has_hand(item, by)
    names = []
    for one in from_here:
        people = (getattr(item, field) for field in one.separate_from)
        own = any(person is not None and person.user_id == by.user_id for person in people)
        if not own and not (hand and one.name in HANDS_APART) and _fits(item, one.name):
            names.append(one.name)
    return tuple(names)


def is_adopted(item: Disclosure) -> bool:
    """Whether an item came from the register as published, and nothing of it has been public here."""
    return item.published_at is not None and not item.versions.filter(published_at__isnull=False).exists()


def _fits(item: Disclosure, name: str) -> bool:
    """Whether a move has something to act on: what was never public is not withdrawn, and no revision dropped."""
    if name == "unadopt":
        return is_adopted(item)
    if name.startswith("withdraw_") or name == "drop_revision":
        return item.public_version_id is not None
    if name in ("catalogue", "catalogue_to_sign"):
        return (name == "catalogue_to_sign") == must_be_signed(item)
    return not (name in ("close", "close_secrecy") and item.published_on is not None)


def must_be_signed(item: Disclosure) -> bool:
    """Whether the organ's rule asks for the signature of the person in charge."""
    rule = rule_of(item.organ)
    return rule.sign_off == "all" or (rule.sign_off == "normative" and item.instrument != "other")


def require_same_text(item: Disclosure, version: Version, seen: str) -> None:
    """Refused when the text is no longer what the reviewer read; seen: its digest then, "" where no page showed it."""
    now = digests.of_version(version)
    if now != item.digest or (seen and seen != now):
        raise Refused(
            "changed_meanwhile", f"信息 {item.number} 的文字或附件在您打开以后被改动过,结论没有记下;请看过新的内容再定"
        )


def keep_review(
    item: Disclosure, version: Version, gate: str, conclusion: str, *, by: Staff, at: datetime, reason: str = "",
    ground: str = "", cite: str = "",
) -> Review:  # fmt: skip
    """Write a decision down, bound to the digest of what was decided about."""
    return Review.objects.create(
        item=item, version=version, gate=gate, conclusion=conclusion, person=by, person_named=str(by),
        attribute=item.attribute, ground=ground, cite=cite, reason=reason, digest=item.digest, at=at,
    )  # fmt: skip


def void_reviews(version: Version, at: datetime) -> None:
    """The reviews of a version count no longer; they stay in its history."""
    version.reviews.filter(voided_at__isnull=True).update(voided_at=at)
