"""Every page of the book proves itself: its failing examples are found as written, its passing ones are not."""

from typing import Any

import pytest

from gongkai.screening.examples import faults, found
from gongkai.screening.refusal import BadRule
from gongkai.screening.rules import Rules
from gongkai.screening.tests.pages import pages, rules


def examples(key: str) -> list[Any]:
    return [
        pytest.param(name, example, id=f"{name}-{number}")
        for name, page in pages().items()
        for number, example in enumerate(page.get(key, ()))
    ]


@pytest.mark.parametrize(("name", "example"), examples("fails"))
def test_a_failing_example_is_found_as_the_page_says(name: str, example: dict[str, Any]) -> None:
    assert found(rules(), name, example) == example["found"]


@pytest.mark.parametrize(("name", "example"), examples("passes"))
def test_a_passing_example_is_not_found(name: str, example: dict[str, Any]) -> None:
    assert found(rules(), name, example) == []


def test_every_page_that_reads_text_has_an_example_that_fails_and_one_that_passes() -> None:
    for name, page in pages().items():
        if page.get("detector") in ("pattern", "column"):
            assert page.get("fails"), name
            assert page.get("passes"), name
        assert page.get("basis") or name == "surnames", name


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"severity": "grave"}, "severity"),
        ({"basis": ""}, "basis"),
        ({"pattern": "("}, "pattern"),
        ({"check": "horoscope"}, "horoscope"),
        ({"keep": [1]}, "keep"),
        ({"gate": []}, "gate"),
    ],
)
def test_a_page_with_a_fault_is_named(change: dict[str, Any], fault: str) -> None:
    with pytest.raises(BadRule, match=fault) as caught:
        Rules.of({**pages(), "mobile": {**pages()["mobile"], **change}})
    assert caught.value.page == "mobile"


def test_an_example_that_no_longer_comes_out_is_named() -> None:
    assert list(faults(pages())) == []
    changed = {**pages(), "plate": {**pages()["plate"], "pattern": "(?!)"}}
    (fault,) = faults(changed)
    assert fault.startswith("screening/plate.toml")
