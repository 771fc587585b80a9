"""Every page that the browser looks at: who opens it, where, what is clicked there, and which view answers."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Page, Response

BUREAU, ORGAN = "/reports/DEMO-JLGXJ", "/organs/DEMO-JLGXJ"
ITEMS = "/desk/items/?list=all&state="
NARROWED = "outcome=granted_provided&received_on_from=2020&sort=-received_on"
FIRST = "main tbody th a"
TO_VERSION = "main tbody tr:last-child th a; main a[href*='versions/']"
FIGURE = "t3.new_received.total"
OVERSEEN = f"/desk/oversight/2025/national_2021/{FIGURE}/"


@dataclass(frozen=True, slots=True)
class Place:
    """One page of the demonstration.

    address: a path, or as `open_at` takes it. who: the account, "" the public. clicks: selectors, "; " between them.
    view: the name at the desk of what answers, where the address alone does not tell. status: of the answer.
    """

    address: str
    who: str = ""
    clicks: str = ""
    view: str = ""
    status: int = 200

    @property
    def answered_by(self) -> str:
        """The view, with its space ("portal:item"); raises Resolver404 for the page that is not found."""
        return f"workbench:{self.view}" if self.view else resolve(urlsplit(self.address).path).view_name


def open_at(page: Page, address: str) -> None:
    """Open a path, a report of a year ("report 2012 sections/"), or a register's first record ("register x amend/")."""
    kind, _, rest = address.partition(" ")
    if not rest:
        page.goto(address)
        return
    which, _, below = rest.partition(" ")
    if kind == "register":
        page.goto(f"/desk/registers/{which}/")
        link = page.locator("main tbody th a").first
    else:
        page.goto("/desk/reports/")
        link = page.locator("main table").get_by_role("link", name=f"{which} 年度", exact=True)
    page.goto(f"{link.get_attribute('href')}{below}")


def reach(page: Page, place: Place) -> Response:
    """Open the page, and click on; gives the last answer."""
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        if answer.request.is_navigation_request():
            answers.append(answer)

    page.on("response", keep)
    open_at(page, place.address)
    for one in filter(None, place.clicks.split("; ")):
        with page.expect_navigation():
            page.locator(one).first.click()
    page.remove_listener("response", keep)
    return answers[-1]


