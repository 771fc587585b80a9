"""Atom feeds (RFC 4287) with withdrawals told (RFC 6721) and pages that follow one another (RFC 5005)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from gongkai.disclosures.public import FeedEntry
from gongkai.reports.public import PublishedReport

ATOM, GONE = "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0"
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
# The Regulations came into force: of a feed that never had anything, nothing changed since.
BEGINNING = datetime.fromisoformat("2008-05-01T00:00:00+08:00")
UNPRINTABLE = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
register_namespace("", ATOM)
register_namespace("at", GONE)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed about to be written. key: names it for good; links: by relation, whole addresses."""

    key: str
    title: str
    author: str
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a feed. key: names it for good; categories: scheme, code and words of each; address: whole.

    gone: it was withdrawn, and of the rest only `updated_at` and `reason` are told.
    """

    key: str
    address: str
    title: str
    author: str
    summary: str
    published_at: datetime
    updated_at: datetime
    categories: Sequence[tuple[str, str, str]] = ()
    gone: bool = False
    reason: str = ""


def of_item(entry: FeedEntry, address: str) -> Line:
    """An item, or the notice that it is gone."""
    codes = (("themes", entry.theme), ("validities", entry.validity))
    # What is no longer in force says so where every reader shows it.
    standing = "" if entry.validity.code == "in_force" else f"【{entry.validity.label}】"
    return Line(
        f"{entry.organ_code}/{entry.number}", address, entry.title, entry.organ_name,
        standing + (entry.summary or entry.title), entry.published_at, entry.updated_at,
        tuple((scheme, code.code, code.label) for scheme, code in codes if code.code), entry.withdrawn, entry.reason,
    )  # fmt: skip


def of_report(report: PublishedReport, address: str) -> Line:
    """A published version of an annual report; a correction says so, and why."""
    key = f"{report.organ_code}/reports/{report.year}/{report.form_id}/v{report.version}"
    corrected = report.version > 1
    title = f"{report.title}（更正，第{report.version}版）" if corrected else report.title
    summary = f"【更正】{report.correction_reason}" if corrected else report.title
    return Line(key, address, title, report.organ, summary, report.published_at, report.published_at)


def name_of(key: str) -> str:
    """A name that lasts whatever the address of the site is (RFC 4287, 4.2.6)."""
    return uuid5(NAMESPACE_URL, f"gongkai:{key}").urn


def written(feed: Feed, lines: Sequence[Line]) -> bytes:
    """The feed as XML; lines: the latest first."""
    root = Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"})
    _text(root, "id", name_of(feed.key))
    _text(root, "title", feed.title)
    _text(root, "updated", (lines[0].updated_at if lines else BEGINNING).isoformat())
    _text(SubElement(root, f"{{{ATOM}}}author"), "name", feed.author)
    for relation, address in feed.links:
        kind = {"type": "text/html"} if relation == "alternate" else {"type": "application/atom+xml"}
        SubElement(root, f"{{{ATOM}}}link", {"rel": relation, "href": address, **kind})
    for line in lines:
        (_deleted if line.gone else _entry)(root, line)
    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def _entry(root: Element, line: Line) -> None:
    element = SubElement(root, f"{{{ATOM}}}entry")
    _text(element, "id", name_of(line.key))
    _text(element, "title", line.title)
    SubElement(element, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": line.address})
    _text(element, "published", line.published_at.isoformat())
    _text(element, "updated", line.updated_at.isoformat())
    _text(SubElement(element, f"{{{ATOM}}}author"), "name", line.author)
    for scheme, code, label in line.categories:
        told = {"term": code, "scheme": f"urn:gongkai:{scheme}", "label": label}
        SubElement(element, f"{{{ATOM}}}category", told)
    _text(element, "summary", line.summary)


def _deleted(root: Element, line: Line) -> None:
    told = {"ref": name_of(line.key), "when": line.updated_at.isoformat()}
    element = SubElement(root, f"{{{GONE}}}deleted-entry", told)
    SubElement(element, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": line.address})
    SubElement(element, f"{{{GONE}}}comment").text = UNPRINTABLE.sub("", line.reason)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = UNPRINTABLE.sub("", text)
