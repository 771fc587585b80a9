"""Runs the reader, starts another where it falls, and keeps the count by kind and by end in a file of states."""

from __future__ import annotations

import json
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.fuzz_foreign import seeds as drawn

STEP = 200  # files between two writings of the state
SILENT = 600.0  # seconds by the clock after which a reader that says nothing is ended: it waits, and uses no core
SLOW = 2.0  # seconds of a core above which a file is noted


@dataclass(slots=True)
class State:
    """What was counted so far. counts: by kind and end, `small txt: read`; slow: the slowest, with seconds."""

    seed: int
    next: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slow: list[tuple[float, str]] = field(default_factory=list)
    peak: int = 0

    @classmethod
    def load(cls, path: Path, seed: int) -> State:
        """The state in a file; a new one where there is none or it counts another seed."""
        if not path.exists():
            return cls(seed)
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if told["seed"] != seed:
            raise SystemExit(f"{path} counts seed {told['seed']}")
        told["counts"], told["seconds"] = Counter(told["counts"]), Counter(told["seconds"])
        told["slow"] = [(took, name) for took, name in told["slow"]]
        return cls(**told)

    def save(self, path: Path) -> None:
        """Written beside and moved into place: a run may be broken off at any moment."""
        told = {name: getattr(self, name) for name in self.__slots__}
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        beside.replace(path)

    def add(self, result: dict[str, Any]) -> None:
        """Count one result."""
        self.next = result["number"] + 1
        self.counts[f"{result['kind']}: {result['end']}"] += 1
        self.seconds[result["kind"]] += result["took"]
        self.peak = max(self.peak, result["peak"])
        if result["took"] > SLOW:
            self.slow = sorted([*self.slow, (result["took"], f"{result['number']} {result['name']}")])[-30:]

    def fall(self, why: str) -> None:
        """Note the number over which the reader fell, and go on behind it."""
        self.faults.append(f"{self.next}: {why}")
        self.counts["fallen"] += 1
        self.next += 1


def run(count: int, seed: int, path: Path, tell: Callable[[str], object]) -> State:
    """Check so many more than the file of states has counted."""
    state = State.load(path, seed)
    begun, from_ = time.monotonic(), state.next
    last = state.next + count
    with tempfile.TemporaryDirectory(prefix="gongkai-mangle-") as folder:
        drawn.keep(Path(folder) / "seeds")
        while state.next < last:
            with _reader(seed, state.next, Path(folder) / "seeds") as (lines, ended):
                for line in lines:
                    state.add(json.loads(line))
                    if state.next % STEP == 0 or state.next >= last:
                        state.save(path)
                        rate = (state.next - from_) / (time.monotonic() - begun)
                        tell(f"{state.next} checked, {rate:.0f}/s, {len(state.faults)} faults\n")
                    if state.next >= last:
                        break
                else:
                    state.fall(ended())
                    state.save(path)
    return state


@contextmanager
def _reader(seed: int, first: int, files: Path) -> Iterator[tuple[Iterator[bytes], Callable[[], str]]]:
    """A reader from a number on: its lines, and why it ended."""
    said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
    command = [sys.executable, "-m", "tests.fuzz_foreign.reader", "--seed", str(seed), "--first", str(first)]
    process = subprocess.Popen([*command, "--seeds", str(files)], stdout=subprocess.PIPE, stderr=said)

    def ended() -> str:
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
        if process.returncode is None:
            return f"silent for {SILENT:.0f} s"
        if process.returncode < 0:
            named = signal.Signals(-process.returncode).name
            return "over 10 s of a core" if named == "SIGPROF" else named
        said.seek(0)
        return " | ".join(said.read().decode("utf-8", "replace").strip().splitlines()[-4:])

    try:
        yield _lines(process), ended
    finally:
        process.kill()
        process.wait()
        said.close()


def _lines(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    if process.stdout is None:
        raise RuntimeError("the reader is started with a pipe")
    while True:
        if not select.select([process.stdout], [], [], SILENT)[0]:
            return
        line = process.stdout.readline()
        if not line.endswith(b"\n"):
            return
        yield line
