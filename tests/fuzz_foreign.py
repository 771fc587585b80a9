"""Reports mangled in every way and read: each ends as a result or a refusal, in time and memory.

`python -m tests.fuzz_foreign 100000 --seed 7` runs so many mutations and prints how they ended. With `--state FILE` the
count goes on where the last run of that file stopped, also one that was broken off.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from gongkai.law.refusal import Refused
from gongkai.law.report_forms import all_forms
from gongkai.papers import docx, html, pdf, text, xlsx
from gongkai.reports.drawing import Facts, draw
from gongkai.reports.foreign import read_report
from gongkai.reports.tests.foreign.invention import invent
from gongkai.reports.tests.foreign.shapes import SHAPES
from gongkai.reports.tests.foreign.shapes import draw as as_text

SECONDS = 10.0
STEP = 100  # mutations between two writings of the state
Mutation = Callable[[bytes, Random], bytes]


@cache
def seeds() -> Mapping[str, tuple[bytes, ...]]:
    """Sound reports by kind of file, drawn by our own writers."""
    found: dict[str, list[bytes]] = {}
    for number, form in enumerate(all_forms()):
        report = invent(form, number)
        paper = draw(form, report.figures, {"一": "一般情况。"}, Facts(report.organ, report.year, date(2024, 1, 20)))
        found.setdefault("html", []).append(html.document(paper).encode())
        found.setdefault("docx", []).append(docx.write(paper))
        found.setdefault("xlsx", []).append(xlsx.write(paper))
        found.setdefault("pdf", []).append(pdf.write(paper))
        found.setdefault("md", []).append(text.write(paper).encode())
        found.setdefault("txt", []).extend(as_text(report, shape, number).encode() for shape in SHAPES.values())
    return {kind: tuple(files) for kind, files in found.items()}


# ── Mutations of any bytes ──


def cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def middle(data: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randrange(1, 400) :]


def flip(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 30)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def shuffle(data: bytes, chance: Random) -> bytes:
    size = chance.randrange(20, 2000)
    pieces = [data[place : place + size] for place in range(0, len(data), size)]
    chance.shuffle(pieces)
    return b"".join(pieces)


def repeat(data: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 500)]
    return data[:start] + piece * chance.randrange(2, 60) + data[start:]


def recode(data: bytes, chance: Random) -> bytes:
    source, target = (
        chance.choice(("utf-8", "gb18030", "latin-1")),
        chance.choice(("gb18030", "utf-16", "big5", "utf-8")),
    )
    return data.decode(source, "replace").encode(target, "replace")


# ── Mutations of text ──


def digits(data: bytes, chance: Random) -> bytes:
    """Figures grow, split, or go."""
    written = data.decode("utf-8", "replace")
    for _ in range(chance.randrange(1, 40)):
        place = chance.randrange(len(written) + 1)
        new = chance.choice(
            ("0" * chance.randrange(1, 40), str(chance.randrange(10**12)), "-", ".", ",", " ", "\n", "万元")
        )
        written = written[:place] + new + written[place + chance.randrange(2) :]
    return written.encode()


def lines(data: bytes, chance: Random) -> bytes:
    """Words and lines change places."""
    words = data.decode("utf-8", "replace").split(" ")
    for _ in range(chance.randrange(1, 60)):
        one, other = chance.randrange(len(words)), chance.randrange(len(words))
        words[one], words[other] = words[other], words[one]
    return chance.choice((" ", "\n", "")).join(words).encode()


def nest(data: bytes, chance: Random) -> bytes:
    opening = chance.choice(
        (b"<div>", b"<table><tr><td>", b"<span>", b"(", b"[", "《".encode(), b"<!--[if ", b"|", b'\\"')
    )
    return opening * chance.randrange(1, 30_000) + data


def spans(data: bytes, chance: Random) -> bytes:
    wide = f'<td colspan="{chance.randrange(10**6)}" rowspan="{chance.randrange(10**6)}">'.encode()
    return data.replace(b"<td>", wide, chance.randrange(1, 50)).replace(b"<td data-", wide[:-1] + b" data-", 20)


# ── Mutations of packages ──


def repack(data: bytes, chance: Random) -> bytes:
    """A package whose parts are mutated one by one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if chance.random() < 0.4 and part:
                part = chance.choice((cut, middle, flip, shuffle, repeat))(part, chance)
            new.writestr(name, part)
    return buffer.getvalue()


