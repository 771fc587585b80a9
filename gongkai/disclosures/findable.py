"""What the public may find: the shelf of disclosures for the search, and what tells it that an item changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from gongkai.disclosures.models import Attachment, Disclosure
from gongkai.search.asking import Document
from gongkai.search.shelf import Shelf

FACETS = ("organ", "theme", "genre", "disclosure_item", "information_class", "instrument", "year")


class Items:
    """Public items as documents; key: `organ code/number`, in the order of both."""

    def documents(self, keys: Sequence[str]) -> Iterable[Document]:
        """Those of these items that are public now."""
        return [_document(row) for row in _with_texts(rows_of(keys))]

    def after(self, key: str, most: int) -> Sequence[Document]:
        """The next public items after this key."""
        code, _, number = key.partition("/")
        beyond = Q(organ__code__gt=code) | Q(organ__code=code, number__gt=number)
        rows = _public().filter(beyond).order_by("organ__code", "number")[:most]
        return [_document(row) for row in _with_texts(rows)]

    def count(self) -> int:
        """How many items are public."""
        return Disclosure.objects.filter(public_version__isnull=False).count()


SHELF = Shelf("disclosures", Items(), FACETS)


def key_of(item: Disclosure) -> str:
    """How the search names an item."""
    return f"{item.organ.code}/{item.number}"


def rows_of(keys: Sequence[str]) -> QuerySet[Disclosure]:
    """The public items of these keys, in any order."""
    numbers: dict[str, list[str]] = {}
    for key in keys:
        code, _, number = key.partition("/")
        numbers.setdefault(code, []).append(number)
    wanted = Q(pk__in=())
    for code, those in numbers.items():
        wanted |= Q(organ__code=code, number__in=those)
    return _public().filter(wanted)


def changed(item: Disclosure) -> None:
    """Tell the search, in the transaction of the change, that the public sees this item otherwise from now on."""
    SHELF.queue([key_of(item)])


def _public() -> QuerySet[Disclosure]:
    found = Disclosure.objects.filter(public_version__isnull=False)
    return found.select_related("organ", "public_version").prefetch_related("organ__names")


def _with_texts(rows: QuerySet[Disclosure]) -> list[Disclosure]:
    """The rows, each with the text of its public files at `attached`: one query for all."""
    found = list(rows)
    texts: dict[int, list[str]] = {}
    files = Attachment.objects.filter(version__in=[row.public_version_id for row in found])
    for version, name, text in files.order_by("position").values_list("version_id", "name", "text"):
        texts.setdefault(version, []).extend((name, text))
    for row in found:
        row.attached = "\n".join(texts.get(row.public_version_id or 0, ()))  # type: ignore[attr-defined]
    return found


def _document(row: Disclosure) -> Document:
    version = row.public_version
    assert version is not None
    assert row.published_on is not None
    facets: dict[str, str | tuple[str, ...]] = {name: getattr(row, name) for name in FACETS[1:-1]}
    body = "\n".join(text for text in (version.summary, version.keywords, version.body) if text)
    return Document(
        id=key_of(row), title=version.title,
        number="；".join(filter(None, (version.document_number, row.index_number))), body=body,
        attachments=row.attached, day=row.published_on, organ=str(row.organ),  # type: ignore[attr-defined]
        facets={**facets, "organ": row.organ.code, "year": str(row.published_on.year)},
    )  # fmt: skip
