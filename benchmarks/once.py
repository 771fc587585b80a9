"""`./run --once` on an empty clone: wall time and peak memory of the whole, set-up included."""

import argparse
import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def measure(_: argparse.Namespace) -> list[dict[str, Any]]:
    """Minutes (limit 3) and GiB (limit 1) of the largest process."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "gongkai"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
        began = time.perf_counter()
        subprocess.run(["./run", "--once"], cwd=clone, check=True, stdout=subprocess.DEVNULL, env=clean)
        minutes = (time.perf_counter() - began) / 60
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024 / 1024
    return [
        {"what": "./run --once, empty clone", "against": "3 minutes", "ratio": minutes, "unit": "minutes", "limit": 3.0,
         "detail": f"{minutes * 60:.0f} s with set-up"},
        {"what": "./run --once, peak memory", "against": "1 GiB", "ratio": peak, "unit": "GiB", "limit": 1.0,
         "detail": "largest single process"},
    ]  # fmt: skip
