"""screen_file: what a file really is, what it says and what it hides."""

from __future__ import annotations

import hashlib

from gongkai.screening.findings import Place, Screening
from gongkai.screening.kinds import kind_of
from gongkai.screening.plain import decoded
from gongkai.screening.rules import Rules
from gongkai.screening.text import screen_text, screen_unseen


def screen_file(data: bytes, name: str, rules: Rules) -> Screening:
    """Look a file through. NotAccepted, with one sentence for the uploader, for what may not enter at all."""
    kind = kind_of(data, name)
    text = decoded(data)
    findings = (*screen_unseen(name, Place(part="文件名"), rules, "filename"), *screen_text(text, rules))
    return Screening(name, kind, hashlib.sha256(data).hexdigest(), text, findings)
