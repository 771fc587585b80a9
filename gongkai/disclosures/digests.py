"""What a review is bound to: one digest over every word and every file of a version that the public would get."""

from __future__ import annotations

import hashlib

from gongkai.disclosures.models import Version
from gongkai.records import entries

WORDS = ("title", "document_number", "summary", "keywords", "body", "change_note")


def of_version(version: Version) -> str:
    """SHA-256 in 64 hexadecimal digits over words, file names, originals and clean copies, in their order."""
    files = version.attachments.order_by("position").values_list("name", "media_type", "original_id", "public_copy_id")
    told = {"words": [getattr(version, name) for name in WORDS], "files": [list(file) for file in files]}
    return hashlib.sha256(entries.canonical(told).encode()).hexdigest()


def of_finding(rule: str, text: str) -> str:
    """How a finding is known again: the same rule on the same text, wherever it stands."""
    return hashlib.sha256(f"{rule}\x00{text}".encode()).hexdigest()


def place_title(place: str) -> str:
    """Where something was found, in Chinese: the name of a typed field; an attachment has a name of its own."""
    names = {field.name: field.verbose_name for field in Version._meta.fields}
    return str(names[place]) if place in WORDS else place
