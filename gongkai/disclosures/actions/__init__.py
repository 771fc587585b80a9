"""Every change to disclosures: one function a verb, one transaction, one entry."""

from gongkai.disclosures.actions.afterwards import mark_urgent, repeal, set_validity, withdraw
from gongkai.disclosures.actions.attaching import attach, detach, draft_from_file, look_at, mask
from gongkai.disclosures.actions.bulk import Answer, each
from gongkai.disclosures.actions.delivering import deliver, receive
from gongkai.disclosures.actions.drafting import (
    FACTS,
    WORDS,
    adopt,
    discard,
    draft,
    drop_revision,
    edit,
    restore,
    revise,
    unadopt,
)
from gongkai.disclosures.actions.judging import close_incident, judge
from gongkai.disclosures.actions.posting import correct_posting, post
from gongkai.disclosures.actions.publishing import catalogue, publish, release_due, schedule, unschedule
from gongkai.disclosures.actions.registering import amend, place, record
from gongkai.disclosures.actions.reviewing import (
    clear_secrecy,
    close,
    close_secrecy,
    keep_closed,
    lacking,
    pass_attribute,
    reopen,
    send_back,
    sign,
    submit,
)
from gongkai.disclosures.actions.ruling import begin_procedure, set_rule

__all__ = [
    "FACTS",
    "WORDS",
    "Answer",
    "adopt",
    "amend",
    "attach",
    "begin_procedure",
    "catalogue",
    "clear_secrecy",
    "close",
    "close_incident",
    "close_secrecy",
    "correct_posting",
    "deliver",
    "detach",
    "discard",
    "draft",
    "draft_from_file",
    "drop_revision",
    "each",
    "edit",
    "judge",
    "keep_closed",
    "lacking",
    "look_at",
    "mark_urgent",
    "mask",
    "pass_attribute",
    "place",
    "post",
    "publish",
    "receive",
    "record",
    "release_due",
    "reopen",
    "repeal",
    "restore",
    "revise",
    "schedule",
    "send_back",
    "set_rule",
    "set_validity",
    "sign",
    "submit",
    "unadopt",
    "unschedule",
    "withdraw",
]
