"""The entry book: chained, sealed, and telling where it was tampered with."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from gongkai.records import entries
from gongkai.records.models import Chain, Entry, Mention
from gongkai.records.seal import unsealed

AT = datetime(2012, 3, 2, 1, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def note(organ_code: str = "jl-gxj", key: str = "1", **after: object) -> Entry:
    return entries.write(
        organ_code=organ_code, by="张三", at=AT, act="publish", subject=("disclosures.disclosure", key), after=after
    )


def tamper(sql: str) -> None:
    with unsealed(connection), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def chain() -> list[Entry]:
    return [note(key=str(number), count=number, title="关于…的通知") for number in range(1, 6)]


def test_each_entry_carries_the_digest_of_the_one_before(chain: list[Entry]) -> None:
    assert [entry.seq for entry in chain] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in chain] == ["", *(entry.digest for entry in chain[:-1])]
    assert entries.verify() == []


def test_each_organ_has_its_own_chain(chain: list[Entry]) -> None:
    assert note("jl-fgw").seq == 1
    assert entries.verify() == []


def test_amounts_days_and_moments_survive_the_database_unchanged() -> None:
    note(amount=Decimal("19.50"), on=date(2012, 3, 2), at=AT, nothing=None, yes=True, list=[1, "二"])
    kept = Entry.objects.get().after
    assert kept["amount"] == "19.50"
    assert kept["on"] == "2012-03-02"
    assert entries.verify() == []


def test_a_float_cannot_stand_in_an_entry() -> None:
    with pytest.raises(TypeError):
        note(amount=0.1)


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_the_transaction_of_its_act_is_a_bug() -> None:
    with pytest.raises(RuntimeError):
        note()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE records_entry SET act = 'withdraw' WHERE seq = 3",
        "DELETE FROM records_entry WHERE seq = 3",
        "DELETE FROM records_mention",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_an_entry(chain: list[Entry], sql: str) -> None:
    Mention.objects.create(entry=chain[0], organ_code="jl-gxj", subject_type="a.b", subject_key="1")
    with pytest.raises(DatabaseError, match="只可追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Entry.objects.count() == 5


@pytest.mark.parametrize(
    ("sql", "seq", "fault"),
    [
        ("UPDATE records_entry SET act = 'withdraw' WHERE seq = 3", 3, "被改动"),
        ("UPDATE records_entry SET \"by\" = '李四' WHERE seq = 2", 2, "被改动"),
        ("DELETE FROM records_entry WHERE seq = 3", 3, "被删去"),
        ("DELETE FROM records_entry WHERE seq = 1", 1, "被删去"),
        ("DELETE FROM records_entry WHERE seq = 5", 5, "被删去"),
        ("DELETE FROM records_entry", 1, "被删去"),
    ],
)
def test_tampering_shows_at_the_first_broken_place(chain: list[Entry], sql: str, seq: int, fault: str) -> None:
    tamper(sql)
    (broken,) = entries.verify()
    assert (broken.organ_code, broken.seq) == ("jl-gxj", seq)
    assert fault in broken.fault


def test_an_entry_slipped_in_behind_the_head_shows(chain: list[Entry]) -> None:
    forged = Entry(organ_code="jl-gxj", seq=6, at=AT, by="无名", act="publish", subject_key="9")
    forged.previous = chain[-1].digest
    forged.digest = entries.digest_of(forged)
    forged.save()
    (broken,) = entries.verify()
    assert (broken.seq, "不是经系统写入" in broken.fault) == (6, True)


def test_a_changed_entry_with_a_fitting_digest_breaks_the_next(chain: list[Entry]) -> None:
    forged = chain[2]
    forged.act = "withdraw"
    tamper(f"UPDATE records_entry SET act = 'withdraw', digest = '{entries.digest_of(forged)}' WHERE seq = 3")
    (broken,) = entries.verify()
    assert broken.seq == 4


def test_a_chain_written_anew_shows_only_against_an_anchor_kept_outside(chain: list[Entry]) -> None:
    kept = entries.anchor()
    tamper("DELETE FROM records_entry")
    Chain.objects.all().delete()
    for number in range(1, 7):
        note(key=str(number), count=0)
    assert entries.verify() == []
    (broken,) = entries.verify(anchor=kept)
    assert (broken.seq, "重写" in broken.fault) == (5, True)


def test_an_organ_removed_whole_shows_against_an_anchor(chain: list[Entry]) -> None:
    kept = entries.anchor()
    tamper("DELETE FROM records_entry")
    Chain.objects.all().delete()
    (broken,) = entries.verify(anchor=kept)
    assert broken.organ_code == "jl-gxj"


def test_one_organ_can_be_verified_alone(chain: list[Entry]) -> None:
    note("jl-fgw")
    tamper("UPDATE records_entry SET act = 'x' WHERE organ_code = 'jl-fgw'")
    assert entries.verify("jl-gxj") == []
    assert len(entries.verify("jl-fgw")) == 1


@given(st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=3), parts, max_size=3),
))  # fmt: skip
def test_the_canonical_text_of_a_value_is_the_same_after_a_round_trip(value: object) -> None:
    text = entries.canonical(value)
    assert entries.canonical(json.loads(text)) == text
