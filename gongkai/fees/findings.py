"""What is doubtful about the payments registered: findings, because money wrongly taken must still be registered."""

from __future__ import annotations

from datetime import date

from gongkai.fees.models import Payment
from gongkai.law.fees import Regime, fee_regime
from gongkai.law.findings import Finding
from gongkai.law.vocabulary import term
from gongkai.records.measures import Scope, rows_of


def findings(scope: Scope) -> list[Finding]:
    """One failing finding for each payment of the scope whose kind the law did not allow for that application."""
    payments = rows_of(Payment, scope, "paid_on").select_related("application").order_by("organ_id", "number")
    return [finding for payment in payments if (finding := kind_not_allowed(payment)) is not None]


def kind_not_allowed(payment: Payment) -> Finding | None:
    """Fail when money was taken under a kind that the regime of the day does not know; None when all is well.

    The regime is that of the day the application came (no text says so: inference), or of the day of payment where
    the register does not say which application it belongs to.
    """
    application = payment.application
    day = application.received_on if application is not None else payment.paid_on
    regime = fee_regime(day)
    # Before 2008-05-01 there was no national rule to break ("none").
    if not payment.amount or regime.id in ("none", payment.kind):
        return None
    return Finding(
        rule="fees.kind_allowed",
        verdict="fail",
        severity="warning",
        title="收费种类与收费制度不符",
        message=_message(payment, regime, day, told=application is not None),
        expected=regime.name,
        actual=term("fee_kinds", payment.kind).zh,
        basis=f"regulation {regime.cite}",
    )


def _message(payment: Payment, regime: Regime, day: date, *, told: bool) -> str:
    kind = term("fee_kinds", payment.kind).zh
    since = f"申请于 {day} 收到" if told else f"未登记所对应的申请,按收费日期 {day} 判断"
    return (
        f"收费登记 {payment.number}:收取“{kind}”{payment.amount} 元,{since},当时的收费制度为“{regime.name}”,"
        "不含这一种类;请核对收费种类和日期,确属多收的应予退还"
    )
