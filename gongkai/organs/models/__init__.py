"""What is stored of organs: their names and time-line, their staff, their registers."""

from gongkai.organs.models.organ import COUNTRY, Organ, OrganEvent, OrganName
from gongkai.organs.models.people import Handover, Staff, StaffRole
from gongkai.organs.models.registers import (
    DedicatedUnit,
    DisclosurePost,
    GroupMember,
    LeadingGroup,
    Meeting,
    RegisterQuerySet,
    RegisterRecord,
    SpecialBudget,
    Training,
    listed_by,
)
from gongkai.organs.models.spans import ends_after_beginning, in_force

__all__ = [
    "COUNTRY",
    "DedicatedUnit",
    "DisclosurePost",
    "GroupMember",
    "Handover",
    "LeadingGroup",
    "Meeting",
    "Organ",
    "OrganEvent",
    "OrganName",
    "RegisterQuerySet",
    "RegisterRecord",
    "SpecialBudget",
    "Staff",
    "StaffRole",
    "Training",
    "ends_after_beginning",
    "in_force",
    "listed_by",
]
