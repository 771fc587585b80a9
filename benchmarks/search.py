"""Search over 100,000 generated items: milliseconds with filters and counts, against SQLite's FTS5 over the same pairs.

What is generated: see `items`. Both engines stand behind the same port and hold the same folded character pairs. Nothing
else of FTS5 gives the same answers: its trigrams find no part under three characters, and its words take a run of Chinese
for one word; without it every text is scanned with LIKE, which is slower again. Filters and counts are asked of indexed
tables beside it. What is timed is `Shelf.ask` whole: the look into the log of changes, the search with three counts,
reading twenty items from the database and cutting their passages. The two are asked in turns, question by question.
"""

import argparse
import itertools
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from benchmarks.databases import database
from gongkai.search.asking import Document, Question

ITEMS = 100_000
ROUNDS = 2
ORGANS, THEMES = [f"机关{number:03}" for number in range(60)], [f"主题{number:02}" for number in range(18)]
ENGINES = ("tantivy", "fts5")
FACETS = ("organ", "theme", "year")
# Phrases that are planted, and into how many of a hundred items.
PLANTED = {
    "人民政府办公室": 90, "通知": 80, "土地征收": 20, "养老保险": 10, "区片综合地价": 5, "防汛抗旱": 2, "养犬管理": 0.5, "地名命名": 0.02,
}  # fmt: skip
WORDS = (
    "通知", "养犬", "土地", "防汛", "保险", "政府", "地", "的", "9", "人民政府", "养老保险", "土地征收", "综合地价", "防汛抗旱", "养犬管理",
    "地名命名", "人民政府办公室", "区片综合地价", "关于土地征收的通知", "没有这样的话", "土地征收 通知", "养犬 防汛", "养老保险 土地征收 通知",
    "机关发〔2015〕12号", "机关发〔2020〕第777号", "〔2019〕", "号", "2015年", "年度", "A1",
)  # fmt: skip
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"filters": {"organ": [ORGANS[0]]}},
    {"filters": {"theme": THEMES[:2]}},
    {"filters": {"theme": THEMES[:1]}, "first": date(2012, 1, 1), "last": date(2016, 12, 31)},
)


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Milliseconds, ratios to FTS5, and rates; in one process of its own."""
    with database("sqlite") as url:
        home = os.path.dirname(url.removeprefix("sqlite:///"))
        environment = os.environ | {"GONGKAI_DATABASE_URL": url, "GONGKAI_HOME": home}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.search"], env=environment, stdout=subprocess.PIPE, text=True
        )
    if done.returncode:
        raise SystemExit(done.returncode)
    told: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return told


def items(count: int) -> Iterator[tuple[str, str, str, str, int, str, str]]:
    """Made-up notices: title, number, body and so on; always the same ones.

    Bodies of 200 to 3,200 characters (mean about 1,150), of sentences of 8 to 14 words from a lexicon of 20,000 random
    words of two to four characters (the 3,755 common ones of GB 2312), drawn by Zipf's law, with some years, amounts
    and letters; the phrases of PLANTED are put in at their rates, half of them in the title too. 60 organs and 18
    themes, also unevenly. Real notices repeat themselves more and hold fewer different pairs.
    """
    rng = random.Random(2026)
    common = [
        bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF) if high < 0xD7
    ]
    common = common[:3755]
    lexicon = ["".join(rng.choices(common, k=rng.choice((2, 2, 2, 3, 4)))) for _ in range(20_000)]
    cumulative = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(lexicon))))
    organ_weights, theme_weights = ([1 / (rank + 3) for rank in range(len(each))] for each in (ORGANS, THEMES))
    for number in range(count):
        sentences = []
        wanted, length = min(3200, max(200, int(rng.lognormvariate(6.85, 0.6)))), 0
        while length < wanted:
            sentence = "".join(rng.choices(lexicon, cum_weights=cumulative, k=rng.randint(8, 14)))
            sentence += (
                rng.choice(("", "", "", f"{rng.randint(1, 9999)}元", f"{rng.randint(2008, 2025)}年度", "A1类")) + "。"
            )
            sentences.append(sentence)
            length += len(sentence)
        title = "关于" + "".join(rng.choices(lexicon, cum_weights=cumulative, k=4))
        for phrase, share in PLANTED.items():
            if rng.random() * 100 < share:
                sentences[rng.randrange(len(sentences))] += f"按照{phrase}的要求办理。"
                if rng.random() < 0.5:
                    title += phrase
        day = date(2008, 5, 1) + timedelta(rng.randrange(6200))
        organ, theme = rng.choices(ORGANS, organ_weights)[0], rng.choices(THEMES, theme_weights)[0]
        yield (
            f"{number:06}", title, f"机关发〔{day.year}〕{number % 900 + 1}号", "".join(sentences), day.toordinal(),
            organ, theme,
        )  # fmt: skip


class Table:
    """The items, from a table of the same database."""

    columns = "id, title, number, body, day, organ, theme"

    def _read(self, where: str, given: Sequence[Any]) -> list[Document]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self.columns} FROM bench_item WHERE {where}", given)
            return [
                Document(
                    key, title, number, body, "", date.fromordinal(day),
                    {"organ": organ, "theme": theme, "year": str(date.fromordinal(day).year)}, organ,
                )
                for key, title, number, body, day, organ, theme in cursor.fetchall()
            ]  # fmt: skip

    def documents(self, keys: Sequence[str]) -> list[Document]:
        return self._read(f"id IN ({', '.join(['%s'] * len(keys))})", keys) if keys else []

    def after(self, key: str, most: int) -> list[Document]:
        return self._read("id > %s ORDER BY id LIMIT %s", [key, most])

    def count(self) -> int:
        return ITEMS


class Asker:
    """One shelf for each engine over the same table."""

    def __init__(self) -> None:
        from gongkai.search.shelf import Shelf

        self.shelves = {engine: Shelf(engine, Table(), FACETS) for engine in ENGINES}

    def ask(self, engine: str, question: Question) -> tuple[float, float, Any]:
        """Milliseconds by the clock and of the processor, and the answer."""
        settings.GONGKAI_SEARCH = engine
        began, used = time.perf_counter(), time.process_time()
        answer = self.shelves[engine].ask(question)
        return (time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000, answer


def inside() -> list[dict[str, Any]]:
    """Everything measured, on a new database."""
    from gongkai.config.start import bring_up_to_date, start

    start()
    bring_up_to_date()
    mean = fill()
    asker = Asker()
    seconds, grown = {}, {}
    for engine, shelf in asker.shelves.items():
        settings.GONGKAI_SEARCH = engine
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
        shelf.rebuild()
        seconds[engine] = time.perf_counter() - began
        grown[engine] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        say(f"{engine}: {seconds[engine]:.0f} s, {grown[engine]:.0f} MB more at the peak")
    took, worked = compared(asker)
    return results(took, worked, seconds, grown, made_visible(asker), mean)


def fill() -> float:
    """The table of items; gives the mean length of a body."""
    say("generating")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_item (id TEXT PRIMARY KEY, title TEXT, number TEXT, body TEXT, day INTEGER, organ TEXT, theme TEXT)"
        )
        with transaction.atomic():
            cursor.executemany("INSERT INTO bench_item VALUES (%s, %s, %s, %s, %s, %s, %s)", items(ITEMS))
        cursor.execute("SELECT avg(length(body)) FROM bench_item")
        return float(cursor.fetchone()[0])


def compared(asker: Asker) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Every question with every filter to both engines in turn; both must give the same total and counts."""
    took: dict[str, list[float]] = {engine: [] for engine in ENGINES}
    worked: dict[str, list[float]] = {engine: [] for engine in ENGINES}
    for turn in range(ROUNDS + 1):
        for words, chosen in itertools.product(WORDS, FILTERS):
            pair = {engine: asker.ask(engine, Question(words=words, **chosen)) for engine in ENGINES}
            ours, theirs = pair["tantivy"][2], pair["fts5"][2]
            if (ours.total, ours.counts) != (theirs.total, theirs.counts):
                raise SystemExit(f"{words} {chosen}: {ours.total} and {theirs.total}")
            for engine, (milliseconds, processor, _) in pair.items() if turn else ():  # the first round warms both
                took[engine].append(milliseconds)
                worked[engine].append(processor)
        say(f"round {turn}")
    return took, worked


