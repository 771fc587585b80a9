"""No sequence of acts by anybody makes public what was not reviewed, as it is, by different people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gongkai.disclosures import actions as disclosures
from gongkai.disclosures import digests, public
from gongkai.disclosures.actions.permission import rule_of
from gongkai.disclosures.ledgers import DISCLOSURES
from gongkai.disclosures.models import Disclosure, Review
from gongkai.disclosures.tests.cast import AT, WORDS, cast, codes, hire
from gongkai.law.refusal import Refused
from gongkai.organs import register
from gongkai.organs.models import Handover, Staff
from gongkai.records import entries

ROLES = ("clerk", "reviewer", "secrecy_reviewer", "publisher", "office_lead")
people_of = st.integers(0, 4)


class Acts(RuleBasedStateMachine):
    """Five people, each with every role, one standing in for another, do whatever comes to mind with two items."""

    def __init__(self) -> None:
        super().__init__()
        self.run_alone = transaction.atomic()
        self.run_alone.__enter__()
        self.cast = cast()
        self.staff = [hire(self.cast.organ, f"众{n}", *ROLES) for n in range(5)]
        Handover.objects.create(
            from_staff=self.staff[0], to_staff=self.staff[1], role="secrecy_reviewer", from_on=date(2012, 1, 1),
            until_on=date(2012, 12, 31), reason="出差",
        )  # fmt: skip
        self.at, self.count = AT, 0
        self.first_published: dict[int, Any] = {}

    def teardown(self) -> None:
        try:
            assert entries.verify() == []
        finally:
            transaction.set_rollback(True)
            self.run_alone.__exit__(None, None, None)

    def tried(
        self, act: Callable[[Disclosure, Staff], object], which: int, who: int, standing_in: bool = False
    ) -> None:
        items = list(Disclosure.objects.order_by("pk"))
        self.at += timedelta(minutes=1)
        if not items:
            return
        by = Staff.objects.get(pk=self.staff[who].pk)
        if standing_in and who == 1:
            by.acting_for = self.staff[0]
        try:
            act(items[which % len(items)], by)
        except Refused:
            self.count += 1

    @rule(who=people_of)
    def draft(self, who: int) -> None:
        if Disclosure.objects.count() < 2:
            disclosures.draft(self.cast.organ, values=WORDS, by=self.staff[who], at=self.at)

    @rule(which=st.integers(0, 1), who=people_of, text=st.sampled_from(["甲", "乙", "丙"]))
    def edit(self, which: int, who: int, text: str) -> None:
        self.tried(lambda item, by: disclosures.edit(item, values={"body": text}, by=by, at=self.at), which, who)

    @rule(which=st.integers(0, 1), who=people_of, name=st.sampled_from(
        ["submit", "pass_attribute", "clear_secrecy", "sign", "unschedule"]), standing_in=st.booleans())  # fmt: skip
    def step(self, which: int, who: int, name: str, standing_in: bool) -> None:
        self.tried(lambda item, by: getattr(disclosures, name)(item, by=by, at=self.at), which, who, standing_in)

    @rule(which=st.integers(0, 1), who=people_of)
    def catalogue(self, which: int, who: int) -> None:
        self.tried(lambda item, by: disclosures.catalogue(item, values=codes(), by=by, at=self.at), which, who)

    @rule(which=st.integers(0, 1), who=people_of)
    def publish(self, which: int, who: int) -> None:
        channels = [self.cast.column]
        self.tried(lambda item, by: disclosures.publish(item, channels=channels, by=by, at=self.at), which, who)

    @rule(which=st.integers(0, 1), who=people_of)
    def schedule(self, which: int, who: int) -> None:
        then = self.at + timedelta(minutes=3)
        self.tried(
            lambda item, by: disclosures.schedule(
                item, channels=[self.cast.column], publish_at=then, by=by, at=self.at
            ), which, who,
        )  # fmt: skip

    @rule()
    def time_passes(self) -> None:
        self.at += timedelta(minutes=5)
        disclosures.release_due(self.at)

    @rule(which=st.integers(0, 1), who=people_of, name=st.sampled_from(
        ["send_back", "withdraw", "keep_closed", "drop_revision", "discard"]))  # fmt: skip
    def say_why(self, which: int, who: int, name: str) -> None:
        self.tried(lambda item, by: getattr(disclosures, name)(item, reason="因", by=by, at=self.at), which, who)

    @rule(which=st.integers(0, 1), who=people_of, name=st.sampled_from(["revise", "restore"]))
    def begin_anew(self, which: int, who: int, name: str) -> None:
        self.tried(lambda item, by: getattr(disclosures, name)(item, change_note="改", by=by, at=self.at), which, who)

    @rule(which=st.integers(0, 1), who=people_of)
    def close(self, which: int, who: int) -> None:
        self.tried(
            lambda item, by: disclosures.close(
                item, attribute="non_disclosure", ground="trade_secret", by=by, at=self.at
            ), which, who,
        )  # fmt: skip

    @rule(which=st.integers(0, 1), who=people_of)
    def reopen(self, which: int, who: int) -> None:
        self.tried(
            lambda item, by: disclosures.reopen(item, why="re_review", reason="因", by=by, at=self.at), which, who
        )

    @rule(which=st.integers(0, 1), who=people_of)
    def go_through_the_register(self, which: int, who: int) -> None:
        changes = {"published_on": date(2012, 11, 1), "title": "从登记簿改"}
        self.tried(lambda item, by: register.amend(item, DISCLOSURES, changes=changes, by=by, at=self.at), which, who)
        self.tried(lambda item, by: register.void(item, DISCLOSURES, reason="绕过", by=by, at=self.at), which, who)

    @rule(combined=st.booleans(), signed=st.booleans())
    def change_the_rule(self, combined: bool, signed: bool) -> None:
        values = {"combined_reason": "人少" if combined else "", "sign_off": "all" if signed else "none"}
        disclosures.set_rule(self.cast.organ, values=values, by=self.staff[4], at=self.at)

    @invariant()
    def whatever_is_public_was_reviewed_by_different_people(self) -> None:
        for item in Disclosure.objects.filter(public_version__isnull=False):
            version = item.public_version
            assert version is not None
            now = digests.of_version(version)
            standing = version.reviews.filter(voided_at__isnull=True, conclusion=Review.Conclusion.PASSED, digest=now)
            people = dict(standing.values_list("gate", "person__user_id"))
            assert {"attribute", "secrecy", "publish"} <= set(people)
            author = version.made_by.user_id
            assert people["secrecy"] not in (people["attribute"], people["publish"], author)
            assert author not in (people["attribute"], people["publish"])
            combined = rule_of(item.organ).combined
            assert len({*people.values(), author}) >= 3 if combined else True
            assert item.published_at == self.first_published.setdefault(item.pk, item.published_at)

    @invariant()
    def nothing_else_is_shown(self) -> None:
        shown = {card.number for card in public.items(at=self.at).items}
        known = Disclosure.objects.filter(public_version__isnull=False).values_list("number", flat=True)
        assert shown == set(known)


@pytest.mark.django_db
def test_no_sequence_of_acts_makes_public_what_was_not_reviewed() -> None:
    run_state_machine_as_test(
        Acts,
        settings=settings(
            max_examples=8, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
