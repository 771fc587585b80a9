"""What an application costs the applicant: the regime of the day, and the progressive tariff of the processing fee.

Amounts are whole yuan, as in the tariff. Whether to charge at all is the agency's decision, never automatic
(《政府信息公开条例》(2019)第四十二条).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

from gongkai.law import book
from gongkai.law.refusal import Misprint, Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

MOST = 1_000_000
METHODS = {"by_item": "件", "by_page": "页"}


class Regime(NamedTuple):
    """Fee rules in force from `first` to `last` (None: until now). id: none, cost_recovery, free, processing_fee."""

    id: str
    name: str
    first: date
    last: date | None
    cite: str
    mark: str
    note: str


class Tier(NamedTuple):
    """The part of a charge that falls into one tier: `quantity` units numbered first..last, at `price` yuan each."""

    first: int
    last: int
    quantity: int
    price: int

    @property
    def amount(self) -> int:
        return self.quantity * self.price


class Charge(NamedTuple):
    """A fee that explains itself. total: yuan for the whole quantity; marginal: yuan for the last unit (0 for none)."""

    regime: str
    method: str
    quantity: int
    on: date
    total: int
    marginal: int
    tiers: tuple[Tier, ...]
    cite: str
    mark: str
    notes: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        return METHODS[self.method]

    def as_json(self) -> dict[str, Any]:
        """Plain values; the day as ISO text, amounts in yuan."""
        return {
            "regime": self.regime, "method": self.method, "quantity": self.quantity, "on": self.on.isoformat(),
            "total": self.total, "marginal": self.marginal, "cite": self.cite, "mark": self.mark,
            "tiers": [{**tier._asdict(), "amount": tier.amount} for tier in self.tiers], "notes": list(self.notes),
        }  # fmt: skip


def fee_regime(day: date) -> Regime:
    """The regime for an application received on `day`. Misprint when the page has none for the day, or two."""
    found = [regime for regime in regimes() if regime.first <= day and (regime.last is None or day <= regime.last)]
    if len(found) != 1:
        raise Misprint("fees/regimes.toml", f"{day} 有 {len(found)} 个收费制度", "各制度的日期应当首尾相接")
    return found[0]


@cache
def regimes() -> tuple[Regime, ...]:
    """Every regime of the book, oldest first."""
    return tuple(
        Regime(
            raw["regime"],
            raw["name"],
            raw.get("from", date.min),
            raw.get("until"),
            raw["cite"],
            raw["mark"],
            raw.get("note", ""),
        )
        for raw in book.page("fees", "regimes")["version"]
    )


def by_items(n: int, on: date) -> Charge:
    """The fee for `n` applications of one applicant in one calendar month, the last received on `on`.

    Refused: bad_quantity (negative or absurd); no_national_rule and local_price_table_needed where the law leaves
    prices to the place.
    """
    return _charge("by_item", n, on)


def by_pages(n: int, on: date) -> Charge:
    """The fee for `n` pages supplied in one application received on `on`; never added up over applications.

    Refused as `by_items`.
    """
    return _charge("by_page", n, on)


def _charge(method: str, quantity: int, on: date) -> Charge:
    if not 0 <= quantity <= MOST:
        raise Refused("bad_quantity", f"数量不能是 {quantity};请写 0 至 {MOST} 的整数")
    regime = fee_regime(on)
    if regime.id == "none":
        raise Refused("no_national_rule", f"{on} 没有全国性的收费规定,请查当地规定。{regime.note}", regime.cite)
    if regime.id == "cost_recovery":
        raise Refused(
            "local_price_table_needed",
            f"{on} 按成本收取检索、复制、邮寄费用,价格由当地制定,不能按件数或页数推算;请按当地价目表计算",
            regime.cite,
        )
    if regime.id == "free":
        return Charge(regime.id, method, quantity, on, 0, 0, (), regime.cite, regime.mark, (regime.note,))
    return _progressive(regime, method, quantity, on)


def _progressive(regime: Regime, method: str, quantity: int, on: date) -> Charge:
    name = f"processing_fee_{method}"
    page = book.page("fees", name)
    versions = [raw for raw in page["version"] if raw["from"] <= on and ("until" not in raw or on <= raw["until"])]
    if len(versions) != 1:
        raise Misprint(f"fees/{name}.toml", f"{on} 有 {len(versions)} 个收费标准", "各标准的日期应当首尾相接")
    version = versions[0]
    tiers = tuple(_filled(version["tier"], quantity))
    return Charge(
        regime.id, method, quantity, on, sum(tier.amount for tier in tiers), tiers[-1].price if tiers else 0, tiers,
        version["cite"], version["mark"], (page["note"], regime.note),
    )  # fmt: skip


def _filled(raw: list[dict[str, Any]], quantity: int) -> Iterator[Tier]:
    """Each tier that the quantity reaches, with how much of it falls there."""
    first = 1
    for upto, price in _steps(raw):
        if quantity < first:
            return
        last = upto or quantity
        yield Tier(first, last, min(quantity, last) - first + 1, price)
        first = last + 1


def _steps(raw: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """(last unit, price) of each tier; 0 as last unit means no end. A tier with `block` repeats, dearer by `step`."""
    upto = 0
    for tier in raw:
        if "block" not in tier:
            upto = tier.get("upto", 0)
            yield upto, tier["price"]
            continue
        price = tier["price"]
        while True:
            upto += tier["block"]
            yield upto, price
            price += tier["step"]
