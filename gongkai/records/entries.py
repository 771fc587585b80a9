"""The entry book: every act leaves one entry, chained by digest within its organ, and the chain can be verified."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models

from gongkai.law.refusal import Refused
from gongkai.records.models import Chain, Entry, Mention

Anchor = Mapping[str, tuple[int, str]]
"""Heads of chains kept outside the database: organ code -> (seq, digest)."""

SYSTEM = "本站"
"""The chain of what concerns the installation and no single organ: backups, anchors, verifications. No organ's code."""

READ = "read_personal_data"


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold: what is wrong with the entry `seq`."""

    organ_code: str
    seq: int
    fault: str

    def __str__(self) -> str:
        if self.organ_code == SYSTEM:
            return f"本系统的操作日志第 {self.seq} 条：{self.fault}"
        return f"机关 {self.organ_code} 的操作日志第 {self.seq} 条：{self.fault}"


def plain(value: Any) -> Any:
    """A value as JSON keeps it on every database: text, whole numbers, true, false, null, lists and objects.

    Amounts and days become text; a record becomes its primary key. TypeError for floats, which databases rewrite.
    """
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, models.Model):
        return plain(value.pk)
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    raise TypeError(f"{type(value).__name__} cannot stand in an entry: {value!r}")


def canonical(value: Any) -> str:
    """The one JSON text of a value: keys sorted, no spaces, characters as they are. Same value, same text."""
    return text_of(plain(value))


def text_of(value: Any) -> str:
    """The canonical text of a value that is plain already."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def subject_of(record: models.Model) -> tuple[str, str]:
    """How entries name a record: ("applications.application", its 登记号); where it has no number, its code or key."""
    key = getattr(record, "number", None) or getattr(record, "code", None) or record.pk
    return record._meta.label_lower, str(key)


def write(
    *, organ_code: str, by: object, at: datetime, act: str, subject: models.Model | tuple[str, str],
    before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None,
) -> Entry:  # fmt: skip
    """Add one entry to the organ's chain, inside the transaction of the act itself.

    subject: the record, or its (type, key). before, after: the fields that the act changed, see `plain`.
    RuntimeError when there is no transaction to join: an act and its entry stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("entries.write needs the transaction of its act")
    kind, key = subject_of(subject) if isinstance(subject, models.Model) else subject
    head = locked_head(organ_code)
    entry = Entry(
        organ_code=organ_code, seq=head.seq + 1, at=at, by=str(by), by_key=_key_of(by), act=act, subject_type=kind,
        subject_key=key, before=plain(before or {}), after=plain(after or {}), previous=head.digest,
    )  # fmt: skip
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    head.seq, head.digest = entry.seq, entry.digest
    head.save(update_fields=["seq", "digest"])
    return entry


def record_read(
    record: models.Model, *, organ_code: str, fields: Sequence[str], reason: str, by: object, at: datetime
) -> Entry:
    """Leave an entry that someone saw personal data of a record: which fields and why, never their values.

    To be called in the transaction that fetches the data, before it is shown: what cannot be recorded is not shown.
    fields: names, at least one. Refused without a reason. 《个人信息保护法》第五十一条, GB/T 22239-2019 8.1.4.3.
    """
    if not fields:
        raise ValueError("a reading names the fields that were read")
    if not reason.strip():
        raise Refused(
            "no_reason", "查看个人信息须写明事由，例如“核对申请人身份”", "《中华人民共和国个人信息保护法》第六条"
        )
    after = {"fields": sorted(fields), "reason": reason.strip()}
    return write(organ_code=organ_code, by=by, at=at, act=READ, subject=record, after=after)


def locked_head(organ_code: str) -> Chain:
    """The head of a chain, begun when there is none; nobody else writes to the chain until the transaction ends."""
    # On PostgreSQL the row lock makes writers queue; on SQLite an IMMEDIATE transaction holds the only write lock.
    Chain.objects.bulk_create([Chain(organ_code=organ_code)], ignore_conflicts=True)
    return Chain.objects.select_for_update().get(organ_code=organ_code)


def _key_of(by: object) -> str:
    return f"{by._meta.label_lower}:{by.pk}" if isinstance(by, models.Model) else ""


def digest_of(entry: Entry) -> str:
    """SHA-256 of the entry's canonical JSON, 64 hexadecimal digits."""
    told = (
        entry.organ_code, entry.seq, entry.at, entry.by, entry.by_key, entry.act, entry.subject_type, entry.subject_key,
        entry.before, entry.after, entry.previous,
    )  # fmt: skip
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def about(record: models.Model | tuple[str, str], organ_code: str) -> models.QuerySet[Entry]:
    """The entries that made the record what it is, oldest first; imports that brought or changed it are among them.

    record: itself, or its (type, key) where it stands in its register no longer.
    """
    kind, key = subject_of(record) if isinstance(record, models.Model) else record
    named = {"organ_code": organ_code, "subject_type": kind, "subject_key": key}
    imports = Mention.objects.filter(**named).values("entry_id")
    return Entry.objects.filter(models.Q(**named) | models.Q(pk__in=imports))


