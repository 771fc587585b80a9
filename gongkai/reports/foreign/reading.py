"""Reading one report: the form that fits, its tables by the grid and by the text, and what settles each cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.law.refusal import Refused
from gongkai.law.relations import Relation
from gongkai.law.report_forms import ReportForm, all_forms, load
from gongkai.law.values import Value
from gongkai.papers.reading import Reading
from gongkai.reports.foreign import flat, intake, outline, sentences
from gongkai.reports.foreign.flat import Tables
from gongkai.reports.foreign.front import Front, front, tail, year_of
from gongkai.reports.foreign.grids import GridReader
from gongkai.reports.foreign.report import Previous, ReadCell, ReadReport, Undecided
from gongkai.reports.foreign.settling import Outcome, Settling
from gongkai.reports.foreign.solving import EQUATIONS, Board, holds_with, relations
from gongkai.reports.foreign.stream import Span, Stream, stream
from gongkai.reports.foreign.twice import two_reports
from gongkai.reports.foreign.wording import Words, column_label, row_label, words
from gongkai.reports.labels import key

LEAST = 0.12  # share of a form's words that a text must have to be read for it
CLOSE = 0.75  # a form with less than this of the best one's share is not tried
ENOUGH = 0.2  # share of a form's cells that must be found
SURE = 0.8  # share of a form's words by which it is known even without its cells
_CRUMBS = 200  # characters of labels that a converter may leave between two pieces of a table
SHOWN = 12  # candidates given of one run


@dataclass(slots=True)
class Attempt:
    """A document read for one form."""

    words: Words
    tables: Tables
    share: float
    loose: bool

    def score(self, year: int) -> float:
        """How well the form fits: cells found, words met, and whether it was in force."""
        return 0.5 * self.coverage + self.share + (0.05 if self.words.form.covers(year) else 0.0)

    @property
    def coverage(self) -> float:
        return len(self.tables.refs) / max(len(self.words.form.cells), 1)


def read_report(
    data: bytes, name: str, *, forms: Iterable[ReportForm] | None = None, form_id: str | None = None,
    previous: Previous | None = None,
) -> ReadReport:  # fmt: skip
    """The report in a file, of whatever kind. Refused when it has no text, or more than can be read in ten seconds.

    name: of the file, for telling Markdown from text. forms: those it may be on, all of the book by default; form_id:
    the one to read it for, whatever fits better. previous: last year's report, which may settle cells. Where a PDF
    prints two reports side by side, the left one; `read_reports` gives both.
    """
    reports = read_reports(data, name, forms=forms, form_id=form_id, previous=previous)
    if len(reports) > 1:
        reports[0].not_understood.append(f"文件中并排有{len(reports)}份报告,这里读的是左边一份")
    return reports[0]


def read_reports(
    data: bytes, name: str, *, forms: Iterable[ReportForm] | None = None, form_id: str | None = None,
    previous: Previous | None = None,
) -> list[ReadReport]:  # fmt: skip
    """Every report in a file; see `read_report`."""
    known = None if forms is None else tuple(forms)
    return [
        read_reading(one, name, forms=known, form_id=form_id, previous=previous) for one in intake.documents(data, name)
    ]


def read_reading(
    reading: Reading, name: str, *, forms: Iterable[ReportForm] | None = None, form_id: str | None = None,
    previous: Previous | None = None,
) -> ReadReport:  # fmt: skip
    """The report in a document that was read before. Refused where it is far longer than any report."""
    text = stream(reading)
    if len(text.text) > intake.LONGEST:
        raise intake.too_long()
    report = ReadReport(name, reading.format, text.text)
    known = (load(form_id),) if form_id else tuple(all_forms() if forms is None else forms)
    loose = reading.format in ("text", "markdown")
    best = _best(text, known, year_of(text.narrow), forced=form_id is not None, loose=loose)
    report.tables = _spans(best.tables.spans) if best else []
    torn = _torn(text.text, report.tables, best.words) if best and reading.format == "markdown" else []
    masked = outline.masked(text.text, _spans([*report.tables, *torn]))
    _text(report, masked, best.words.form if best else None)
    if best is None:
        if form_id:
            report.not_understood.append("没有在文件中找到该格式的表格")
        return report
    if two_reports(best.words, text):
        raise Refused("several_reports", "文件里有几份年度报告,数字会混在一起。请分成单独的文件再查。")
    report.form, report.variants = best.words.form, list(dict.fromkeys(best.tables.variants))
    report.not_understood += best.tables.not_understood
    _settle(report, best, previous)
    return report


def _best(text: Stream, forms: Sequence[ReportForm], year: int, *, forced: bool, loose: bool) -> Attempt | None:
    """The form of which most cells are found; forms without its words are not tried."""
    shares = {form.id: words(form).share(text.bare) for form in forms}
    top = max(shares.values(), default=0.0)
    if top < LEAST and not forced:
        return None
    likely = [form for form in forms if forced or shares[form.id] >= CLOSE * top]
    attempts = [_attempt(words(form), text, loose=loose) for form in sorted(likely, key=lambda form: -shares[form.id])]
    best = max(attempts, key=lambda attempt: attempt.score(year), default=None)
    if best is None or best.coverage >= ENOUGH or (forced and best.tables.found):
        return best
    if best.share < SURE:
        return None
    # Its words are there and its figures are not beside them: the form is known, nothing else.
    torn = Tables(not_understood=[*best.tables.not_understood, "表格的标签与数字分离,未读取"])
    return Attempt(best.words, torn, best.share, loose)


def _attempt(form_words: Words, text: Stream, *, loose: bool) -> Attempt:
    """Grids first; what they do not hold is looked for in the running text."""
    tables = GridReader(form_words, text, loose=loose).read() if text.grids else Tables()
    if len(tables.refs) < len(form_words.refs):
        full = {table.id for table in form_words.form.tables if _share(form_words, tables, table.id) >= 0.5}
        more = flat.read(form_words, text, full)
        have = tables.refs
        tables.found += [one for one in more.found if not have & set(one.refs)]
        tables.keys, tables.lumps = more.keys | tables.keys, more.lumps | tables.lumps
        tables.spans += more.spans
        tables.absent |= more.absent - {ref for ref in have}
        tables.variants += more.variants
        tables.not_understood += more.not_understood
        tables.seen |= more.seen
        tables.year, tables.heads = tables.year or more.year, more.heads
    return Attempt(form_words, tables, form_words.share(text.bare), loose)


def _share(form_words: Words, tables: Tables, table: str) -> float:
    cells = [ref for ref in form_words.refs if ref.startswith(f"{table}.")]
    return len(tables.refs & set(cells)) / max(len(cells), 1)


def _spans(spans: list[Span]) -> list[Span]:
    """Spans in order, those that overlap put together."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return found


