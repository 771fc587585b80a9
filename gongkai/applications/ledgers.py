"""The ledger of the desk of applications."""

from __future__ import annotations

from typing import Any

from gongkai.applications import timing
from gongkai.applications.models import Application
from gongkai.law.refusal import Refused
from gongkai.law.vocabulary import choices, terms
from gongkai.organs.register import require_order, require_together
from gongkai.records.ledgers import Ledger, LedgerColumn


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
            raise Refused("half_filled", f"已填“{later[1]}”,未填“{earlier[1]}”;请补填")
    values = {**values, "ground": _ground(values)}
    return {**values, **timing.timed(values)}


def _ground(values: dict[str, Any]) -> str:
    """The ground as given, or the only one that the outcome can rest on, or "" where it has none or several."""
    outcome, ground = values.get("outcome") or "", values.get("ground") or ""
    fitting = [term.code for term in terms("grounds").values() if term.extra.get("outcome") == outcome]
    if not ground:
        return fitting[0] if len(fitting) == 1 else ""
    # A partial grant withholds the rest, on whichever ground.
    if ground not in fitting and outcome != "partially_granted":
        chosen = OUTCOMES.get(outcome, "尚未办结")
        raise Refused("ground_mismatch", f"不予公开理由“{GROUNDS[ground]}”与办理结果“{chosen}”不相符;请改正其中一栏")
    return str(ground)


OUTCOMES = dict(choices("outcomes"))
GROUNDS = dict(choices("grounds"))

APPLICATIONS = Ledger(
    name="applications",
    title="政府信息公开申请",
    title_en="Applications for disclosure",
    model=Application,
    columns=(
        LedgerColumn(
            "received_on", "收到日期", "date", required=True, help="依《条例》确定的收到之日", example="2021-03-01"
        ),
        LedgerColumn("channel", "申请方式", "choice", required=True, choices=dict(choices("application_channels"))),
        LedgerColumn("applicant_type", "申请人类型", "choice", required=True, choices=dict(choices("applicant_types"))),
        LedgerColumn(
            "subject", "申请内容", required=True, max_length=500,
            help="所需信息的描述,不得写入申请人的姓名、证件号、联系方式", example="2020年度技术改造专项资金分配结果",
        ),
        LedgerColumn("correction_on", "补正告知日期", "date"),
        LedgerColumn("corrected_on", "收到补正日期", "date", help="答复期限自该日重新起算"),
        LedgerColumn("consulted_on", "征求意见日期", "date", help="向第三方或其他机关发出征求意见书之日"),
        LedgerColumn("consultation_ended_on", "征求意见结束日期", "date", help="收到意见之日;此间时间不计入答复期限"),
        LedgerColumn("extended_to", "延期至", "date", help="经批准并告知申请人的延长后期限;未延期则留空"),
        LedgerColumn("concluded_on", "办结日期", "date", help="尚未办结则留空", example="2021-03-22"),
        LedgerColumn("outcome", "办理结果", "choice", choices=OUTCOMES, help="办结时必填"),
        LedgerColumn(
            "ground", "不予公开理由", "choice", choices=GROUNDS,
            help="办理结果为保护第三方合法权益时,请注明商业秘密、个人隐私或其他",
        ),
        LedgerColumn("note", "备注", max_length=500, help="不得写入申请人的个人信息"),
    ),
    complete=completed,
)  # fmt: skip

LEDGERS: tuple[Ledger, ...] = (APPLICATIONS,)
