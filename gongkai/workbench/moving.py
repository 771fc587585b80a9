"""The forms that an item's page offers its reader: one for each move they may make now, with the fields it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext, gettext_noop

from gongkai.channels.models import Channel, Holder, ReadingPlace
from gongkai.disclosures.actions.afterwards import VALIDITY
from gongkai.disclosures.actions.permission import offered
from gongkai.disclosures.actions.reviewing import REOPENING
from gongkai.disclosures.flow import BACK, CLERK, DRAFT, EDIT, LEAD, PUBLISHER, REVISED, WITHDRAW
from gongkai.disclosures.models import Disclosure
from gongkai.law.vocabulary import choices
from gongkai.organs.models import Staff, in_force
from gongkai.records import stale

Choices = tuple[tuple[str, str], ...]
TITLES = {
    "adopt": gettext_noop("转入审核流程"),
    "submit": gettext_noop("提交审核"),
    "pass_attribute": gettext_noop("公开属性审核通过"),
    "close": gettext_noop("认定为不主动公开"),
    "clear_secrecy": gettext_noop("保密审查通过"),
    "close_secrecy": gettext_noop("保密审查认定不公开"),
    "catalogue": gettext_noop("编目"),
    "sign": gettext_noop("签发"),
    "publish": gettext_noop("发布信息"),
    "schedule": gettext_noop("定时发布"),
    "unschedule": gettext_noop("取消定时"),
    "send_back": gettext_noop("退回起草人"),
    "revise": gettext_noop("起草新版本"),
    "drop_revision": gettext_noop("放弃新版本"),
    "keep_closed": gettext_noop("评估后继续不主动公开"),
    "reopen": gettext_noop("改为主动公开"),
    "redraft": gettext_noop("撤回后重新起草"),
    "withdraw": gettext_noop("撤回公开"),
    "discard": gettext_noop("作废草稿"),
    "mark_urgent": gettext_noop("标为急件"),
    "repeal": gettext_noop("标注废止"),
    "set_validity": gettext_noop("标注有效期"),
    "deliver": gettext_noop("报送查阅点"),
    "unadopt": gettext_noop("退回台账"),
    "post": gettext_noop("登记其他渠道发布"),
}
"""Act -> the words of its button."""
WHY = ("reason", "change_note")
"""Fields that say why."""
NO_FAULTS: Mapping[str, str] = {}
FOLDED = frozenset(
    {
        "withdraw", "discard", "drop_revision", "repeal", "set_validity", "close", "close_secrecy", "send_back",
        "schedule", "mark_urgent", "unadopt", "post",
    }
)  # fmt: skip
"""Acts whose forms are folded away: not the usual next step."""
NAMED = frozenset({"channel", "channels", "reading_place", "staff"})
"""Fields whose choices are channels, places and people."""


@dataclass(slots=True)
class Field:
    """One field. kind: text | long | choice | many | day | hidden; label: what it sets, in Chinese; typed: what stands.

    hint: how to fill it in; fault: what is wrong with what was typed.
    """

    name: str
    label: str
    kind: str = "text"
    choices: Choices = ()
    needed: bool = True
    typed: str = ""
    several: tuple[str, ...] = ()
    hint: str = ""
    fault: str = ""

    @property
    def own(self) -> bool:
        """Whether its choices are the product's own words; else they are names that people gave."""
        return self.name not in NAMED


@dataclass(slots=True)
class MoveForm:
    """One form. name: the act that is posted; folded: shown closed; refused: it has just been refused."""

    name: str
    title: str
    fields: list[Field] = field(default_factory=list)
    folded: bool = False


def forms(
    item: Disclosure, staff: Staff, day: date, given: Any = None, faults: Mapping[str, str] = NO_FAULTS
) -> list[MoveForm]:
    """What this reader may do with the item now, the usual next step first. given: as typed into a refused one.

    faults: what was wrong with it, by field; `no_reason` is about the field that says why.
    """
    roles = staff.roles_on(day)
    names = [*_moves(offered(item, roles, staff)), *_others(item, roles, day)]
    channels = cache(lambda: _channels(item, day))  # asked once, however many forms offer them
    found = [
        MoveForm(name, gettext(TITLES[name]), _fields(name, item, day, channels), name in FOLDED) for name in names
    ]
    acted = given.get("act", "") if given else ""
    for form in found:
        if form.name == acted:
            form.folded = False
            for one in (one for one in form.fields if one.kind != "hidden"):
                one.typed, one.several = given.get(one.name, ""), tuple(given.getlist(one.name))
                one.fault = faults.get(one.name, faults.get("no_reason", "") if one.name in WHY else "")
    return sorted(found, key=lambda form: form.name in FOLDED)


def _moves(names: Iterable[str]) -> list[str]:
    """Names of acts for names of moves: one act leads over different moves in different states."""
    acts = {"catalogue_to_sign": "catalogue", "publish_now": "publish"}
    acts |= {move: "send_back" for move, _, _ in BACK.values()} | {move: "withdraw" for move in WITHDRAW.values()}
    edits = set(EDIT.values())
    return list(dict.fromkeys(acts.get(name, name) for name in names if name not in edits))


