"""Every change of the registers of disputes and complaints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.disputes.ledgers import COMPLAINTS, DISPUTES
from gongkai.disputes.models import Complaint, Dispute
from gongkai.organs import register
from gongkai.organs.models import Organ


@transaction.atomic
def record(*, organ: Organ, values: Mapping[str, Any], by: object, at: datetime) -> Dispute:
    """Register a case; values as in the ledger, with `number`. Refused when the row cannot be true."""
    return register.record(Dispute, DISPUTES, organ=organ, values=values, by=by, at=at)


@transaction.atomic
def amend(dispute: Dispute, *, changes: Mapping[str, Any], by: object, at: datetime) -> Dispute:
    """Correct a case. Refused when the row cannot be true."""
    return register.amend(dispute, DISPUTES, changes=changes, by=by, at=at)


@transaction.atomic
def conclude(dispute: Dispute, *, result: str, on: date, by: object, at: datetime) -> Dispute:
    """Enter how a case ended. Refused when it was filed or accepted later."""
    changes = {"result": result, "concluded_on": on}
    return register.amend(dispute, DISPUTES, changes=changes, by=by, at=at, act="conclude")


@transaction.atomic
def record_complaint(*, organ: Organ, values: Mapping[str, Any], by: object, at: datetime) -> Complaint:
    """Register a complaint; values as in the ledger, with `number`. Refused when the row cannot be true."""
    return register.record(Complaint, COMPLAINTS, organ=organ, values=values, by=by, at=at)


@transaction.atomic
def amend_complaint(complaint: Complaint, *, changes: Mapping[str, Any], by: object, at: datetime) -> Complaint:
    """Correct a complaint. Refused when the row cannot be true."""
    return register.amend(complaint, COMPLAINTS, changes=changes, by=by, at=at)
