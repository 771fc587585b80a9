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
from gongkai.workbench.templatetags.faults import shortened
from tests.roles.rows import register_rows
from tests.roles.theirs import furnish, raise_keys, relaxed
from tests.test_separation import THEIRS, addresses, signed_in

MOST = 20
"""Queries of a page."""

FEW = 2
"""Addresses tried of each name."""

LEAVING = ("sign_out", "end_session", "end_other_sessions", "act_for", "password")
ALIVE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
TYPED = {
    "nothing": "",
    "hostile": f'=HYPERLINK("http://example.invalid")../../../etc/passwd😀‮🇨🇳́１２３٤{ALIVE}',
    "long": ALIVE + "长" * 20_000,
    "number": "9" * 400,
    "day": "0000-13-45",
    "words": "NaN",
}
"""What is typed into every field of a form at once. A NUL comes no further than the door: a test of its own."""
ONE_WRONG = "one wrong"
WRITTEN = b"<script>alert(1)</script>"
TOLD = {200, 302, 400, 403, 404, 409, 413, 422, 429}
"""Answers to what is typed: done, shown again, or refused."""


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


def test_every_form_keeps_what_is_typed_and_says_at_the_field_what_to_do(keeper: Staff) -> None:
    client = signed_in(keeper)
    found = list(forms(client))
    assert len(found) > 30
    told: dict[str, int] = {}
    for kind in (*TYPED, ONE_WRONG):
        with transaction.atomic():
            for target, form in found:
                told[kind] = told.get(kind, 0) + tell_of(client, target, form, kind)
            transaction.set_rollback(True)  # each kind meets the forms as they were
    assert told["nothing"] > 20
    assert told[ONE_WRONG] > 10


def tell_of(client: Client, target: str, form: Any, kind: str) -> bool:
    """Sends a form with what the kind types; whether a field of it was found at fault, as it must say itself."""
    fields, wrong = filled(form, kind)
    answer = (client.post if form.method == "POST" else client.get)(target, fields)
    assert answer.status_code in TOLD, f"{answer.status_code} at {target} with {kind}"
    if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return False
    assert WRITTEN not in answer.content, f"markup comes back alive at {target}"
    if form.method != "POST" or answer.status_code not in (400, 409, 422):
        return False
    page: Any = html.document_fromstring(answer.content)
    kept = {field.value if field.tag == "textarea" else field.get("value") for field in page.xpath(STAYS)}
    lost = [name for name in written_by_hand(form) if fields[name].strip() not in {(one or "").strip() for one in kept}]
    assert not lost, f"{lost} typed at {target} with {kind} is gone"
    at_fault = faults_on(page, f"{target} with {kind}")
    assert not wrong or not at_fault or wrong in at_fault, f"{wrong} at {target}: only {at_fault} is said to be wrong"
    return bool(at_fault)


STAYS = "//input[not(@type='hidden' or @type='checkbox' or @type='radio')] | //textarea"


def written_by_hand(form: Any) -> list[str]:
    """The fields of a form that somebody writes into, which are the ones that would have to be written again."""
    shown = form.xpath(".//input[@type='text' or @type='date' or @type='number' or @type='search'] | .//textarea")
    return [field.name for field in shown if field.name and not field.get("readonly") and "code" not in field.name]


def filled(form: Any, kind: str) -> tuple[dict[str, Any], str]:
    """What is sent with the form, and with "one wrong" the name of the field that is wrong, if one can be."""
    names = [name for name in form.fields if name and name != "csrfmiddlewaretoken"]
    sent_along: dict[str, Any] = pressed(form, kind)
    for field in form.xpath(".//input[@type='file']") if kind == "hostile" else ():  # else none was chosen
        sent_along[field.name] = SimpleUploadedFile("../../../x.xlsx", TYPED[kind].encode())
    if kind == ONE_WRONG:
        wrong = next((name for name in names if is_day(form, name)), "")
        right_ones = {name: right(form, name) for name in names}
        return right_ones | ({wrong: "三月五日"} if wrong else {}) | sent_along, wrong
    if kind in ("nothing", "long"):  # what the page itself sends is as it sends it
        sent_along |= {
            field.name: field.value for field in form.xpath(".//input[@type='hidden']") if field.name in names
        }
    return {name: TYPED[kind] for name in names} | sent_along, ""


def pressed(form: Any, kind: str) -> dict[str, Any]:
    """The button that is pressed: with each kind another one, where there are several."""
    buttons = [(one.get("name"), one.get("value")) for one in form.xpath(".//button[@name]")]
    return dict([buttons[[*TYPED, ONE_WRONG].index(kind) % len(buttons)]] if buttons else ())


def is_day(form: Any, name: str) -> bool:
    """Whether a field wants a day: the name says so throughout the product."""
    return name in written_by_hand(form) and (name.endswith("_on") or name in ("on", "since"))


def right(form: Any, name: str) -> str:
    """What somebody might rightly put there."""
    options = [value for value in getattr(form.inputs[name], "value_options", ()) if value]
    value = form.fields[name]
    stands = value if isinstance(value, str) else next(iter(value or ()), "")
    return stands or (options[0] if options else "2026-03-05" if is_day(form, name) else "按规定办理")


def faults_on(page: Any, where: str) -> set[str]:
    """The names of the fields said to be wrong; each is described by its sentence and linked from the head."""
    fields = {field.get("id"): field for field in page.xpath("//*[@aria-invalid='true']")}
    linked = {link.get("href")[1:]: link.text_content() for link in page.xpath("//*[@id='faults']//li/a")}
    assert page.xpath("//*[@role='alert']"), f"nothing is said at {where}"
    assert set(linked) == set(fields), f"the head of the page and its fields differ at {where}"
    for id_, field in fields.items():
        ids = field.get("aria-describedby").split()
        described = [
            shortened(sentence) for one in ids if (sentence := page.get_element_by_id(one).text_content().strip())
        ]
        assert linked[id_].endswith(tuple(described)), f"{id_} at {where} does not say what is wrong"
    return {field.get("name") or field.xpath(".//input/@name")[0] for field in fields.values()}


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
