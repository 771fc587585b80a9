"""`python -m tests.fuzz_foreign 100000 --seed 7 --state FILE` checks so many mangled files and prints how they ended.

The count goes on where the last run of that file stopped, also one that was broken off. `--again NUMBER` makes one file
again and checks it here, so that its fault shows whole; `--out FILE` keeps it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from tests.fuzz_foreign.reader import check, mutant
from tests.fuzz_foreign.running import State, run
from tests.fuzz_foreign.seeds import seeds


def main() -> int:
    """Exit code 1 where a reader fell."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz_foreign", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--state", type=Path, default=Path("mangled.json"), help="file that keeps the count between runs"
    )
    parser.add_argument("--again", type=int, nargs="*", help="numbers to make and check here")
    parser.add_argument("--out", type=Path, help="where to keep the last of them")
    options = parser.parse_args()
    if options.again:
        _again(options.again, options.seed, options.out)
        return 0
    state = run(options.count, options.seed, options.state, sys.stderr.write)
    sys.stdout.writelines(told(state))
    return int(bool(state.faults))


def _again(numbers: list[int], seed: int, out: Path | None) -> None:
    files = seeds()
    for number in numbers:
        one = mutant(number, seed, files)
        if out:
            out.write_bytes(one.data)
        sys.stdout.write(f"{number} {one.size} {one.name}: ")
        sys.stdout.flush()
        sys.stdout.write(f"{check(one)}\n")


def told(state: State) -> list[str]:
    """The state as lines: files by kind with what became of them, the time they took, and the faults."""
    kinds: dict[str, Counter[str]] = {}
    for name, count in state.counts.items():
        kind, _, end = name.partition(": ")
        kinds.setdefault(kind, Counter())[end or kind] += count
    lines = []
    for kind, ends in sorted(kinds.items()):
        each = 1000 * state.seconds[kind] / ends.total()
        lines.append(
            f"{kind}: {ends.total()}, {each:.1f} ms each: {', '.join(f'{end} {n}' for end, n in ends.most_common())}\n"
        )
    lines.append(f"all: {state.next}, peak {state.peak} MB\n")
    lines += [f"slow: {took:.1f} s {name}\n" for took, name in state.slow[-5:]]
    return [*lines, *(f"FAULT {fault}\n" for fault in state.faults)]


if __name__ == "__main__":
    sys.exit(main())
