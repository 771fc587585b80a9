"""A long run killed outright: what was done is kept, and the next run does only the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from gongkai.reports.tests.checking import drawn

REPORTS = 8
RUN = (
    "import sys; from gongkai.config.command import main; "
    "sys.argv = ['gongkai', 'check', sys.argv[1], '--processes', '1', '--json']; sys.exit(main())"
)


def started(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def read_so_far(state: Path) -> int:
    return state.read_bytes().count(b"\n") if state.exists() else 0


def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    for place in range(REPORTS):
        (tmp_path / f"{place}.html").write_bytes(drawn.page(drawn.consistent(place, f"松山县第{place}局"), 2023))
    state = tmp_path / ".gongkai-check.state"
    first = started(tmp_path)
    ends = time.monotonic() + 120
    while read_so_far(state) < 2 and first.poll() is None and time.monotonic() < ends:
        time.sleep(0.01)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    kept = read_so_far(state)
    assert 2 <= kept < 2 * REPORTS
    told = started(tmp_path).communicate(timeout=240)[1].decode()
    already = next(line for line in told.splitlines() if line.startswith("读取"))
    assert already == f"读取 {min(kept, REPORTS)}/{REPORTS}"
    assert read_so_far(state) == 2 * REPORTS