def anchor() -> dict[str, tuple[int, str]]:
    """The heads of all chains as they stand, to be printed or kept elsewhere and given to `verify` later."""
    return {chain.organ_code: (chain.seq, chain.digest) for chain in Chain.objects.order_by("organ_code")}


def verify(organ_code: str | None = None, anchor: Anchor | None = None) -> list[Break]:
    """Walk every chain, or one, and give the first broken place of each; an empty list says that all hold.

    anchor: heads kept outside (from `anchor()`), which also show a chain cut short or written anew as a whole.
    Entries are streamed, and others may go on writing meanwhile.
    """
    walks: dict[str, _Walk] = {}
    for code, head in (*_heads(organ_code).items(), *(anchor or {}).items()):
        if organ_code in (None, code):
            walks.setdefault(code, _Walk(code)).marks.append(head)
    entries = Entry.objects.order_by("organ_code", "seq")
    if organ_code is not None:
        entries = entries.filter(organ_code=organ_code)
    for entry in entries.iterator(chunk_size=500):
        walks.setdefault(entry.organ_code, _Walk(entry.organ_code)).step(entry)
    # The heads are read again: entries written since the first reading stand between the two.
    heads = _heads(organ_code)
    for code, walk in walks.items():
        walk.end(heads.get(code, (0, ""))[0])
    return [walk.broken for _, walk in sorted(walks.items()) if walk.broken is not None]


def _heads(organ_code: str | None) -> dict[str, tuple[int, str]]:
    chains = Chain.objects.all() if organ_code is None else Chain.objects.filter(organ_code=organ_code)
    return {chain.organ_code: (chain.seq, chain.digest) for chain in chains}


@dataclass(slots=True)
class _Walk:
    """One chain as it is walked: where we stand, what the heads said, and the first break met."""

    organ_code: str
    marks: list[tuple[int, str]] = field(default_factory=list)
    seq: int = 0
    digest: str = ""
    broken: Break | None = None

    def step(self, entry: Entry) -> None:
        if self.broken is not None:
            return
        if fault := self._fault(entry):
            self.broken = Break(self.organ_code, self.seq + 1, fault)
        self.seq, self.digest = entry.seq, entry.digest

    def _fault(self, entry: Entry) -> str:
        if entry.seq != self.seq + 1:
            return f"缺失，其后是第 {entry.seq} 条：中间的日志被删去"
        if digest_of(entry) != entry.digest:
            return "内容与摘要不符：写入后被改动"
        if entry.previous != self.digest:
            return "与上一条衔接不上：上一条被替换，或此条是插入的"
        if any(seq == entry.seq and digest != entry.digest for seq, digest in self.marks):
            return "与记下的链头不符：此条及以前的日志被重写"
        return ""

    def end(self, head: int) -> None:
        if self.broken is not None:
            return
        marked = max((seq for seq, _ in self.marks), default=0)
        if marked > self.seq:
            self.broken = Break(self.organ_code, self.seq + 1, f"缺失：链头已到第 {marked} 条，末尾的日志被删去")
        elif self.seq > head:
            self.broken = Break(
                self.organ_code, head + 1, f"不在链上：链头只到第 {head} 条，其后的日志不是经系统写入的"
            )
