"""Every change to a comment: one function a verb, one transaction, one entry."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from gongkai.comments.flow import CLERK, FLOW, LEAD, OPEN, RECEIVED, REPLIED, WITHHOLDING
from gongkai.comments.masking import masked
from gongkai.comments.models import LONGEST_CONTACT, LONGEST_TEXT, Comment
from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.organs.within import roles_within
from gongkai.records import ciphers, entries
from gongkai.records.moves import LEGAL_TIME, carry_out

PUBLIC = "公众（未登录）"
MOST_AN_HOUR = 5  # from one address
MOST_WAITING = 500  # of one report
READ_BY = frozenset({CLERK, LEAD})


@transaction.atomic
def receive(organ: Organ, year: int, *, text: str, contact: str = "", address: str, at: datetime) -> Comment:
    """Take a comment in, to be looked at before it is shown.

    contact: optional, kept encrypted. address: the sender's network, counted by a digest and not kept; "" when unknown.
    Refused when empty or too long, and when too many came from there or wait already.
    """
    text, contact = text.strip().replace("\r\n", "\n"), " ".join(contact.split())
    _require_words(text, contact)
    entries.locked_head(organ.code)  # those who send at once queue here, so that counting them counts all
    source = _source(address, at)
    _require_room(organ, year, source, at)
    comment = Comment.objects.create(
        organ=organ, year=year, number=f"LY{at.astimezone(LEGAL_TIME):%Y%m%d}-{secrets.token_hex(4).upper()}",
        text=text, contact=ciphers.encrypt(contact) if contact else "", contact_masked=masked(contact), source=source,
        received_at=at,
    )  # fmt: skip
    after = {
        "year": year, "state": RECEIVED, "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "contact_given": bool(contact),
    }  # fmt: skip
    entries.write(organ_code=organ.code, by=PUBLIC, at=at, act="receive_comment", subject=comment, after=after)
    return comment


def _require_words(text: str, contact: str) -> None:
    if not text:
        raise Refused("text", "留言是空的；请写下您对年报的意见或疑问")
    if len(text) > LONGEST_TEXT:
        raise Refused("text", f"留言有 {len(text)} 个字，超过 {LONGEST_TEXT} 个字的上限；请缩短，或分两次留言")
    if "\x00" in text or "\x00" in contact:
        raise Refused("text", "留言含有不可见的控制字符；请重新输入")
    if len(contact) > LONGEST_CONTACT:
        raise Refused("contact", f"联系方式超过 {LONGEST_CONTACT} 个字；请只写一个电话或电子邮箱")


def _require_room(organ: Organ, year: int, source: str, at: datetime) -> None:
    lately = Comment.objects.filter(source=source, received_at__gt=at - timedelta(hours=1))
    if source and lately.count() >= MOST_AN_HOUR:
        raise Refused("too_many", "从您所在的网络地址一小时内已收到 5 条留言；请一小时后再来，或用年报所列的联系方式")
    if Comment.objects.filter(organ=organ, year=year, state=RECEIVED).count() >= MOST_WAITING:
        raise Refused("too_many", "这份年报待审核的留言过多，暂时不能再收；请过几天再来，或用年报所列的联系方式")


def _source(address: str, at: datetime) -> str:
    """Alike for one network on one day; from one day to the next nobody can be followed."""
    day = at.astimezone(LEGAL_TIME).date().isoformat()
    return salted_hmac("gongkai.comments.source", f"{day} {address}", algorithm="sha256").hexdigest() if address else ""


@transaction.atomic
def show(comment: Comment, *, owner: Staff, due_on: date, by: Staff, at: datetime) -> None:
    """Let the public see the comment, and make it the task of an owner until a day."""
    _require_task(comment, owner, due_on, at)
    name = "show_comment" if comment.state == RECEIVED else "show_after_all"
    _move(name, comment, by, at, owner_id=owner.pk, due_on=due_on, reason="")


@transaction.atomic
def withhold(comment: Comment, *, reason: str, by: Staff, at: datetime) -> None:
    """Keep the comment from the public, or take it down, with the reason."""
    if not reason.strip():
        raise Refused("reason", "不予展示须写明理由，例如“含有他人个人信息”")
    _move(WITHHOLDING.get(comment.state, "withhold_comment"), comment, by, at, reason=reason.strip())


@transaction.atomic
def assign(comment: Comment, *, owner: Staff, due_on: date, by: Staff, at: datetime) -> None:
    """Give the task to another owner, or another day. Refused once it is answered or was never shown."""
    day = at.astimezone(LEGAL_TIME).date()
    if LEAD not in roles_within(comment.organ)(by, day):
        raise Refused("not_your_role", f"“改派”须由信息公开工作机构负责人办理；{by} 当日没有这一角色")
    _require_task(comment, owner, due_on, at)
    found = Comment.objects.select_for_update().get(pk=comment.pk)
    if found.state not in (OPEN, REPLIED):
        raise Refused("wrong_state", f"留言 {comment} 现为“{found.get_state_display()}”，没有在办的任务可以改派")
    before = {"owner_id": found.owner_id, "due_on": found.due_on}
    Comment.objects.filter(pk=comment.pk).update(owner=owner, due_on=due_on)
    comment.owner, comment.due_on = owner, due_on
    entries.write(
        organ_code=comment.organ.code, by=by, at=at, act="assign_comment", subject=comment, before=before,
        after={"owner_id": owner.pk, "due_on": due_on},
    )  # fmt: skip


@transaction.atomic
def reply(comment: Comment, *, answer: str, by: Staff, at: datetime) -> None:
    """Write the answer, to be released by the head of the office."""
    answer = answer.strip().replace("\r\n", "\n")
    if not answer:
        raise Refused("answer", "答复是空的；请写下答复内容")
    if len(answer) > LONGEST_TEXT:
        raise Refused("answer", f"答复有 {len(answer)} 个字，超过 {LONGEST_TEXT} 个字的上限；请缩短")
    _move("draft_reply", comment, by, at, answer=answer)


@transaction.atomic
def send_back(comment: Comment, *, by: Staff, at: datetime) -> None:
    """Have the answer written anew; the words stay to be mended."""
    _move("send_back_reply", comment, by, at)


@transaction.atomic
def release(comment: Comment, *, by: Staff, at: datetime) -> None:
    """Show the answer to the public; the task is done."""
    _move("release_reply", comment, by, at, answered_on=at.astimezone(LEGAL_TIME).date())


@transaction.atomic
def read_contact(comment: Comment, *, reason: str, by: Staff, at: datetime) -> str:
    """The sender's contact in clear; that it was read, by whom and why, stands in the entry book first."""
    if READ_BY.isdisjoint(roles_within(comment.organ)(by, at.astimezone(LEGAL_TIME).date())):
        raise Refused("not_your_role", f"留言人的联系方式只供登记员和信息公开工作机构负责人查看；{by} 没有这些角色")
    if not comment.contact:
        raise Refused("no_contact", "留言人没有留下联系方式")
    entries.record_read(comment, organ_code=comment.organ.code, fields=["contact"], reason=reason, by=by, at=at)
    return ciphers.decrypt(comment.contact)


