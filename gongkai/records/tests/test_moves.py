"""Carrying out a move: role and state are checked, one of many wins, a refusal leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from types import SimpleNamespace
from typing import ClassVar

import pytest
from django.apps.registry import Apps
from django.db import connection, models

from gongkai.law.flow import Flow, Move
from gongkai.law.refusal import Refused
from gongkai.records import entries
from gongkai.records.models import Entry
from gongkai.records.moves import carry_out, may

FLOW = Flow((
    Move("submit", "draft", "review", "clerk", "提交审核"),
    Move("publish", "review", "published", "publisher", "发布", cite="《条例》第十七条"),
))  # fmt: skip
ROLES = {"张三": {"clerk"}, "李四": {"publisher"}, "王五": {"clerk"}}
AT = datetime(2012, 3, 2, 17, 0, tzinfo=UTC)  # already 3 March in Shanghai


class Paper(models.Model):
    """A record with a state, as small as can be; its table lives in these tests only."""

    number = models.CharField(max_length=8)
    state = models.CharField(max_length=16, choices=[("draft", "草稿"), ("review", "待审"), ("published", "已发布")])
    published_on = models.DateField(null=True)
    organ = SimpleNamespace(code="jl-gxj")
    objects: ClassVar[models.Manager[Paper]] = models.Manager()

    class Meta:
        app_label = "records"
        apps = Apps()  # a registry of its own: no migration is expected of this model
        verbose_name = "文件"

    def __str__(self) -> str:
        return self.number


def roles_of(by: str, on: date) -> set[str]:
    return ROLES[by] if on == date(2012, 3, 3) else set()


@pytest.fixture
def paper(transactional_db: None) -> Iterator[Paper]:
    with connection.schema_editor() as editor:
        editor.create_model(Paper)
    yield Paper.objects.create(number="一", state="draft")
    with connection.schema_editor() as editor:
        editor.delete_model(Paper)


def test_a_text_that_is_too_long_for_its_field_is_refused_at_the_field(paper: Paper) -> None:
    with pytest.raises(Refused, match="“number”有 9 个字，超过 8 个字的上限") as refused:
        carry_out(FLOW, "submit", paper, by="张三", at=AT, role_of=roles_of, number="一二三四五六七八九")
    assert refused.value.code == "number"
    assert Paper.objects.get().state == "draft"


def test_a_move_changes_the_state_and_leaves_one_entry(paper: Paper) -> None:
    carry_out(FLOW, "submit", paper, by="张三", at=AT, role_of=roles_of)
    carry_out(FLOW, "publish", paper, by="李四", at=AT, role_of=roles_of, published_on=date(2012, 3, 3))
    paper.refresh_from_db()
    assert (paper.state, paper.published_on) == ("published", date(2012, 3, 3))
    entry = entries.about(paper, "jl-gxj").latest("seq")
    assert (entry.act, entry.by) == ("publish", "李四")
    assert entry.before == {"state": "review", "published_on": None}
    assert entry.after == {"state": "published", "published_on": "2012-03-03"}


def test_a_move_by_another_role_is_refused_with_its_article(paper: Paper) -> None:
    paper.state = "review"
    paper.save()
    with pytest.raises(Refused) as refused:
        carry_out(FLOW, "publish", paper, by="张三", at=AT, role_of=roles_of)
    assert (refused.value.code, refused.value.cite) == ("not_your_role", "《条例》第十七条")
    assert refused.value.reason == "“发布”须由发布员办理；张三 当日没有这一角色"
    assert not Entry.objects.exists()


def test_a_role_counts_on_the_legal_day_in_shanghai(paper: Paper) -> None:
    with pytest.raises(Refused, match="没有这一角色"):
        carry_out(FLOW, "submit", paper, by="张三", at=datetime(2012, 3, 2, 15, 0, tzinfo=UTC), role_of=roles_of)


def test_a_move_from_another_state_is_refused_and_leaves_nothing(paper: Paper) -> None:
    with pytest.raises(Refused, match="现为“草稿”") as refused:
        carry_out(FLOW, "publish", paper, by="李四", at=AT, role_of=roles_of, published_on=date(2012, 3, 3))
    assert refused.value.code == "wrong_state"
    assert paper.published_on is None
    assert not Entry.objects.exists()


def test_a_record_that_is_gone_is_refused(paper: Paper) -> None:
    Paper.objects.filter(pk=paper.pk).delete()
    with pytest.raises(Refused, match="已不存在"):
        carry_out(FLOW, "submit", paper, by="张三", at=AT, role_of=roles_of)


def test_only_the_moves_open_to_a_role_are_offered(paper: Paper) -> None:
    assert [move.name for move in may(FLOW, paper, {"clerk"})] == ["submit"]
    assert may(FLOW, paper, {"publisher"}) == ()


def test_of_eight_who_submit_at_once_one_wins(paper: Paper) -> None:
    together = Barrier(8)

    def submit(by: str) -> str:
        mine = Paper.objects.get(pk=paper.pk)
        together.wait()
        try:
            carry_out(FLOW, "submit", mine, by=by, at=AT, role_of=roles_of)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "won"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(submit, ["张三", "王五"] * 4))
    assert sorted(outcomes) == sorted(["won", *["wrong_state"] * 7])
    assert Entry.objects.count() == 1
    assert entries.verify() == []


def test_eight_who_write_at_once_make_one_unbroken_chain(paper: Paper) -> None:
    together = Barrier(8)

    def submit_own(number: int) -> None:
        mine = Paper.objects.create(number=str(number), state="draft")
        together.wait()
        try:
            carry_out(FLOW, "submit", mine, by="张三", at=AT, role_of=roles_of)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(submit_own, range(8)))
    assert list(Entry.objects.values_list("seq", flat=True)) == list(range(1, 9))
    assert entries.verify() == []
