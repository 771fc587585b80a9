"""From sign-off to visible on page, list, feed and search, and from withdrawal to gone: among 100,000 public items.

So many acts that the index is tidied under way: what is slowest while parts are merged is told apart.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings

from benchmarks.databases import database

ITEMS, ACTS = 100_000, 130
LIMIT = 2.0  # seconds


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """The longest of so many acts as a share of two seconds; in a process of its own."""
    results = []
    for kind in options.database or ("sqlite",):
        with database(kind) as url:
            home = os.path.dirname(url.removeprefix("sqlite:///")) if kind == "sqlite" else None
            environment = os.environ | {"GONGKAI_DATABASE_URL": url} | ({"GONGKAI_HOME": home} if home else {})
            command = [sys.executable, "-m", "benchmarks.visible", str((options.rows or [ITEMS])[0])]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr)
        told = json.loads(done.stdout.splitlines()[-1])
        for what in ("sign-off to visible", "withdrawal to gone"):
            took = told[what]
            results.append({
                "what": f"from {what} on page, list, feed and search, {kind}", "against": "two seconds", "unit": "times",
                "ratio": max(took) / LIMIT, "limit": 1.0,
                "detail": f"{len(took)} acts among {told['items']:,} items; median {statistics.median(took):.2f} s, longest {max(took):.2f} s; "
                f"{len(told.get(what + ', merging', []))} of them while parts were merged, longest {max(told.get(what + ', merging', []), default=0):.2f} s",
            })  # fmt: skip
    return results


def inside(items: int) -> dict[str, Any]:
    """Acts and looks in turn; the site's indexer works beside, as it does under `gongkai serve`."""
    from gongkai.config.start import bring_up_to_date, start

    start()
    bring_up_to_date()
    from django.test import Client

    from gongkai.config import indexer
    from gongkai.disclosures import actions as disclosures
    from gongkai.disclosures.findable import SHELF
    from gongkai.disclosures.tests import cast

    people = cast.cast()
    copied(cast.published(people), items)
    SHELF.rebuild()
    client, beside = Client(headers={"host": "localhost"}), indexer.beside()
    places = ("/organs/gxj/disclosed/", "/organs/gxj/atom.xml", "/search/?words={title}")
    took: dict[str, list[float]] = defaultdict(list)

    def note(what: str, began: float, merging: bool) -> None:
        seconds = time.perf_counter() - began
        took[what].append(seconds)
        if merging or merged():
            took[f"{what}, merging"].append(seconds)

    def merged() -> bool:
        return any((Path(settings.HOME) / "search").glob("*/*.copy"))

    def look(item: Any, status: int) -> None:
        assert client.get(f"/organs/gxj/items/{item.number}/").status_code == status
        for place in places:
            # Mind the question, which a page repeats: the title is looked for where it stands as a link or an entry.
            seen = client.get(place.format(title=item.title)).content.decode()
            shown = f"<title>{item.title}" in seen if "atom" in place else f"/items/{item.number}/" in seen
            assert shown is (status == 200), (place, item.number)

    for turn in range(ACTS):
        item = cast.ready(people, title=f"刚刚签发{turn:03}号通告")
        began, merging = time.perf_counter(), merged()
        disclosures.publish(item, channels=[people.column], by=people.zhao, at=cast.AT)
        look(item, 200)
        note("sign-off to visible", began, merging)
        began, merging = time.perf_counter(), merged()
        disclosures.withdraw(item, reason="有误", by=people.zhao, at=cast.AT)
        look(item, 410)
        note("withdrawal to gone", began, merging)
    beside.stop()
    return {**took, "items": items}


def copied(item: Any, count: int) -> None:
    """So many more public items beside this one, of texts of a notice's length, written straight into the tables."""
    from django.db.models import OuterRef, Subquery

    from benchmarks import search
    from gongkai.disclosures.models import Disclosure, Version

    version = item.public_version
    own = {field.attname: getattr(item, field.attname) for field in Disclosure._meta.concrete_fields}
    words = {field.attname: getattr(version, field.attname) for field in Version._meta.concrete_fields}
    for fields in (own, words):
        del fields["id"]
    texts = [(number, title, body) for number, title, _, body, *_ in search.items(count)]
    # What is public has a version, says the database: that of the first item, until each has its own.
    made = Disclosure.objects.bulk_create(
        (
            Disclosure(**own | {"number": f"X{number}", "title": title, "index_number": number})
            for number, title, _ in texts
        ),
        batch_size=1000,
    )
    Version.objects.bulk_create(
        (
            Version(**words | {"item_id": one.pk, "title": one.title, "body": body})
            for one, (_, _, body) in zip(made, texts, strict=True)
        ),
        batch_size=1000,
    )
    its = Version.objects.filter(item=OuterRef("pk")).values("pk")[:1]
    Disclosure.objects.filter(number__startswith="X").update(public_version=Subquery(its))


if __name__ == "__main__":
    print(json.dumps(inside(int(sys.argv[1]))))
