"""Organs over time: names, changes, staff and roles; each act leaves one entry."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.refusal import Refused
from gongkai.organs import actions, public, queries
from gongkai.organs.models import GroupMember, LeadingGroup, Organ, OrganName, Staff
from gongkai.records import entries
from gongkai.records.models import Entry

AT = datetime(2012, 3, 2, 2, tzinfo=UTC)
BY: dict[str, Any] = {"by": "系统管理员", "at": AT}


def test_an_organ_is_called_as_it_was_called_on_the_day(bureau: Organ) -> None:
    actions.rename(bureau, registered_name="吉林市工业局", short_name="", on=date(2019, 1, 1), basis="机构改革", **BY)
    assert bureau.name_on(date(2018, 12, 31)) == "吉林市工业和信息化局"
    assert bureau.short_name_on(date(2018, 12, 31)) == "市工信局"
    assert bureau.name_on(date(2019, 1, 1)) == bureau.short_name_on(date(2019, 1, 1)) == "吉林市工业局"
    assert str(bureau) == "吉林市工业局"


def test_before_its_first_name_an_organ_cannot_be_called(bureau: Organ) -> None:
    with pytest.raises(Refused, match="没有登记名称"):
        bureau.name_on(date(2010, 3, 31))
    assert public.organs(date(2010, 3, 31)) == ()


def test_a_name_may_not_begin_before_the_one_it_replaces(bureau: Organ) -> None:
    with pytest.raises(Refused) as refused:
        actions.rename(bureau, registered_name="甲", on=date(2010, 4, 1), **BY)
    assert refused.value.code == "name_too_early"
    assert OrganName.objects.count() == 1


@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.integers(-500, 3000))
def test_every_day_from_the_first_has_exactly_one_name(gaps: list[int], offset: int) -> None:
    first = date(2008, 5, 1)
    starts = [first]
    for gap in gaps:
        starts.append(starts[-1] + timedelta(days=gap))
    ends = [*(start - timedelta(days=1) for start in starts[1:]), None]
    organ = Organ(pk=1, code="x")
    spans = enumerate(zip(starts, ends, strict=True))
    names = [OrganName(registered_name=str(place), from_on=begun, until_on=end) for place, (begun, end) in spans]
    organ._prefetched_objects_cache = {"names": names}  # type: ignore[attr-defined]
    day = first + timedelta(days=offset)
    assert organ.is_named_on(day) == (day >= first)
    if day >= first:
        assert organ.name_on(day) == str(sum(start <= day for start in starts) - 1)


@pytest.mark.parametrize(
    ("path", "places"),
    [("吉林省/吉林市", ("吉林市", "吉林省", "全国")), ("北京市", ("北京市", "全国")), ("全国", ("全国",))],
)
def test_jurisdictions_run_from_the_nearest_place_to_the_whole_country(path: str, places: tuple[str, ...]) -> None:
    assert Organ(region_path=path).jurisdictions == places


def test_every_act_on_an_organ_leaves_one_entry(bureau: Organ, zhang: Staff) -> None:
    actions.set_contact(bureau, phone="0432-64831310", **BY)
    actions.appoint(zhang, role="clerk", from_on=date(2012, 1, 1), **BY)
    actions.dismiss(zhang, role="clerk", until_on=date(2012, 12, 31), **BY)
    actions.rename(bureau, registered_name="吉林市工业局", on=date(2019, 1, 1), **BY)
    actions.abolish(bureau, on=date(2024, 1, 31), **BY)
    assert list(Entry.objects.values_list("act", flat=True)) == [
        "establish", "enrol", "set_contact", "appoint", "dismiss", "rename", "abolish",
    ]  # fmt: skip
    assert entries.verify() == []


def test_a_refused_act_leaves_no_entry(bureau: Organ) -> None:
    with pytest.raises(Refused):
        actions.set_contact(bureau, email="没有", **BY)
    with pytest.raises(Refused, match="已被使用"):
        actions.establish(
            "jl-gxj", kind="department", region_path="吉林省", registered_name="甲",
            established_on=date(2012, 1, 1), **BY,
        )  # fmt: skip
    assert Entry.objects.count() == 1
    assert Organ.objects.get().email == ""


def test_an_abolished_organ_has_no_name_afterwards_and_cannot_end_twice(bureau: Organ) -> None:
    actions.abolish(bureau, on=date(2024, 1, 31), **BY)
    assert not bureau.is_named_on(date(2024, 2, 1))
    with pytest.raises(Refused, match="已经撤销"):
        actions.abolish(bureau, on=date(2024, 2, 1), **BY)


def test_a_merger_is_found_from_what_came_out_of_it(bureau: Organ, wang: Staff) -> None:
    actions.succeed(wang.organ, successor=bureau, kind="merge", on=date(2015, 6, 1), basis="吉市编发〔2015〕1号", **BY)
    actions.rename(bureau, registered_name="吉林市经济局", on=date(2016, 1, 1), **BY)
    assert [event.kind for event in queries.changes_of(bureau)] == ["merge", "rename"]
    with pytest.raises(Refused):
        actions.succeed(bureau, successor=bureau, kind="merge", on=date(2015, 6, 1), **BY)


def test_a_role_is_held_from_its_first_to_its_last_day(zhang: Staff) -> None:
    actions.appoint(zhang, role="reviewer", from_on=date(2012, 2, 1), **BY)
    actions.dismiss(zhang, role="reviewer", until_on=date(2012, 2, 29), **BY)
    days = [date(2012, 1, 31), date(2012, 2, 1), date(2012, 2, 29), date(2012, 3, 1)]
    assert [zhang.has_role("reviewer", day) for day in days] == [False, True, True, False]
    assert [person.name for person in queries.staff_with_role(zhang.organ, "reviewer", date(2012, 2, 1))] == ["张三"]


def test_a_role_is_not_given_twice_nor_taken_where_it_is_not_held(zhang: Staff) -> None:
    actions.appoint(zhang, role="clerk", from_on=date(2012, 2, 1), **BY)
    with pytest.raises(Refused, match="不需要再次任命"):
        actions.appoint(zhang, role="clerk", from_on=date(2012, 3, 1), **BY)
    with pytest.raises(Refused, match="没有可免去的“审核员”角色"):
        actions.dismiss(zhang, role="reviewer", until_on=date(2012, 3, 1), **BY)


def test_a_user_works_as_staff_only_while_holding_some_role(zhang: Staff) -> None:
    user = User.objects.get(username="zhang")
    actions.appoint(zhang, role="clerk", from_on=date(2012, 2, 1), **BY)
    assert queries.staff_of(user, date(2012, 2, 1)) == zhang
    with pytest.raises(Refused, match="没有任何角色"):
        queries.staff_of(user, date(2012, 1, 31))


def test_an_unknown_code_is_refused_in_words(db: None) -> None:
    with pytest.raises(Refused, match="没有代码为“x”的机关"):
        queries.organ_by_code("x")


def test_the_tree_is_walked_level_by_level_and_lists_names_at_one_query_a_level(
    bureau: Organ, django_assert_num_queries: Any
) -> None:
    for code in ("b", "a"):
        child = Organ.objects.create(code=code, kind="department", region_path="吉林省/吉林市", parent=bureau)
        OrganName.objects.create(organ=child, registered_name=code, from_on=date(2012, 1, 1))
    with django_assert_num_queries(3):
        assert [str(organ) for organ in queries.organs_under(bureau)[1:]] == ["a", "b"]


def test_the_leading_group_is_told_with_its_members_of_the_day(bureau: Organ) -> None:
    group = LeadingGroup.objects.create(
        organ=bureau, number="1", kind="leading_group", name="领导小组", from_on=date(2012, 1, 4)
    )
    for number, until in (("1", date(2012, 6, 30)), ("2", None)):
        GroupMember.objects.create(
            organ=bureau, number=number, group=group, person_name=number, duty="head", from_on=date(2012, 1, 4),
            until_on=until,
        )  # fmt: skip
    (found,) = queries.leading_groups_on(bureau, date(2012, 7, 1))
    assert [member.number for member in found.members.all()] == ["2"]


def test_the_public_card_has_the_name_of_the_day_and_the_contact(bureau: Organ) -> None:
    actions.set_contact(bureau, phone="0432-64831310", **BY)
    card = public.organ("jl-gxj", date(2012, 12, 31))
    assert (card.name, card.region, card.phone) == ("吉林市工业和信息化局", "吉林市", "0432-64831310")
    assert card in public.organs(date(2012, 12, 31))
