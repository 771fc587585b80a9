"""The invented years 2013-2025 beside applications: items disclosed, normative documents, powers, people, disputes."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.demonstration.dealing import dealt, drawn, shared_out, spread, working_days, working_days_before
from gongkai.demonstration.figures import invented
from gongkai.demonstration.invented_applications import LABEL, applications, labelled
from gongkai.demonstration.rebuilt import CLASSES, Row, Rows
from gongkai.law.calendar import on_or_after, working_days_after

YEARS = tuple(int(year) for year in invented()["year"])


def ledgers() -> Rows:
    """All invented rows by ledger name; a ledger comes after those whose records it names."""
    answered = applications()
    return {
        "channels": [labelled(number="wechat", name=f"{LABEL}微信公众号", kind="wechat")],
        **_disclosed(),
        **_people(),
        **_powers(),
        "applications": answered,
        "disputes": _disputes(),
        "payments": _payments(answered),
    }


def _span(year: int) -> tuple[date, date]:
    days = working_days(date(year, 1, 1), date(year, 12, 31))
    return days[0], days[-1]


def _disclosed() -> Rows:
    """Every item goes on the column; WeChat and the city's portal carry further postings."""
    documents, items = normative_documents(), [row for year in YEARS for row in _items(year)]
    rows = sorted(documents + items, key=lambda row: (row["published_on"], row["number"]))
    postings = [
        labelled(number=f"FB-{row['number']}", channel="column", title=row["title"], posted_on=row["published_on"])
        for row in rows
    ]
    placements = [
        labelled(number=f"DY-{row['number']}", disclosure=row["number"], posting=f"FB-{row['number']}") for row in rows
    ]
    news = [row for year in YEARS for row in _news(year)]
    return {"disclosures": rows, "postings": postings + news, "placements": placements}


def normative_documents() -> list[Row]:
    """Documents in the order of their making; each year's repeals take the oldest invented ones still in force."""
    standing = {int(year): count for year, count in invented()["standing"]["documents"].items()}
    made = standing | {year: invented()["year"][str(year)]["issued"] for year in YEARS}
    rows = [_document(year, serial, made[year]) for year in sorted(made) for serial in range(1, made[year] + 1)]
    alive = iter(rows)
    for year in YEARS:
        for day in spread(invented()["year"][str(year)]["repealed"], *_span(year)):
            next(alive)["repealed_on"] = day
    return rows


def _document(year: int, serial: int, of: int) -> Row:
    first, _ = _span(year)
    made_on = spread(of, first, date(year, 11, 20))[serial - 1]
    published_on = working_days(made_on, date(year, 12, 31))[3 + drawn(f"published-{year}-{serial}", 10)]
    return labelled(
        number=f"{year}-GF-{serial:02}", title=f"{LABEL}{year}年行政规范性文件第{serial}件",
        document_number=f"吉市工信演示〔{year}〕{serial}号", index_number=f"{year}-GF-{serial:03}",
        attribute="proactive", information_class="normative_documents", public_interest="no",
        instrument="normative_document", is_document="yes", made_on=made_on, published_on=published_on,
        effective_on=published_on, delivered_on=working_days(published_on, date(year + 1, 1, 31))[5],
    )  # fmt: skip


def _items(year: int) -> list[Row]:
    figures = invented()["year"][str(year)]
    deck = dealt(figures["classes"], f"classes-{year}")
    caring, other = figures["public_interest"], figures["classes"]["other"]
    cared = iter(dealt({"yes": caring, "no": other - caring}, f"public-{year}"))
    first, last = _span(year)
    return [
        labelled(
            number=f"{year}-GK-{place:04}", title=f"{LABEL}{year}年{CLASSES[name]}类信息(总第{place}条)",
            index_number=f"{year}-{place:05}", attribute="proactive", information_class=name,
            public_interest=next(cared) if name == "other" else "no", instrument="other", is_document="no",
            made_on=working_days_before(day, drawn(f"made-{year}-{place}", 15), first), published_on=day,
        )
        for place, (name, day) in enumerate(zip(deck, spread(len(deck), first, last), strict=True), start=1)
    ]  # fmt: skip


