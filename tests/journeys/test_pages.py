"""Every page at both sizes: no axe violation, no sideways scroll, and in English nothing left in Chinese."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.audit import axe_violations, leftover_chinese, overflow
from tests.journeys.conftest import SCREENSHOTS, SIZES, Opener

pytestmark = pytest.mark.browser

BUREAU = "/reports/DEMO-JLGXJ"
PUBLIC = {
    "home": "/",
    "reports": "/reports/",
    "report-2012": f"{BUREAU}/2012/",
    "report-2020": f"{BUREAU}/2020/",
    "report-2025": f"{BUREAU}/2025/",
    "report-old": f"{BUREAU}/2024/v1/",
    "report-differences": f"{BUREAU}/2024/v2/differences/",
    "series": f"{BUREAU}/series/",
    "law": "/law/",
    "limits": "/law/time-limits/",
    "limit": "/law/time-limits/reply/?from=2024-01-29&suspend_from=2024-02-05&suspend_to=2024-02-27&extend=1",
    "limit-fault": "/law/time-limits/reply/?from=1999-01-04",
    "fees": "/law/fees/?method=by_item&quantity=41&on=2024-03-01",
    "check-rules": "/law/checks/",
    "check-rule": "/law/checks/K-ITEM-01/",
    "calendar": "/law/calendar/2012/",
    "search": "/search/?words=信息",
    "search-fault": "/search/?from=2013-02-30",
    "check": "/check/",
    "accessibility": "/accessibility/",
    "anchors": "/anchors/",
    "not-found": "/nowhere/",
    "sign-in": "/desk/sign-in/",
}
DESK = {
    "desk": "/desk/",
    "desk-reports": "/desk/reports/",
    "desk-report-2012": "2012",
    "desk-report-2025": "2025",
    "desk-sections": "2012 sections/",
    "desk-section": "2012 sections/二/",
    "desk-held": "2012 held/",
    "desk-held-list": "2012 held/list/?of=K-ITEM-01",
    "desk-compare": "2020 compare/",
    "desk-compare-forms": "2021 compare/?only=over",
    "desk-promises": "2025 promises/",
    "desk-waivers": "2012 waivers/",
    "desk-figure": "2012 annex.disclosed_total.cumulative/",
    "desk-figure-today": "2012 annex.disclosed_total.year/?as=today",
    "desk-figure-reserved": "2012 annex.website_hits.year/",
    "desk-registers": "/desk/registers/",
    "desk-register": "/desk/registers/disclosures/?year=2012&words=信息",
    "desk-register-wide": "/desk/registers/applications/",
    "desk-register-empty": "/desk/registers/disclosures/?words=没有这个词",
    "desk-register-narrowed": "/desk/registers/applications/"
    "?outcome=granted_provided&received_on_from=2020&sort=-received_on",
    "desk-record-add": "/desk/registers/disclosures/add/",
    "desk-record": "register disclosures",
    "desk-record-amend": "register payments amend/",
    "desk-record-void": "register disclosures void/",
    "desk-voided": "/desk/registers/disclosures/voided/",
    "desk-import": "/desk/import/",
    "desk-jobs": "/desk/jobs/",
    "desk-job": "job",
    "desk-entries": "/desk/entries/?verify=1",
}


def visit(page: Page, place: str) -> None:
    """Open an address, a report of a year ("2012 sections/"), or a register's first record ("register x amend/")."""
    if place.startswith("/"):
        page.goto(place)
        return
    if place == "job":  # the latest
        page.goto("/desk/jobs/")
        page.locator("main table a").first.click()
        return
    if place.startswith("register "):
        _, name, rest = f"{place} ".split(" ", 2)
        page.goto(f"/desk/registers/{name}/")
        address = page.locator("main tbody th a").first.get_attribute("href")
        page.goto(f"{address}{rest.strip()}")
        return
    year, _, rest = place.partition(" ")
    page.goto("/desk/reports/")
    address = page.locator("main table").get_by_role("link", name=f"{year} 年度", exact=True).get_attribute("href")
    page.goto(f"{address}{rest}")


def in_mode(page: Page, **choice: str) -> None:
    """The same page with ?mode= or ?language= added."""
    name, value = next(iter(choice.items()))
    page.goto(page.url + ("&" if "?" in page.url else "?") + f"{name}={value}")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [*PUBLIC, *DESK])
def test_a_page_is_accessible_and_fits(name: str, size: str, open_page: Opener) -> None:
    page = open_page(size, "zhangsan" if name in DESK else "", script=True)
    visit(page, (PUBLIC | DESK)[name])
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}-{size}.png", full_page=True)
    assert axe_violations(page) == []
    assert overflow(page) == 0
    in_mode(page, mode="elder")
    page.screenshot(path=SCREENSHOTS / f"{name}-{size}-elder.png", full_page=True)
    assert page.locator("html").get_attribute("data-mode") == "elder"
    assert axe_violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("name", [*PUBLIC, *DESK])
def test_an_english_page_has_no_chinese_but_marked_content(name: str, open_page: Opener) -> None:
    page = open_page("wide", "zhangsan" if name in DESK else "", script=True)
    visit(page, (PUBLIC | DESK)[name])
    in_mode(page, language="en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert leftover_chinese(page) == []
