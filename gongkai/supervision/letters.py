"""The letter of a reminder, written from the facts."""

from __future__ import annotations

from datetime import date

from gongkai.supervision.queries import Standing

PROGRESS = {
    "": "尚未建立",
    "draft": "尚在起草",
    "compiled": "已编制，尚未送审",
    "submitted": "已送审，尚未审定",
    "approved": "已审定，尚未发布",
}


def letter(sender: str, one: Standing, year: int, due_on: date, today: date) -> str:
    """What is missing, since when, on what it rests, and what is asked for until a day."""
    late = f"法定期限 {_said(one.due)} 已过，" if one.due < today else f"法定期限为 {_said(one.due)}，"
    return (
        f"{one.name}：\n"
        f"{one.cite}规定，行政机关应当按期公布上一年度政府信息公开工作年度报告。"
        f"截至 {_said(today)}，你单位 {year} 年度报告{PROGRESS[one.state]}，{late}"
        f"请于 {_said(due_on)} 前编制、审定并发布；有特殊情况的，请在此之前书面说明。\n"
        f"{sender}\n{_said(today)}"
    )


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
