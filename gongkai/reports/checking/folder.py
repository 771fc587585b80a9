"""A folder of reports: read side by side, years tied together, parents held against children, copies found."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gongkai.law.checks import named
from gongkai.law.findings import Finding
from gongkai.reports.checking import copies, families, organs
from gongkai.reports.checking.guard import Pool
from gongkai.reports.checking.keeping import keep, kept, kept_finding
from gongkai.reports.checking.kinds import SUFFIXES
from gongkai.reports.checking.one import made
from gongkai.reports.checking.organs import Groups, Structure
from gongkai.reports.checking.output import Checked, digest_of
from gongkai.reports.checking.state import State, key

Progress = Callable[[str, int, int], None]
LARGEST = 20 * 1024 * 1024
TWICE = "B-TWICE"
PASSING = ("busy", "too_slow", "unreadable", "unreadable_file")  # refusals that another run may not meet


@dataclass(slots=True)
class Options:
    """form_id: for every file; structure: who is whose, None to tell by names; kind: reporter kind for every file."""

    form_id: str | None = None
    structure: Structure | None = None
    kind: str | None = None
    processes: int = 0  # 0: as many as the machine has
    root: Path | None = None  # the folder from which files are named; None: by their paths

    def name_of(self, path: Path) -> str:
        """How a file is named in what is said of it."""
        return str(path.relative_to(self.root) if self.root else path)

    def path_of(self, name: str) -> str:
        """Where a file that is named so lies."""
        return str(self.root / name) if self.root else name


@dataclass(slots=True)
class Batch:
    """Everything checked, in the order of the files' names."""

    files: list[Checked]
    groups: Groups
    structure: Structure
    gaps: list[tuple[str, int]] = field(default_factory=list)  # organ and year that are missing between two years


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those of a known kind in the folders named; hidden ones and links left out."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith((".", "~$")) and name.rpartition(".")[2].lower() in SUFFIXES:
                    found[Path(folder, name)] = None
    return list(found)


def run(paths: Sequence[Path], options: Options, state: State, progress: Progress) -> Batch:
    """Check every file. What the state holds from an earlier run is not done again."""
    pool = Pool(options.processes or os.cpu_count() or 1)
    try:
        read = _read(paths, options, pool, state, progress)
        groups = organs.grouped(read)
        judged = _judged(read, groups, options, pool, state, progress)
    finally:
        pool.end()
    groups = organs.grouped(judged)
    structure = options.structure or organs.by_names(groups.organ_of.values())
    progress("比较", 0, 1)
    found = between(groups, structure)
    for one in judged:
        one.findings = [*one.findings, *found.get(one.name, ())]
    progress("比较", 1, 1)
    return Batch(judged, groups, structure, _gaps(groups))


