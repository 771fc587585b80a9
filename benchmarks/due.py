"""`gongkai due` cold against an empty interpreter, in pairs, so that the machine's drift hits both alike."""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

PAIRS = 30


def once(command: list[str]) -> float:
    """Wall seconds of one cold process."""
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""})
    return time.perf_counter() - began


def measure(_: argparse.Namespace) -> list[dict[str, Any]]:
    """The median over pairs of (gongkai due) / (python -c pass)."""
    gongkai = [str(Path(sys.executable).with_name("gongkai")), "due", "publish", "--from", "2012-09-26"]
    empty = [sys.executable, "-c", "pass"]
    once(gongkai), once(empty)
    pairs = [(once(gongkai), once(empty)) for _ in range(PAIRS)]
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    ours, theirs = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    return [{"what": "gongkai due, cold", "against": "python -c pass", "ratio": ratio, "unit": "times", "limit": 3.0,
             "detail": f"{ours:.0f} ms against {theirs:.0f} ms, median of {PAIRS} pairs"}]  # fmt: skip
