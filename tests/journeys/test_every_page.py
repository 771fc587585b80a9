"""No page escapes the audit: what the addresses name is opened by one of its lists, or stands here with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page

from tests.journeys import test_doors, test_duties, test_item_pages, test_oversight, test_pages
from tests.journeys.conftest import Opener

pytestmark = pytest.mark.browser

# What is no page: files and what machines read.
FILES = """health portal:anchor portal:latest_anchor portal:robots portal:paper_styles portal:feed portal:organ_feed
portal:column_feed portal:theme_feed portal:organ_theme_feed portal:sitemap portal:sitemap_columns portal:sitemap_items
portal:compare_csv portal:download portal:download_version portal:file portal:file_version workbench:feed
workbench:templates workbench:template workbench:export workbench:export_entries workbench:figure_workbook
workbench:rule_tallies_workbook workbench:roll_up_workbook workbench:held_workbook workbench:held_list_workbook
workbench:received_held_workbook workbench:received_held_list_workbook workbench:received_file workbench:received_json
workbench:received_workbook workbench:received_one_workbook workbench:received_certificate"""
# What only takes forms in: a refused one is shown on the page that it was sent from.
POSTED = """workbench:act workbench:act_for workbench:assign_received workbench:bulk_items workbench:attach
workbench:check_received workbench:choose_organ workbench:confirm_import workbench:confirm_job workbench:decide_answer
workbench:earlier_day workbench:end_other_sessions workbench:end_session workbench:enter workbench:job_again
workbench:person_act workbench:recovery_codes workbench:remove_second_factor workbench:restore workbench:sign_out
workbench:take_back workbench:take_back_received_waiver workbench:take_back_waiver workbench:unlock_address
workbench:withdraw_reminder"""
# What needs something done first, and is audited where that is done.
WALKED = {
    "test_received.py": "workbench:receive workbench:received workbench:received_report workbench:waive_received "
    "workbench:ask_organ workbench:questions workbench:question workbench:received_held workbench:received_held_list "
    "workbench:rule_tallies workbench:rule_findings workbench:remove_received workbench:received_removed",
    "test_report_life.py": "workbench:differences",
    "test_duties.py": "workbench:edit_guide",
    "test_doors.py": "workbench:setup workbench:sign_in_code workbench:kept",
}
# An address without a page of its own: it leads on to that of this year.
LED_ON = "portal:calendar_now"
# Not audited yet, each with what is in the way.
MISSING = {
    "workbench:voided_record": "nothing in the demonstration has been voided",
    "workbench:waive": "its English page does not pass the audit",
    "workbench:promise": "no list leads to it",
    "workbench:oversight_record": "no list leads to it",
}


def named(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, Callable[..., HttpResponse]]]:
    """Every name that an address can be made from, with its space ("portal:item"), and what answers there."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from named(one, f"{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{space}{one.name}", one.callback


def lists() -> Iterator[tuple[str, Callable[[Page], None]]]:
    """Who looks, and how they get to the page, for every entry of the audit's lists."""
    for name, place in (test_pages.PUBLIC | test_pages.DESK).items():
        yield ("zhangsan" if name in test_pages.DESK else ""), partial(test_pages.visit, place=place)
    for who, place in test_doors.PAGES.values():
        yield who, partial(test_doors.reach, place=place)
    for who, place in test_oversight.PAGES.values():
        yield who, partial(test_oversight.visit, place=place)
    for who, place, clicks in (test_duties.PAGES | test_item_pages.PAGES).values():
        yield who, partial(test_duties.visit, place=place, clicks=clicks)


def opened(open_page: Opener) -> set[str]:
    """The names of all pages that the audit's lists lead to."""
    pages: dict[str, Page] = {}
    seen = set()
    for who, go in lists():
        if who not in pages:
            pages[who] = open_page("wide", who)
        go(pages[who])
        with suppress(Resolver404):  # the page that is not found is audited too
            seen.add(resolve(urlsplit(pages[who].url).path).view_name)
    return seen


def excused() -> set[str]:
    """What no list needs to lead to."""
    return {*FILES.split(), *POSTED.split(), *" ".join(WALKED.values()).split(), LED_ON, *MISSING}


def test_every_named_page_is_audited_or_stands_here_with_a_reason(open_page: Opener) -> None:
    seen, known = opened(open_page), {name for name, _ in named(get_resolver())}
    assert known - seen - excused() == set()
    assert seen & excused() == set()
    assert excused() - known == set()


def test_what_is_excused_as_taking_forms_only_shows_no_page() -> None:
    views = dict(named(get_resolver()))
    for name in POSTED.split():
        # The method is refused before the view looks at anything, so that no arguments are needed.
        assert views[name](RequestFactory().get("/")).status_code == 405, name