def _others(item: Disclosure, roles: Iterable[str], day: date) -> list[str]:
    """Acts that are no moves."""
    held, found = set(roles), []
    if item.state == DRAFT and item.published_at is None and CLERK in held:
        found.append("discard")
    if item.state in REVISED and held & {CLERK, LEAD}:
        found.append("mark_urgent")
    if item.public_version_id is not None:
        found += ["post", "repeal", "set_validity"] if PUBLISHER in held else []
        found += ["deliver"] if CLERK in held and _places(item, day) else []
    return found


def _channels(item: Disclosure, day: date) -> Choices:
    rows = Channel.objects.filter(organ=item.organ_id).order_by("number")
    standing = (one for one in rows if (one.opened_on is None or one.opened_on <= day))
    open_ones = [one for one in standing if one.closed_on is None or one.closed_on >= day]
    kept_by: dict[int, list[str]] = {}
    for holder in Holder.objects.filter(in_force(day), organ=item.organ_id).select_related("staff").order_by("pk"):
        kept_by.setdefault(holder.channel_id, []).append(holder.staff.name)
    named = ((one, "、".join(kept_by.get(one.pk, ()))) for one in open_ones)
    return tuple((str(one.pk), f"{one.name}（账号管理员:{people}）" if people else one.name) for one, people in named)


def _places(item: Disclosure, day: date) -> Choices:
    rows = ReadingPlace.objects.filter(in_force(day, "opened_on", "closed_on"), organ=item.organ_id)
    rows = rows.exclude(pk__in=item.deliveries.values("reading_place"))
    return tuple((str(one.pk), one.name) for one in rows.order_by("number"))


def _label(name: str) -> str:
    return str(Disclosure._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _coded(item: Disclosure, name: str, vocabulary: str, *, needed: bool = True) -> Field:
    return Field(name, _label(name), "choice", tuple(choices(vocabulary)), needed, str(getattr(item, name)))


def _reason(label: str, *, needed: bool = True) -> Field:
    return Field("reason", label, "long", needed=needed)


def _ground(item: Disclosure) -> Field:
    return _coded(item, "ground", "grounds")


def _posted(day: date, channels: Choices) -> list[Field]:
    return [
        Field("channel", "公开渠道", "choice", channels),
        Field("on", "渠道发布日期", "day", typed=day.isoformat()),
    ]


def _fields(name: str, item: Disclosure, day: date, channels: Callable[[], Choices]) -> list[Field]:
    made: Mapping[str, Any] = {
        "pass_attribute": lambda: [_reason("说明", needed=False)],
        "clear_secrecy": lambda: [_reason("说明", needed=False)],
        "sign": lambda: [_reason("说明", needed=False)],
        "close": lambda: [
            Field("attribute", _label("attribute"), "choice", tuple(choices("disclosure_attributes"))[1:],
                  typed=item.attribute), _ground(item), _reason("说明", needed=False),
        ],
        "close_secrecy": lambda: [_ground(item), _reason("说明", needed=False)],
        "catalogue": lambda: [
            _coded(item, "theme", "themes"), _coded(item, "genre", "genres", needed=False),
            _coded(item, "disclosure_item", "disclosure_items"),
            Field("index_number", _label("index_number"), needed=False, typed=item.index_number),
        ],
        "publish": lambda: [Field("channels", "公开渠道", "many", channels())],
        "schedule": lambda: [
            Field("channels", "公开渠道", "many", channels()),
            Field("publish_at", _label("publish_at"), typed=f"{day.isoformat()} 18:00"),
        ],
        "post": lambda: _posted(day, channels()),
        "reopen": lambda: [Field("why", "原因", "choice", tuple(REOPENING.items())), _reason("理由")],
        "revise": lambda: [Field("change_note", "修改说明", "long")],
        "redraft": lambda: [Field("change_note", "修改说明", "long")],
        "repeal": lambda: [Field("on", _label("repealed_on"), "day", typed=day.isoformat()), Field("basis", "依据")],
        "set_validity": lambda: [
            Field("effective_on", _label("effective_on"), "day", (), False, typed_day(item.effective_on)),
            Field("lapses_on", _label("lapses_on"), "day", (), False, typed_day(item.lapses_on)),
            Field("basis", "依据"),
            Field("validity", "", "hidden", typed=stale.fingerprint(item, VALIDITY)),
        ],
        "mark_urgent": lambda: [Field("reason", _label("urgent_reason"), needed=False, typed=item.urgent_reason)],
        "deliver": lambda: [
            Field("reading_place", "公共查阅点", "choice", _places(item, day)),
            Field("on", "报送日期", "day", typed=day.isoformat()),
            Field("medium", "载体", "choice", (("paper", "纸质"), ("electronic", "电子")), typed="paper"),
        ],
    }  # fmt: skip
    plain = ("adopt", "submit", "unschedule")
    return [] if name in plain else made.get(name, lambda: [_reason("原因")])()


def typed_day(value: date | None) -> str:
    """A day as one would type it."""
    return value.isoformat() if value else ""
