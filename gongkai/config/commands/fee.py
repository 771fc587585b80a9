"""`gongkai fee`: what the applicant pays, tier by tier, under the regime of the day."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from gongkai.config.commands import refusals
from gongkai.law import fees
from gongkai.law.refusal import Misprint, Refused
from gongkai.law.typesetting import typeset

HELP = """按收到申请之日的收费制度计算依申请公开的费用,并说明每一档的数量、单价和依据。

例:gongkai fee --items 53 --on 2024-03-01
    gongkai fee --pages 68 --on 2024-03-01 --json"""


def run(argv: list[str]) -> int:
    """Print the charge. 0 done, 2 refused or unusable input."""
    asked = _parser().parse_args(argv)
    try:
        on = refusals.day(asked.on)
        charge = fees.by_pages(asked.pages, on) if asked.items is None else fees.by_items(asked.items, on)
    except (Refused, Misprint) as no:
        return refusals.say(no, asked.as_json)
    if asked.as_json:
        refusals.print_json(charge.as_json())
    else:
        print(typeset("\n".join(explained(charge, on))))
    return 0


def explained(charge: fees.Charge, on: date) -> Iterator[str]:
    """The charge in words, line by line."""
    regime = fees.fee_regime(on)
    yield f"{on} 收到的申请,{charge.quantity} {charge.unit}:{charge.total} 元"
    yield f"制度    {regime.name}({regime.first} 至 {regime.last or '今'})"
    for tier in charge.tiers:
        span = f"第 {tier.first} 至 {tier.last} {charge.unit}"
        yield f"  {span}:{tier.quantity} {charge.unit} × {tier.price} 元 = {tier.amount} 元"
    if charge.tiers:
        yield f"最后一{charge.unit}  {charge.marginal} 元"
    yield f"依据    {charge.cite}[{charge.mark}]"
    for note in charge.notes:
        yield f"说明    {note}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("gongkai fee", description=HELP, formatter_class=argparse.RawTextHelpFormatter)
    quantity = parser.add_mutually_exclusive_group(required=True)
    quantity.add_argument("--items", type=int, metavar="N", help="同一申请人一个自然月内的申请件数(按件计收)")
    quantity.add_argument("--pages", type=int, metavar="N", help="一件申请提供的页数(按量计收)")
    parser.add_argument("--on", metavar="DATE", required=True, help="收到申请之日")
    parser.add_argument("--json", dest="as_json", action="store_true", help="输出 JSON")
    return parser
