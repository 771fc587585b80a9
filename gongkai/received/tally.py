"""How often each rule speaks, and how often people found that it spoke wrongly: the number and the list behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from gongkai.organs.models import Organ
from gongkai.received.flow import ACCEPTED, WRONG_FINDING
from gongkai.received.models import ReceivedFinding, ReceivedWaiver
from gongkai.reports.flow import PUBLISHED
from gongkai.reports.models import StoredFinding, Waiver
from gongkai.reports.waiving import WAIVABLE

KINDS = ("fired", "failed", "waived", "denied", "settled")
"""What is counted of a rule: findings that fail or ask; those that fail; those ever waived; those of which the organ
answered that the finding is wrong, and this was accepted; those waived or denied, each once."""
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class RuleTally:
    """A rule and how often it spoke. reports: in how many reports."""

    rule: str
    reports: int
    fired: int
    failed: int
    waived: int
    denied: int
    settled: int

    @property
    def share(self) -> float | None:
        """Of all findings those settled as no error, in per cent: false alarms as far as people have told."""
        return round(100 * self.settled / self.fired, 1) if self.fired else None


def received_rows(keeper: Organ | None) -> Rows:
    """What was found in reports that an organ received, or all organs did; removed reports count as well."""
    rows = ReceivedFinding.objects.filter(verdict__in=WAIVABLE)
    rows = rows if keeper is None else rows.filter(received__keeper=keeper)
    given = ReceivedWaiver.objects.filter(
        received=OuterRef("received"), digest=OuterRef("digest"), taken_back_on__isnull=True
    )
    denied = Q(question__state=ACCEPTED, question__answered_as=WRONG_FINDING)
    marked: Rows = _marked(rows, Q(waiver__isnull=False) | Q(Exists(given)), denied).annotate(of=F("received_id"))
    return marked


def own_rows(organ: Organ | None) -> Rows:
    """What the last check found in an organ's own reports; of all organs, in those that are published."""
    rows = StoredFinding.objects.filter(verdict__in=WAIVABLE)
    rows = rows.filter(report__state=PUBLISHED) if organ is None else rows.filter(report__organ=organ)
    given = Waiver.objects.filter(report=OuterRef("report"), digest=OuterRef("digest"), taken_back_on__isnull=True)
    nobody = Q(pk__isnull=True)  # nobody asks an organ about its own report
    marked: Rows = _marked(rows, Q(waiver__isnull=False) | Q(Exists(given)), nobody).annotate(of=F("report_id"))
    return marked


def _marked(rows: Rows, waived: Q, denied: Q) -> Rows:
    """The rows with what became of each."""
    marked: Rows = rows.alias(
        is_waived=ExpressionWrapper(waived, BooleanField()), is_denied=ExpressionWrapper(denied, BooleanField())
    )
    return marked


def counts(kind: str) -> Q:
    """The rows that a number counts; of a rule's rows, which are listed behind it."""
    waived, denied = Q(is_waived=True), Q(is_denied=True)
    found = {"failed": Q(verdict="fail"), "waived": waived, "denied": denied, "settled": waived | denied}
    return found.get(kind, Q(verdict__in=WAIVABLE))


def tallies(organ: Organ | None) -> list[RuleTally]:
    """Every rule that spoke, in the order of ids: of an organ's desk, or of the whole installation. Two queries."""
    together: dict[str, list[int]] = {}
    for rows in (received_rows(organ), own_rows(organ)):
        counted = {f"n_{kind}": Count("pk", filter=counts(kind)) for kind in KINDS}
        groups = rows.order_by().values("rule").annotate(reports=Count("of", distinct=True), **counted)
        for rule, *numbers in groups.values_list("rule", "reports", *counted):
            sums = together.setdefault(rule, [0] * len(numbers))
            together[rule] = [one + other for one, other in zip(sums, numbers, strict=True)]
    return [RuleTally(rule, *numbers) for rule, numbers in sorted(together.items())]


def listed(organ: Organ | None, rule: str, kind: str) -> tuple[Rows, Rows]:
    """The findings behind a number: those of received reports, and those of the organ's own."""
    received = received_rows(organ).filter(counts(kind), rule=rule).select_related("received")
    own = own_rows(organ).filter(counts(kind), rule=rule).select_related("report__organ")
    received = received.defer("told", "received__content", "received__reading").order_by("received_id", "position")
    return received, own.prefetch_related("report__organ__names").order_by("report_id", "position")
