"""How the acts on the guide, the rules and disclosure tasks are attempted."""

from __future__ import annotations

from typing import Any

from gongkai.duties import actions as duties
from gongkai.guides import actions as guides
from gongkai.organs.models import Staff
from gongkai.reports.tests.cast import AT
from tests.roles.attempts import Attempt, on
from tests.roles.world import DAY, World


def _written(edition: Any, world: World, by: Staff) -> None:
    guides.write(edition, title="新名称", sections={"scope": "全局和所属单位"}, by=by, at=AT)


def _event(world: World, state: str, by: Staff) -> None:
    duties.raise_event(world.duty(), occasion="负责人变更", on=DAY, by=by, at=AT)


def _fulfilled(task: Any, world: World, by: Staff) -> None:
    duties.fulfil(task, disclosure=world.disclosed(), by=by, at=AT)


GUIDES = (
    Attempt(
        ("guides.actions.create",),
        lambda world, state, by: guides.create(world.bureau, kind="guide", title="指南", by=by, at=AT),
    ),
    on("guides", "write", _written),
    on("guides", "revise", lambda edition, world, by: guides.revise(edition, by=by, at=AT)),
    on("guides", "submit", lambda edition, world, by: guides.submit(edition, by=by, at=AT)),
    on("guides", "approve", lambda edition, world, by: guides.approve(edition, by=by, at=AT)),
    on("guides", "send_back", lambda edition, world, by: guides.send_back(edition, reason="改", by=by, at=AT)),
    on("guides", "publish", lambda edition, world, by: guides.publish(edition, by=by, at=AT)),
    on("guides", "repeal", lambda edition, world, by: guides.repeal(edition, reason="另有规定", by=by, at=AT)),
    on("guides", "confirm", lambda edition, world, by: guides.confirm(edition, by=by, at=AT)),
)
DUTIES = (
    Attempt(("duties.actions.raise_event",), _event),
    on("duties", "fulfil", _fulfilled),
    on("duties", "report_nothing", lambda task, world, by: duties.report_nothing(task, reason="没有", by=by, at=AT)),
    on("duties", "reopen", lambda task, world, by: duties.reopen(task, reason="重办", by=by, at=AT)),
)
