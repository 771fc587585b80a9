"""Daily anchors: one a day, chained, and telling what was cut off the end of the entry book since."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.law.refusal import Refused
from gongkai.records import anchors, entries, public
from gongkai.records.models import Chain, DailyAnchor, Entry
from gongkai.records.seal import unsealed

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
DAY = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


def note(organ_code: str = "jl-gxj", **after: object) -> Entry:
    return entries.write(organ_code=organ_code, by="张三", at=AT, act="publish", subject=("a.b", "1"), after=after)


def make(day: date = DAY) -> DailyAnchor:
    return anchors.make(day, by="定时任务", at=AT)[0]


def cut(*statements: str) -> None:
    with unsealed(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_a_day_has_one_anchor_however_often_it_is_asked_for() -> None:
    note()
    first, made = anchors.make(DAY, by="定时任务", at=AT)
    note()
    again, made_again = anchors.make(DAY, by="定时任务", at=AT)
    assert (made, made_again) == (True, False)
    assert again == first
    assert again.heads["jl-gxj"][0] == 1
    assert Entry.objects.filter(act="anchor").count() == 1


def test_anchors_are_chained_and_hold_the_heads_of_all_chains() -> None:
    note()
    note("jl-fgw")
    first, second = make(), make(date(2026, 3, 3))
    assert set(first.heads) == {"jl-gxj", "jl-fgw"}
    assert entries.SYSTEM in second.heads
    assert (first.previous, second.previous) == ("", first.digest)
    assert anchors.faults() == []
    assert entries.verify() == []


def test_no_anchor_is_made_for_a_day_gone_by() -> None:
    make()
    with pytest.raises(Refused, match="逐日向后"):
        make(date(2026, 3, 1))


def test_a_kept_file_shows_that_the_end_was_cut_and_the_head_set_back() -> None:
    for count in range(5):
        note(count=count)
    kept = public.anchor_file(make().day)
    entry = Entry.objects.get(organ_code="jl-gxj", seq=3)
    cut("DELETE FROM records_entry WHERE organ_code = 'jl-gxj' AND seq > 3", "DELETE FROM records_dailyanchor")
    Chain.objects.filter(organ_code="jl-gxj").update(seq=3, digest=entry.digest)
    assert entries.verify("jl-gxj") == []
    (broken,) = entries.verify("jl-gxj", anchors.read(kept))
    assert (broken.seq, "末尾的日志被删去" in broken.fault) == (4, True)


def test_a_stored_anchor_shows_what_was_cut_as_well() -> None:
    for count in range(5):
        note(count=count)
    make()
    entry = Entry.objects.get(organ_code="jl-gxj", seq=3)
    cut("DELETE FROM records_entry WHERE organ_code = 'jl-gxj' AND seq > 3")
    Chain.objects.filter(organ_code="jl-gxj").update(seq=3, digest=entry.digest)
    (fault,) = anchors.faults()
    assert "机关 jl-gxj 的第 5 条" in str(fault)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM records_dailyanchor WHERE day = '2026-03-03'", "被删去或替换"),
        ("UPDATE records_dailyanchor SET heads = '{}' WHERE day = '2026-03-03'", "被改动"),
    ],
)
def test_an_anchor_taken_out_or_changed_shows(statement: str, told: str) -> None:
    note()
    for day in (2, 3, 4):
        make(date(2026, 3, day))
    cut(statement)
    assert told in str(anchors.faults()[0])


@pytest.mark.parametrize(
    "statement", ["UPDATE records_dailyanchor SET heads = '{}'", "DELETE FROM records_dailyanchor"]
)
def test_the_database_itself_refuses_to_change_or_remove_an_anchor(statement: str) -> None:
    make()
    with pytest.raises(DatabaseError, match="只可追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_file_that_is_no_anchor_or_was_altered_is_refused() -> None:
    note()
    kept = json.loads(public.anchor_file(make().day))
    kept["heads"]["jl-gxj"][0] = 0
    for text, code in ((json.dumps(kept), "anchor_altered"), ("{}", "not_an_anchor"), ("[1]", "not_an_anchor")):
        with pytest.raises(Refused) as refused:
            anchors.read(text)
        assert refused.value.code == code


def test_the_public_window_shows_days_and_digests_and_no_entry() -> None:
    note(secret="不公开")
    make()
    make(date(2026, 3, 3))
    newest, oldest = public.published_anchors(0, 10)
    assert (newest.day, oldest.chains, public.anchor_days()) == (date(2026, 3, 3), 1, 2)
    assert "不公开" not in public.anchor_file(DAY).decode()
    with pytest.raises(Refused):
        public.anchor_file(date(2025, 1, 1))


def test_reading_personal_data_leaves_an_entry_with_its_reason_and_without_the_data() -> None:
    chain = Chain.objects.create(organ_code="jl-gxj")
    entry = entries.record_read(
        chain, organ_code="jl-gxj", fields=["name", "id_number"], reason=" 核对身份 ", by="张三", at=AT
    )
    assert entry.act == entries.READ
    assert entry.after == {"fields": ["id_number", "name"], "reason": "核对身份"}
    with pytest.raises(Refused, match="须写明事由"):
        entries.record_read(chain, organ_code="jl-gxj", fields=["name"], reason=" ", by="张三", at=AT)
    assert entries.verify() == []
