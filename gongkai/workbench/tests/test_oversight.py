"""An organ above others at the desk: from the city's number to the bureau's to the record, and no draft on the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.law.values import number
from gongkai.organs.models import Organ, Staff
from gongkai.organs.tests.cast import make_staff
from gongkai.papers.workbook import read_sheets
from gongkai.reports import actions as reports
from gongkai.reports.models import Figure, Report
from gongkai.reports.tests import cast
from gongkai.supervision.models import Reminder
from gongkai.supervision.tests.conftest import RECEIVED, YEAR, begun, make_bureau, publish
from gongkai.workbench.tests.conftest import SignedIn


def text(page: Any) -> str:
    return str(page.content.decode())


@pytest.fixture
def city(db: None) -> Organ:
    return make_bureau("city", "松江市人民政府", None)


@pytest.fixture
def qian(city: Organ) -> Staff:
    """钱八: supervisor of the city."""
    return make_staff(city, "钱八", "supervisor")


@pytest.fixture
def bureaus(city: Organ) -> list[Organ]:
    """A has published what its registers count, B has a draft."""
    made = [make_bureau("A", "松江市A局", city), make_bureau("B", "松江市B局", city)]
    cast.registers(made[0], YEAR)
    cast.registers(made[1], YEAR)
    publish(made[0], None)
    from_registers = Figure.objects.get(report__organ=made[0], table="t3", row="new_received", column="total")
    assert from_registers.value == 2
    return made


@pytest.fixture
def draft(bureaus: list[Organ]) -> Report:
    return begun(bureaus[1])


def test_from_the_citys_number_to_the_bureaus_to_the_record(
    bureaus: list[Organ], qian: Staff, as_staff: SignedIn
) -> None:
    client = as_staff(qian)
    page = text(client.get("/desk/oversight/", {"year": str(YEAR)}))
    assert "共 2 个直接下级机关，已发布 1 个" in page
    address = f"/desk/oversight/{YEAR}/sum/"
    assert address in page
    page = text(client.get(address))
    assert "松江市B局" in page  # missing
    address = f"/desk/oversight/{YEAR}/national_2021/{RECEIVED}/"
    assert f'href="{address}"' in page
    report = Report.objects.get(organ=bureaus[0])
    page = text(client.get(address))
    address = f"/desk/oversight/reports/{report.pk}/{RECEIVED}/"
    assert f'href="{address}"' in page
    page = text(client.get(address))
    assert "共 2 条" in page
    number = f"{YEAR}-1"
    address = page.partition(f'">{number}</a>')[0].rpartition('href="')[2]
    page = text(client.get(address))
    assert number in page
    assert "预算" in page


def test_drafts_and_what_is_not_in_a_published_list_are_not_there(
    bureaus: list[Organ], draft: Report, qian: Staff, as_staff: SignedIn
) -> None:
    client = as_staff(qian)
    assert client.get(f"/desk/oversight/reports/{draft.pk}/{RECEIVED}/").status_code == 404
    assert client.get(f"/desk/reports/{draft.pk}/").status_code == 404
    report = Report.objects.get(organ=bureaus[0])
    later = cast.application(bureaus[0], "later", date(YEAR, 7, 1))
    other = cast.application(bureaus[1], f"{YEAR}-9", date(YEAR, 7, 1))
    for record in (later, other):
        address = f"/desk/oversight/reports/{report.pk}/{RECEIVED}/{record.pk}/"
        assert client.get(address).status_code == 404
    assert "later" not in text(client.get(f"/desk/oversight/reports/{report.pk}/{RECEIVED}/"))


def test_another_citys_supervisor_sees_nothing_of_it(bureaus: list[Organ], as_staff: SignedIn) -> None:
    wang = make_staff(make_bureau("elsewhere", "临江市人民政府", None), "王五", "supervisor")
    client = as_staff(wang)
    assert "松江市" not in text(client.get("/desk/oversight/", {"year": str(YEAR)}))
    report = Report.objects.get(organ=bureaus[0])
    assert client.get(f"/desk/oversight/reports/{report.pk}/{RECEIVED}/").status_code == 404
    assert client.get(f"/desk/oversight/{YEAR}/remind/B/").status_code == 404
    assert "松江市" not in text(client.get(f"/desk/oversight/{YEAR}/national_2021/{RECEIVED}/"))


@pytest.mark.parametrize(
    "place",
    [
        "",
        f"{YEAR}/sum/",
        f"{YEAR}/sum.xlsx",
        f"{YEAR}/national_2021/{RECEIVED}/",
        f"{YEAR}/remind/B/",
        f"reports/1/{RECEIVED}/",
    ],
)
def test_it_is_for_supervisors_only(place: str, bureaus: list[Organ], city: Organ, as_staff: SignedIn) -> None:
    client = as_staff(city.staff.get(name="张三"))
    assert client.get(f"/desk/oversight/{place}").status_code == 403
    assert "oversight" not in text(client.get("/desk/registers/"))


def test_the_sums_can_be_had_as_a_workbook(bureaus: list[Organ], qian: Staff, as_staff: SignedIn) -> None:
    answer = as_staff(qian).get(f"/desk/oversight/{YEAR}/sum.xlsx")
    assert read_sheets(answer.content)
    assert "attachment" in answer["Content-Disposition"]


def test_before_anybody_has_published_there_is_nothing_to_add_up(qian: Staff, as_staff: SignedIn) -> None:
    answer = as_staff(qian).get(f"/desk/oversight/{YEAR}/sum/")
    assert answer.status_code == 409
    assert "没有可汇总的数字" in text(answer)


def test_a_cell_that_is_none_is_not_found(bureaus: list[Organ], qian: Staff, as_staff: SignedIn) -> None:
    assert as_staff(qian).get(f"/desk/oversight/{YEAR}/national_2021/no.such.cell/").status_code == 404


def test_a_reminder_is_written_sent_read_and_acknowledged(
    bureaus: list[Organ], qian: Staff, as_staff: SignedIn
) -> None:
    client, address = as_staff(qian), f"/desk/oversight/{YEAR}/remind/B/"
    page = text(client.get(address))
    assert "松江市B局：" in page
    assert "第四十九条" in page
    refused = client.post(address, {"due_on": "下周", "letter": "请抓紧"})
    assert refused.status_code == 422
    assert 'value="下周"' in text(refused)
    assert ">请抓紧</textarea>" in text(refused)
    client.post(address, {"due_on": "2099-03-01", "letter": "请抓紧"})
    reminder = Reminder.objects.get()
    clerk = as_staff(bureaus[1].staff.get(name="张三"))
    place = f"/desk/reminders/{reminder.pk}/"
    assert "请抓紧" in text(clerk.get(place))
    clerk.post(place)
    assert "已签收" in text(client.get(place))
    assert client.post(f"{place}withdraw/").status_code == 302
    assert as_staff(bureaus[0].staff.get(name="张三")).get(place).status_code == 404


def test_an_organ_that_has_published_is_not_reminded(bureaus: list[Organ], qian: Staff, as_staff: SignedIn) -> None:
    assert as_staff(qian).get(f"/desk/oversight/{YEAR}/remind/A/").status_code == 409


def test_the_number_of_queries_does_not_grow_with_organs(
    bureaus: list[Organ], city: Organ, qian: Staff, as_staff: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = as_staff(qian)
    client.get("/desk/registers/")
    places = (
        f"/desk/oversight/?year={YEAR}",
        f"/desk/oversight/{YEAR}/sum/",
        f"/desk/oversight/{YEAR}/national_2021/{RECEIVED}/",
    )
    asked: dict[str, list[int]] = {place: [] for place in places}
    for more in (0, 4):
        for n in range(more):
            publish(make_bureau(f"M{n}", f"松江市M{n}局", city), n)
        for place, counts in asked.items():
            with django_assert_max_num_queries(20) as queries:
                assert client.get(place).status_code == 200
            counts.append(len(queries))
    assert all(first == second for first, second in asked.values()), asked


def corrected(report: Report) -> Report:
    clerk, at = report.organ.staff.get(name="张三"), cast.AT + timedelta(days=2)
    second = reports.correct(report, "漏计两条", by=clerk, at=at)
    reports.enter_figure(second, RECEIVED, number(4), "试", source="试", by=clerk, at=at)
    return cast.published(second, clerk, at=at, accepting="试发布")


def test_a_correction_below_stands_on_the_list_until_it_is_noted(
    bureaus: list[Organ], qian: Staff, as_staff: SignedIn, django_assert_max_num_queries: Any
) -> None:
    second = corrected(Report.objects.get(organ=bureaus[0]))
    client, address = as_staff(qian), f"/desk/corrections/{second.pk}/"
    assert f'href="{address}"' in text(client.get("/desk/"))
    with django_assert_max_num_queries(20):
        page = text(client.get("/desk/corrections/"))
    assert f'href="{address}"' in page
    assert "待阅知" in page
    with django_assert_max_num_queries(20):
        page = text(client.get(address))
    assert "漏计两条" in page
    assert f'href="/desk/oversight/{YEAR}/national_2021/{RECEIVED}/"' in page
    assert "已阅知" in text(client.post(address, follow=True))
    assert address not in text(client.get("/desk/"))


def test_corrections_of_others_are_not_found(bureaus: list[Organ], as_staff: SignedIn) -> None:
    second = corrected(Report.objects.get(organ=bureaus[0]))
    client = as_staff(make_staff(bureaus[1], "周旁", "supervisor", "clerk", "office_lead"))
    assert "没有要阅知的更正" in text(client.get("/desk/corrections/"))
    for ask in (client.get, client.post):
        assert ask(f"/desk/corrections/{second.pk}/").status_code == 404
