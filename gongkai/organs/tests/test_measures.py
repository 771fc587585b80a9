"""What organs count: the number and the list behind it are one query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongkai.organs.ledgers import LEDGERS
from gongkai.organs.measures import MEASURES
from gongkai.organs.models import DedicatedUnit, DisclosurePost, Meeting, Organ, SpecialBudget, Staff, Training
from gongkai.records.measures import Measure, Scope

OF: Mapping[str, Measure] = {measure.name: measure for measure in MEASURES}


def year(organ: Organ, number: int = 2012) -> Scope:
    return Scope((organ.pk,), date(number, 1, 1), date(number, 12, 31))


def training(organ: Organ, number: str, **fields: Any) -> Training:
    return Training.objects.create(
        organ=organ, number=number, **{"held_on": date(2012, 5, 15), "title": "培训", **fields}
    )


def test_staff_is_who_stands_on_the_last_day(bureau: Organ) -> None:
    spans = [
        (date(2008, 5, 1), None), (date(2012, 12, 31), None), (date(2008, 5, 1), date(2012, 12, 31)),
        (date(2008, 5, 1), date(2012, 12, 30)), (date(2013, 1, 1), None),
    ]  # fmt: skip
    for number, (first, last) in enumerate(spans):
        DisclosurePost.objects.create(
            organ=bureau, number=str(number), person_name="某", engagement="part_time", from_on=first, until_on=last
        )
    assert OF["organs.staff"].grouped(year(bureau), ("engagement",)) == {("part_time",): 3}
    listed = OF["organs.staff"].listed(year(bureau), {"engagement": ("part_time",)})
    assert [post.number for post in listed] == ["0", "1", "2"]


def test_training_held_and_attended_are_kept_apart(bureau: Organ) -> None:
    training(bureau, "1", organised_by="own", attendances=30)
    training(bureau, "2", organised_by="other", organiser_name="吉林市人民政府", attendances=2)
    training(bureau, "3", organised_by="own", attendances=9, held_on=date(2013, 1, 1))
    assert OF["organs.trainings"].grouped(year(bureau), ("organised_by",)) == {("own",): 1, ("other",): 1}
    assert OF["organs.training_attendances"].grouped(year(bureau), ()) == {(): 32}


def test_attendances_not_known_add_nothing(bureau: Organ) -> None:
    training(bureau, "1", organised_by="own", attendances=None)
    assert OF["organs.training_attendances"].grouped(year(bureau), ()) == {(): 0}
    assert OF["organs.trainings"].grouped(year(bureau), ()) == {(): 1}


def test_money_stays_exact(bureau: Organ) -> None:
    for number, amount in (("1", "0.10"), ("2", "0.20")):
        SpecialBudget.objects.create(organ=bureau, number=number, granted_on=date(2012, 1, 4), amount=Decimal(amount))
    assert OF["organs.special_budget"].grouped(year(bureau), ()) == {(): Decimal("0.30")}


def test_meetings_and_units(bureau: Organ) -> None:
    Meeting.objects.create(organ=bureau, number="1", held_on=date(2012, 12, 31), title="会")
    DedicatedUnit.objects.create(
        organ=bureau, number="1", name="办", from_on=date(2011, 1, 1), until_on=date(2012, 6, 30)
    )
    assert OF["organs.meetings"].grouped(year(bureau), ()) == {(): 1}
    assert OF["organs.dedicated_units"].grouped(year(bureau), ()) == {(): 0}
    assert OF["organs.dedicated_units"].grouped(year(bureau, 2011), ()) == {(): 1}


def test_another_organs_records_are_never_counted(bureau: Organ, wang: Staff) -> None:
    training(wang.organ, "1", organised_by="own", attendances=5)
    assert OF["organs.trainings"].grouped(year(bureau), ()) == {(): 0}
    both = Scope((bureau.pk, wang.organ.pk), date(2012, 1, 1), date(2012, 12, 31))
    assert OF["organs.trainings"].grouped(both, ()) == {(): 1}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_column_of_a_list_can_be_fetched(bureau: Organ, measure: Measure) -> None:
    list(measure.listed(year(bureau), {}).values_list(*(path for path, _ in measure.columns)))
    for dimension in measure.by:
        measure.grouped(year(bureau), (dimension,))


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_a_ledger_has_a_column_for_each_field_of_its_register(ledger: Any) -> None:
    fields = {field.name for field in ledger.model._meta.concrete_fields} - {"id", "organ"}
    assert {column.name for column in ledger.all_columns} == fields
