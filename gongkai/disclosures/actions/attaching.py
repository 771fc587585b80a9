"""Files of an item: screened before they are stored, kept once by digest, the original sealed, a clean copy made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongkai.disclosures import apart
from gongkai.disclosures.actions.drafting import ALL_READ, begun, require_editable, sent_back
from gongkai.disclosures.actions.judging import keep_findings, open_incident, quarantined, refuse_marked
from gongkai.disclosures.actions.permission import locked, under_way
from gongkai.disclosures.flow import CLERK
from gongkai.disclosures.looking import Looked
from gongkai.disclosures.models import Attachment, Disclosure, ScreeningFinding, StoredFile, Version
from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.organs.within import require_role
from gongkai.screening.findings import Finding

MOST_FILES = 50
MOST_TOLD = 100
LONGEST_NAME = 120


def attach(item: Disclosure, *, name: str, data: bytes, by: Staff, at: datetime) -> Attachment:
    """Add a file to the version under way; it is screened before anything of it is stored.

    A file under a secrecy rule is refused and not stored in any form; an Incident is kept though the act is refused.
    Refused too for a name taken already, and for what cannot be read or published.
    """
    looked = look_at(item.organ, name=name, data=data, by=by, at=at)
    return _attach(item, data, looked, by, at)


def draft_from_file(
    organ: Organ, *, values: Mapping[str, Any], name: str, data: bytes, by: Staff, at: datetime,
    provenance: str = "real", unread: Mapping[str, str] = ALL_READ,
) -> Disclosure:  # fmt: skip
    """Begin an item with a file, which becomes its first attachment; values and unread as for `draft`. All or nothing.

    Refused, and nothing stored, where `draft` or `attach` would be.
    """
    refuse_marked(organ, values, by=by, at=at)
    looked = look_at(organ, name=name, data=data, by=by, at=at)
    return begun(organ, values, by, at, provenance, lambda version: _keep(version, data, looked, at), unread)


def look_at(organ: Organ, *, name: str, data: bytes, by: Staff, at: datetime) -> Looked:
    """What a file says and hides, before anything of it is kept; in a process of its own.

    Refused for what cannot be read or published, and for a file under a secrecy rule, of which an Incident is kept.
    """
    require_role(organ, by, at, "上传文件", CLERK)
    called = file_name(name)
    looked = apart.at_file(data, called)
    if looked.quarantined:
        open_incident(organ, called, data, looked.quarantined, by=by, at=at)
        raise quarantined(called, looked.quarantined)
    return looked


@transaction.atomic
def _attach(item: Disclosure, data: bytes, looked: Looked, by: Staff, at: datetime) -> Attachment:
    locked(item)
    require_editable(item)
    version = under_way(item)
    attachment = _keep(version, data, looked, at)
    sent_back(item, version, by=by, at=at)
    return attachment


def _keep(version: Version, data: bytes, looked: Looked, at: datetime) -> Attachment:
    called = looked.name
    if version.attachments.filter(name=called).exists():
        raise Refused("name", f"已有名为“{called}”的附件;请先删去原来的,或换一个文件名")
    if version.attachments.count() >= MOST_FILES:
        raise Refused("too_many", f"一份信息最多 {MOST_FILES} 个附件")
    last = version.attachments.aggregate(last=Max("position"))["last"] or 0
    attachment = Attachment.objects.create(
        version=version, position=last + 1, name=called, media_type=looked.media_type, original=stored(data),
        public_copy=stored(looked.public), text=looked.text.replace("\x00", ""), left_out=_told(looked.left_out),
    )  # fmt: skip
    keep_findings(version, called, looked.findings, at)
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: Staff, at: datetime) -> None:
    """Take a file out of the version under way; earlier versions that carry it keep it."""
    item = locked(attachment.version.item)
    require_editable(item)
    version = under_way(item)
    if attachment.version_id != version.pk:
        raise Refused("published_version", f"“{attachment.name}”属于已发布的版本,不能删去;请在新版本中删去")
    version.findings.filter(place=attachment.name).delete()
    attachment.delete()
    sent_back(item, version, by=by, at=at)


@transaction.atomic
def mask(attachment: Attachment, *, by: Staff, at: datetime) -> Attachment:
    """Make the public copy anew without what was found true in it; the original stays as it is, sealed.

    Each mask carries the ground of its finding. Refused when nothing in the file was found true, and where the kind of
    file cannot be made anew.
    """
    item = locked(attachment.version.item)
    require_editable(item)
    version = under_way(item)
    if attachment.version_id != version.pk:
        raise Refused("published_version", f"“{attachment.name}”属于已发布的版本;请先起草新版本")
    found = list(version.findings.filter(place=attachment.name, judgement=ScreeningFinding.Judgement.ACCEPTED))
    if not found:
        raise Refused("nothing_to_mask", f"“{attachment.name}”中没有认定属实的筛查结果;请先逐项判断")
    hits = [(one.text, one.mask, one.basis or one.rule) for one in found]
    looked = apart.masked(bytes(attachment.public_copy.content), attachment.name, hits)
    attachment.public_copy, attachment.text = stored(looked.public), looked.text.replace("\x00", "")
    attachment.masks = [
        *attachment.masks,
        *({"rule": one.rule, "where": one.where, "shown": one.mask, "ground": one.basis or one.rule} for one in found),
    ]
    attachment.save(update_fields=["public_copy", "text", "masks"])
    keep_findings(version, attachment.name, looked.findings, at)
    sent_back(item, version, by=by, at=at)
    return attachment


def _told(left_out: tuple[Finding, ...]) -> list[str]:
    """What the public copy has no more: what it is and where it stood, not what it said; that stays sealed."""
    return list(dict.fromkeys(f"{one.title or one.rule}({one.where})" for one in left_out))[:MOST_TOLD]


def stored(data: bytes) -> StoredFile:
    """The file in the store, kept once whoever hands it in."""
    digest = hashlib.sha256(data).hexdigest()
    StoredFile.objects.bulk_create(
        [StoredFile(sha256=digest, size=len(data), content=data)], ignore_conflicts=True
    )  # fmt: skip
    return StoredFile.objects.defer("content").get(sha256=digest)


def file_name(name: str) -> str:
    """The last part of a name, without path and control characters. Refused when nothing is left of it."""
    last = PurePosixPath(name.replace("\\", "/")).name
    called = "".join(sign for sign in last if sign.isprintable()).strip(" .")[-LONGEST_NAME:]
    if not called:
        raise Refused("name", "文件没有可用的文件名;请改名后再上传")
    return called
