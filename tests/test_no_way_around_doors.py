"""Through the doors – pages, workbooks, commands – nothing becomes public that different people did not pass.

A few walks here; `GONGKAI_WALKS=200 pytest tests/test_no_way_around_doors.py` goes on for longer. The same over the
acts themselves, which is quicker and goes deeper, is gongkai/disclosures/tests/test_no_way_around.py.
"""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils.timezone import localdate, now
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gongkai.config.commands import import_
from gongkai.disclosures import actions as disclosures
from gongkai.disclosures import digests
from gongkai.disclosures.ledgers import DISCLOSURES, PLACEMENTS
from gongkai.disclosures.models import Disclosure, Review
from gongkai.disclosures.tests.cast import cast, codes, hire
from gongkai.organs.models import Handover, Organ
from gongkai.records import entries, workbooks
from gongkai.workbench.access import ACTING_KEY
from gongkai.workbench.item_acts import ACTS
from tests.test_separation import signed_in

WALKS, STEPS = int(os.environ.get("GONGKAI_WALKS", "3")), 30
EVERYTHING = ("clerk", "reviewer", "secrecy_reviewer", "publisher", "office_lead")
PEOPLE = {**dict.fromkeys("甲乙丙丁", EVERYTHING), "戊": ("clerk",), "己": ("publisher",)}
WORDS = {
    "title": "通知", "summary": "概述", "body": "正文。", "made_on": "2026-11-02", "attribute": "proactive",
    "information_class": "other", "instrument": "other", "is_document": "yes", "public_interest": "no",
}  # fmt: skip
REGISTER = {
    "number": "台账", "title": "历史", "attribute": "proactive", "information_class": "other", "made_on": "2026-11-02",
    "published_on": "2026-11-03", "provenance": "real",
}  # fmt: skip
NEXT = {
    "draft": "submit", "attribute_review": "pass_attribute", "secrecy_review": "clear_secrecy",
    "catalogue": "catalogue", "signing": "sign", "ready": "publish", "scheduled": "publish", "published": "revise",
    "withdrawn": "redraft", "withheld": "reopen",
}  # fmt: skip
BUTTON = re.compile(r'name="act" value="(\w+)"')
which, who = st.integers(0, 1), st.sampled_from(sorted(PEOPLE))
seen_walks: Counter[str] = Counter()


