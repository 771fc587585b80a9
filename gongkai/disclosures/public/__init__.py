"""The only window of disclosures to the outside: what is public, its tombstones, and nothing of what is not.

An item is public while it has a public version; ledger rows never have one. Every function takes the moment of the
look, `at`: what was scheduled for then or before is let out first, and validity is judged on that day.
"""

from gongkai.disclosures.public.feeds import addresses, feed
from gongkai.disclosures.public.lists import closed, closed_total, counted_by_organ, items, listing, total, years
from gongkai.disclosures.public.pages import attachment, item
from gongkai.disclosures.public.rows import in_validity, settle
from gongkai.disclosures.public.shapes import (
    Address,
    Chosen,
    Closed,
    Code,
    FeedEntry,
    ItemCard,
    ItemList,
    Listing,
    PublicAttachment,
    PublicFile,
    PublicItem,
    PublicPlace,
    PublicVersion,
    Tombstone,
    Validity,
)

__all__ = [
    "Address",
    "Chosen",
    "Closed",
    "Code",
    "FeedEntry",
    "ItemCard",
    "ItemList",
    "Listing",
    "PublicAttachment",
    "PublicFile",
    "PublicItem",
    "PublicPlace",
    "PublicVersion",
    "Tombstone",
    "Validity",
    "addresses",
    "attachment",
    "closed",
    "closed_total",
    "counted_by_organ",
    "feed",
    "in_validity",
    "item",
    "items",
    "listing",
    "settle",
    "total",
    "years",
]
