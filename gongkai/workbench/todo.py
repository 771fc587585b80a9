"""What is due when and why: derived from the facts at every look, never kept. Nothing to do gives an empty list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from gongkai.comments import queries as comments
from gongkai.disclosures import queries as disclosures
from gongkai.disclosures.flow import ART_18, ART_26, WITHHELD
from gongkai.disclosures.models import Disclosure
from gongkai.duties.matters import Matter, matters
from gongkai.duties.noticing import NOTICE as NOTICE_OF_DAYS
from gongkai.guides import queries as guides
from gongkai.guides.flow import APPROVED as APPROVED_EDITION
from gongkai.guides.flow import DRAFT, LEAD
from gongkai.guides.flow import SUBMITTED as SUBMITTED_EDITION
from gongkai.guides.models import Edition
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.organs.queries import name_of
from gongkai.received import queries as received
from gongkai.received.flow import ANSWERED
from gongkai.records import jobs
from gongkai.reports import deadlines
from gongkai.reports import queries as reports_queries
from gongkai.reports.actions.checking import JUDGES
from gongkai.reports.actions.promising import KEEPERS
from gongkai.reports.deadlines import Deadline
from gongkai.reports.flow import APPROVED, OPEN, PUBLISHED, SUBMITTED
from gongkai.reports.models import Promise, Report
from gongkai.reports.periods import YEAR
from gongkai.reports.waiving import WAIVABLE
from gongkai.supervision import corrections
from gongkai.supervision import queries as supervision
from gongkai.supervision.flow import NOTERS, SUPERVISOR

COMMENTS_TOLD = 20  # the page of comments has the rest
JOBS_TOLD, RECENT = 5, timedelta(days=7)
ITEMS_TOLD = 40  # the most urgent; the pages of items have the rest
NOTICE = timedelta(days=30)  # so long before its day a promise comes up


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. kind: begin | finish | findings | approve | publish | settle | reminded | asked | answered |
    corrected | late | failed, or a state of a comment (received, open, replied); publish_item, deliver_item, duty_task,
    review_guide (what is due); approve_guide, publish_guide, finish_guide; item, re_review, incident (of the disclosure
    procedure). The page has the words for it.

    due: the day, None where no rule sets one. cite: the article or notice behind it. subject: whose names the page
    shows; number: of the record, which tells nothing of what it says. title: of the rule that a question is about.
    reason: why it came back. count: of findings, or of organs below. version: of the report.
    """

    kind: str
    address: str
    year: int
    due: date | None = None
    cite: str = ""
    subject: str = ""
    period: str = ""
    reason: str = ""
    count: int = 0
    version: int = 1
    overdue: bool = False
    due_today: bool = False
    number: str = ""
    title: str = ""


def tasks(
    staff: Staff, today: date, ahead: timedelta = NOTICE_OF_DAYS, reports: Sequence[Report] | None = None
) -> list[Task]:  # fmt: skip
    """What waits for this person in their organ, the earliest day first, then what has no day.

    ahead: how long before their day matters of other desks than the reports come up. reports: what `reports_of` gives,
    where the caller has them already.
    """
    roles = staff.roles_on(today)
    reports = reports_of(staff, today) if reports is None else reports
    due = _due(staff, today)
    found = [*_clerks(staff, reports, due, today)] if "clerk" in roles else []
    if roles & set(JUDGES):
        found += _reviewers(staff, reports, due)
    if "publisher" in roles:
        found += (_of("publish", one, due) for one in reports if one.state == APPROVED)
    if roles & set(KEEPERS):
        found += _promises(staff, reports, today)
    if "supervisor" in roles:
        found += _below(staff, today)
    found += _comments(staff, today)
    found += _corrected(staff, roles)
    found += [*_reminded(staff, roles), *_questions(staff, roles)]
    found += _items(staff, today)
    editions = list(guides.with_lead(guides.current_of(staff.organ), staff.organ, today))
    told = {task.address for task in found}  # an item that waits for this person is told once
    due_here = (task for task in _matters(staff, roles, editions, today, ahead) if task.address not in told)
    found += [*due_here, *_editions(staff, roles, editions)]
    marked = (
        replace(task, overdue=task.due is not None and task.due < today, due_today=task.due == today) for task in found
    )
    return sorted(marked, key=lambda task: (task.due is None, task.due or today, task.kind))


