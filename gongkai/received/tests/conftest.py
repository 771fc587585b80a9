"""The cast: a city whose office receives reports; 钱八 supervises there, 李四 reviews; the bureau below has 张三."""

from __future__ import annotations

import pytest

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, OrganName, Staff
from gongkai.organs.tests.cast import make_staff
from gongkai.received import actions, beside, examining
from gongkai.received.models import Received, ReceivedFinding
from gongkai.received.packing import Handed
from gongkai.reports.checking.judging import judge
from gongkai.reports.checking.opening import open_report
from gongkai.reports.checking.output import Checked, digest_of
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT
from gongkai.reports.tests.checking import drawn

NAME = "松山县教育局"
CELL = "t3.new_received.total"


def make_bureau(code: str, name: str, parent: Organ | None) -> Organ:
    """An organ with 张三 as its clerk, under a parent."""
    organ = cast.bureau(code)
    Organ.objects.filter(pk=organ.pk).update(parent=parent)
    OrganName.objects.filter(organ=organ).update(registered_name=name)
    cast.zhang(organ)
    return Organ.objects.get(pk=organ.pk)


def unheard(done: int, total: int, label: str) -> None:
    """Progress that nobody watches."""


def received(by: Staff, *files: tuple[str, bytes]) -> list[Received]:
    """Files received by the organ that somebody works for, read and judged here: a process of its own for each, as the
    desk has it, takes the longest time of a test and is tried elsewhere (`examined`)."""
    checked = [_checked(name, content) for name, content in files]
    held = beside.between(by.organ, checked)
    for one in checked:
        one.findings = beside.with_between(one.findings, held.found.get(one.name, ()))
    found = [examining.Examined(one, content) for one, (_, content) in zip(checked, files, strict=True)]
    return actions.receive(by.organ, found, held.earlier, by=by, at=AT)


def _checked(name: str, content: bytes) -> Checked:
    try:
        report = open_report(name, content)
    except Refused as no:
        return Checked(name, digest_of(content), refused=no)
    return Checked(name, digest_of(content), report, judge(report))


def examined(by: Staff, *files: tuple[str, bytes]) -> list[Received]:
    """The same in processes, as the desk does it."""
    found = examining.examine(by.organ, [Handed(*one) for one in files], unheard, processes=1)
    return actions.receive(by.organ, *found, by=by, at=AT)


def failing(one: Received) -> ReceivedFinding:
    """Its first finding that fails with a cell."""
    return next(row for row in one.findings.filter(verdict="fail") if row.told["cells"])


@pytest.fixture
def county(db: None) -> Organ:
    """The county government."""
    return make_bureau("county", "松山县人民政府", None)


@pytest.fixture
def bureau(county: Organ) -> Organ:
    """The bureau whose report it is."""
    return make_bureau("edu", NAME, county)


@pytest.fixture
def qian(county: Organ) -> Staff:
    """钱八: supervisor of the county."""
    return make_staff(county, "钱八", "supervisor")


@pytest.fixture
def li(county: Organ) -> Staff:
    """李四: reviewer of the county."""
    return make_staff(county, "李四", "reviewer")


@pytest.fixture
def zhang(bureau: Organ) -> Staff:
    """张三: clerk of the bureau."""
    return bureau.staff.get(name="张三")


@pytest.fixture
def faulty(bureau: Organ, qian: Staff) -> Received:
    """The bureau's report, in which a sum does not hold."""
    return received(qian, ("教育局.html", drawn.page(drawn.broken(CELL, 3))))[0]


def rename(organ: Organ, name: str) -> None:
    """The organ bears another name."""
    OrganName.objects.filter(organ=organ).update(registered_name=name)
