"""What is stored of disclosures: the register, their versions and files, their reviews, and the organ's own rules."""

from gongkai.disclosures.models.delivering import Delivery
from gongkai.disclosures.models.register import CHAIN, LEDGER, TIMINGS, YES_NO, Disclosure, Placement
from gongkai.disclosures.models.reviews import Dismissal, Gate, Incident, Review, ScreeningFinding
from gongkai.disclosures.models.rules import ChainRule, Counter, SignOff
from gongkai.disclosures.models.versions import Attachment, StoredFile, Version

__all__ = [
    "CHAIN",
    "LEDGER",
    "TIMINGS",
    "YES_NO",
    "Attachment",
    "ChainRule",
    "Counter",
    "Delivery",
    "Disclosure",
    "Dismissal",
    "Gate",
    "Incident",
    "Placement",
    "Review",
    "ScreeningFinding",
    "SignOff",
    "StoredFile",
    "Version",
]
