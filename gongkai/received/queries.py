"""Reads of received reports: what stands open, whose they are, and the questions that wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Prefetch, Q, QuerySet

from gongkai.organs.models import Organ, Staff
from gongkai.organs.queries import organs_under
from gongkai.received.flow import ACCEPTED, ANSWERED, CLERK, SUPERVISOR, TO_ANSWER
from gongkai.received.models import Question, Received, ReceivedFinding, ReceivedWaiver
from gongkai.records.roles import Role

RECEIVERS = (CLERK, SUPERVISOR)
MANY = 200  # reports; 600 take five seconds
JUDGES = (Role.REVIEWER.value, Role.OFFICE_LEAD.value, SUPERVISOR)


def open_on(day: date, path: str = "") -> Q:
    """Findings to act on: failures and questions that no waiver covers on the day and no answer has settled.

    path: leads from the model asked to the findings ("findings__").
    """
    uncovered = Q(**{f"{path}waiver__isnull": True}) | Q(**{f"{path}waiver__expires_on__lt": day})
    unsettled = Q(**{f"{path}question__isnull": True}) | ~Q(**{f"{path}question__state": ACCEPTED})
    return Q(**{f"{path}verdict__in": ("fail", "ask")}) & uncovered & unsettled


def received_by(keeper: Organ, day: date) -> QuerySet[Received]:
    """What the organ has received, the worst first, with the numbers of open findings as `errors` (failures that are
    errors), `failing` and `asking`; without the files.
    """
    open_ = open_on(day, "findings__")
    failing = open_ & Q(findings__verdict="fail")
    counted = Received.objects.filter(keeper=keeper, removed_on__isnull=True).annotate(
        errors=Count("findings", filter=failing & Q(findings__severity="error")),
        failing=Count("findings", filter=failing),
        asking=Count("findings", filter=open_ & Q(findings__verdict="ask")),
        unread=ExpressionWrapper(~Q(refused=""), BooleanField()),
    )
    ordered = counted.order_by("-unread", "-errors", "-failing", "-asking", "organ_name", F("year").desc(), "pk")
    return ordered.defer("content", "reading")


def has_many(keeper: Organ) -> bool:
    """Whether the organ has received so many that to hold a new one beside them takes longer than a browser waits."""
    return Received.objects.filter(keeper=keeper, reading__isnull=False).count() > MANY


def removed_by(keeper: Organ) -> QuerySet[Received]:
    """The tombstones of what the organ had received and removed, the last first."""
    found = Received.objects.filter(keeper=keeper, removed_on__isnull=False).select_related("removed_by")
    return found.defer("content", "reading").order_by("-removed_on", "-pk")


def with_open_findings(received: QuerySet[Received], day: date) -> QuerySet[Received]:
    """The same, each with what to ask as `open_findings`."""
    wanted = ReceivedFinding.objects.filter(open_on(day)).only("received_id", "verdict", "severity", "question_text")
    return received.prefetch_related(Prefetch("findings", wanted, to_attr="open_findings"))


def years_of(keeper: Organ) -> list[int]:
    """The years of which the organ has received reports, latest first."""
    years = Received.objects.filter(keeper=keeper, year__isnull=False, removed_on__isnull=True).order_by("-year")
    return [year for year in years.values_list("year", flat=True).distinct() if year is not None]


def standing(received: Received, day: date) -> dict[str, ReceivedWaiver]:
    """The waivers in force on a day, by digest: those given to this report and to others of the same organ and year,
    because a corrected file takes the place of the first one.
    """
    same = Q(received=received.pk)
    if received.organ_name and received.year:
        same |= Q(
            received__keeper=received.keeper_id, received__organ_name=received.organ_name,
            received__year=received.year, received__form_id=received.form_id,
        )  # fmt: skip
    given = ReceivedWaiver.objects.filter(same).select_related("by")
    return {waiver.digest: waiver for waiver in given if waiver.stands_on(day)}


def known_organs(keeper: Organ) -> list[Organ]:
    """The organs whose reports the keeper may receive: itself and those under it."""
    return organs_under(keeper)


def whose(name: str, organs: Iterable[Organ]) -> Organ | None:
    """The organ of that name: registered or short, now or before, or one that ends in it (an outer place left out)."""
    if not name:
        return None
    names = [(organ, each) for organ in organs for each in _names(organ)]
    same = {organ.pk: organ for organ, each in names if each == name}
    longer = {organ.pk: organ for organ, each in names if each.endswith(name) or name.endswith(each)}
    found = same or longer
    return next(iter(found.values())) if len(found) == 1 else None


def _names(organ: Organ) -> Sequence[str]:
    return [each for name in organ.names.all() for each in (name.registered_name, name.short_name) if each]


def questions_to(organ: Organ) -> QuerySet[Question]:
    """What the organ is and was asked about its reports, what waits first."""
    asked = Question.objects.filter(organ=organ).exclude(state="withdrawn").select_related("sender", "received")
    return asked.prefetch_related("sender__names").defer("received__content", "received__reading")


def waiting_for(staff: Staff, roles: Iterable[str]) -> QuerySet[Question]:
    """The questions that wait for somebody with these roles: to be answered, or to be judged."""
    held, waiting = set(roles), Q(pk__in=())
    if CLERK in held:
        waiting |= Q(organ=staff.organ_id, state__in=TO_ANSWER)
    if SUPERVISOR in held:
        waiting |= Q(sender=staff.organ_id, state=ANSWERED)
    found = Question.objects.filter(waiting).select_related("organ", "sender", "received")
    return found.defer("received__content", "received__reading").prefetch_related("sender__names", "organ__names")
