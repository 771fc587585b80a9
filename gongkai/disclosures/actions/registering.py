"""Every change of the disclosure register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.channels.models import Posting
from gongkai.disclosures.ledgers import DISCLOSURES, PLACEMENTS
from gongkai.disclosures.models import Disclosure, Placement
from gongkai.organs import register
from gongkai.organs.models import Organ


@transaction.atomic
def record(*, organ: Organ, values: Mapping[str, Any], by: object, at: datetime) -> Disclosure:
    """Register a disclosure; values as in the ledger, with `number`. Refused when the row cannot be true."""
    return register.record(Disclosure, DISCLOSURES, organ=organ, values=values, by=by, at=at)


@transaction.atomic
def amend(disclosure: Disclosure, *, changes: Mapping[str, Any], by: object, at: datetime) -> Disclosure:
    """Correct a disclosure; due days and timings are judged anew. Refused when the row cannot be true."""
    return register.amend(disclosure, DISCLOSURES, changes=changes, by=by, at=at)


@transaction.atomic
def place(disclosure: Disclosure, *, posting: Posting, number: str, by: object, at: datetime) -> Placement:
    """Say that a posting carries this disclosure. Refused when the posting already carries one, or may not."""
    values = {"number": number, "disclosure": disclosure, "posting": posting}
    return register.record(Placement, PLACEMENTS, organ=disclosure.organ, values=values, by=by, at=at)
