"""Administrators apart from each other and from business; nobody lifts himself up; an absent person's duty."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import combinations
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from gongkai.law.flow import Flow, Move
from gongkai.law.refusal import Refused
from gongkai.organs import actions
from gongkai.organs.models import Handover, Organ, Staff, StaffRole
from gongkai.organs.tests.conftest import AT
from gongkai.records import entries
from gongkai.records.models import Entry
from gongkai.records.moves import may
from gongkai.records.roles import ADMINISTRATORS, BUSINESS, Role, clash

DAY = date(2012, 3, 2)
KEEPER: dict[str, Any] = {"by": "安装", "at": AT}


def employ(organ: Organ, login: str, name: str, *roles: str) -> Staff:
    """A member of staff with roles from the first day of 2012."""
    staff = actions.enrol(User.objects.create(username=login), organ=organ, name=name, **KEEPER)
    for role in roles:
        actions.appoint(staff, role=role, from_on=date(2012, 1, 1), **KEEPER)
    return staff


@pytest.fixture
def security(bureau: Organ) -> Staff:
    return employ(bureau, "zhou", "周八", "security_admin")


@pytest.fixture
def system(bureau: Organ) -> Staff:
    return employ(bureau, "sun", "孙七", "system_admin")


@pytest.fixture
def li(bureau: Organ) -> Staff:
    return employ(bureau, "li", "李四", "reviewer")


# ── Roles that exclude each other ──


def test_every_two_roles_clash_unless_both_are_business() -> None:
    for one, other in combinations(Role.values, 2):
        assert clash(one, other) == clash(other, one) == (not {one, other} <= BUSINESS)
    assert len(ADMINISTRATORS) == 3


@pytest.mark.parametrize(("held", "wanted"), [*combinations(sorted(ADMINISTRATORS), 2), ("auditor", "clerk")])
def test_nobody_holds_two_roles_that_exclude_each_other(zhang: Staff, held: str, wanted: str) -> None:
    actions.appoint(zhang, role=held, from_on=date(2012, 1, 1), **KEEPER)
    with pytest.raises(Refused, match="须由不同的人担任") as refused:
        actions.appoint(zhang, role=wanted, from_on=date(2012, 2, 1), **KEEPER)
    assert refused.value.code == "roles_clash"
    assert zhang.roles_on(DAY) == {held}


def test_not_in_another_organ_either(zhang: Staff, wang: Staff) -> None:
    abroad = actions.enrol(zhang.user, organ=wang.organ, name="张三", **KEEPER)
    actions.appoint(abroad, role="auditor", from_on=date(2012, 1, 1), **KEEPER)
    with pytest.raises(Refused, match="不得兼办业务"):
        actions.appoint(zhang, role="clerk", from_on=date(2012, 2, 1), **KEEPER)


def test_one_after_the_other_is_allowed(zhang: Staff) -> None:
    actions.appoint(zhang, role="clerk", from_on=date(2012, 1, 1), **KEEPER)
    actions.dismiss(zhang, role="clerk", until_on=date(2012, 1, 31), **KEEPER)
    with pytest.raises(Refused):
        actions.appoint(zhang, role="auditor", from_on=date(2012, 1, 31), **KEEPER)
    actions.appoint(zhang, role="auditor", from_on=date(2012, 2, 1), **KEEPER)
    assert zhang.roles_on(DAY) == {"auditor"}


@pytest.mark.django_db(transaction=True)
def test_of_two_clashing_appointments_at_once_one_is_made(zhang: Staff) -> None:
    refused: list[str] = []

    def appoint(role: str) -> None:
        try:
            actions.appoint(Staff.objects.get(pk=zhang.pk), role=role, from_on=DAY, **KEEPER)
        except Refused as no:
            refused.append(no.code)
        finally:
            connection.close()

    threads = [Thread(target=appoint, args=(role,)) for role in sorted(ADMINISTRATORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["roles_clash", "roles_clash"]
    assert StaffRole.objects.filter(staff=zhang).count() == 1


# ── Who appoints ──


def test_the_security_administrator_appoints_and_the_system_administrator_does_not(
    security: Staff, system: Staff, zhang: Staff
) -> None:
    with pytest.raises(Refused, match="须由安全管理员办理"):
        actions.appoint(zhang, role="clerk", from_on=DAY, by=system, at=AT)
    actions.appoint(zhang, role="clerk", from_on=DAY, by=security, at=AT)
    assert Entry.objects.filter(act="appoint").latest("pk").by == "周八"


def test_nobody_grants_a_role_to_himself(security: Staff) -> None:
    with pytest.raises(Refused, match="不能对自己办理") as refused:
        actions.appoint(security, role="clerk", from_on=DAY, by=security, at=AT)
    assert refused.value.code == "own_role"


def test_an_administrator_reaches_the_organs_beneath_and_no_others(security: Staff, wang: Staff) -> None:
    with pytest.raises(Refused, match="本机关及下级机关") as refused:
        actions.appoint(wang, role="clerk", from_on=DAY, by=security, at=AT)
    assert refused.value.code == "not_yours"
    wang.organ.parent = security.organ
    wang.organ.save()
    actions.appoint(wang, role="clerk", from_on=DAY, by=security, at=AT)


def test_the_last_administrator_of_a_kind_stays(security: Staff, bureau: Organ) -> None:
    with pytest.raises(Refused, match="唯一的安全管理员"):
        actions.dismiss(security, role="security_admin", until_on=DAY, by=security, at=AT)
    employ(bureau, "zheng", "郑十", "security_admin")
    actions.dismiss(security, role="security_admin", until_on=DAY, by=security, at=AT)


def test_organs_are_registered_by_the_system_administrator_under_his_own(system: Staff, security: Staff) -> None:
    new: dict[str, Any] = {"kind": "department", "region_path": "吉林省/吉林市", "registered_name": "松江市林业局"}
    with pytest.raises(Refused, match="只能在本机关之下"):
        actions.establish("ly", established_on=DAY, **new, by=system, at=AT)
    with pytest.raises(Refused, match="须由系统管理员办理"):
        actions.establish("ly", established_on=DAY, parent=system.organ, **new, by=security, at=AT)
    assert actions.establish("ly", established_on=DAY, parent=system.organ, **new, by=system, at=AT).pk


# ── Standing in ──


def hand(zhang: Staff, li: Staff, by: object, **changed: Any) -> Handover:
    """张三's clerkship to 李四 for the first half of March, unless said otherwise."""
    duty: dict[str, Any] = {"role": "clerk", "from_on": date(2012, 3, 2), "until_on": date(2012, 3, 15)}
    return actions.hand_over(zhang, to_staff=li, reason="出差", by=by, at=AT, **(duty | changed))


