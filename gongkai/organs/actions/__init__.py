"""Every change to organs and their staff: one verb, one transaction, one entry."""

from gongkai.organs.actions.handovers import hand_over, take_back
from gongkai.organs.actions.organ import CONTACT_FIELDS, abolish, establish, rename, set_contact, succeed
from gongkai.organs.actions.people import appoint, dismiss, enrol

__all__ = [
    "CONTACT_FIELDS",
    "abolish",
    "appoint",
    "dismiss",
    "enrol",
    "establish",
    "hand_over",
    "rename",
    "set_contact",
    "succeed",
    "take_back",
]
