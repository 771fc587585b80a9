"""The desk's page of a report beside the registers, of one's own and of a received one, with its lists and files."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.organs.models import Organ, Staff
from gongkai.organs.tests.cast import make_staff
from gongkai.received.models import Received
from gongkai.received.tests.conftest import NAME, make_bureau
from gongkai.reports import actions as reports
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT
from gongkai.reports.tests.checking import drawn
from gongkai.workbench.tests.conftest import SignedIn

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAID = {**drawn.SECTIONS, "一": "全年公开政府信息12条。收到政府信息公开申请9件。"}


@pytest.fixture
def county(db: None) -> Organ:
    return make_bureau("county", "松山县人民政府", None)


@pytest.fixture
def bureau(county: Organ) -> Organ:
    made = make_bureau("edu", NAME, county)
    cast.registers(made, drawn.consistent().year)
    return made


@pytest.fixture
def clerk(bureau: Organ) -> Staff:
    return bureau.staff.get(name="张三")


def text(page: Any) -> str:
    return str(page.content.decode())


def handed_in(client: Client) -> Received:
    file = SimpleUploadedFile("教育局.html", drawn.page(drawn.consistent(), sections=SAID))
    client.post("/desk/received/add/", {"files": [file]})
    return Received.objects.get()


def test_the_organs_own_report_leads_to_the_records(bureau: Organ, clerk: Staff, as_staff: SignedIn) -> None:
    report = reports.create(bureau, 2021, by=clerk, at=AT)
    reports.compile(report, by=clerk, at=AT)
    client, place = as_staff(clerk), f"/desk/reports/{report.pk}/"
    assert f'href="{place}held/"' in text(client.get(place))
    page = client.get(f"{place}held/")
    assert page.status_code == 200
    assert client.get(f"{place}held.xlsx")["Content-Type"] == XLSX
    assert client.get(f"{place}held/list/?of=K-ITEM-01").status_code == 200
    assert client.get(f"{place}held/list.xlsx?of=K-ITEM-01")["Content-Type"] == XLSX
    assert client.get(f"{place}held/list/?of=nothing").status_code == 404
    assert client.get(f"{place}held/list.xlsx?of=nothing").status_code == 404


def test_of_a_report_of_an_organ_below_only_public_registers_are_asked(
    county: Organ, bureau: Organ, clerk: Staff, as_staff: SignedIn
) -> None:
    client = as_staff(make_staff(county, "钱八", "supervisor"))
    received = handed_in(client)
    place = f"/desk/received/{received.pk}/"
    assert f'href="{place}held/"' in text(client.get(place))
    page = text(client.get(f"{place}held/"))
    assert "登记簿中有 10" in page
    assert "请由该机关自己对照" in page
    assert "测试" not in text(client.get(f"{place}held/list/?of=K-APP-01"))
    assert client.get(f"{place}held/list/?of=K-APP-01").status_code == 404
    assert "第0号" in text(client.get(f"{place}held/list/?of=K-ITEM-01"))
    assert client.get(f"{place}held.xlsx")["Content-Type"] == XLSX
    assert as_staff(clerk).get(f"{place}held/").status_code == 404


def test_a_report_of_nobody_here_is_refused_with_what_to_do(county: Organ, as_staff: SignedIn) -> None:
    client = as_staff(make_staff(county, "钱八", "supervisor"))
    received = handed_in(client)
    page = client.get(f"/desk/received/{received.pk}/held/")
    assert page.status_code == 422
    assert "请先指明报告机关" in text(page)
