"""Every change of the register of applications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.applications.ledgers import APPLICATIONS
from gongkai.applications.models import Application
from gongkai.organs import register
from gongkai.organs.models import Organ


@transaction.atomic
def record(*, organ: Organ, values: Mapping[str, Any], by: object, at: datetime) -> Application:
    """Register an application; values as in the ledger, with `number`. Refused when the row cannot be true."""
    return register.record(Application, APPLICATIONS, organ=organ, values=values, by=by, at=at)


@transaction.atomic
def amend(application: Application, *, changes: Mapping[str, Any], by: object, at: datetime) -> Application:
    """Correct an application; its due day and timeliness are judged anew. Refused when the row cannot be true."""
    return register.amend(application, APPLICATIONS, changes=changes, by=by, at=at)


@transaction.atomic
def conclude(
    application: Application, *, outcome: str, on: date, by: object, at: datetime, ground: str = ""
) -> Application:
    """Close an application with one of the outcomes. Refused when it came later, or the ground is not the outcome's."""
    changes = {"outcome": outcome, "concluded_on": on, "ground": ground}
    return register.amend(application, APPLICATIONS, changes=changes, by=by, at=at, act="conclude")
