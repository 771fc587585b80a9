"""The window of organs to the outside: names and contacts, and who leads disclosure work. No staff accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.organs import queries
from gongkai.organs.models import Organ


@dataclass(frozen=True, slots=True)
class OrganCard:
    """An organ as the public sees it on a day. kind: in Chinese; provenance: its code."""

    code: str
    name: str
    short_name: str
    kind: str
    region: str
    address: str
    postcode: str
    phone: str
    email: str
    provenance: str


def organ(code: str, on: date) -> OrganCard:
    """One organ under its name of a day. Refused when there is no such organ, or it had no name then."""
    return _card(queries.organ_by_code(code), on)


def organs(on: date) -> tuple[OrganCard, ...]:
    """The organs that have a name on a day, by code."""
    return tuple(_card(found, on) for found in queries.organs() if found.is_named_on(on))


def _card(found: Organ, on: date) -> OrganCard:
    return OrganCard(
        found.code, found.name_on(on), found.short_name_on(on), found.get_kind_display(), found.region, found.address,
        found.postcode, found.phone, found.email, found.provenance,
    )  # fmt: skip