def _torn(text: str, spans: list[Span], form_words: Words) -> list[Span]:
    """What a converter left between the pieces of one table: crumbs of labels, which are no headings and no text."""
    titles = {*form_words.titles, *(key(section.title) for section in form_words.form.sections)}
    gaps = [(one[1], other[0]) for one, other in pairwise(spans) if other[0] - one[1] <= _CRUMBS]
    return [
        (start, end)
        for start, end in gaps
        if "。" not in text[start:end] and not any(key(line) in titles for line in text[start:end].split("\n"))
    ]


# ── Text ──


def _text(report: ReadReport, masked: str, form: ReportForm | None) -> None:
    """Headings, sections and what the text says of the report."""
    found = outline.headings(masked)
    tops = [heading for heading in found if heading.level == 1]
    last = max([*(heading.span[1] for heading in tops), *(end for _, end in report.tables)], default=0)
    end = tail(masked, last)
    said = front(masked, end, report.name)
    start = said.title_start
    first = tops[0].span[0] if tops else end
    report.body = (max(start, 0) if start <= first else 0, end)
    report.headings = [one for one in found if report.body[0] <= one.span[0] < end]
    report.sections, report.offsets = outline.sections(masked, found, form, report.body)
    _said(report, said)


def _said(report: ReadReport, said: Front) -> None:
    report.title, report.organ, report.year, report.period = said.title, said.organ, said.year, said.period
    if said.inferred:
        report.not_understood.append(f"文件没有写明机关名称,按文中自称和地名推为“{said.organ}”")
    report.published_on, report.signed_on, report.dates = said.published_on, said.signed_on, said.dates or []


