"""The book: found, kept, proofread and printed."""

from datetime import date
from pathlib import Path

import pytest

from gongkai.law import book, pages, proofreading, time_limits
from gongkai.law.refusal import Misprint, Refused

DOCS = Path(__file__).resolve().parents[3] / "docs" / "law"


@pytest.fixture
def own_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of its own with an empty chapter of time limits and one of vocabularies."""
    for chapter in ("time_limits", "vocabulary", "calendar"):
        (tmp_path / chapter).mkdir()
    monkeypatch.setattr(book, "ROOT", str(tmp_path))
    return tmp_path


def test_every_page_of_the_book_is_sound() -> None:
    assert list(proofreading.faults()) == []


def test_proofreading_covers_every_chapter_that_is_printed() -> None:
    assert set(proofreading.CHAPTERS) == set(pages.TITLES) == set(pages.RENDERERS)


def test_proofreading_names_the_example_that_comes_out_differently(monkeypatch: pytest.MonkeyPatch) -> None:
    example = book.page("time_limits", "correction_notice")["example"][0]
    monkeypatch.setitem(example, "due", date(2023, 1, 31))
    (fault,) = proofreading.faults()
    assert fault == "time_limits/correction_notice.toml:例子(自 2023-01-16)写的是 2023-01-31,算出来是 2023-01-30"


def test_a_kept_page_reads_the_same_as_the_page_itself() -> None:
    for chapter in proofreading.CHAPTERS:
        for name in book.pages(chapter):
            parsed = book._parsed(book.path_of(chapter, name), name)
            assert book._thawed(book._frozen(parsed)) == parsed == book.page(chapter, name)


def test_an_edited_page_is_read_anew_and_an_unchanged_one_is_not_parsed(
    own_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = own_book / "vocabulary" / "colours.toml"
    page.write_text('title = "红"\nsince = 2012-01-01\n', encoding="utf-8")
    assert book.page("vocabulary", "colours") == {"title": "红", "since": date(2012, 1, 1)}
    monkeypatch.setattr(book, "_pages", {})  # as in the next process
    monkeypatch.setattr(book, "_parsed", None)
    assert book.page("vocabulary", "colours")["since"] == date(2012, 1, 1)
    monkeypatch.undo()
    monkeypatch.setattr(book, "ROOT", str(own_book))
    monkeypatch.setattr(book, "_pages", {})
    page.write_text('title = "绿色"\n', encoding="utf-8")
    assert book.page("vocabulary", "colours") == {"title": "绿色"}


def test_a_damaged_kept_page_is_made_again(own_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = own_book / "vocabulary" / "colours.toml"
    page.write_text('title = "红"\n', encoding="utf-8")
    book.page("vocabulary", "colours")
    (kept,) = (own_book / "vocabulary" / "__pycache__").iterdir()
    kept.write_bytes(kept.read_bytes()[:20])
    monkeypatch.setattr(book, "_pages", {})
    assert book.page("vocabulary", "colours") == {"title": "红"}


def test_a_missing_page_and_a_faulty_one_say_which_file_to_mend(own_book: Path) -> None:
    with pytest.raises(Misprint, match=r"vocabulary/colours\.toml:法规册中没有这一页"):
        book.page("vocabulary", "colours")
    (own_book / "vocabulary" / "sizes.toml").write_text("title =", encoding="utf-8")
    with pytest.raises(Misprint, match=r"vocabulary/sizes\.toml:不是合格的 TOML"):
        book.page("vocabulary", "sizes")
    with pytest.raises(Misprint, match="没有这一章"):
        book.pages("weather")


@pytest.mark.parametrize("name", ["../secrets", "a/b", "", "."])
def test_a_page_name_cannot_leave_its_chapter(name: str) -> None:
    with pytest.raises(Misprint):
        book.page("time_limits", name)


RULE = 'title = "试"\ntitle_en = "trial"\nstarts = "当日"\n'
OLD = ("2008-05-01", "until = 2012-01-01", "working_day", "第一条")
VERSION = '[[version]]\nfrom = {}\n{}\nlimit = 5\nunit = "{}"\ncite = "{}"\nmark = "V"\n'


@pytest.mark.parametrize(
    ("versions", "fault"),
    [
        ([OLD, ("2012-01-01", "", "working_day", "第二条")], "有两个规定"),
        ([("2008-05-01", "", "working_day", "第一条"), ("2012-01-01", "", "working_day", "第二条")], "有两个规定"),
        ([OLD, ("2012-01-03", "", "working_day", "第二条")], "之间没有规定"),
        ([("2008-05-01", "", "working_day", "")], "没有依据"),
        ([("2008-05-01", "", "fortnight", "第一条")], "不认识的单位"),
    ],
)  # fmt: skip
def test_a_rule_with_a_gap_an_overlap_or_no_basis_is_a_misprint(
    own_book: Path, versions: list[tuple[str, str, str, str]], fault: str
) -> None:
    text = RULE + "".join(VERSION.format(*version) for version in versions)
    (own_book / "time_limits" / "trial.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Misprint, match=fault):
        time_limits.rule("trial")


def test_an_alias_means_the_same_rule() -> None:
    assert time_limits.rule("publish") is time_limits.rule("proactive_disclosure")


def test_an_unknown_rule_is_refused_with_the_rules_there_are() -> None:
    with pytest.raises(Refused, match="proactive_disclosure") as no:
        time_limits.rule("../../etc")
    assert no.value.code == "unknown_rule"


def test_what_is_from_memory_is_printed_in_bold_words() -> None:
    for chapter in ("time_limits", "fees", "vocabulary"):
        for name in book.pages(chapter):
            stated = book.page(chapter, name)
            doubtful = [raw for raw in (*stated.get("version", ()), *stated.get("term", ())) if raw.get("mark") == "M"]
            assert pages.page(chapter, name).count("**M 凭记忆,待核对**") >= len(doubtful)


def test_the_printed_law_is_up_to_date() -> None:
    """After a change of the book: gongkai law --write docs/law."""
    printed = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert printed == pages.documents()
