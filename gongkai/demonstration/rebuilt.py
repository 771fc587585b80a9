"""The ledgers of 2012, rebuilt from the published totals: as many records as were printed, no fact beyond them."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.demonstration.dealing import dealt, drawn, shared_out, spread, working_days_before
from gongkai.demonstration.figures import published
from gongkai.law.calendar import working_days_after

Row = dict[str, Any]
Rows = dict[str, list[Row]]

YEAR = 2012
FIRST, LAST = date(2012, 1, 4), date(2012, 12, 31)  # its first and last working day
BEGINNING = date(2008, 5, 5)  # where the report gives no day: the first working day under the Regulations of 2007
LABEL = "〔据公布数重建〕"
NOTE = "据2012年度报告公布的总数重建；日期、名称均为占位，不是原始登记"
CLASSES = {
    "normative_documents": "规范性文件",
    "plans_and_progress": "规划计划",
    "public_funds": "公共资金",
    "institution_and_personnel": "机构人员",
    "other": "其他",
}
NEWS = ("工作动态", "经济要闻", "主要产品价格")


def labelled(**fields: Any) -> Row:
    """A row with the two marks that every rebuilt record carries."""
    return {"provenance": "reconstructed", "note": NOTE, **fields}


def ledgers() -> Rows:
    """All rows of 2012, by ledger name; a ledger comes after those whose records it names."""
    return {**channels(), **disclosures(), **people(), **powers()}


def channels() -> Rows:
    """The carriers, the fifty issues of the internal periodical, and the hits by month."""
    text = published()["text"]
    carriers = [
        ("column", "政府信息公开专栏", "disclosure_column"),
        ("site", "吉林市工业和信息化局网站", "own_site"),
        ("city-portal", "吉林市政府门户网站", "portal"),
        ("periodical", "《工业经济动态》", "periodical"),
    ]
    issues = text["periodical_issues_to_date"]
    return {
        "channels": [labelled(number=code, name=name, kind=kind) for code, name, kind in carriers],
        "issues": [
            labelled(
                number=f"2012-QK-{place + 1:03}", channel="periodical", issue_no=f"第{place + 1}期", issued_on=day,
                copies=0, note=NOTE + "；发放份数未公布，以0占位",
            )
            for place, day in enumerate(spread(issues, date(2008, 11, 3), LAST))
        ],
        "site_visits": [
            labelled(number=f"2012-DJ-{month:02}", channel="column", month_on=date(YEAR, month, 1), hits=count)
            for month, count in enumerate(shared_out(text["site_visits"], 12), start=1)
        ],
    }  # fmt: skip


def disclosures() -> Rows:
    """The disclosed items, the postings that carried each of them, and the other postings up to the printed total."""
    printed = published()["row"]
    counts = {name: printed[f"disclosed_{name}"]["year"] for name in CLASSES}
    deck = dealt(counts, "classes-2012")
    days = spread(len(deck), FIRST, LAST)
    serial = dict.fromkeys(CLASSES, 0)
    rows = []
    for place, (name, day) in enumerate(zip(deck, days, strict=True), start=1):
        serial[name] += 1
        rows.append(_disclosure(place, name, serial[name], day))
    news = published()["text"]["postings_on_all_carriers"] - len(rows)
    column = printed["disclosed_on_website"]["year"]
    carriers = dealt({"column": column, "city-portal": len(rows) - column}, "carriers-2012")
    postings = [_posting(row, carrier) for row, carrier in zip(rows, carriers, strict=True)]
    placements = [
        labelled(number=row["number"].replace("GK", "DY"), disclosure=row["number"], posting=posting["number"])
        for row, posting in zip(rows, postings, strict=True)
    ]
    return {"disclosures": rows, "postings": postings + _news(news), "placements": placements}


def _disclosure(place: int, name: str, serial: int, published_on: date) -> Row:
    """A normative document is held to both clocks, as the printed 6 of rows 16 and 18; the other items are not."""
    document = name == "normative_documents"
    if document and published_on > date(YEAR, 11, 30):
        published_on = working_days_before(published_on, 25, FIRST)  # so that it is delivered within the year
    row = labelled(
        number=f"2012-GK-{place:04}", title=f"{LABEL}2012年{CLASSES[name]}类信息第{serial}条",
        index_number=f"2012-{place:05}", attribute="proactive", information_class=name, public_interest="no",
        instrument="normative_document" if document else "other", is_document="yes" if document else "no",
        made_on=working_days_before(published_on, drawn(f"made-2012-{place}", 15), FIRST), published_on=published_on,
    )  # fmt: skip
    if document:
        row["delivered_on"] = working_days_after(published_on, 3 + drawn(f"delivered-2012-{place}", 6))
    return row


def _posting(row: Row, carrier: str) -> Row:
    number = row["number"].replace("GK", "FB")
    return labelled(number=number, channel=carrier, title=row["title"], posted_on=row["published_on"])


def _news(count: int) -> list[Row]:
    """Postings that are no catalogued items: the report gives their number and three examples of what they were."""
    carriers = dealt({"city-portal": count // 2, "site": count - count // 2}, "news-2012")
    return [
        labelled(
            number=f"2012-XX-{place:04}", channel=carriers[place - 1], posted_on=day,
            title=f"{LABEL}2012年{NEWS[place % len(NEWS)]}类信息第{place}条",
        )
        for place, day in enumerate(spread(count, FIRST, LAST), start=1)
    ]  # fmt: skip


def people() -> Rows:
    """Staff, the leading group by posts, and training. The report names nobody; neither do we."""
    staff = published()["staff"]
    posts = ["full_time"] * staff["full_time"] + ["part_time"] * staff["part_time"]
    group, began = "2012-LD-1", FIRST  # the report says that the group was adjusted in 2012
    members = [
        ("head", "局主要领导"),
        ("deputy", "分管局领导"),
        ("member", "行政审批办负责人"),
        ("member", "监察部门负责人"),
    ]
    return {
        "disclosure_posts": [
            labelled(
                number=f"2012-RY-{place}", person_name=f"{LABEL}兼职人员{place}", post="信息公开工作岗位",
                engagement=engagement, from_on=BEGINNING,
            )
            for place, engagement in enumerate(posts, start=1)
        ],
        "leading_groups": [
            labelled(number=group, kind="leading_group", name="政府信息公开工作领导小组", from_on=began),
            labelled(number="2012-LD-2", kind="lead_office", name="行政审批办(牵头部门)", from_on=began),
            labelled(number="2012-LD-3", kind="supervision_group", name="政务公开监督小组", from_on=began),
        ],
        "group_members": [
            labelled(
                number=f"2012-CY-{place}", group=group, person_name=f"{LABEL}姓名未公布", post=post, duty=duty,
                from_on=began,
            )
            for place, (duty, post) in enumerate(members, start=1)
        ],
        "trainings": _trainings(),
    }  # fmt: skip


def _trainings() -> list[Row]:
    held = published()["row"]["training_sessions_held"]["year"]
    own = [
        labelled(
            number=f"2012-PX-{place}", held_on=day, title=f"{LABEL}2012年本局举办培训第{place}次", organised_by="own",
            attendances=0, note=NOTE + "；参加人次未公布，以0占位",
        )
        for place, day in enumerate(spread(held, date(2012, 2, 6), LAST), start=1)
    ]  # fmt: skip
    attended = labelled(
        number=f"2012-PX-{held + 1}", held_on=date(2012, 5, 15), title=f"{LABEL}2012年参加市政府举办的培训",
        organised_by="other", organiser_name="吉林市人民政府",
        attendances=published()["row"]["training_attendances"]["year"],
    )  # fmt: skip
    return [*own, attended]


def powers() -> Rows:
    """The approval items with their statutory limits and the promised ones after the cut of 2012."""
    text = published()["text"]
    count, suspended = text["approval_items"], text["approval_items_suspended"]
    items = [_item(place, limit) for place, limit in enumerate(text["approval_statutory_limits"], start=1)]
    idle = items[count - suspended :]
    return {
        "approval_items": items,
        "approval_item_statuses": [
            labelled(
                number=f"2012-ZT-{place}", item=item["number"], status="suspended", from_on=date(2012, 6, 1),
                reason="至今没有发生过，按暂停处理",
            )
            for place, item in enumerate(idle, start=1)
        ],
    }  # fmt: skip


def _item(place: int, statutory: int) -> Row:
    text = published()["text"]
    most_cut = place in text["approval_shortened_by_80_percent"]
    running = place <= text["approval_items"] - text["approval_items_suspended"]
    row = labelled(
        number=f"2012-SP-{place:02}", power="licensing", name=f"{LABEL}行政审批事项第{place}项",
        statutory_limit=statutory, statutory_unit="working_day",
        promised_limit=statutory // 5 if most_cut else statutory // 2, promised_unit="working_day",
        from_on=BEGINNING, note=NOTE + "；原文未写时限单位，暂按工作日",
    )  # fmt: skip
    return row | {"filed_with": "吉林市人民政府法制办公室"} if running else row