def made_visible(asker: Asker) -> list[float]:
    """Milliseconds from the commit of a change to an answer that shows it."""
    visible = []
    for place in range(30):
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute("UPDATE bench_item SET title = %s WHERE id = %s", [f"刚刚签发{place:03}", f"{place:06}"])
            asker.shelves["tantivy"].queue([f"{place:06}"])
        milliseconds, _, answer = asker.ask("tantivy", Question(words=f"刚刚签发{place:03}"))
        if answer.total != 1:
            raise SystemExit("a change did not show")
        visible.append(milliseconds)
    return visible


def results(
    took: dict[str, list[float]], worked: dict[str, list[float]], seconds: dict[str, float], grown: dict[str, float],
    visible: list[float], mean: float,
) -> list[dict[str, Any]]:  # fmt: skip
    """The table; took: by the clock, worked: of the processor, which other work on the machine does not lengthen."""
    half, late = ({engine: _quantile(each, share) for engine, each in took.items()} for share in (0.5, 0.95))
    what = f"search with filters and counts over {ITEMS:,} items"
    said = (
        f"{len(took['tantivy'])} questions; p50 {half['tantivy']:.1f} against {half['fts5']:.1f} ms, p95 {late['tantivy']:.1f} "
        f"against {late['fts5']:.1f} ms; of the processor p50 {_quantile(worked['tantivy'], 0.5):.1f} against "
        f"{_quantile(worked['fts5'], 0.5):.1f} ms, p95 {_quantile(worked['tantivy'], 0.95):.1f} against "
        f"{_quantile(worked['fts5'], 0.95):.1f} ms; mean body {mean:.0f} characters"
    )
    return [
        {"what": f"{what}, p95", "against": "no other", "unit": "ms", "ratio": late["tantivy"], "limit": 20.0, "detail": said},
        {"what": f"{what}, p95", "against": "FTS5 over the same pairs", "unit": "times", "ratio": late["tantivy"] / late["fts5"], "limit": 0.1, "detail": said},
        {"what": f"{what}, p50", "against": "FTS5 over the same pairs", "unit": "times", "ratio": half["tantivy"] / half["fts5"], "limit": 1.0, "detail": said},
        {"what": f"indexing {ITEMS:,} items", "against": "FTS5 over the same pairs", "unit": "times", "ratio": seconds["tantivy"] / seconds["fts5"], "limit": 1.0,
         "detail": f"{ITEMS / seconds['tantivy']:.0f} against {ITEMS / seconds['fts5']:.0f} items a second; memory grew by {grown['tantivy']:.0f} MB"},
        {"what": "from commit to a found hit, p95 of 30", "against": "the two seconds promised", "unit": "times", "ratio": _quantile(visible, 0.95) / 2000, "limit": 1.0,
         "detail": f"median {statistics.median(visible):.0f} ms, longest {max(visible):.0f} ms"},
    ]  # fmt: skip


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def say(line: str) -> None:
    """Progress, apart from the result."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(json.dumps(inside(), ensure_ascii=False))