# ── Cells ──


def _settle(report: ReadReport, best: Attempt, previous: Previous | None) -> None:
    form, tables = best.words.form, best.tables
    unprinted = {
        cell.ref for cell in form.cells
        if cell.table in tables.seen and (cell.table, cell.row) not in tables.keys and cell.ref not in tables.refs
    }  # fmt: skip
    settling = Settling(form, tables.found, tables.absent - tables.refs, unprinted)
    claims = (
        sentences.claims(form, report.sections.values()) if any(one.printed is None for one in tables.found) else {}
    )
    year = report.year or tables.year
    report.year = year
    for outcome in settling.run(_figures(previous), claims):
        _record(report, form, tables, outcome)
    if best.loose:
        _drop_shifted(report, form, tables.whole)
    order = {cell.ref: number for number, cell in enumerate(form.cells)}
    report.cells.sort(key=lambda cell: order[cell.ref])


def _drop_shifted(report: ReadReport, form: ReportForm, whole: set[str]) -> None:
    """Give up a table of running text in which most row sums are broken: its figures stand beside wrong labels."""
    values = report.figures()
    for table in (one for one in form.tables if one.id not in whole):
        across = [one for one in relations(form, EQUATIONS, True) if _across(one, table.id, values)]
        broken = sum(holds_with(one, values, Board(form), {}) is False for one in across)
        if broken > 5 and 2 * broken > len(across):
            report.cells = [cell for cell in report.cells if cell.place[0] != table.id]
            report.not_understood.append(f"表“{table.title}”:{len(across)}项勾稽有{broken}项不成立,可能错行,未采用")


def _across(relation: Relation, table: str, values: Mapping[str, Value]) -> bool:
    """Whether a relation ties rows of this table, all of whose cells are settled."""
    rows = {tuple(term.ref.split(".")[:2]) for term in relation.terms}
    return len(rows) > 1 and {row[0] for row in rows} == {table} and all(term.ref in values for term in relation.terms)


def _figures(previous: Previous | None) -> tuple[ReportForm, Mapping[str, Value]] | None:
    if isinstance(previous, ReadReport):
        return (previous.form, previous.figures()) if previous.form else None
    return previous


def _record(report: ReadReport, form: ReportForm, tables: Tables, outcome: Outcome) -> None:
    found = outcome.found
    for place, (value, by) in sorted(outcome.settled.items()):
        table, row, column = found.refs[place].split(".")
        report.cells.append(
            ReadCell(
                found.refs[place], value, found.raw(place), found.where(place), by,
                row_label(
                    form, table, tables.lumps.get((table, row), row), tables.keys.get((table, row), ""),
                    tables.keys.get((table, form.row(table, row).parent), ""),
                ),
                tables.heads.get((table, column)) or column_label(form, table, column, tables.year or report.year),
            )
        )  # fmt: skip
    if outcome.open:
        refs = tuple(found.refs[place] for place in outcome.open)
        candidates = outcome.candidates()
        complete = outcome.whole and len(candidates) <= SHOWN
        report.undecided.append(
            Undecided(refs, found.raw(0), candidates[:SHOWN], _why(outcome, len(candidates)), found.where(0), complete)
        )


def _why(outcome: Outcome, ways: int) -> str:
    if outcome.found.contested:
        return "文件中有几处,数字不同,无法确定以哪一处为准"
    if outcome.found.ways.blanks:
        return f"数字少于栏数,有{outcome.found.ways.blanks}格空白,位置无法确定"
    return (
        f"数字连在一起,有{ways}种分法,表内勾稽、上年报告和正文都不能确定" if outcome.whole else "数字连在一起,分法太多"
    )
