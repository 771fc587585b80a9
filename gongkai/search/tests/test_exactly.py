"""What is found is what a plain scan finds, whatever is asked."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.search import engines
from gongkai.search.asking import Document, Question
from gongkai.search.engine import Engine, Plan, Position
from gongkai.search.folding import parts
from gongkai.search.tests.scanning import FACETS, chosen, counted, document

pytestmark = pytest.mark.usefixtures("engine")

# Few characters, so that parts meet often: Han, rare Han outside the first plane, digits, Latin, full width, marks.
LETTERS = "养犬管理𠮷𪚥1２aＡß éé〔[(）】〕】第12号，。…\n\t　ab\u200b\ue000⼀一Ⅳ①㎡"
WORDS = st.text(st.sampled_from(LETTERS), max_size=12)
ANY = st.text(max_size=8)
DAYS = st.integers(0, 9).map(lambda days: date(2020, 1, 1) + timedelta(days))
DOCUMENTS = st.lists(
    st.builds(
        lambda title, number, body, attachments, day, organ, theme: Document(
            "", title, number, body, attachments, day, {"organ": organ, "theme": tuple(theme)}
        ),
        WORDS, WORDS | ANY, st.lists(WORDS, max_size=4).map("".join), WORDS | ANY, DAYS,
        st.sampled_from(["甲", "乙", ""]), st.lists(st.sampled_from("丙丁"), unique=True),
    ),
    max_size=12,
).map(lambda held: [replace(each, id=f"d{place}") for place, each in enumerate(held)])  # fmt: skip
QUESTIONS = st.builds(
    Question, words=WORDS | ANY,
    filters=st.fixed_dictionaries({}, optional={
        "organ": st.lists(st.sampled_from("甲乙无"), unique=True),
        "theme": st.lists(st.sampled_from("丙丁"), unique=True),
    }),
    first=st.none() | DAYS, last=st.none() | DAYS, order=st.sampled_from(["relevance", "newest"]),
)  # fmt: skip


def index(documents: list[Document]) -> Engine:
    """An index of the engine under test, in a folder of its own."""
    made = engines.maker(engines.chosen())(Path(tempfile.mkdtemp()), FACETS)
    made.write(documents, (), Position())
    made.position()
    return made


def plan(question: Question, most: int = 1000) -> Plan:
    wanted = parts(question.words)
    return Plan(
        wanted, question.filters, question.first, question.last, question.order == "relevance" and bool(wanted), 0, most
    )


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents=DOCUMENTS, questions=st.lists(QUESTIONS, max_size=8), data=st.data())
def test_every_question_finds_what_a_scan_finds(
    documents: list[Document], questions: list[Question], data: st.DataObject
) -> None:
    """Also words that are cut out of the documents, of any length, wherever they begin and end."""
    made = index(documents)
    for held in documents:
        text = data.draw(st.sampled_from([held.title, held.number, held.body, held.attachments]))
        start = data.draw(st.integers(0, len(text)))
        questions.append(Question(words=text[start : start + data.draw(st.integers(1, 12))]))
    for question in questions:
        right = {held.id for held in documents if chosen(question, held)}
        found = made.ask(plan(question))
        assert (set(found.ids), found.total) == (right, len(right)), question
        assert found.counts == counted(question, documents), question
        if question.order == "newest":
            days = {held.id: held.day for held in documents}
            assert [days[key] for key in found.ids] == sorted((days[key] for key in right), reverse=True)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("吉市政发〔2015〕12号", "《关于养犬的通知》（吉市政发［2015］12号）"),
        ("吉市政发[2015]12号", "吉市政发【２０１５】 12 号"),
        ("吉市政发(2015)第12号", "吉市政发〔2015〕12号"),
        ("吉市政发 〔2015〕 12 号", "吉市政发〔2015〕第12号"),
        ("第 12 号", "市政府令第12号"),
        ("犬", "养犬"),
        ("件", "共4042件"),
        ("91220", "91220201MA0Y1"),
        ("养犬管理", "养 犬\n管　理"),
        ("covid-19疫苗", "ＣＯＶＩＤ-19 疫苗"),
        ("notice 养犬", "养犬 Public Notice"),
        ("𠮷野", "𠮷野家"),
        ("①", "第1条"),
    ],
)
def test_these_are_found(words: str, text: str) -> None:
    made = index([document("d", body=text), document("e", body="别的")])
    assert made.ask(plan(Question(words=words))).ids == ("d",)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("养犬管理", "管理养犬"),
        ("publicnotice", "public notice"),
        ("abd", "ab bd"),
        ("abcd", "ab cd"),
        ("2015年12月", "2015年1月2月"),
        ("养犬", "养，犬"),
        ("吉市政发〔2015〕2号", "吉市政发〔2015〕12号"),
    ],
)
def test_these_are_not(words: str, text: str) -> None:
    made = index([document("d", body=text)])
    assert made.ask(plan(Question(words=words))).total == 0


def test_words_do_not_reach_from_the_title_into_the_body() -> None:
    made = index([document("d", title="养", body="犬")])
    assert made.ask(plan(Question(words="养犬"))).total == 0
    assert made.ask(plan(Question(words="养 犬"))).total == 1


def test_what_stands_in_number_or_title_comes_before_what_stands_in_the_body() -> None:
    number = "吉市政发〔2015〕12号"
    held = [document(f"b{place}", body=f"按照{number}的要求" * 3) for place in range(5)]
    held += [document(f"o{place}", title="别的", body="正文" * 100) for place in range(30)]
    made = index(
        [*held, document("t", title=f"关于落实{number}的通知"), document("n", number=number, body="正文" * 100)]
    )
    assert made.ask(plan(Question(words=number))).ids[:2] == ("n", "t")
