"""How the acts on registers are attempted: the engine itself, in one register of each room, and every desk's verbs."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.applications import actions as applications
from gongkai.approvals import actions as approvals
from gongkai.disclosures import actions as disclosures
from gongkai.disputes import actions as disputes
from gongkai.duties import actions as duties
from gongkai.fees import actions as fees
from gongkai.organs import register
from gongkai.organs.models import Staff
from gongkai.records import jobs, workbooks
from gongkai.records.ledgers import Ledger
from gongkai.reports.tests.cast import AT
from gongkai.workbench import tasks
from gongkai.workbench.ledgers import LEDGERS
from tests.roles.attempts import Attempt
from tests.roles.rows import DAY, values_of
from tests.roles.world import World

# One register of each room, such that no other record rests on its row: it can be voided.
TRIED = (
    "placements", "payments", "complaints", "approval_purchases", "duties", "meetings", "reading_place_visits",
    "applications",
)  # fmt: skip
BY_NAME: dict[str, Ledger] = {ledger.name: ledger for ledger in LEDGERS}
NOTE = {"note": "改"}


def _values(world: World, name: str) -> dict[str, Any]:
    return values_of(BY_NAME[name], "新-1", "某某", world.rows)


def _record(world: World, state: str, by: Staff, *, name: str) -> None:
    ledger = BY_NAME[name]
    register.record(ledger.model, ledger, organ=world.bureau, values=_values(world, name), by=by, at=AT)  # type: ignore[type-var]


def _amend(world: World, state: str, by: Staff, *, name: str) -> None:
    register.amend(world.row(name), BY_NAME[name], changes=NOTE, by=by, at=AT)


def _void(world: World, state: str, by: Staff, *, name: str) -> None:
    row = world.row(name)
    if name == "applications":
        register.void(world.row("payments"), BY_NAME["payments"], reason="先作废引用它的", by="准备", at=AT)
    register.void(row, BY_NAME[name], reason="重复", by=by, at=AT)


def _import(world: World, state: str, by: Staff) -> None:
    book = workbooks.filled([BY_NAME["meetings"]], {"meetings": [_values(world, "meetings")]})
    job = jobs.ask(
        tasks.IMPORT, organ_code="bureau", title="导入", by="准备", at=timezone.now(), payload=book,
        arguments={**tasks.in_the_name_of(by), "name": "x"},
    )  # fmt: skip
    tasks.do_import(job, lambda done, total, label: None)


ENGINE = (
    *(Attempt(("organs.register.record",), partial(_record, name=name)) for name in TRIED),
    *(Attempt(("organs.register.amend",), partial(_amend, name=name)) for name in TRIED),
    *(Attempt(("organs.register.void",), partial(_void, name=name)) for name in TRIED),
    Attempt(("records.importing.import_workbook",), _import),
)
VERBS: dict[str, Any] = {
    "applications.actions.record": lambda world, by: applications.record(
        organ=world.bureau, values=_values(world, "applications"), by=by, at=AT
    ),
    "applications.actions.amend": lambda world, by: applications.amend(
        world.row("applications"), changes=NOTE, by=by, at=AT
    ),
    "applications.actions.conclude": lambda world, by: applications.conclude(
        world.row("applications"), outcome="granted_provided", on=DAY, by=by, at=AT
    ),
    "disclosures.actions.registering.record": lambda world, by: disclosures.record(
        organ=world.bureau, values=_values(world, "disclosures"), by=by, at=AT
    ),
    "disclosures.actions.registering.amend": lambda world, by: disclosures.amend(
        world.row("disclosures"), changes=NOTE, by=by, at=AT
    ),
    "disclosures.actions.registering.place": lambda world, by: disclosures.place(
        world.row("disclosures"), posting=world.row("postings"), number="新-1", by=by, at=AT
    ),
    "duties.actions.record": lambda world, by: duties.record(
        organ=world.bureau, values=_values(world, "duties"), by=by, at=AT
    ),
    "duties.actions.amend": lambda world, by: duties.amend(world.row("duties"), changes=NOTE, by=by, at=AT),
    "fees.actions.record": lambda world, by: fees.record(
        organ=world.bureau, values=_values(world, "payments"), by=by, at=AT
    ),
    "fees.actions.amend": lambda world, by: fees.amend(world.row("payments"), changes=NOTE, by=by, at=AT),
    "disputes.actions.record": lambda world, by: disputes.record(
        organ=world.bureau, values=_values(world, "disputes"), by=by, at=AT
    ),
    "disputes.actions.amend": lambda world, by: disputes.amend(world.row("disputes"), changes=NOTE, by=by, at=AT),
    "disputes.actions.conclude": lambda world, by: disputes.conclude(
        world.row("disputes"), result="upheld", on=DAY, by=by, at=AT
    ),
    "disputes.actions.record_complaint": lambda world, by: disputes.record_complaint(
        organ=world.bureau, values=_values(world, "complaints"), by=by, at=AT
    ),
    "disputes.actions.amend_complaint": lambda world, by: disputes.amend_complaint(
        world.row("complaints"), changes=NOTE, by=by, at=AT
    ),
    "approvals.actions.record_item": lambda world, by: approvals.record_item(
        organ=world.bureau, values=_values(world, "approval_items"), by=by, at=AT
    ),
    "approvals.actions.set_status": lambda world, by: approvals.set_status(
        world.row("approval_items"), status="suspended", on=DAY, number="新-1", by=by, at=AT
    ),
    "approvals.actions.end_item": lambda world, by: approvals.end_item(
        world.row("approval_items"), on=DAY, by=by, at=AT
    ),
    "approvals.actions.record_decision": lambda world, by: approvals.record_decision(
        organ=world.bureau, values=_values(world, "approval_decisions"), by=by, at=AT
    ),
    "approvals.actions.record_charge": lambda world, by: approvals.record_charge(
        organ=world.bureau, values=_values(world, "approval_charges"), by=by, at=AT
    ),
    "approvals.actions.record_purchase": lambda world, by: approvals.record_purchase(
        organ=world.bureau, values=_values(world, "approval_purchases"), by=by, at=AT
    ),
    "approvals.actions.amend": lambda world, by: approvals.amend(
        world.row("approval_items"), changes=NOTE, by=by, at=AT
    ),
}
DESKS = tuple(
    Attempt((function,), lambda world, state, by, do=do: do(world, by))  # type: ignore[misc]
    for function, do in VERBS.items()
)
