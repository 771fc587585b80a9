"""What holds for every test: in CI nothing may be skipped; the test database is a real one, and can be emptied."""

import gc
import os
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import override_settings

from gongkai.records.seal import unsealed


@pytest.fixture(autouse=True, scope="session")
def passwords_hashed_quickly() -> Iterator[None]:
    """A real hash takes a quarter of a second by design; that the product uses one is a test of its own."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as in use: in memory, threads share one connection and never wait for each other."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True, scope="session")
def entry_book_emptied_between_tests() -> Iterator[None]:
    """A transactional test ends by emptying every table; the seal on the entry book is lifted for that alone."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def unsealed_flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with unsealed(self.connection):
            flush(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", unsealed_flush)
        yield


def pytest_configure() -> None:
    """A run holds a million lasting objects: with the usual threshold a seventh of it goes to looking them over."""
    gc.set_threshold(50_000, 10, 10)


def pytest_collection_finish() -> None:
    """What stands when all tests are known stays to the end, and is not looked over again."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database-only`: leave out tests that touch no database; ./test has run them already, on the other one."""
    parser.addoption("--database-only", action="store_true", help="only tests that use the database")
    parser.addoption("--pictures", action="store_true", help="photograph every page that the browser audits")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--database-only`, keeps what uses the database, but for what is marked as needing one run only."""
    if not config.getoption("--database-only"):
        return
    databases = {"db", "transactional_db", "django_db_setup", "live_server"}
    keep = [
        item
        for item in items
        if not (item.get_closest_marker("own_database") or item.get_closest_marker("either_database"))
        and (item.get_closest_marker("django_db") or databases & set(getattr(item, "fixturenames", ())))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(keep)])
    items[:] = keep


@pytest.fixture(autouse=True)
def no_page_kept_from_another_test() -> None:
    """Chains begin anew with each test, so that what was kept for one would seem to hold for the next."""
    caches["pages"].clear()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says plainly what was skipped and why."""
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.write_line(f"SKIPPED {report.nodeid}: {reason}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skipped test in CI is a failure: CI has root, Debian packages and the library beside the checkout."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    worker = hasattr(session.config, "workerinput")
    if os.environ.get("CI") == "true" and not worker and reporter and reporter.stats.get("skipped") and not exitstatus:
        session.exitstatus = 1