PLACES = {
    "home": Place("/"),
    "reports": Place("/reports/"),
    "report-2012": Place(f"{BUREAU}/2012/"),
    "report-2020": Place(f"{BUREAU}/2020/"),
    "report-2025": Place(f"{BUREAU}/2025/"),
    "report-old": Place(f"{BUREAU}/2024/v1/"),
    "report-differences": Place(f"{BUREAU}/2024/v2/differences/"),
    "series": Place(f"{BUREAU}/series/"),
    "law": Place("/law/"),
    "limits": Place("/law/time-limits/"),
    "limit": Place("/law/time-limits/reply/?from=2024-01-29&suspend_from=2024-02-05&suspend_to=2024-02-27&extend=1"),
    "limit-fault": Place("/law/time-limits/reply/?from=1999-01-04"),
    "fees": Place("/law/fees/?method=by_item&quantity=41&on=2024-03-01"),
    "check-rules": Place("/law/checks/"),
    "check-rule": Place("/law/checks/K-ITEM-01/"),
    "calendar": Place("/law/calendar/2012/"),
    "search": Place("/search/?words=信息"),
    "search-fault": Place("/search/?from=2013-02-30"),
    "check": Place("/check/"),
    "accessibility": Place("/accessibility/"),
    "anchors": Place("/anchors/"),
    "not-found": Place("/nowhere/", status=404),
    "bad-request": Place("/search/?words=%00", status=400),
    "refused": Place("/desk/people/", "zhangsan", status=403),
    "refused-figure": Place("report 2012 annex.nothing.year/", "zhangsan", view="figure", status=404),
    "sign-in": Place("/desk/sign-in/"),
    "desk": Place("/desk/", "zhangsan"),
    "desk-reports": Place("/desk/reports/", "zhangsan"),
    "desk-report-2012": Place("report 2012", "zhangsan", view="report"),
    "desk-report-2025": Place("report 2025", "zhangsan", view="report"),
    "desk-sections": Place("report 2012 sections/", "zhangsan", view="sections"),
    "desk-section": Place("report 2012 sections/二/", "zhangsan", view="section"),
    "desk-held": Place("report 2012 held/", "zhangsan", view="held"),
    "desk-held-list": Place("report 2012 held/list/?of=K-ITEM-01", "zhangsan", view="held_list"),
    "desk-compare": Place("report 2020 compare/", "zhangsan", view="compare"),
    "desk-compare-forms": Place("report 2021 compare/?only=over", "zhangsan", view="compare"),
    "desk-promises": Place("report 2025 promises/", "zhangsan", view="promises"),
    "desk-promise": Place("report 2025 promises/", "zhangsan", clicks="main .rows a", view="promise"),
    "desk-waivers": Place("report 2012 waivers/", "zhangsan", view="waivers"),
    "desk-figure": Place("report 2012 annex.disclosed_total.cumulative/", "zhangsan", view="figure"),
    "desk-figure-today": Place("report 2012 annex.disclosed_total.year/?as=today", "zhangsan", view="figure"),
    "desk-figure-reserved": Place("report 2012 annex.website_hits.year/", "zhangsan", view="figure"),
    "desk-registers": Place("/desk/registers/", "zhangsan"),
    "desk-register": Place("/desk/registers/disclosures/?year=2012&words=信息", "zhangsan"),
    "desk-register-wide": Place("/desk/registers/applications/", "zhangsan"),
    "desk-register-empty": Place("/desk/registers/disclosures/?words=没有这个词", "zhangsan"),
    "desk-register-narrowed": Place(f"/desk/registers/applications/?{NARROWED}", "zhangsan"),
    "desk-record-add": Place("/desk/registers/disclosures/add/", "zhangsan"),
    "desk-record": Place("register disclosures", "zhangsan", view="record"),
    "desk-record-amend": Place("register payments amend/", "zhangsan", view="amend_record"),
    "desk-record-void": Place("register disclosures void/", "zhangsan", view="void_record"),
    "desk-voided": Place("/desk/registers/disclosures/voided/", "zhangsan"),
    "desk-voided-record": Place("/desk/registers/meetings/voided/", "zhangsan", clicks=FIRST, view="voided_record"),
    "desk-import": Place("/desk/import/", "zhangsan"),
    "desk-jobs": Place("/desk/jobs/", "zhangsan"),
    "desk-job": Place("/desk/jobs/", "zhangsan", clicks="main table a", view="job"),
    "desk-entries": Place("/desk/entries/?verify=1", "zhangsan"),
    "door-account": Place("/desk/account/", "zhangsan"),
    "door-password": Place("/desk/account/password/", "zhangsan"),
    "door-second-factor": Place("/desk/account/second-factor/", "zhangsan"),
    "door-sessions": Place("/desk/account/sessions/", "zhangsan"),
    "door-handovers": Place("/desk/handovers/", "zhangsan"),
    "door-people": Place("/desk/people/", "zhouba"),
    "door-person": Place("/desk/people/", "zhouba", clicks="main tbody a:text-is('张三')", view="person"),
    "door-person-system": Place("/desk/people/", "sunqi", clicks="main tbody a:text-is('张三')", view="person"),
    "door-person-add": Place("/desk/people/add/", "sunqi"),
    "door-organs": Place("/desk/organs/", "sunqi"),
    "door-organ": Place("/desk/organs/DEMO-JLGXJ/", "sunqi"),
    "door-door": Place("/desk/door/", "sunqi"),
    "door-locked": Place("/desk/locked/", "zhouba"),
    "door-entries-audit": Place("/desk/entries/", "wujiu"),
    "reports-narrowed": Place("/reports/?organ=工业&year=2020"),
    "reports-none": Place("/reports/?organ=没有这个机关"),
    "compare": Place("/compare/?year=2025"),
    "series-one": Place(f"{BUREAU}/series/?figure=applications_received"),
    "comments": Place(f"{BUREAU}/2025/comments/"),
    "comment-add": Place(f"{BUREAU}/2025/comments/add/"),
    "comment-taken": Place(f"{BUREAU}/2025/comments/thanks/"),
    "desk-comments": Place("/desk/comments/", "zhaoliu"),
    "desk-comment": Place("/desk/comments/", "zhaoliu", clicks="main tbody a", view="comment"),
    "oversight": Place("/desk/oversight/?year=2025", "zhengshi"),
    "oversight-sum": Place("/desk/oversight/2025/sum/", "zhengshi"),
    "oversight-cell": Place(OVERSEEN, "zhengshi"),
    "oversight-figure": Place(OVERSEEN, "zhengshi", clicks="main td a", view="oversight_figure"),
    "oversight-record": Place(OVERSEEN, "zhengshi", clicks=f"main td a; {FIRST}", view="oversight_record"),
    "oversight-remind": Place("/desk/oversight/2025/remind/DEMO-OTHER/", "zhengshi"),
    "corrections": Place("/desk/corrections/", "zhengshi"),
    "correction": Place("/desk/corrections/", "zhengshi", clicks=FIRST, view="correction"),
    "reminder": Place("/desk/", "wangwu", clicks="main #todo + ul a[href*=reminders]", view="reminder"),
    "guide": Place(f"{ORGAN}/guide/"),
    "guide-old": Place(f"{ORGAN}/guide/v1/"),
    "rules": Place(f"{ORGAN}/rules/"),
    "rule": Place(f"{ORGAN}/rules/ZD-01/"),
    "rule-old": Place(f"{ORGAN}/rules/ZD-01/v1/"),
    "desk-guides": Place("/desk/guides/", "zhangsan"),
    "desk-guide": Place("/desk/guides/", "zhaoliu", clicks=FIRST, view="guide"),
    "desk-guide-compare": Place("/desk/guides/", "zhangsan", f"{FIRST}; a[href$='compare/']", "compare_guides"),
    "desk-duties": Place("/desk/duties/", "zhangsan"),
    "desk-duty": Place("/desk/duties/", "zhangsan", clicks=FIRST, view="duty"),
    "desk-duty-tasks": Place("/desk/duties/tasks/", "zhangsan"),
    "desk-duty-task": Place("/desk/duties/tasks/", "zhangsan", clicks=FIRST, view="duty_task"),
    "desk-duty-task-done": Place("/desk/duties/tasks/?state=done", "zhaoliu", clicks=FIRST, view="duty_task"),
    "desk-late": Place("/desk/late/", "zhaoliu"),
    "desk-feed": Place("/desk/account/feed/", "zhangsan", clicks="button[value=make]", view="own_feed"),
    "desk-today": Place("/desk/", "zhaoliu"),
    "organs": Place("/organs/"),
    "organ": Place(f"{ORGAN}/"),
    "disclosed": Place(f"{ORGAN}/disclosed/"),
    "disclosed-narrowed": Place(f"{ORGAN}/disclosed/?item=20-15&theme=07"),
    "disclosed-none": Place(f"{ORGAN}/disclosed/?words=没有这个词"),
    "closed": Place(f"{ORGAN}/closed/"),
    "organ-reports": Place(f"{ORGAN}/reports/"),
    "apply": Place(f"{ORGAN}/apply/"),
    "item": Place(f"{ORGAN}/items/G2026-00002/"),
    "item-old": Place(f"{ORGAN}/items/G2026-00002/v1/"),
    "item-changes": Place(f"{ORGAN}/items/G2026-00002/v2/changes/"),
    "item-repealed": Place(f"{ORGAN}/items/G2026-00003/"),
    "item-withdrawn": Place(f"{ORGAN}/items/G2026-00004/", status=410),
    "search-hits": Place("/search/?words=机械厂"),
    "search-all": Place("/search/"),
    "search-none": Place("/search/?words=没有这个词"),
    "desk-items": Place("/desk/items/", "zhangsan"),
    "desk-item-faults": Place("/desk/items/new/", "zhangsan", status=422, clicks="main form.drafting button"),
    "desk-items-all": Place("/desk/items/?list=all", "lisi"),
    "desk-items-late": Place("/desk/items/?list=late", "zhaoliu"),
    "desk-items-none": Place(f"{ITEMS}scheduled", "zhangsan"),
    "desk-item-new": Place("/desk/items/new/", "zhangsan"),
    "desk-item-draft": Place(f"{ITEMS}draft", "zhangsan", clicks=FIRST, view="item"),
    "desk-item-edit": Place(f"{ITEMS}draft", "zhangsan", clicks=f"{FIRST}; a[href$='edit/']", view="edit_item"),
    "desk-item-attribute": Place(f"{ITEMS}attribute_review", "lisi", clicks=FIRST, view="item"),
    "desk-item-secrecy": Place(f"{ITEMS}secrecy_review", "chenshier", clicks=FIRST, view="item"),
    "desk-item-catalogue": Place(f"{ITEMS}catalogue", "zhangsan", clicks=FIRST, view="item"),
    "desk-item-signing": Place(f"{ITEMS}signing", "zhaoliu", clicks=FIRST, view="item"),
    "desk-item-ready": Place(f"{ITEMS}ready", "zhaoliu", clicks=FIRST, view="item"),
    "desk-item-published": Place(f"{ITEMS}published", "zhaoliu", clicks=FIRST, view="item"),
    "desk-item-withheld": Place(f"{ITEMS}withheld", "lisi", clicks=FIRST, view="item"),
    "desk-item-withdrawn": Place(f"{ITEMS}withdrawn", "zhangsan", clicks=FIRST, view="item"),
    "desk-item-version": Place(f"{ITEMS}published", "zhangsan", clicks=TO_VERSION, view="item_version"),
    "desk-item-rule": Place("/desk/items/rule/", "zhaoliu"),
    "desk-item-rule-read": Place("/desk/items/rule/", "zhangsan"),
    "desk-item-file": Place("/desk/items/from-file/", "zhangsan"),
    "desk-holders": Place("/desk/items/holders/", "zhaoliu"),
    "desk-incidents": Place("/desk/items/incidents/", "lisi"),
}  # fmt: skip
