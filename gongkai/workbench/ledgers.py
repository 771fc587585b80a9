"""All registers that can be kept here, desk by desk; within a desk those that others link to come first."""

from __future__ import annotations

from gongkai.applications import ledgers as applications
from gongkai.approvals import ledgers as approvals
from gongkai.channels import ledgers as channels
from gongkai.disclosures import ledgers as disclosures
from gongkai.disputes import ledgers as disputes
from gongkai.duties import ledgers as duties
from gongkai.fees import ledgers as fees
from gongkai.organs import ledgers as organs
from gongkai.records.ledgers import Ledger

DESKS = (organs, channels, disclosures, duties, applications, fees, disputes, approvals)
LEDGERS: tuple[Ledger, ...] = tuple(ledger for desk in DESKS for ledger in desk.LEDGERS)
