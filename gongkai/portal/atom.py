"""Atom feeds (RFC 4287) with withdrawals told (RFC 6721) and pages that follow one another (RFC 5005)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from gongkai.disclosures.public import FeedEntry

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


def name_of(key: str) -> str:
    """A name that lasts whatever the address of the site is (RFC 4287, 4.2.6)."""
    return uuid5(NAMESPACE_URL, f"gongkai:{key}").urn


def written(feed: Feed, entries: Sequence[tuple[FeedEntry, str]]) -> bytes:
    """The feed as XML; entries: each with the address of its page, the latest first."""
    root = Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"})
    _text(root, "id", name_of(feed.key))
    _text(root, "title", feed.title)
    _text(root, "updated", (entries[0][0].updated_at if entries else BEGINNING).isoformat())
    _text(SubElement(root, f"{{{ATOM}}}author"), "name", feed.author)
    for relation, address in feed.links:
        kind = {"type": "text/html"} if relation == "alternate" else {"type": "application/atom+xml"}
        SubElement(root, f"{{{ATOM}}}link", {"rel": relation, "href": address, **kind})
    for entry, address in entries:
        (_deleted if entry.withdrawn else _entry)(root, entry, address)
    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def _entry(root: Element, entry: FeedEntry, address: str) -> None:
    element = SubElement(root, f"{{{ATOM}}}entry")
    _text(element, "id", name_of(f"{entry.organ_code}/{entry.number}"))
    _text(element, "title", entry.title)
    SubElement(element, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": address})
    _text(element, "published", entry.published_at.isoformat())
    _text(element, "updated", entry.updated_at.isoformat())
    _text(SubElement(element, f"{{{ATOM}}}author"), "name", entry.organ_name)
    for scheme, code in (("themes", entry.theme), ("validities", entry.validity)):
        if code.code:
            told = {"term": code.code, "scheme": f"urn:gongkai:{scheme}", "label": code.label}
            SubElement(element, f"{{{ATOM}}}category", told)
    # What is no longer in force says so where every reader shows it.
    standing = "" if entry.validity.code == "in_force" else f"【{entry.validity.label}】"
    _text(element, "summary", standing + (entry.summary or entry.title))


def _deleted(root: Element, entry: FeedEntry, address: str) -> None:
    told = {"ref": name_of(f"{entry.organ_code}/{entry.number}"), "when": entry.updated_at.isoformat()}
    element = SubElement(root, f"{{{GONE}}}deleted-entry", told)
    SubElement(element, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": address})
    SubElement(element, f"{{{GONE}}}comment").text = UNPRINTABLE.sub("", entry.reason)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = UNPRINTABLE.sub("", text)