def bomb(data: bytes, chance: Random) -> bytes:
    """A part that unpacks to very much, a document of one long table, or entities upon entities."""
    buffer = io.BytesIO()
    grown = chance.choice((b" " * 40_000_000, b"<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 200_000, _ENTITIES))
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name in ("word/document.xml", "xl/worksheets/sheet1.xml"):
                part = part.replace(b"</w:body>", grown + b"</w:body>") + (b"" if b"</w:body>" in part else grown)
            new.writestr(name, part)
    return buffer.getvalue()


_ENTITIES = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    f"<!ENTITY {chr(98 + n)} '&{chr(97 + n)};&{chr(97 + n)};&{chr(97 + n)};'>".encode() for n in range(20)
) + b"]><x>&u;</x>"  # fmt: skip

ANY: tuple[Mutation, ...] = (cut, middle, flip, shuffle, repeat, recode)
MUTATIONS: Mapping[str, tuple[Mutation, ...]] = {
    "txt": (*ANY, digits, lines, nest),
    "md": (*ANY, digits, lines, nest),
    "html": (*ANY, digits, lines, nest, spans),
    "docx": (*ANY, *[repack] * 5, bomb),
    "xlsx": (*ANY, *[repack] * 5, bomb),
    "pdf": ANY,
}
# Opening a PDF or a package costs far more than a text: they are mutated less often.
WEIGHTS = {"txt": 40, "md": 20, "html": 25, "docx": 8, "xlsx": 4, "pdf": 3}


@dataclass(slots=True)
class Outcome:
    """How a run ended: counts by code, faults with what makes them again, and the slowest reading."""

    ends: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    @property
    def peak_megabytes(self) -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def mutants(count: int, seed: int, first: int = 0) -> Iterator[tuple[str, bytes]]:
    """Names, which say how to make it again, and mutated files; `first` is the number of the first."""
    kinds, weights = list(WEIGHTS), list(WEIGHTS.values())
    for number in range(first, first + count):
        chance = Random(f"{seed}.{number}")
        kind = chance.choices(kinds, weights)[0]
        data = chance.choice(seeds()[kind])
        made: list[str] = []
        for _ in range(chance.choice((1, 1, 2))):
            mutation = chance.choice(MUTATIONS[kind])
            if data and not (mutation in (repack, bomb) and made):
                data = mutation(data, chance)
                made.append(mutation.__name__)
        yield f"{seed}.{number}-{'-'.join(made)}.{kind}", data


def run(count: int, seed: int, first: int = 0) -> Outcome:
    """Read so many mutated files. A fault is anything but a result or a refusal, or more than SECONDS of a core."""
    outcome = Outcome()
    for name, data in mutants(count, seed, first):
        begun = time.process_time()  # not the clock on the wall: a busy machine is not a slow reader
        try:
            report = read_report(data, name)
            json.dumps(report.as_json())
            outcome.ends["read" if report.form else "prose"] += 1
        except Refused as refused:
            outcome.ends[refused.code] += 1
        except Exception as fault:  # noqa: BLE001 - to find what should not be is the purpose
            outcome.faults.append(f"{name}: {type(fault).__name__}: {fault}")
        took = time.process_time() - begun
        outcome.slowest = max(outcome.slowest, (took, name))
        if took > SECONDS:
            outcome.faults.append(f"{name}: {took:.1f} s")
    return outcome


def resumed(count: int, seed: int, state: Path) -> Outcome:
    """Run so many more than the file of states has counted, writing it after every STEP."""
    told: dict[str, Any] = {"next": 0, "ends": {}, "faults": []}
    if state.exists():
        told = json.loads(state.read_text(encoding="utf-8"))
    whole = Outcome(Counter(told["ends"]), told["faults"])
    begun = time.perf_counter()
    for first in range(told["next"], told["next"] + count, STEP):
        size = min(STEP, told["next"] + count - first)
        part = run(size, seed, first)
        whole.ends += part.ends
        whole.faults += part.faults
        whole.slowest = max(whole.slowest, part.slowest)
        kept = {"seed": seed, "next": first + size, "ends": whole.ends, "faults": whole.faults}
        state.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        sys.stderr.write(
            f"{first + size} read, {(first + size - told['next']) / (time.perf_counter() - begun):.0f}/s\n"
        )
    return whole


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz_foreign", description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path, help="file that keeps the count between runs")
    options = parser.parse_args()
    count, seed, state = options.count, options.seed, options.state
    outcome = resumed(count, seed, state) if state else run(count, seed)
    for code, count in outcome.ends.most_common():
        sys.stdout.write(f"{code}: {count}\n")
    took, name = outcome.slowest
    sys.stdout.write(f"slowest {took:.2f} s ({name}), peak {outcome.peak_megabytes:.0f} MB\n")
    sys.stdout.writelines(f"FAULT {fault}\n" for fault in outcome.faults)
    return int(bool(outcome.faults))


if __name__ == "__main__":
    sys.exit(main())
