"""Reports of all organs for the public: the list narrowed, an organ over the years, the organs of one year."""

from __future__ import annotations

import csv
import io
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from gongkai.law.values import Value, plain
from gongkai.portal import bars, labels, meta, paging, series_chart
from gongkai.portal.keeping import kept, kept_of_all
from gongkai.reports import public as reports
from gongkai.reports.across import public

PER_PAGE = 50
KINDS = {"number": "数字", "blank": "空格", "not_applicable": "不适用", "not_reported": "不予统计"}
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _year(request: HttpRequest) -> int | None:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else None


@require_GET
@kept
def index(request: HttpRequest) -> HttpResponse:
    """Published reports, organ by organ, the newest year first; ?organ= (words of its name) and ?year= narrow them."""
    words, year = request.GET.get("organ", "").strip()[:100], _year(request)
    place = paging.place(request, public.total(words, year), PER_PAGE)
    found = public.listing(words, year, place.first, PER_PAGE)
    organs = [(code, list(group)) for code, group in groupby(labels.lines(found), lambda line: line.report.organ_code)]
    return render(
        request,
        "portal/reports.html",
        {
            "here": "reports", "tags": meta.reports_column(request), "organs": organs, "words": words, "year": year,
            "years": public.years(), "page": place.page, "pages": place.pages, "newer": place.newer,
            "older": place.older,
        },
    )  # fmt: skip


@require_GET
@kept_of_all
def series(request: HttpRequest, organ: str) -> HttpResponse:
    """The figures of an organ over the years, across forms, with the breaks of each line; ?figure= shows one alone."""
    published = reports.published(organ)
    if not published:
        raise Http404(organ)
    figure = request.GET.get("figure", "")
    chosen = public.series(organ, figure) if figure else None
    found = ([chosen] if chosen else []) if figure else reports.series(organ)
    return render(
        request,
        "portal/series.html",
        {
            "here": "reports", "tags": meta.reports_column(request), "organ": organ, "organ_name": published[0].organ,
            "lines": labels.lines(published), "charts": [series_chart.chart(one) for one in found],
            "box": series_chart, "figure": figure, "choices": public.choices(organ_code=organ),
        },
    )  # fmt: skip


def _asked(request: HttpRequest) -> tuple[int, str]:
    """The year and the figure to compare; the latest year and the first figure unless others are asked for."""
    years = public.years()
    year = _year(request) or (years[0] if years else 0)
    if year not in years:
        raise Http404(str(year))
    figure = request.GET.get("figure", "")
    offered = public.choices(year=year)
    return year, figure or next(name for _, choices in offered for name, _ in choices)


@require_GET
@kept
def compare(request: HttpRequest) -> HttpResponse:
    """One figure of a year over all organs, as bars and as a table; the same as CSV beside it."""
    if not public.years():
        return render(request, "portal/compare.html", {"here": "compare", "tags": meta.home_tags(request)})
    year, figure = _asked(request)
    compared = public.compared(year, figure)
    place = paging.place(request, len(compared.places), PER_PAGE)
    shown = compared.places[place.first : place.first + PER_PAGE]
    return render(
        request,
        "portal/compare.html",
        {
            "here": "compare", "tags": meta.reports_column(request), "compared": compared, "year": year,
            "figure": compared.figure.id, "years": public.years(), "choices": public.choices(year=year),
            "chart": bars.chart(shown, compared.places), "box": bars, "page": place.page,
            "pages": place.pages, "newer": place.newer, "older": place.older,
        },
    )  # fmt: skip


@require_GET
def compare_csv(request: HttpRequest) -> HttpResponse:
    """The comparison as CSV in UTF-8 with a mark at the front, by which Excel knows it."""
    compared = public.compared(*_asked(request))
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["机关代码", "机关", "年度", "报表格式", "指标", "数值", "值的种类"])
    for place in compared.places:
        report = place.report
        cells = (report.organ_code, report.organ, str(report.year), report.form_title, compared.figure.title)
        rows.writerow([*map(_harmless, cells), _number(place.value), KINDS[place.value.kind]])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"{compared.year}年度 {compared.figure.title}.csv".replace("/", "／")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _number(value: Value) -> str:
    return plain(value.number) if value.number is not None else ""


def _harmless(text: str) -> str:
    """A text that no spreadsheet computes."""
    return f"'{text}" if text.startswith(FORMULA) else text