def reports_of(staff: Staff, today: date) -> list[Report]:
    """All reports of the organ, the newest year first; `waiting`: findings of open ones that no waiver covers today."""
    uncovered = Q(findings__waiver__isnull=True) | Q(findings__waiver__expires_on__lt=today)
    waiting = Q(findings__verdict__in=WAIVABLE) & uncovered & ~Q(state=PUBLISHED)
    return list(reports_queries.reports_of(staff.organ).annotate(waiting=Count("findings", filter=waiting)))


def _due(staff: Staff, today: date) -> Deadline | None:
    """Of the report for the year that has ended; None where no form is in force."""
    try:
        return deadlines.deadline(staff.organ, today.year - 1)
    except Refused:
        return None


def _of(kind: str, report: Report, due: Deadline | None) -> Task:
    """A task about a report; only an annual report in its first version has a statutory day."""
    task = Task(
        kind, reverse("workbench:report", args=(report.pk,)), report.year, reason=report.sent_back_reason,
        period="" if report.period.is_year else report.get_period_code_display(), count=getattr(report, "waiting", 0),
        version=report.version,
    )  # fmt: skip
    if due is not None and report.period.is_year and report.version == 1 and report.year == due.year:
        return replace(task, due=due.due, cite=due.cite)
    return task


def _clerks(staff: Staff, reports: Sequence[Report], due: Deadline | None, today: date) -> Iterator[Task]:
    if due is not None and _concerned(staff, reports, due.year):
        yield Task("begin", reverse("workbench:reports"), due.year, due=due.due, cite=due.cite)
    yield from _failed(staff, today)
    for report in reports:
        if report.state in OPEN:
            yield _of("finish", report, due)
            if getattr(report, "waiting", 0):
                yield _of("findings", report, due)


def _failed(staff: Staff, today: date) -> Iterator[Task]:
    """Long work that failed in the last days; older failures stand on the page of jobs alone."""
    recent = jobs.of_organ(staff.organ.code).filter(state=jobs.FAILED, asked_at__date__gte=today - RECENT)
    for job in recent[:JOBS_TOLD]:
        yield Task("failed", reverse("workbench:job", args=(job.pk,)), job.asked_at.year, subject=job.title)


def _below(staff: Staff, today: date) -> Iterator[Task]:
    """The organs below whose report is overdue, as long as no reminder to them is running."""
    year = today.year - 1
    late = [day for _, day in supervision.unreminded(staff.organ, year, today)]
    if late:
        first = min(late, key=lambda day: day.due)
        address = f"{reverse('workbench:oversight')}?year={year}"
        yield Task("late", address, year, due=first.due, cite=first.cite, count=len(late))


def _concerned(staff: Staff, reports: Sequence[Report], year: int) -> bool:
    """Whether the organ stood in that year and has no report for it yet."""
    organ = staff.organ
    began, ended = organ.established_on, organ.abolished_on
    if (began is not None and began.year > year) or (ended is not None and ended.year <= year):
        return False
    return not any(report.year == year and report.period_code == YEAR for report in reports)


def _reviewers(staff: Staff, reports: Sequence[Report], due: Deadline | None) -> Iterator[Task]:
    for report in reports:
        own = report.submitted_by is not None and report.submitted_by.user_id == staff.user_id
        if report.state == SUBMITTED and not own:
            yield _of("approve", report, due)


def _comments(staff: Staff, today: date) -> Iterator[Task]:
    for one in comments.waiting_for(staff, today)[:COMMENTS_TOLD]:
        address = reverse("workbench:comment", args=(one.pk,))
        yield Task(
            one.state, address, one.year, due=one.due_on, subject=f"{one.text[:40]}{'……' if len(one.text) > 40 else ''}"
        )


def _named(rows: QuerySet[Any], organ: str) -> QuerySet[Any]:
    """The first rows, each with `from_organ`, the name of an organ: one query, and none for the names."""
    named: QuerySet[Any] = rows.prefetch_related(None).annotate(from_organ=name_of(organ))
    return named[:COMMENTS_TOLD]


def _corrected(staff: Staff, roles: frozenset[str]) -> Iterator[Task]:
    """Corrections that this organ has not taken note of: of reports below it, and of its own."""
    sides: list[corrections.Side] = ["below"] if SUPERVISOR in roles else []
    sides += ["own"] if roles & set(NOTERS) else []
    if not sides:
        return
    for one in _named(corrections.corrections(staff.organ, *sides).filter(is_noted=False), "organ"):
        address = reverse("workbench:correction", args=(one.pk,))
        yield Task("corrected", address, one.year, subject=one.from_organ, version=one.version)


