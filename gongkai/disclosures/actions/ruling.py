"""The organ's own rule about its procedure: since when it binds, who signs, how items are numbered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.disclosures import numbering
from gongkai.disclosures.actions.permission import rule_of
from gongkai.disclosures.flow import LEAD
from gongkai.disclosures.models import ChainRule
from gongkai.law.refusal import Refused, SeveralRefused
from gongkai.law.vocabulary import term
from gongkai.organs.models import Organ, Staff
from gongkai.organs.within import legal_day, require_role
from gongkai.records import entries, stale

SET = ("sign_off", "combined_reason", "index_scheme", "index_prefix", "re_review_months")


@transaction.atomic
def set_rule(organ: Organ, *, values: Mapping[str, Any], by: Staff, at: datetime, seen: str = "") -> ChainRule:
    """Change the organ's rule; values: of SET. By the head of the disclosure office.

    seen: `stale.fingerprint` of the rule as its editor read it; Refused "changed_meanwhile" when it is another now.
    """
    require_role(organ, by, at, "制定公开审核规定", LEAD)
    Organ.objects.select_for_update().get(pk=organ.pk)  # the rule itself may not be there yet
    rule = rule_of(organ)
    stale.require_unchanged(rule, SET, seen, "公开审核规定")
    if unknown := sorted(set(values) - set(SET)):
        raise TypeError(f"a rule has no {unknown}")
    before = {name: getattr(rule, name) for name in SET}
    for name, value in values.items():
        setattr(rule, name, value)
    try:
        rule.clean_fields(exclude=("organ",))
    except ValidationError as fault:
        raise SeveralRefused({name: "；".join(told) for name, told in fault.message_dict.items()}) from fault
    numbering.require_prefix(term("index_schemes", rule.index_scheme), rule.index_prefix)
    rule.save()
    after = {name: getattr(rule, name) for name in SET}
    entries.write(organ_code=organ.code, by=by, at=at, act="set_rule", subject=rule, before=before, after=after)
    return rule


@transaction.atomic
def begin_procedure(organ: Organ, *, since: date, by: Staff, at: datetime) -> Organ:
    """Have everything published from a day on go through the procedure; ledger rows for it are refused from then on.

    Not taken back once the day has come. Refused for a day that has passed, and for one whose rows the ledger has.
    """
    require_role(organ, by, at, "启用公开审核流程", LEAD)
    found = Organ.objects.select_for_update().get(pk=organ.pk)  # imports under way end first
    today = legal_day(at)
    if found.chain_since is not None and found.chain_since <= today:
        raise Refused("since", f"审核流程已自 {found.chain_since} 起启用,启用日期不能再改")
    if since < today:
        raise Refused("since", f"启用日期 {since} 已过;请选今日 {today} 或以后的日期")
    Organ.objects.filter(pk=organ.pk).update(chain_since=since)
    entries.write(
        organ_code=organ.code, by=by, at=at, act="begin_procedure", subject=organ,
        before={"chain_since": found.chain_since}, after={"chain_since": since},
    )  # fmt: skip
    organ.chain_since = since
    return organ