@pytest.fixture
def clerk(zhang: Staff) -> Staff:
    """张三 as clerk."""
    actions.appoint(zhang, role="clerk", from_on=date(2012, 1, 1), **KEEPER)
    return zhang


def test_a_duty_is_handed_over_for_its_days_and_written_as_such(clerk: Staff, li: Staff) -> None:
    hand(clerk, li, clerk)
    assert li.roles_on(DAY) == {"reviewer"}, "the duty counts only while standing in"
    li.acting_for = clerk
    days = [date(2012, 3, 1), date(2012, 3, 2), date(2012, 3, 15), date(2012, 3, 16)]
    assert ["clerk" in li.roles_on(day) for day in days] == [False, True, True, False]
    assert "reviewer" not in li.roles_on(DAY), "and one's own do not then"
    assert str(li) == "李四（代张三）"


def test_an_entry_names_both_and_keys_the_one_who_acted(clerk: Staff, li: Staff) -> None:
    hand(clerk, li, clerk)
    li.acting_for = clerk
    with pytest.raises(Refused, match=r"李四（代张三） 当日没有这一角色"):
        actions.appoint(clerk, role="publisher", from_on=DAY, by=li, at=AT)
    with transaction.atomic():
        entry = entries.write(organ_code="jl-gxj", by=li, at=AT, act="record", subject=clerk)
    assert (entry.by, entry.by_key) == ("李四（代张三）", f"organs.staff:{li.pk}")


