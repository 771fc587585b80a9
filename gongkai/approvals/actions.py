"""Every change of the registers of items, decisions, charges and purchases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.approvals.ledgers import CHARGES, DECISIONS, ITEMS, PURCHASES, STATUSES
from gongkai.approvals.models import Charge, Decision, Item, ItemStatus, Purchase
from gongkai.organs import register
from gongkai.organs.models import Organ, RegisterRecord
from gongkai.organs.register import Row
from gongkai.records.ledgers import Ledger

LEDGER_OF: Mapping[type[RegisterRecord], Ledger] = {
    Item: ITEMS, ItemStatus: STATUSES, Decision: DECISIONS, Charge: CHARGES, Purchase: PURCHASES,
}  # fmt: skip


@transaction.atomic
def record_item(*, organ: Organ, values: Mapping[str, Any], by: object, at: datetime) -> Item:
    """Register an item; values as in the ledger, with `number`. Refused when the row cannot be true."""
    return register.record(Item, ITEMS, organ=organ, values=values, by=by, at=at)


@transaction.atomic
def set_status(
    item: Item, *, status: str, on: date, number: str, by: object, at: datetime, reason: str = ""
) -> ItemStatus:
    """Say that from a day on the item runs, or is suspended. Refused for a day on which it did not stand."""
    values = {"number": number, "item": item, "status": status, "from_on": on, "reason": reason}
    return register.record(ItemStatus, STATUSES, organ=item.organ, values=values, by=by, at=at)


@transaction.atomic
def end_item(item: Item, *, on: date, by: object, at: datetime) -> Item:
    """Enter that the item is no longer in force from a day on. Refused when it began later."""
    return register.amend(item, ITEMS, changes={"ended_on": on}, by=by, at=at, act="end_item")


@transaction.atomic
def record_decision(*, organ: Organ, values: Mapping[str, Any], by: object, at: datetime) -> Decision:
    """Register one decision or a batch; values as in the ledger, with `number`. Refused when the row cannot be true."""
    return register.record(Decision, DECISIONS, organ=organ, values=values, by=by, at=at)


@transaction.atomic
def record_charge(*, organ: Organ, values: Mapping[str, Any], by: object, at: datetime) -> Charge:
    """Register a charge; values as in the ledger, with `number`. Refused when the row cannot be true."""
    return register.record(Charge, CHARGES, organ=organ, values=values, by=by, at=at)


@transaction.atomic
def record_purchase(*, organ: Organ, values: Mapping[str, Any], by: object, at: datetime) -> Purchase:
    """Register a purchase; values as in the ledger, with `number`. Refused when the row cannot be true."""
    return register.record(Purchase, PURCHASES, organ=organ, values=values, by=by, at=at)


@transaction.atomic
def amend(row: Row, *, changes: Mapping[str, Any], by: object, at: datetime) -> Row:
    """Correct a record of any of this desk's registers. Refused when the row cannot be true."""
    return register.amend(row, LEDGER_OF[type(row)], changes=changes, by=by, at=at)
