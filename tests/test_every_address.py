"""Every address of both doors: light however many rows there are, and unmoved by whatever is typed into its forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from lxml import html

from gongkai.comments import actions as comments
from gongkai.organs.models import Organ, Staff
from gongkai.records import jobs
from gongkai.reports import actions as reports
from tests.roles.rows import register_rows
from tests.roles.theirs import furnish, raise_keys, relaxed
from tests.test_separation import THEIRS, addresses, signed_in

MOST = 20
"""Queries of a page."""

FEW = 2
"""Addresses tried of each name."""

LEAVING = ("sign_out", "end_session", "end_other_sessions", "act_for", "password")
HOSTILE = {
    "markup": '"><script>alert(1)</script><img src=x onerror=alert(1)>',
    "long": "长" * 20_000,
    "emoji": "😀‮🇨🇳́",
    "number": "9" * 400,
    "day": "0000-13-45",
    "words": "NaN",
    "path": "../../../etc/passwd",
    "formula": '=HYPERLINK("http://example.invalid")',
    "digits": "１２３٤",
    "nul": "a\x00b",
    "empty": "",
}
WRITTEN = b"<script>alert(1)</script>"


@pytest.fixture
def keeper(db: None, settings: Any, tmp_path: Path) -> Staff:
    """Who does all business of an organ that has something in every table."""
    settings.HOME = tmp_path
    organ = relaxed(THEIRS)
    raise_keys()
    return furnish(organ)


def places() -> list[tuple[str, str]]:
    """Every name of an address with a few of its addresses: what one register's page does, all do."""
    found: dict[str, list[str]] = {}
    for name, address, _ in addresses():
        if len(found.setdefault(name, [])) < FEW:
            found[name].append(address)
    return [(name, address) for name, chosen in found.items() for address in chosen]


def grow(organ: Organ, keeper: Staff) -> None:
    """More of whatever may be many."""
    at = now()
    for place in range(4):
        register_rows(organ, f"再{place}", at=at)
        comments.receive(organ, 2012, text=f"又一条{place}", contact="", address="", at=at)
        jobs.ask("import", organ_code=organ.code, title=f"又一件{place}", arguments={}, by=keeper, at=at)
    for code in ("q1", "q2", "q3", "h1"):
        reports.create(organ, 2012, by=keeper, at=at, period_code=code)


def weights(client: Client) -> dict[str, tuple[int, str]]:
    """By name of address: the queries of its heaviest page, and that page."""
    found: dict[str, tuple[int, str]] = {}
    for name, address in places():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code == 200:
            found[name] = max(found.get(name, (0, "")), (len(queries), address))
    return found


def test_no_page_asks_more_than_twenty_queries_nor_more_as_rows_grow(keeper: Staff) -> None:
    client = signed_in(keeper)
    before = weights(client)
    grow(keeper.organ, keeper)
    after = weights(client)
    assert {name: told for name, told in after.items() if told[0] > MOST} == {}
    grown = {name: (before[name], told) for name, told in after.items() if name in before and told[0] > before[name][0]}
    assert grown == {}
    assert len(after) > 40


def forms(client: Client) -> Iterator[tuple[str, Any]]:
    """Every form that some page shows, with its address, each once."""
    seen = set()
    for name, address in places():
        if name.endswith(LEAVING):
            continue
        answer = client.get(address)
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        page: Any = html.document_fromstring(answer.content)
        for form in page.forms:
            target = form.get("action") or address
            fields = tuple(sorted(form.fields))
            if not target.rstrip("/").endswith(("sign-out", "end", "end-others", "act-for")) and (
                (name, form.method, fields) not in seen
            ):
                seen.add((name, form.method, fields))
                yield target, form


def test_no_form_breaks_or_repeats_markup_whatever_is_typed(keeper: Staff) -> None:
    client = signed_in(keeper)
    found = list(forms(client))
    assert len(found) > 30
    for kind, typed in HOSTILE.items():
        with transaction.atomic():
            for target, form in found:
                type_into(client, target, form, kind, typed)
            transaction.set_rollback(True)  # each kind meets the forms as they were


def type_into(client: Client, target: str, form: Any, kind: str, typed: str) -> None:
    """Sends a form with that in every field; a fault of the program or markup that comes back alive fails."""
    fields: dict[str, Any] = {name: typed for name in list(form.fields) if name and name != "csrfmiddlewaretoken"}
    for field in form.xpath(".//input[@type='file']"):
        fields[field.name] = SimpleUploadedFile("../../../x.xlsx", typed.encode())
    answer = (client.post if form.method == "POST" else client.get)(target, fields)
    assert answer.status_code < 500, f"{answer.status_code} at {target} with {kind}"
    if not answer.streaming and "html" in answer.headers.get("Content-Type", ""):
        assert WRITTEN not in answer.content, f"markup comes back alive at {target}"


def test_a_nul_is_refused_before_any_page(keeper: Staff) -> None:
    client = signed_in(keeper)
    for answer in (client.get("/reports/", {"organ": "a\x00"}), client.post("/desk/reports/", {"year": "20\x0012"})):
        assert answer.status_code == 400
        assert "空字符" in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "1e9", "999999999999999999999", "最后", "1;drop", ""])
def test_a_page_number_of_any_kind_gives_a_page(keeper: Staff, page: str) -> None:
    client = signed_in(keeper)
    for address in ("/desk/entries/", "/desk/registers/meetings/", "/desk/comments/", "/desk/jobs/", "/reports/"):
        assert client.get(address, {"page": page}).status_code == 200, address


@pytest.mark.parametrize(
    "wanted", ["//example.invalid/", "https://example.invalid/", "javascript:alert(1)", "/\\example.invalid", "\t//x"]
)
def test_signing_in_leads_to_no_other_site(keeper: Staff, wanted: str) -> None:
    answer = signed_in(keeper).get("/desk/sign-in/", {"next": wanted})
    assert answer["Location"] == "/desk/"


def test_every_page_that_writes_asks_for_the_token(keeper: Staff) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in(keeper).cookies
    for name, address in places():
        if name == "portal:check":  # keeps nothing of what is sent
            continue
        assert strict.post(address, {"reason": "x"}).status_code in (403, 404, 405), address
