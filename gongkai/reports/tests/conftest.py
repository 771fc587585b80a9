"""The common beginning of the stories about reports: a bureau with registers, 张三 and 李四, a report for 2012."""

from __future__ import annotations

import pytest

from gongkai.organs.models import Organ, Staff
from gongkai.reports import actions as reports
from gongkai.reports.models import Report
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT


@pytest.fixture
def organ(db: None) -> Organ:
    made = cast.bureau()
    cast.registers(made)
    return made


@pytest.fixture
def zhang(organ: Organ) -> Staff:
    return cast.zhang(organ)


@pytest.fixture
def li(organ: Organ) -> Staff:
    return cast.li(organ)


@pytest.fixture
def report(organ: Organ, zhang: Staff) -> Report:
    """Compiled, its text drafted and written."""
    made = reports.create(organ, 2012, by=zhang, at=AT)
    reports.compile(made, by=zhang, at=AT)
    reports.draft_narrative(made, by=zhang, at=AT)
    reports.write_section(made, "六", "公开内容不够全面。明年充实目录。", by=zhang, at=AT)
    return made
