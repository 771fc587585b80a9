"""Every page, at every size and zoom, in both modes and languages, by keyboard alone; none that is named escapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.journeys.audit import audited, in_mode, leftover_chinese
from tests.journeys.conftest import Kept
from tests.journeys.counting import HEADER
from tests.journeys.keyboard import goes_by_keyboard
from tests.journeys.places import PLACES, reach

pytestmark = pytest.mark.browser

# What is no page: files and what machines read.
FILES = """health portal:anchor portal:latest_anchor portal:robots portal:paper_styles portal:feed portal:organ_feed
portal:column_feed portal:theme_feed portal:organ_theme_feed portal:reports_feed portal:organ_reports_feed
portal:sitemap portal:sitemap_columns portal:sitemap_items
portal:compare_csv portal:download portal:download_version portal:file portal:file_version workbench:feed
workbench:templates workbench:template workbench:export workbench:export_entries workbench:figure_workbook
workbench:rule_tallies_workbook workbench:roll_up_workbook workbench:held_workbook workbench:held_list_workbook
workbench:received_held_workbook workbench:received_held_list_workbook workbench:received_file workbench:received_json
workbench:received_workbook workbench:received_one_workbook workbench:received_certificate portal:application_form"""
# What only takes forms in: a refused one is shown on the page that it was sent from.
POSTED = """workbench:act workbench:act_for workbench:adopt_record workbench:assign_received workbench:bulk_items
workbench:attach
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
    "test_report_life.py": "workbench:differences workbench:waive",
    "test_duties.py": "workbench:edit_guide",
    "test_item_life.py": "workbench:item_from_file",
    "test_first_start.py": "workbench:setup",
    "test_doors.py": "workbench:sign_in_code workbench:kept",
}
MOST_QUERIES = 20
# An address without a page of its own: it leads on to that of this year.
LED_ON = "portal:calendar_now"


def named(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, Callable[..., HttpResponse]]]:
    """Every name that an address can be made from, with its space ("portal:item"), and what answers there."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from named(one, f"{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{space}{one.name}", one.callback


def excused() -> set[str]:
    """What no place of the list needs to lead to."""
    return {*FILES.split(), *POSTED.split(), *" ".join(WALKED.values()).split(), LED_ON}


@pytest.mark.parametrize("name", PLACES)
def test_a_page_is_accessible_and_readable_at_every_size_in_english_and_by_keyboard(
    name: str, kept_page: Kept, pictures: Path | None
) -> None:
    place = PLACES[name]
    page = kept_page(place.who)
    answer = reach(page, place)
    assert answer.status == place.status
    assert int(answer.headers[HEADER.lower()]) <= MOST_QUERIES
    with suppress(Resolver404):  # the page that is not found is audited too
        assert resolve(urlsplit(page.url).path).view_name == place.answered_by
    audited(page, pictures and pictures / name)
    in_mode(page, mode="elder")
    assert page.locator("html").get_attribute("data-mode") == "elder"
    audited(page, pictures and pictures / f"{name}-elder")
    in_mode(page, mode="standard", language="en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert leftover_chinese(page) == []
    audited(page, sizes=("wide",))
    goes_by_keyboard(page)


def test_every_named_page_is_audited_or_stands_here_with_a_reason() -> None:
    known, seen = {name for name, _ in named(get_resolver())}, set()
    for place in PLACES.values():
        with suppress(Resolver404):
            seen.add(place.answered_by)
    assert known - seen - excused() == set()
    assert seen & excused() == set()
    assert (excused() | seen) - known == set()


def test_what_is_excused_as_taking_forms_only_shows_no_page() -> None:
    views = dict(named(get_resolver()))
    for name in POSTED.split():
        # The method is refused before the view looks at anything, so that no arguments are needed.
        assert views[name](RequestFactory().get("/")).status_code == 405, name
