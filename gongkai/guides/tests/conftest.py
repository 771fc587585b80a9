"""The cast: a bureau with an address; 张三 prepares, 赵六 heads the office, 钱二 publishes, 王五 works elsewhere."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gongkai.guides import actions
from gongkai.guides.models import Edition
from gongkai.organs.models import Organ, Staff
from gongkai.organs.tests import cast
from gongkai.organs.tests.cast import make_staff

AT = datetime(2025, 3, 3, 2, tzinfo=UTC)
DAY = date(2025, 3, 3)
TEXTS = {
    "classes": "机构职能、规划计划、政策文件、财政资金。", "arrangement": "按主题分类编排。", "access": "网站专栏。",
    "application": "由办公室受理，20个工作日内答复。", "office_name": "某局办公室", "office_address": "解放路 1 号三楼",
    "office_hours": "工作日 8:30—17:00", "office_phone": "0432-12345678", "office_fax": "无",
    "office_internet": "gk@example.invalid", "remedy": "可以向上级机关举报，也可以申请行政复议。",
}  # fmt: skip


def make_organ(code: str) -> Organ:
    """An organ that has always borne its name and can be reached."""
    return cast.make_organ(code, address="解放路1号", phone="0432-12345678", email="gk@example.invalid")


@pytest.fixture
def bureau(db: None) -> Organ:
    return make_organ("gxj")


@pytest.fixture
def zhang(bureau: Organ) -> Staff:
    return make_staff(bureau, "张三", "clerk")


@pytest.fixture
def zhao(bureau: Organ) -> Staff:
    """Holds the clerk's role too: that must not let him approve what he prepared."""
    return make_staff(bureau, "赵六", "office_lead", "clerk")


@pytest.fixture
def qian(bureau: Organ) -> Staff:
    return make_staff(bureau, "钱二", "publisher")


@pytest.fixture
def wang(db: None) -> Staff:
    return make_staff(make_organ("other"), "王五", "clerk", "office_lead", "publisher")


@pytest.fixture
def draft(bureau: Organ, zhang: Staff) -> Edition:
    """A guide that says everything."""
    made = actions.create(bureau, kind="guide", title="某局政府信息公开指南", by=zhang, at=AT)
    return actions.write(made, title=made.title, sections=TEXTS, by=zhang, at=AT)


@pytest.fixture
def guide(draft: Edition, zhang: Staff, zhao: Staff, qian: Staff) -> Edition:
    """The guide as published on DAY."""
    return published(draft, zhang, zhao, qian, AT)


def published(edition: Edition, clerk: Staff, lead: Staff, publisher: Staff, at: datetime) -> Edition:
    """Lead an edition to publication."""
    actions.submit(edition, by=clerk, at=at)
    actions.approve(edition, by=lead, at=at)
    actions.publish(edition, by=publisher, at=at)
    edition.refresh_from_db()
    return edition
