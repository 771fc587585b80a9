"""The ledger of the desk of applications."""

from __future__ import annotations

from typing import Any

from gongkai.applications import timing
from gongkai.applications.models import Application
from gongkai.law.refusal import Refused
from gongkai.law.vocabulary import choices, terms
from gongkai.organs.register import require_order, require_together
from gongkai.records.ledgers import Ledger, column_of


def completed(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """The ground where the outcome has only one, the due day, and the timeliness of a concluded case.

    Refused when days are out of order, only one of end and outcome is given, or the ground is not the outcome's.
    """
    received, concluded = ("received_on", "收到日期"), ("concluded_on", "办结日期")
    asked, corrected = ("correction_on", "补正告知日期"), ("corrected_on", "收到补正日期")
    consulted, answered = ("consulted_on", "征求意见日期"), ("consultation_ended_on", "征求意见结束日期")
    require_order(values, received, concluded)
    require_order(values, received, asked, corrected, concluded)
    require_order(values, received, consulted, answered, concluded)
    require_together(values, concluded, ("outcome", "办理结果"))
    for later, earlier in ((corrected, asked), (answered, consulted)):
        if values.get(later[0]) and not values.get(earlier[0]):
            raise Refused(earlier[0], f"已填“{later[1]}”,未填“{earlier[1]}”;请补填")
    values = {**values, "ground": _ground(values)}
    return {**values, **timing.timed(values)}


def _ground(values: dict[str, Any]) -> str:
    """The ground as given, or the only one that the outcome can rest on, or "" where it has none or several."""
    outcome, ground = values.get("outcome") or "", values.get("ground") or ""
    fitting = [code for code, rests_on in OUTCOME_OF_GROUND.items() if rests_on == outcome]
    if not ground:
        return fitting[0] if len(fitting) == 1 else ""
    # A partial grant withholds the rest, on whichever ground.
    if ground not in fitting and outcome != "partially_granted":
        chosen = OUTCOMES.get(outcome, "尚未办结")
        raise Refused("ground", f"不予公开理由“{GROUNDS[ground]}”与办理结果“{chosen}”不相符;请改正其中一栏")
    return str(ground)


OUTCOMES = dict(choices("outcomes"))
GROUNDS = dict(choices("grounds"))
OUTCOME_OF_GROUND = {term.code: term.extra.get("outcome") for term in terms("grounds").values()}

APPLICATIONS = Ledger(
    name="applications",
    title="政府信息公开申请",
    title_en="Applications for disclosure",
    model=Application,
    columns=(
        column_of(Application, "received_on", example="2021-03-01"),
        column_of(Application, "channel"),
        column_of(Application, "applicant_type"),
        column_of(Application, "subject", example="2020年度技术改造专项资金分配结果"),
        column_of(Application, "correction_on"),
        column_of(Application, "corrected_on"),
        column_of(Application, "consulted_on"),
        column_of(Application, "consultation_ended_on"),
        column_of(Application, "extended_to"),
        column_of(Application, "concluded_on", example="2021-03-22"),
        column_of(Application, "outcome"),
        column_of(Application, "ground"),
        column_of(Application, "note"),
    ),
    complete=completed,
)

LEDGERS: tuple[Ledger, ...] = (APPLICATIONS,)