def test_the_security_administrator_hands_over_for_who_is_away(clerk: Staff, li: Staff, security: Staff) -> None:
    with pytest.raises(Refused, match="须由安全管理员办理"):
        hand(clerk, li, li)
    hand(clerk, li, security)
    with pytest.raises(Refused, match="只移交一人"):
        hand(clerk, li, clerk, from_on=date(2012, 3, 10), until_on=date(2012, 3, 20))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"role": "publisher"}, "role_not_held"),
        ({"until_on": date(2012, 3, 1)}, "span"),
        ({"from_on": date(2012, 3, 1)}, "span"),
    ],
)
def test_what_cannot_be_handed_over_is_refused(clerk: Staff, li: Staff, changed: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        hand(clerk, li, clerk, **changed)
    assert refused.value.code == code


def test_a_duty_does_not_go_to_another_organ_nor_to_an_administrator_nor_on_to_a_third(
    clerk: Staff, li: Staff, wang: Staff, system: Staff, bureau: Organ
) -> None:
    for deputy, code in ((wang, "not_a_colleague"), (system, "roles_clash")):
        with pytest.raises(Refused) as refused:
            hand(clerk, deputy, clerk)
        assert refused.value.code == code
    hand(clerk, li, clerk)
    third = employ(bureau, "zhao", "赵六", "publisher")
    with pytest.raises(Refused) as refused:
        hand(li, third, li)
    assert refused.value.code == "role_not_held"


def test_who_stands_in_cannot_be_made_administrator_meanwhile(clerk: Staff, li: Staff) -> None:
    fresh = employ(li.organ, "wu", "吴九")
    hand(clerk, fresh, clerk)
    with pytest.raises(Refused, match="须由不同的人担任"):
        actions.appoint(fresh, role="auditor", from_on=date(2012, 3, 10), **KEEPER)


def test_taken_back_it_ends_at_once(clerk: Staff, li: Staff) -> None:
    duty = hand(clerk, li, clerk)
    with pytest.raises(Refused):
        actions.take_back(duty, by=li, at=AT)
    actions.take_back(duty, by=clerk, at=AT)
    li.acting_for = clerk
    assert li.roles_on(DAY) == frozenset()
    with pytest.raises(Refused, match="已经结束"):
        actions.take_back(duty, by=clerk, at=datetime(2012, 3, 3, tzinfo=UTC))


def test_a_duty_ends_with_the_role_of_who_handed_it_over(clerk: Staff, li: Staff) -> None:
    hand(clerk, li, clerk)
    actions.dismiss(clerk, role="clerk", until_on=date(2012, 3, 5), **KEEPER)
    li.acting_for = clerk
    assert li.has_role("clerk", date(2012, 3, 5))
    assert not li.has_role("clerk", date(2012, 3, 6))


def test_a_deputy_is_not_offered_to_review_his_own_draft(bureau: Organ, zhang: Staff, li: Staff) -> None:
    """张三 hands his clerkship to the reviewer 李四, who drafts in his stead and then is himself again."""
    actions.appoint(zhang, role="clerk", from_on=date(2012, 1, 1), **KEEPER)
    hand(zhang, li, zhang)
    flow = Flow((Move("approve", "submitted", "approved", "reviewer", "审核", separate_from=("submitted_by",)),))
    draft: Any = SimpleNamespace(state="submitted", submitted_by=Staff.objects.get(pk=li.pk))
    assert may(flow, draft, li.roles_on(DAY), by=li) == ()
    other = employ(bureau, "zheng", "郑十", "reviewer")
    assert [move.name for move in may(flow, draft, other.roles_on(DAY), by=other)] == ["approve"]
    # Nor the other way about: a reviewer's duty taken up by who drafted.
    hand(other, zhang, other, role="reviewer")
    zhang.acting_for = other
    draft.submitted_by = Staff.objects.get(pk=zhang.pk)
    assert "reviewer" in zhang.roles_on(DAY)
    assert may(flow, draft, zhang.roles_on(DAY), by=zhang) == ()
