"""An OFD says what the PDF of the same pages says, whatever program wrote it; hostile ones end in a plain word."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.papers import ofd, pdf
from gongkai.papers.ofd import reading
from gongkai.papers.reading import Grid, Reading
from gongkai.papers.tests.as_ofd import DIALECTS, NAMESPACE, as_ofd, package
from gongkai.papers.tests.sample import report
from gongkai.papers.tests.test_reading import REAL
from gongkai.papers.unreadable import Unreadable

PRINTED = pdf.write(report())
WORDS = '<TextObject Size="5"><TextCode>公开情况</TextCode></TextObject>'
PAGE, MANY = '<Page BaseLoc="P.xml"/>', "公" * 70_000
MADE = as_ofd(PRINTED, DIALECTS["runs"])


def told(reading: Reading) -> list[object]:
    return [part.texts() if isinstance(part, Grid) else part for part in reading.parts]


@pytest.mark.parametrize("name", DIALECTS)
def test_a_report_says_the_same_as_ofd_and_as_pdf(name: str) -> None:
    (read,) = ofd.read(as_ofd(PRINTED, DIALECTS[name]))
    assert told(read) == told(pdf.read(PRINTED))
    assert read.format == "ofd"


@pytest.mark.skipif(not REAL, reason="没有 ../shared/samples/reports,不能用真实报告试读")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_the_tables_of_a_published_pdf_are_the_same_as_ofd(path: Path) -> None:
    printed = path.read_bytes()
    (read,) = ofd.read(as_ofd(printed, DIALECTS["one by one"]))
    assert [grid.texts() for grid in read.grids] == [grid.texts() for grid in pdf.read(printed).grids]


def of_page(content: str, **parts: str) -> bytes:
    """A package of one page; content as it stands in the layer."""
    page = f'<Page xmlns="{NAMESPACE}"><Content><Layer>{content}</Layer></Content></Page>'
    document = f'<Document xmlns="{NAMESPACE}"><Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>'
    root = f'<OFD xmlns="{NAMESPACE}"><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>'
    return package({"OFD.xml": root, "D/Document.xml": document, "D/P.xml": page} | parts)


def words(content: str) -> list[object]:
    (read,) = ofd.read(of_page(content))
    return told(read)


def test_characters_without_steps_stand_beside_each_other() -> None:
    text = '<TextObject Boundary="20 20 100 6" Size="5"><TextCode X="0" Y="4">公开579条abc</TextCode></TextObject>'
    assert words(text) == ["公开579条abc"]


def test_what_is_not_shown_is_not_read() -> None:
    text = '<TextObject Boundary="20 {} 100 6" Size="5"{}><TextCode X="0" Y="4">公开</TextCode></TextObject>'
    assert words(text.format(20, "") + text.format(60, ' Visible="false"')) == ["公开"]


def test_a_code_that_says_no_place_goes_on_behind_the_one_before() -> None:
    codes = '<TextCode X="0" Y="4">公开</TextCode><TextCode>情况</TextCode>'
    assert words(f'<TextObject Boundary="20 20 100 6" Size="5">{codes}</TextObject>') == ["公开情况"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (package({"OFD.xml": "<OFD/>"}), "damaged"),
        (package({"OFD.xml": "<OFD"}), "damaged"),
        (package({"OFD.xml": "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>"}), "damaged"),
        (package({"OFD.xml": "<OFD/>", "Encryptions.xml": "<Encryptions/>"}), "encrypted"),
        (of_page(""), "no_text"),
        (of_page('<ImageObject Boundary="0 0 210 297" ResourceID="5"/>'), "no_text"),
        (of_page("<PageBlock>" * 300 + "</PageBlock>" * 300), "damaged"),
        (of_page("", **{"D/Document.xml": f"<Document><Pages>{PAGE * 401}</Pages></Document>"}), "too_large"),
        (of_page(f'<TextObject Size="5"><TextCode DeltaX="g 9999999 1">{MANY}</TextCode></TextObject>'), "too_complex"),
        (of_page('<TextObject Size="1e400" CTM="nan 0 0 0 0 0"><TextCode X="x">-</TextCode></TextObject>'), "no_text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        ofd.read(data)
    assert refused.value.code == code


def test_a_page_of_endless_strokes_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        words(f"{WORDS}<PathObject><AbbreviatedData>{'M 0 0 L 5 5 ' * 150_000}</AbbreviatedData></PathObject>")
    assert refused.value.code == "too_complex"


@pytest.mark.parametrize(
    "content",
    [
        f'<TextObject Size="5"><TextCode DeltaX="{"g 999999999 1 " * 50_000}">公开情况</TextCode></TextObject>',
        f'<TextObject Size="5" CTM="{"1 " * 1_000_000}"><TextCode>公开情况</TextCode></TextObject>',
        f"{WORDS}<PathObject><AbbreviatedData>M 0 0 {'L 1 1 ' * 100_000}</AbbreviatedData></PathObject>",
        f"{WORDS}<PathObject><AbbreviatedData>M {'1 ' * 1_000_000}</AbbreviatedData></PathObject>",
    ],
)
def test_what_asks_for_much_with_little_costs_little(content: str) -> None:
    """Written out as they ask for, the first would never end and the others would take gigabytes."""
    assert "公开情况" in str(words(content))


PAGES = "<Document><Pages>" + PAGE * 40 + "</Pages></Document>"
BODIES = "<OFD>" + "<DocBody><DocRoot>D/Document.xml</DocRoot></DocBody>" * 40 + "</OFD>"


@pytest.mark.parametrize("parts", [{"D/Document.xml": PAGES}, {"OFD.xml": BODIES}])
def test_a_part_named_again_and_again_is_not_parsed_without_end(
    parts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package of a few kilobytes can name one long part for each page, or one document many times."""
    monkeypatch.setattr(reading, "PARSED_BYTES", 4_000)
    with pytest.raises(Unreadable) as refused:
        ofd.read(of_page(WORDS, **parts))
    assert refused.value.code == "too_large"


@settings(max_examples=60, deadline=None)
@given(seed=st.integers())
def test_a_mangled_package_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(MADE)
    for _ in range(chance.randint(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with contextlib.suppress(Unreadable):
        ofd.read(bytes(data[: chance.choice((len(data), chance.randrange(len(data))))]))


GIVEN = st.lists(st.sampled_from(["0", "-1", "1e9", "nan", "7.5", "x", "", "1e-9"]), max_size=8)
PATHS = st.lists(st.tuples(st.sampled_from("MLQBACSXg"), GIVEN), max_size=12)


@settings(max_examples=100, deadline=None)
@given(path=PATHS, box=st.lists(st.sampled_from(["0", "5", "-3", "1e300", "y"]), max_size=5))
def test_no_path_breaks_a_page(path: list[tuple[str, list[str]]], box: list[str]) -> None:
    drawn = " ".join(f"{operator} {' '.join(given)}" for operator, given in path)
    text = '<TextObject Boundary="20 20 100 6" Size="5"><TextCode X="0" Y="4">公开</TextCode></TextObject>'
    rules = f'<PathObject Boundary="{" ".join(box)}"><AbbreviatedData>{drawn}</AbbreviatedData></PathObject>'
    assert "公开" in str(words(text + rules))
