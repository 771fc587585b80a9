"""No row of another organ is visible: every address of both doors is opened with the keys of another organ's rows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.timezone import localdate, now

from gongkai.organs.models import Staff
from gongkai.records.models import Entry
from gongkai.workbench.accounts.door import BEGUN, SEEN
from gongkai.workbench.ledgers import LEDGERS
from gongkai.workbench.views import people
from gongkai.workbench.views import reports as report_views
from tests.roles.rows import register_rows
from tests.roles.theirs import BUSINESS, FIRST_KEY, WORD, furnish, hire, raise_keys, relaxed

DOORS = ("workbench", "portal")
KEY = FIRST_KEY + 1  # the first row of theirs in every table
THEIRS = "theirs"
FIGURE = "annex.disclosed_total.year"
# What stands for each part of an address. A part that is not here fails the test: say what of theirs it would name.
PARTS: dict[str, list[Any]] = {
    "pk": [KEY], "key": [KEY], "year": [2012, 2014], "code": [THEIRS], "organ": [THEIRS], "ref": [FIGURE],
    "form": ["jilin_city_2012"], "digest": ["0" * 64], "kind": ["pdf", "json"], "day": ["2026-01-01"],
    "name": [ledger.name for ledger in LEDGERS], "no": ["二", "七"], "waiver": [KEY], "promise": [KEY],
    "version": [1, 2], "token": ["x" * 43], "document": ["ZD-01", "guide"],
    "rule": ["J12-04"], "number": [1], "position": [1], "item": ["20-01"], "theme": ["01"], "page": [1],
}  # fmt: skip
FEW = ["meetings", "applications"]  # where one view serves all registers in the same way as their pages
NAMED: dict[tuple[str, str], list[Any]] = {
    ("act", "name"): list(report_views.ACTS), ("person_act", "name"): list(people.ACTS), ("limit", "name"): ["reply"],
    ("report", "pk"): [KEY, KEY + 1], ("sections", "pk"): [KEY, KEY + 1], ("voided", "name"): FEW,
    ("voided_record", "name"): FEW, ("add_record", "name"): FEW, ("template", "name"): FEW,
    **{(page, "pk"): [KEY, KEY + 1] for page in ("section", "promises", "promise", "waivers", "take_back_waiver")},
    ("void_record", "name"): FEW, ("amend_record", "name"): FEW,
    **{(page, "number"): [f"G{localdate().year}-00001"] for page in ("item", "item_changes", "file", "file_version")},
}  # fmt: skip
GONE = (403, 404, 405, 409)
"""Not there, not theirs to ask, not by this method, or nothing to be done: whatever it is, it shows no row."""


@pytest.fixture
def house(db: None, settings: Any, tmp_path: Path) -> dict[str, Staff]:
    """People of one organ in every capacity, beside another organ that has something in every table."""
    settings.HOME = tmp_path
    ours = relaxed("ours")
    register_rows(ours, "我方", at=now())
    made = {role: hire(ours, role, "张三", role) for role in ("system_admin", "security_admin", "auditor")}
    made["business"] = hire(ours, "zhang", "张三", *BUSINESS)
    organ = relaxed(THEIRS)
    raise_keys()
    made["keeper"] = furnish(organ)
    return made


def signed_in(staff: Staff | None) -> Client:
    """A client of that person; of nobody for None."""
    client = Client()
    if staff is not None:
        client.force_login(staff.user)
        session = client.session
        session.update({BEGUN: now().timestamp(), SEEN: now().timestamp()})
        session.save()
    return client


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every address of both doors with its full name."""
    for found in get_resolver().url_patterns:
        if isinstance(found, URLResolver) and found.app_name in DOORS:
            yield from ((f"{found.app_name}:{pattern.name}", pattern) for pattern in _within(found))


def _within(resolver: URLResolver) -> Iterator[URLPattern]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from _within(found)
        else:
            yield found


def addresses() -> Iterator[tuple[str, str, bool]]:
    """Every address with every combination of its parts: name, address, and whether a key of theirs stands in it."""
    for name, pattern in patterns():
        short = name.split(":")[1]
        parts = list(pattern.pattern.converters)
        values = [NAMED.get((short, part)) or PARTS[part] for part in parts]
        for chosen in product(*values):
            yield name, reverse(name, kwargs=dict(zip(parts, chosen, strict=True))), "pk" in parts


def text_of(answer: HttpResponseBase) -> str:
    """All text of an answer; of a workbook that of every part."""
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "".join(book.read(name).decode(errors="replace") for name in book.namelist())
    return content.decode(errors="replace")


@pytest.mark.parametrize("who", ["nobody", "business", "system_admin", "security_admin", "auditor"])
def test_no_row_of_another_organ_is_shown_or_changed(house: dict[str, Staff], who: str) -> None:
    client = signed_in(house.get(who))
    entries = set(Entry.objects.filter(organ_code=THEIRS).values_list("pk", flat=True))
    opened = set()
    for name, address, of_theirs in addresses():
        if name.endswith("sign_out"):
            continue
        for answer in (client.get(address), client.post(address, {"reason": "看看", "accepting": "看看"})):
            assert WORD not in text_of(answer), f"{who} sees it at {address}"
            if of_theirs and who != "nobody":
                assert answer.status_code in GONE, f"{who}: {answer.status_code} at {address}"
            if answer.status_code == 200:
                opened.add(name)
        if who != "nobody" and not client.session.get("_auth_user_id"):
            client = signed_in(house[who])
    assert set(Entry.objects.filter(organ_code=THEIRS).values_list("pk", flat=True)) == entries
    assert len(opened) > (10 if who == "nobody" else 15), f"{who} could open next to nothing: {sorted(opened)}"


def test_their_own_keeper_finds_the_word_on_all_these_pages(house: dict[str, Staff]) -> None:
    """Else the test above would prove nothing."""
    client = signed_in(house["keeper"])
    seen = {
        name
        for name, address, _ in addresses()
        if name.startswith("workbench:") and WORD in text_of(client.get(address))
    }
    pages = (
        "home", "register", "record", "export", "voided", "sections", "entries", "jobs", "job", "comments", "comment",
        "reminder", "guides", "guide", "edit_guide", "duties", "duty", "duty_tasks", "duty_task",
        "handovers", "report", "section", "promises", "promise", "waivers",
    )  # fmt: skip
    assert seen >= {f"workbench:{page}" for page in pages}