class Doors(RuleBasedStateMachine):
    """Six people do whatever comes to mind with two items, by whatever door there is."""

    def __init__(self) -> None:
        super().__init__()
        self.run_alone = transaction.atomic()
        self.run_alone.__enter__()
        self.folder = TemporaryDirectory()
        self.cast = cast()
        self.staff = {name: hire(self.cast.organ, f"众{name}", *roles) for name, roles in PEOPLE.items()}
        Handover.objects.create(
            from_staff=self.staff["乙"], to_staff=self.staff["甲"], role="secrecy_reviewer", from_on=date(2012, 1, 1),
            until_on=date(2099, 12, 31), reason="出差",
        )  # fmt: skip
        Organ.objects.filter(pk=self.cast.organ.pk).update(chain_since=date(2026, 1, 1))
        self.first_published: dict[int, Any] = {}
        self.clients = {name: signed_in(staff) for name, staff in self.staff.items()}
        self.public = Client()

    def teardown(self) -> None:
        try:
            assert entries.verify() == []
        finally:
            transaction.set_rollback(True)
            self.run_alone.__exit__(None, None, None)
            self.folder.cleanup()

    # ── The doors ──

    def item(self, place: int) -> Disclosure | None:
        items = list(Disclosure.objects.order_by("pk"))
        return items[place % len(items)] if items else None

    def posted(self, name: str, address: str, given: dict[str, Any]) -> None:
        answer = self.clients[name].post(address, given)
        assert answer.status_code < 500, (address, given)

    def given(self, item: Disclosure) -> dict[str, Any]:
        """All that any act could ask for."""
        tomorrow = localdate() + timedelta(days=1)
        return {
            "reason": "因", "change_note": "改", "attribute": "non_disclosure", "ground": "trade_secret",
            "basis": "依据", "channels": [str(self.cast.column.pk)], "publish_at": f"{tomorrow} 09:00",
            "on": str(localdate()),
            "why": "re_review", "effective_on": "", "lapses_on": "", "seen": item.digest, **codes(),
        }  # fmt: skip

    @initialize(count=st.sampled_from((5, 4, 7, 2)), first=st.integers(0, 5))
    def begin_somewhere(self, count: int, first: int) -> None:
        """Public already, or about to be, or with a new version under way, or in review."""
        self.draft("甲", False)
        self.go_on_as_one_does(0, first, count)

    @rule(name=who, file=st.booleans())
    def draft(self, name: str, file: bool) -> None:
        if Disclosure.objects.count() >= 2:
            return
        if not file:
            self.posted(name, "/desk/items/new/", WORDS)
            return
        answer = self.clients[name].post("/desk/items/from-file/", {"file": SimpleUploadedFile("a.txt", b"abc")})
        if answer.status_code == 302:
            self.posted(name, answer.headers["Location"], WORDS)

    @rule(place=which, name=who, button=st.integers(0, 20))
    def press_a_button_that_the_page_shows(self, place: int, name: str, button: int) -> None:
        if (item := self.item(place)) is None:
            return
        address = f"/desk/items/{item.pk}/"
        shown = BUTTON.findall(self.clients[name].get(address).content.decode())
        if shown:
            self.posted(name, address, {**self.given(item), "act": shown[button % len(shown)]})

    @rule(place=which, first=st.integers(0, 5), count=st.integers(1, 6))
    def go_on_as_one_does(self, place: int, first: int, count: int) -> None:
        """So many usual steps, each by whoever is offered it; else walks would hardly ever come to publication."""
        people = sorted(PEOPLE)
        for _ in range(count):
            if (item := self.item(place)) is None:
                return
            address, act = f"/desk/items/{item.pk}/", NEXT[item.state]
            for name in (*people[first:], *people[:first]):
                if act in BUTTON.findall(self.clients[name].get(address).content.decode()):
                    self.posted(name, address, {**self.given(item), "act": act})
                    break

    @rule(place=which, name=who, act=st.sampled_from(sorted(ACTS)), blind=st.booleans())
    def post_any_act(self, place: int, name: str, act: str, blind: bool) -> None:
        if (item := self.item(place)) is not None:
            given = {**self.given(item), "act": act, **({"seen": ""} if blind else {})}
            self.posted(name, f"/desk/items/{item.pk}/", given)

    @rule(name=who, act=st.sampled_from(["submit", "pass_attribute", "clear_secrecy", "send_back"]))
    def many_at_once(self, name: str, act: str) -> None:
        keys = [str(key) for key in Disclosure.objects.values_list("pk", flat=True)]
        self.posted(name, "/desk/items/bulk/", {"act": act, "item": keys, "reason": "因"})

    @rule(place=which, name=who, text=st.sampled_from(["甲", "乙"]), file=st.booleans())
    def change_the_text(self, place: int, name: str, text: str, file: bool) -> None:
        if (item := self.item(place)) is None:
            return
        if file:
            given: dict[str, Any] = {"file": SimpleUploadedFile(f"{text}.txt", text.encode())}
            self.posted(name, f"/desk/items/{item.pk}/attach/", given)
            return
        version = item.versions.order_by("-number").first()
        seen = str(version.revision) if version else ""
        self.posted(name, f"/desk/items/{item.pk}/edit/", {**WORDS, "body": text, "seen": seen})

    @rule(name=st.sampled_from(["甲", "乙"]))
    def stand_in(self, name: str) -> None:
        """甲 takes up what 乙 handed over, or puts it down."""
        session = self.clients["甲"].session
        if name == "甲":
            session.pop(ACTING_KEY, None)
        else:
            session[ACTING_KEY] = self.staff["乙"].pk
        session.save()

    @rule(name=who, combined=st.booleans(), signed=st.booleans(), since=st.sampled_from(["", "2099-01-01"]))
    def change_the_rule(self, name: str, combined: bool, signed: bool, since: str) -> None:
        values = {
            "sign_off": "all" if signed else "none", "index_scheme": "national-2009", "index_prefix": "01527918X",
            "re_review_months": "12", "combined_reason": "人少" if combined else "",
        }  # fmt: skip
        self.posted(name, "/desk/items/rule/", {"since": since} if since else values)

    @rule(place=which, name=who)
    def go_through_the_register(self, place: int, name: str) -> None:
        self.posted(name, "/desk/registers/disclosures/add/", REGISTER)
        if (item := self.item(place)) is not None:
            for act in ("amend", "void"):
                given = {**REGISTER, "number": item.number, "reason": "绕过"}
                self.posted(name, f"/desk/registers/disclosures/{item.pk}/{act}/", given)

    @precondition(lambda self: Disclosure.objects.exists())
    @rule(place=which, name=who, command=st.booleans())
    def bring_a_workbook(self, place: int, name: str, command: bool) -> None:
        """The item as the register would have it: published long ago. Handed in at the page, or by the command."""
        item = self.item(place)
        assert item is not None
        values = {**REGISTER, "made_on": date(2025, 11, 2), "published_on": date(2025, 11, 3), "number": item.number}
        book = workbooks.filled([DISCLOSURES, PLACEMENTS], {"disclosures": [values], "placements": []})
        if not command:
            answer = self.clients[name].post("/desk/import/", {"file": SimpleUploadedFile("a.xlsx", book)})
            if found := re.search(r'action="(/desk/import/[^"]+)"', answer.content.decode()):
                self.posted(name, found.group(1), {})
            return
        path = Path(self.folder.name, "a.xlsx")
        path.write_bytes(book)
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            import_.run([str(path), "--organ", self.cast.organ.code])

    @rule()
    def the_worker_comes_by_a_day_later(self) -> None:
        disclosures.release_due(now() + timedelta(days=2))

    # ── What is always so ──

    @invariant()
    def whatever_is_public_was_passed_by_different_people(self) -> None:
        for item in Disclosure.objects.filter(public_version__isnull=False):
            version = item.public_version
            assert version is not None
            standing = version.reviews.filter(
                voided_at__isnull=True, conclusion=Review.Conclusion.PASSED, digest=digests.of_version(version)
            )
            people = dict(standing.values_list("gate", "person__user_id"))
            assert {"attribute", "secrecy", "publish"} <= set(people)
            author = version.made_by.user_id
            assert people["secrecy"] not in (people["attribute"], people["publish"], author)
            assert author not in (people["attribute"], people["publish"])
            assert item.published_at == self.first_published.setdefault(item.pk, item.published_at)

    @invariant()
    def the_public_reads_nothing_else(self) -> None:
        code = self.cast.organ.code
        shown = self.public.get(f"/organs/{code}/disclosed/").content.decode()
        for item in Disclosure.objects.all():
            out = item.public_version_id is not None
            page = f"/organs/{code}/items/{item.number}/"
            status = self.public.get(page).status_code
            # The worker came by from the day after tomorrow: what it let out is not yet out for today's reader.
            early = item.published_at is not None and item.published_at > now()
            assert (status == 200) == out or early, (item.number, item.state, status)
            assert page not in shown or out
            seen_walks[item.state] += 1


def test_no_way_through_the_doors_around_the_reviews(db: None, settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    run_walks(WALKS)
    assert seen_walks["published"], "no walk came to a publication: it would prove nothing"
    if WALKS > 3:
        print(f"walks: {WALKS}, of {STEPS} steps; states seen: {dict(seen_walks)}")


def run_walks(count: int) -> None:
    """So many walks of a new machine each."""
    chosen = settings(
        max_examples=count, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Doors, settings=chosen)
