"""The bureau's guide, a rule and the duties of its departments, all invented; one duty is late and one column stale."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from gongkai.demonstration import people
from gongkai.demonstration.invented_applications import LABEL, labelled
from gongkai.demonstration.rebuilt import Row
from gongkai.disclosures.models import Disclosure
from gongkai.duties import actions as duties
from gongkai.duties import noticing
from gongkai.duties.ledgers import DUTIES
from gongkai.duties.models import Duty, DutyTask
from gongkai.guides import actions as guides
from gongkai.guides.models import Edition
from gongkai.law.refusal import Refused
from gongkai.records import workbooks
from gongkai.records.importing import import_workbook
from gongkai.records.moves import LEGAL_TIME

YEAR = 2026
# No real address and no telephone: nobody may be led by a demonstration to call a real office.
GUIDE = {
    "classes": f"{LABEL}分为机构职能、规划计划、政策文件、财政资金、行政执法、统计数据和其他七类。",
    "arrangement": f"{LABEL}目录按法定公开事项编排，每条信息有索引号、名称、内容概述、生成日期。",
    "access": f"{LABEL}主动公开的信息在本站信息公开专栏查阅，也可到公共查阅点查阅；没有公开的，可以申请公开。",
    "application": f"{LABEL}由局办公室受理。当面、信函、网上均可提出，不需要说明用途；自收到之日起20个工作日内答复。",
    "office_name": f"{LABEL}局办公室",
    "office_address": f"{LABEL}示例路1号",
    "office_hours": f"{LABEL}工作日 8:30至11:30，13:00至17:00",
    "office_phone": f"{LABEL}无（演示系统不设电话）",
    "office_internet": f"{LABEL}通过本站提交",
    "remedy": f"{LABEL}认为本机关没有依法公开的，可以向主管部门举报，也可以依法申请行政复议或者提起行政诉讼。",
}  # fmt: skip
RULE = {
    "scope": f"{LABEL}适用于局机关各科室和所属单位拟公开的全部信息。",
    "content": f"{LABEL}先审查，后公开；未经审查的，不得公开。审查由起草科室、办公室、保密员依次进行，各人不得兼任。",
    "way": f"{LABEL}审查通过后20个工作日内在专栏公开。",
    "supervision": f"{LABEL}办公室每季度检查一次，结果通报全局。",
    "responsible": f"{LABEL}局办公室负责，各科室配合。",
    "liability": f"{LABEL}违反本制度的，按有关规定追究责任。",
}  # fmt: skip


def done() -> bool:
    """Whether all of it is there: the tasks come last."""
    return DutyTask.objects.filter(organ__code=people.BUREAU).exists()


@transaction.atomic
def do() -> str:
    """All of it or nothing."""
    guide = _published("guide", "guide", f"{LABEL}吉林市工业和信息化局政府信息公开指南", GUIDE, 1)
    _published("rule", "ZD-01", f"{LABEL}信息公开保密审查制度", RULE, 7)
    _revise(guide)
    _import()
    made = duties.raise_due(people.bureau(), by="gongkai demo", at=_at(13, 9))
    _answer(made)
    noticing.notify(people.bureau(), by="gongkai demo", at=_at(15, 9))
    return f"指南 2 版、制度 1 项、目录责任 {Duty.objects.filter(organ__code=people.BUREAU).count()} 项"


def _at(day: int, hour: int) -> datetime:
    """A moment of the April in which it is told."""
    return datetime.combine(date(YEAR, 4, day), time(hour), LEGAL_TIME)


def _published(kind: str, code: str, title: str, texts: dict[str, str], day: int) -> Edition:
    clerk = people.staff("zhangsan")
    made = guides.create(
        people.bureau(), kind=kind, code=code, title=title, provenance="invented", by=clerk, at=_at(day, 9)
    )  # fmt: skip
    guides.write(made, title=title, sections=texts, by=clerk, at=_at(day, 10))
    _through(made, day + 1)
    return made


def _through(edition: Edition, day: int) -> None:
    """Submitted by one, approved and published by another."""
    clerk, lead = people.staff("zhangsan"), people.staff("zhaoliu")
    guides.submit(edition, by=clerk, at=_at(day, 9))
    guides.approve(edition, by=lead, at=_at(day, 10))
    guides.publish(edition, by=lead, at=_at(day, 11))


def _revise(guide: Edition) -> None:
    clerk = people.staff("zhangsan")
    new = guides.revise(guide, by=clerk, at=_at(9, 9))
    hours = {"office_hours": f"{LABEL}工作日 8:30至11:30，13:30至17:00"}
    guides.write(
        new, title=new.title, sections=hours, change_note=f"{LABEL}下午办公时间改为 13:30 起", by=clerk, at=_at(9, 10)
    )  # fmt: skip
    _through(new, 10)


def rows() -> list[Row]:
    """What which department must disclose. Elsewhere in the demonstration no department is named."""
    told: tuple[tuple[str, str, str, str, dict[str, object]], ...] = (
        ("01", "机构职能和负责人信息", "20-02", "人事科", {}),
        ("02", "专项规划", "20-03", "规划科", {"starts_on": date(2025, 1, 1)}),
        ("03", "工业经济运行情况", "20-04", "运行科", {"starts_on": date(2026, 1, 1), "limit_days": 8}),
        ("04", "部门预算和决算", "20-07", "财务科", {"starts_on": date(2025, 1, 1)}),
        ("05", "行政规范性文件", "20-01", "法规科", {"starts_on": date(2025, 7, 1)}),
    )
    return [
        labelled(
            number=f"ZR-{number}", title=f"{LABEL}{title}", disclosure_item=item, department=f"{LABEL}{department}",
            channel="column", **more,
        )
        for number, title, item, department, more in told
    ]  # fmt: skip


def _import() -> None:
    book = workbooks.filled([DUTIES], {"duties": rows()})
    result = import_workbook(book, organ=people.bureau(), ledgers=[DUTIES], by=people.staff("zhangsan"), at=_at(13, 8))
    if result.faults:
        raise Refused("demonstration_faulty", "演示目录责任有误：" + "；".join(result.sentences(5)))


def _answer(made: list[DutyTask]) -> None:
    """One task is answered with a disclosure, one with why there was nothing; the others wait."""
    clerk, by_duty = people.staff("zhangsan"), {task.duty.number: task for task in made}
    late = f"{LABEL}责任刚刚登记"
    nothing = f"{LABEL}本年没有新批准的专项规划"
    duties.report_nothing(by_duty["ZR-02"], reason=nothing, late_reason=late, by=clerk, at=_at(14, 9))
    documents = by_duty["ZR-05"]
    found = Disclosure.objects.filter(
        organ=documents.organ, instrument="normative_document", published_on__gte=documents.since, origin="ledger"
    )
    disclosed = found.order_by("-published_on", "-pk").first()
    if disclosed is not None:
        duties.fulfil(documents, disclosure=disclosed, late_reason=late, by=clerk, at=_at(14, 10))
