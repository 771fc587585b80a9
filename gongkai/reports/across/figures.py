"""A figure named across forms: a concept of the crosswalk, or a cell of one form that no concept speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.law import crosswalk
from gongkai.law.refusal import Misprint, Refused
from gongkai.law.report_forms import ReportForm, load
from gongkai.law.values import BLANK, Value


@dataclass(frozen=True, slots=True)
class Named:
    """A figure that can be asked for. id: a concept's id, or "form_id:ref"; form_id "" for a concept."""

    id: str
    title: str
    note: str
    form_id: str
    cells: Mapping[str, tuple[str, ...]]

    def value(self, form_id: str, figures: Mapping[str, Value]) -> Value:
        """The figure in a report on this form; blank where that form has none."""
        if not self.form_id:
            return crosswalk.series(self.id).value(form_id, figures)
        return figures.get(self.cells[form_id][0], BLANK) if form_id == self.form_id else BLANK

    def is_on(self, form_id: str) -> bool:
        """Whether reports on this form can have it."""
        return bool(self.cells.get(form_id))


def named(figure: str) -> Named:
    """The figure of an id. Refused "unknown_figure" when the book knows neither concept nor cell."""
    form_id, _, ref = figure.partition(":")
    if not ref:
        try:
            concept = crosswalk.series(figure)
        except Refused:
            raise _unknown(figure) from None
        return Named(concept.id, concept.title, concept.note, "", concept.cells)
    try:
        form = load(form_id)
        form.cell(ref)
    except (Refused, Misprint):
        raise _unknown(figure) from None
    if (concept_id := _told_of(form_id).get(ref)) is not None:
        return named(concept_id)
    return Named(figure, _title(form, ref), "", form_id, {form_id: (ref,)})


def _unknown(figure: str) -> Refused:
    return Refused("unknown_figure", f"没有“{figure}”这个数字；请从列出的数字中选择")


def offered(form_ids: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be asked of reports on these forms: (heading, [(id, title)]), what all forms share first.

    heading: "" for concepts, the id of the form for cells of its own.
    """
    forms = [load(form_id) for form_id in dict.fromkeys(form_ids)]
    concepts = [crosswalk.series(name) for name in crosswalk.concepts()]
    shared = [(one.id, one.title) for one in concepts if any(one.cells.get(form.id) for form in forms)]
    return [("", shared), *((form.id, _own(form)) for form in forms)]


def _own(form: ReportForm) -> list[tuple[str, str]]:
    told = _told_of(form.id)
    return [(f"{form.id}:{cell.ref}", _title(form, cell.ref)) for cell in form.cells if cell.ref not in told]


def _title(form: ReportForm, ref: str) -> str:
    """A cell in words; where a table has headings over its rows, under its heading."""
    cell = form.cell(ref)
    row = form.row(cell.table, cell.row)
    above: Sequence[str] = [form.row(cell.table, row.parent).label] if row.parent else []
    return " › ".join([*above, form.name_of(ref)])


@cache
def _told_of(form_id: str) -> Mapping[str, str]:
    """Ref -> the concept that it carries alone."""
    concepts = [crosswalk.series(name) for name in crosswalk.concepts()]
    return {one.cells[form_id][0]: one.id for one in concepts if len(one.cells.get(form_id, ())) == 1}
