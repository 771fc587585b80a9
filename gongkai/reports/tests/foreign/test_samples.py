"""Published reports kept beside the project, read and compared with what a person read in them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.reports.foreign.reading import read_report
from gongkai.reports.foreign.report import ReadReport

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "samples" / "reports"
SAMPLES = sorted(path for path in FOLDER.glob("*") if path.suffix in (".txt", ".html", ".pdf"))

pytestmark = pytest.mark.skipif(not SAMPLES, reason="the folder of sample reports is not beside the project")


def true_cells(path: Path) -> dict[tuple[str, str], Decimal | None]:
    """By row label and column label; amounts with their unit in yuan."""
    found: dict[tuple[str, str], Decimal | None] = {}

    def walk(node: dict[str, object], labels: tuple[str, ...]) -> None:
        for label, inner in node.items():
            if isinstance(inner, dict):
                walk(inner, (*labels, label))
            elif label != "计量单位":
                found["/".join(labels), label] = amount(inner)

    for table in json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["cells"].values():
        walk(table, ())
    return found


def amount(raw: object) -> Decimal | None:
    if raw is None:
        return None
    text = str(raw)
    return Decimal(text.removesuffix("万元")) * 10_000 if text.endswith("万元") else Decimal(text)


def labelled(read: ReadReport) -> dict[tuple[str, str], Decimal | None]:
    return {(cell.row_label, cell.column_label): cell.value.number for cell in read.cells}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_settled_cell_is_wrong_and_none_is_missed(path: Path) -> None:
    read = read_report(path.read_bytes(), path.name)
    true, found = true_cells(path), labelled(read)
    assert {place: value for place, value in found.items() if true.get(place, "absent") != value} == {}
    undecided = sum(len(one.refs) for one in read.undecided)
    assert len(found) + undecided == len(true)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_what_is_open_has_the_truth_among_its_candidates(path: Path) -> None:
    """Runs that a person could settle only by another copy, and rows with too few figures; nothing else is open."""
    read = read_report(path.read_bytes(), path.name)
    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    known = {one["raw"] for one in told["ambiguous_cells"]} | {"693665", "24432", "0 0 0 0 0 0"}
    assert {one.raw for one in read.undecided} <= known


def test_the_page_and_its_text_give_the_same_cells() -> None:
    for path in FOLDER.glob("*.html"):
        page = read_report(path.read_bytes(), path.name).figures()
        text = read_report(path.with_suffix(".txt").read_bytes(), path.with_suffix(".txt").name)
        assert text.figures().items() <= page.items()
        for one in text.undecided:
            assert tuple(page[ref] for ref in one.refs) in one.candidates
