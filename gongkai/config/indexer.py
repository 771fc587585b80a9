"""The indexer: keeps the search index level with the database beside the site, and makes it where there is none."""

from __future__ import annotations

import sys
import threading

from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone

from gongkai.disclosures.findable import SHELF
from gongkai.search import log

EVERY = 0.5  # seconds between two looks into the log of changes
DAILY = 24 * 3600 / EVERY  # looks


class Indexer:
    """Keeps up until told to stop. A reader takes changes in himself; this spares him that, and large backlogs."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def stop(self) -> None:
        """End after the batch under way."""
        self._stop.set()

    def work(self) -> None:
        """Look, take in, wait; a database that is away for a while is waited for."""
        looks = 0
        while not self._stop.is_set():
            try:
                SHELF.keep_up()
                if looks % DAILY == 0:
                    log.prune(at=timezone.now())
            except OperationalError as fault:
                print(f"检索：数据库暂不可用（{str(fault).splitlines()[0]}），稍后再试", file=sys.stderr, flush=True)
                close_old_connections()
            looks += 1
            self._stop.wait(EVERY)
        connection.close()


def beside() -> Indexer:
    """An indexer in a thread beside the site or the worker, ending with it."""
    indexer = Indexer()
    threading.Thread(target=indexer.work, name="gongkai-search", daemon=True).start()
    return indexer
