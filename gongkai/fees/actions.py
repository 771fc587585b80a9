"""Every change of the register of fees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.fees.ledgers import PAYMENTS
from gongkai.fees.models import Payment
from gongkai.organs import register
from gongkai.organs.models import Organ


@transaction.atomic
def record(*, organ: Organ, values: Mapping[str, Any], by: object, at: datetime) -> Payment:
    """Register a payment; values as in the ledger, with `number`. Refused when the row cannot be true."""
    return register.record(Payment, PAYMENTS, organ=organ, values=values, by=by, at=at)


@transaction.atomic
def amend(payment: Payment, *, changes: Mapping[str, Any], by: object, at: datetime) -> Payment:
    """Correct a payment. Refused when the row cannot be true."""
    return register.amend(payment, PAYMENTS, changes=changes, by=by, at=at)
