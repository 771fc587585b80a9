"""The round of every day: tasks made of duties whose period has ended, and reminders before, at and after a day."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from gongkai.disclosures.models import Disclosure
from gongkai.duties import actions, noticing
from gongkai.duties.models import Duty
from gongkai.guides.models import Edition
from gongkai.organs.models import Organ
from gongkai.organs.within import legal_day
from gongkai.records import entries, jobs
from gongkai.records.jobs import Outcome, Progress
from gongkai.records.models import Job

DAILY = "daily_round"
BY = "gongkai work"


def ask(*, at: datetime) -> Job | None:
    """Queue the round of the day, once; nothing on a day that has had it, or where no organ has anything to be due."""
    day = legal_day(at)
    if Job.objects.filter(kind=DAILY, arguments__day=day.isoformat()).exists() or not _wanted():
        return None
    return jobs.ask(
        DAILY,
        organ_code=entries.SYSTEM,
        title=f"{day} 到期任务和提醒",
        arguments={"day": day.isoformat()},
        by=BY,
        at=at,
    )


def _wanted() -> bool:
    waiting = Disclosure.objects.filter(attribute="proactive", published_on__isnull=True, due_on__isnull=False)
    return Duty.objects.exists() or Edition.objects.exists() or waiting.exists()


def work(job: Job, progress: Progress) -> Outcome:
    """For every organ; what was done already is not done twice."""
    organs, made, given = list(Organ.objects.order_by("code")), 0, 0
    for place, organ in enumerate(organs):
        progress(place, len(organs), organ.code)
        made += len(actions.raise_due(organ, by=BY, at=timezone.now()))
        given += len(noticing.notify(organ, by=BY, at=timezone.now()))
    return Outcome(f"产生公开任务 {made:,} 项，发出提醒 {given:,} 条", {"tasks": made, "notices": given})