@transaction.atomic
def erase_contact(comment: Comment, *, by: Staff, at: datetime) -> None:
    """Forget the sender's contact, which is needed no longer. 《个人信息保护法》第四十七条."""
    if LEAD not in roles_within(comment.organ)(by, at.astimezone(LEGAL_TIME).date()):
        raise Refused("not_your_role", f"“删除联系方式”须由信息公开工作机构负责人办理；{by} 当日没有这一角色")
    held = Comment.objects.filter(pk=comment.pk).exclude(contact="")
    if not held.update(contact="", contact_masked=""):
        raise Refused("no_contact", "没有联系方式可删除")
    comment.contact = comment.contact_masked = ""
    entries.write(
        organ_code=comment.organ.code, by=by, at=at, act="erase_contact", subject=comment,
        before={"contact_given": True}, after={"contact_given": False},
    )  # fmt: skip


def _move(name: str, comment: Comment, by: Staff, at: datetime, **changes: Any) -> None:
    carry_out(FLOW, name, comment, by=by, at=at, role_of=roles_within(comment.organ), **changes)


def _require_task(comment: Comment, owner: Staff, due_on: date, at: datetime) -> None:
    day = at.astimezone(LEGAL_TIME).date()
    if owner.organ_id != comment.organ_id or CLERK not in owner.own_roles_on(day):
        raise Refused("owner", f"{owner.name} 不是本机关登记员，不能拟答复；请另选承办人")
    if due_on < day:
        raise Refused("due_on", f"办理期限 {due_on} 已过；请选今日 {day} 或以后的日期")
