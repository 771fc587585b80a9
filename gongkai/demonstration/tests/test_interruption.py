"""`gongkai demo` killed anywhere is completed by the next start, and a start when all is done changes nothing."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gongkai.demonstration.steps import report_of, years

MAIN = [sys.executable, "-c", "import sys; from gongkai.config.command import main; sys.exit(main())"]
KILLS = 5
FIRST_PUBLISHED = """select year, digest from reports_report report join organs_organ organ on organ.id = organ_id
where organ.code = 'DEMO-JLGXJ' and period_code = 'year' and version = 1"""

pytestmark = [pytest.mark.django_db, pytest.mark.own_database, pytest.mark.xdist_group("demonstration")]


class Home:
    """An empty folder with its own database, and the commands run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
        self.environment |= {"GONGKAI_HOME": str(folder / "var"), "PYTHONDONTWRITEBYTECODE": "1"}

    def started(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*MAIN, *arguments], env=self.environment, cwd=self.folder, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, *arguments: str) -> tuple[int, str]:
        process = self.started(*arguments)
        said, _ = process.communicate(timeout=300)
        return process.returncode, said

    def kill_after(self, lines: int, seconds: float) -> None:
        """Start the demonstration and kill it some seconds after so many steps are done."""
        with self.started("demo", "--once") as process:
            assert process.stdout is not None
            for _ in range(lines):
                process.stdout.readline()
            time.sleep(seconds)
            process.kill()

    def asked(self, query: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.folder / "var/gongkai.sqlite3") as database:
            return database.execute(query).fetchall()


def _pairs(rows: list[tuple[object, ...]]) -> list[tuple[object, object]]:
    return [(first, second) for first, second in rows]


@pytest.mark.usefixtures("demonstration")
def test_killed_at_any_moment_it_is_completed_by_the_next_start(tmp_path: Path) -> None:
    home, chance = Home(tmp_path), random.Random(2012)
    for _ in range(KILLS):
        home.kill_after(chance.randrange(4), chance.uniform(0.3, 1.5))
    status, said = home.run("demo", "--once")
    assert status == 0, said

    digests: dict[object, object] = dict(_pairs(home.asked(FIRST_PUBLISHED)))
    assert digests == {year: report.digest for year in years() if (report := report_of(year))}
    assert home.asked("select count(*) from disclosures_disclosure where published_on like '2012-%'") == [(579,)]
    status, said = home.run("verify")
    assert status == 0, said
    assert {path.suffix for path in (tmp_path / "out/2012").iterdir()} == {".html", ".docx", ".pdf", ".xlsx", ".json"}

    before = home.asked("select organ_code, seq, digest from records_chain order by 1")
    status, said = home.run("demo", "--once")
    assert status == 0
    assert "[1/" not in said  # no step is taken twice
    assert home.asked("select organ_code, seq, digest from records_chain order by 1") == before