def _reminded(staff: Staff, roles: frozenset[str]) -> Iterator[Task]:
    """Letters from the organ above."""
    for one in _named(supervision.reminders_to(staff.organ), "sender") if "clerk" in roles else ():
        address = reverse("workbench:reminder", args=(one.pk,))
        yield Task("reminded", address, one.year, due=one.due_on, subject=one.from_organ)


def _questions(staff: Staff, roles: frozenset[str]) -> Iterator[Task]:
    """Questions about reports: to be answered by the organ, to be judged by whoever asked."""
    for one in _named(received.waiting_for(staff, roles), "organ"):
        address = reverse("workbench:question", args=(one.pk,))
        kind, due = ("answered", None) if one.state == ANSWERED else ("asked", one.due_on)
        subject = "" if kind == "asked" else one.from_organ
        yield Task(kind, address, one.received.year or one.due_on.year, due=due, subject=subject, title=one.title)


def _items(staff: Staff, today: date) -> Iterator[Task]:
    """Items that wait for this person, closed ones to be seen again, and incidents."""
    for one in disclosures.to_do(staff, today, today + NOTICE)[:ITEMS_TOLD]:
        if one.state == WITHHELD:
            yield _about_item("re_review", one, one.re_review_on, ART_18)
        else:
            yield _about_item("item", one, None if one.published_on else one.due_on, ART_26, one.sent_back_reason)
    if "secrecy_reviewer" in staff.roles_on(today):
        for incident in disclosures.open_incidents(staff.organ)[:ITEMS_TOLD]:
            yield Task("incident", reverse("workbench:incidents"), incident.at.year, subject=incident.name)


def _about_item(kind: str, item: Disclosure, due: date | None, cite: str = "", reason: str = "") -> Task:
    address, subject = reverse("workbench:item", args=(item.pk,)), f"{item.number} {item.title[:40]}"
    return Task(kind, address, item.made_on.year, due=due, cite=cite, subject=subject, reason=reason)


def _promises(staff: Staff, reports: Sequence[Report], today: date) -> Iterator[Task]:
    """Open promises whose day is near or past; each leads to the report that announced it."""
    made = Promise.objects.filter(organ=staff.organ_id, status=Promise.Status.OPEN, due_on__lte=today + NOTICE)
    by_version = sorted(reports, key=lambda report: report.version)
    homes = {report.year: report.pk for report in by_version if report.period_code == YEAR}
    for one in made:
        if one.year in homes:
            address = reverse("workbench:promise", args=(homes[one.year], one.pk))
            yield Task("settle", address, one.year, due=one.due_on, subject=one.text)


def address_of(matter: Matter) -> str:
    """Where a matter is dealt with."""
    if matter.kind == "duty":
        return reverse("workbench:duty_task", args=(matter.pk,))
    if matter.kind == "guide":
        return reverse("workbench:guide", args=(matter.pk,))
    if matter.in_procedure:
        return reverse("workbench:item", args=(matter.pk,))
    return reverse("workbench:record", args=("disclosures", matter.pk))


KINDS = {"publish": "publish_item", "deliver": "deliver_item", "duty": "duty_task", "guide": "review_guide"}


def _matters(
    staff: Staff, roles: frozenset[str], editions: list[Edition], today: date, ahead: timedelta
) -> Iterator[Task]:  # fmt: skip
    """The clerk sees what is coming; what has passed its day comes before the head of the office as well."""
    if not roles & {"clerk", LEAD}:
        return
    for one in matters(staff.organ, today, today + ahead, editions):
        if "clerk" in roles or one.due_on < today or one.kind == "guide":
            yield Task(
                KINDS[one.kind], address_of(one), one.due_on.year, due=one.due_on, subject=one.title, number=one.subject
            )


def _editions(staff: Staff, roles: frozenset[str], editions: list[Edition]) -> Iterator[Task]:
    """Editions of the guide and the rules on their way, each before whoever may do the next step."""
    steps = {SUBMITTED_EDITION: ("approve_guide", LEAD), APPROVED_EDITION: ("publish_guide", "publisher")}
    for one in editions:
        kind, role = steps.get(one.state, ("finish_guide", "clerk"))
        own = one.submitted_by is not None and one.submitted_by.user_id == staff.user_id
        if one.state in (DRAFT, *steps) and role in roles and (one.state == DRAFT or not own):
            address = reverse("workbench:guide", args=(one.pk,))
            yield Task(kind, address, 0, subject=one.title, number=one.number, reason=one.sent_back_reason)