def _news(year: int) -> list[Row]:
    figures: dict[str, int] = invented()["year"][str(year)]["postings"]
    channels = {"portal": "city-portal", "wechat": "wechat"}
    return [
        labelled(
            number=f"{year}-{kind[:2].upper()}-{place:03}", channel=channels[kind], posted_on=day,
            title=f"{LABEL}{year}年发布信息第{place}条",
        )
        for kind, count in figures.items()
        for place, day in enumerate(spread(count, *_span(year)), start=1)
    ]  # fmt: skip


def _people() -> Rows:
    clerk = labelled(
        number="2019-RY-1", person_name=f"{LABEL}专职人员", post="信息公开专职岗位", engagement="full_time",
        from_on=date(2019, 3, 1),
    )  # fmt: skip
    return {"disclosure_posts": [clerk], "trainings": [row for year in YEARS for row in _trainings(year)]}


def _trainings(year: int) -> list[Row]:
    sessions, attendances = invented()["year"][str(year)]["trainings"]
    days, heads = spread(sessions, *_span(year)), shared_out(attendances, sessions)
    return [
        labelled(
            number=f"{year}-PX-{place + 1}", held_on=days[place], title=f"{LABEL}{year}年信息公开培训第{place + 1}期",
            organised_by="own", attendances=heads[place],
        )
        for place in range(sessions)
    ]  # fmt: skip


def _powers() -> Rows:
    return {
        "approval_items": [
            row for group, told in enumerate(invented()["items"], start=1) for row in _items_of(group, told)
        ],
        "approval_decisions": [row for year in YEARS for row in _decisions(year)],
        "approval_charges": [row for year in YEARS for row in _charges(year)],
        "approval_purchases": [row for year in YEARS for row in _purchases(year)],
    }


def _items_of(group: int, told: dict[str, Any]) -> list[Row]:
    ends = [*told["ends"], *[None] * (told["count"] - len(told["ends"]))]
    return [
        labelled(
            number=f"XG-{group}-{place:02}", power=told["power"], name=f"{LABEL}事项{group}-{place:02}",
            from_on=told["from"], ended_on=end,
        )
        for place, end in enumerate(ends, start=1)
    ]  # fmt: skip


def _decisions(year: int) -> list[Row]:
    """One row a month and power: a batch of decisions, where there were any."""
    return [
        labelled(
            number=f"{year}-{power}-{month:02}", power=power, decided_on=on_or_after(date(year, month, 15)),
            quantity=quantity,
        )
        for power, total in invented()["year"][str(year)]["decisions"].items()
        for month, quantity in enumerate(shared_out(total, 12), start=1)
        if quantity
    ]  # fmt: skip


def _charges(year: int) -> list[Row]:
    return [
        labelled(
            number=f"{year}-SF-{quarter}", name=f"{LABEL}行政事业性收费", amount=amount,
            charged_on=on_or_after(date(year, quarter * 3, 20)),
        )
        for quarter, amount in enumerate(shared_out(invented()["year"][str(year)]["charges"], 4), start=1)
    ]  # fmt: skip


def _purchases(year: int) -> list[Row]:
    amounts = invented()["year"][str(year)]["purchases"]
    return [
        labelled(number=f"{year}-CG-{place}", title=f"{LABEL}{year}年集中采购第{place}项", signed_on=day, amount=amount)
        for place, (day, amount) in enumerate(zip(spread(len(amounts), *_span(year)), amounts, strict=True), start=1)
    ]


def _disputes() -> list[Row]:
    bodies = {"reconsideration": "〔演示〕行政复议机关"}
    return [
        labelled(
            number=f"{told['filed'].year}-ZY-{place:02}", kind=told["kind"], filed_on=told["filed"],
            accepted_on=told["accepted"], concluded_on=told["concluded"], result=told["result"],
            body=bodies.get(told["kind"], "〔演示〕人民法院"),
        )
        for place, told in enumerate(invented()["dispute"], start=1)
    ]  # fmt: skip


def _payments(answered: list[Row]) -> list[Row]:
    """A fee belongs to the first application received after a day and then granted; it is paid before the answer."""
    rows = []
    for place, told in enumerate(invented()["payment"], start=1):
        paying = next(
            row for row in answered if row["received_on"] > told["after"] and row["outcome"] == "granted_provided"
        )
        rows.append(
            labelled(
                number=f"{told['after'].year}-FY-{place}", kind=told["kind"], amount=told["amount"],
                application=paying["number"], paid_on=working_days_after(paying["received_on"], 3),
            )
        )  # fmt: skip
    return rows
