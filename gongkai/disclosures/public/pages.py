"""One item for the public: its page, an earlier version of it, its files, or what stands where it was."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gongkai.disclosures.models import Attachment, Disclosure, Version
from gongkai.disclosures.public.rows import GONE, card, local, public_rows, settle
from gongkai.disclosures.public.shapes import (
    PublicAttachment,
    PublicFile,
    PublicItem,
    PublicPlace,
    PublicVersion,
    Tombstone,
)
from gongkai.organs.within import legal_day


def item(organ_code: str, number: str, *, at: datetime, version: int | None = None) -> PublicItem | Tombstone | None:
    """The page of an item, or of an earlier version of it; its tombstone once withdrawn; None for all else."""
    settle(at)
    row = public_rows().filter(organ__code=organ_code, number=number).select_related("public_version").first()
    if row is None:
        withdrawn = Disclosure.objects.filter(GONE, organ__code=organ_code, number=number)
        gone = withdrawn.select_related("organ").prefetch_related("organ__names").first()
        return None if gone is None else _tombstone(gone)
    versions = list(row.versions.filter(published_at__isnull=False).order_by("-number"))
    readable = (one for one in versions if one.withdrawn_at is None)
    shown = next((one for one in readable if version is None or one.number == version), None)
    return None if shown is None else _page(row, shown, versions, legal_day(at))


def attachment(
    organ_code: str, number: str, position: int, *, at: datetime, version: int | None = None
) -> PublicFile | None:
    """The clean copy of a file of a public item; None when there is none that the public may have."""
    settle(at)
    row = public_rows().filter(organ__code=organ_code, number=number).first()
    if row is None:
        return None
    files = Attachment.objects.filter(
        version__item=row, version__published_at__isnull=False, version__withdrawn_at__isnull=True, position=position
    )
    chosen = files.filter(version=row.public_version_id) if version is None else files.filter(version__number=version)
    file = chosen.select_related("public_copy").first()
    if file is None:
        return None
    return PublicFile(file.name, file.media_type, file.public_copy_id, bytes(file.public_copy.content))


def _page(row: Any, shown: Version, versions: list[Version], day: date) -> PublicItem:
    files = shown.attachments.select_related("public_copy").defer("public_copy__content", "text").order_by("position")
    places = row.placements.select_related("posting__channel").order_by("posting__posted_on", "pk")
    return PublicItem(
        card=card(row, day), title=shown.title, document_number=shown.document_number, summary=shown.summary,
        body=shown.body, keywords=tuple(shown.keywords.split()), department=row.department,
        shown=shown.number, shown_at=local(shown.published_at),
        versions=tuple(
            PublicVersion(
                one.number, one.title if one.withdrawn_at is None else "", local(one.published_at), one.change_note,
                one.pk == row.public_version_id, one.withdrawn_at is not None,
            )
            for one in versions
        ),
        attachments=tuple(
            PublicAttachment(
                file.position, file.name, file.media_type, file.public_copy.size, file.public_copy_id, len(file.masks),
                tuple(dict.fromkeys(mask["ground"] for mask in file.masks)),
            )
            for file in files
        ),
        places=tuple(
            PublicPlace(
                place.posting.channel.name, place.posting.channel.get_kind_display(), place.posting.posted_on
            )
            for place in places
        ),
    )  # fmt: skip


def _tombstone(row: Any) -> Tombstone:
    return Tombstone(
        row.organ.code, str(row.organ), row.number, row.index_number, local(row.published_at),
        local(row.withdrawn_at), row.withdrawn_reason,
    )  # fmt: skip
