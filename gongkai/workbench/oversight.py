"""The supervisor's desk; the sum of what organs below published as the official table, each number with its parts."""

from __future__ import annotations

from functools import wraps
from typing import ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate

from gongkai.organs.models import Organ, Staff
from gongkai.papers import html, xlsx
from gongkai.papers.paper import Paper
from gongkai.reports.drawing import table_blocks
from gongkai.reports.periods import Period
from gongkai.reports.typesetting import typeset_block
from gongkai.supervision.actions import require_supervisor
from gongkai.supervision.rolling_up import RollUp
from gongkai.workbench.access import DeskView, View, at_desk

P = ParamSpec("P")


def at_supervisors_desk(view: DeskView[P]) -> View[P]:
    """The view receives a member of staff who is a supervisor today. Refused to others."""

    @wraps(view)
    def guarded(request: HttpRequest, staff: Staff, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        require_supervisor(staff, localdate())
        return view(request, staff, *args, **kwargs)

    return at_desk(guarded)


def paper(organ: Organ, found: RollUp) -> Paper:
    """The form's tables with the sums in them."""
    blocks = table_blocks(found.form, found.form.tables, found.values, Period(found.year))
    title = f"{organ}下级机关{found.year}年度政府信息公开工作统计汇总"
    return Paper(title, tuple(typeset_block(block) for block in blocks), str(organ))


def fragment(organ: Organ, found: RollUp) -> SafeString:
    """As HTML, escaped where it is written; every sum links to the organs' figures."""
    address = reverse("workbench:oversight_cell", args=(found.year, found.form.id, "REF"))
    return mark_safe(html.write(paper(organ, found), link=lambda ref: address.replace("REF", ref)))


def workbook(organ: Organ, found: RollUp) -> bytes:
    """As xlsx."""
    return xlsx.write(paper(organ, found))