def between(groups: Groups, structure: Structure) -> dict[str, list[Finding]]:
    """What the rules of the book between reports find, by file."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for several in (families.compare(groups, structure), copies.find(groups), _twice(groups)):
        for name, findings in several.items():
            found[name] += findings
    return found


def _read(paths: Sequence[Path], options: Options, pool: Pool, state: State, progress: Progress) -> list[Checked]:
    """Every file read, apart from what stands beside it."""
    found: dict[Path, Checked] = {}
    waiting: list[tuple[Path, str]] = []
    for path in paths:
        digest = _digest(path)
        one = key("read", digest, path.name, options.form_id or "")
        if digest and (answer := state.get(one)) is not None:
            found[path] = _named(made(options.name_of(path), answer), options.name_of(path), digest)
        else:
            waiting.append((path, digest))
    done = len(found)
    progress("读取", done, len(paths))

    def task(thing: tuple[Path, str]) -> dict[str, Any]:
        return {"do": "read", "name": options.name_of(thing[0]), "path": str(thing[0]), "form_id": options.form_id}

    for (path, digest), answer in pool.run(waiting, task):
        found[path] = _named(made(options.name_of(path), answer), options.name_of(path), digest)
        if digest and _lasts(answer):
            state.put(key("read", digest, path.name, options.form_id or ""), answer)
        done += 1
        progress("读取", done, len(paths))
    return [found[path] for path in paths]


def _lasts(answer: dict[str, Any]) -> bool:
    return "refused" not in answer or answer["refused"][0] not in PASSING


def _digest(path: Path) -> str:
    """SHA-256 of a file; "" when it cannot be read, which the worker will say."""
    try:
        return digest_of(path.read_bytes()) if path.stat().st_size <= LARGEST else ""
    except OSError:
        return ""


def _named(one: Checked, name: str, digest: str) -> Checked:
    one.name, one.digest = name, digest
    if one.report:
        one.report.name = name
    return one


def _judged(
    read: Sequence[Checked], groups: Groups, options: Options, pool: Pool, state: State, progress: Progress
) -> list[Checked]:
    """Every report judged beside last year's, which may also settle what it left undecided."""
    twins = _twins(read, groups)
    todo: list[tuple[Checked, Checked | None, str]] = []
    done = 0
    for one in read:
        before = groups.before(one)
        beside = [twin.digest for twin in twins.get(one.name, ())]
        place = key("judge", one.digest, one.name, before.digest if before else "", *beside, options.kind or "")
        if one.report is None:
            done += 1
        elif (answer := state.get(place)) is not None:
            _take(one, before, answer)
            done += 1
        else:
            todo.append((one, before, place))
    progress("检查", done, len(read))
    for (one, before, place), answer in pool.run(todo, lambda thing: _task(*thing[:2], twins, options)):
        if _lasts(answer):
            state.put(place, answer)
        _take(one, before, answer)
        done += 1
        progress("检查", done, len(read))
    return list(read)


def _task(one: Checked, before: Checked | None, twins: dict[str, list[Checked]], options: Options) -> dict[str, Any]:
    previous = keep(before.report) if before and before.report else None
    task = {"name": one.name, "previous": previous, "kind": options.kind}
    if one.report and one.report.undecided and previous:
        return task | {"do": "check", "path": options.path_of(one.name), "form_id": options.form_id}
    others = {twin.name: keep(twin.report) for twin in twins.get(one.name, ()) if twin.report}
    return task | {"do": "judge", "report": keep(one.report) if one.report else None, "others": others}


def _take(one: Checked, before: Checked | None, answer: dict[str, Any]) -> None:
    if "refused" in answer:
        refused = made(one.name, answer)
        one.report, one.refused = None, refused.refused
        return
    if "report" in answer:
        one.report = kept(answer["report"])
    one.findings = [kept_finding(finding) for finding in answer["findings"]]
    one.previous = before.name if before else ""


def _twins(read: Sequence[Checked], groups: Groups) -> dict[str, list[Checked]]:
    """Reports with the very same figures, by file: only they need to be held beside each other."""
    alike: dict[tuple[Any, ...], list[Checked]] = defaultdict(list)
    for one in read:
        if one.report and one.report.form and one.name not in groups.twice:
            numbers = tuple((ref, value.number) for ref, value in one.report.figures().items() if value.number)
            if numbers:
                alike[one.report.form.id, numbers].append(one)
    return {one.name: [twin for twin in group if twin is not one] for group in alike.values() for one in group}


def _twice(groups: Groups) -> dict[str, list[Finding]]:
    rule = named(TWICE)
    return {
        name: [rule.finding("ask", rule.message.format(other=best), actual=best)] for name, best in groups.twice.items()
    }


def _gaps(groups: Groups) -> list[tuple[str, int]]:
    years: dict[str, set[int]] = defaultdict(set)
    for organ, year in groups.reports:
        years[organ].add(year)
    return [
        (organ, year)
        for organ, have in sorted(years.items())
        for year in range(min(have), max(have))
        if year not in have
    ]
