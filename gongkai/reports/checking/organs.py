"""Who is whose: reports grouped by organ and year, organs under the one above them."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from gongkai.law.refusal import Refused
from gongkai.reports.checking.output import Checked

_PLACE_END = re.compile(r"(?:省|市|州|盟|地区|自治区)$")
_SEAT = re.compile(r"(?:人民政府|政府|管理委员会|管委会)$")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:年度?)?")


@dataclass(slots=True)
class Structure:
    """parents: the organ above by organ; stated: given by a file, and then the children are all there are."""

    parents: Mapping[str, str] = field(default_factory=dict)
    stated: bool = False

    def children(self, organ: str) -> list[str]:
        """Organs directly under one."""
        return [child for child, parent in self.parents.items() if parent == organ]


def read_structure(text: str) -> Structure:
    """A CSV file of two columns, organ and the organ above it, with or without a head line. Refused with the line."""
    parents: dict[str, str] = {}
    for number, line in enumerate(csv.reader(io.StringIO(text.lstrip("\ufeff"))), start=1):
        cells = [cell.strip() for cell in line]
        if not any(cells) or (number == 1 and "上级" in "".join(cells)):
            continue
        if len(cells) < 2 or not cells[0]:
            raise Refused("bad_structure", f"机构文件第 {number} 行应有两栏:机关名称,上级机关名称")
        if cells[1]:
            parents[cells[0]] = cells[1]
    _no_circles(parents)
    return Structure(parents, stated=True)


def _no_circles(parents: Mapping[str, str]) -> None:
    for organ in parents:
        seen, above = {organ}, parents.get(organ)
        while above is not None:
            if above in seen:
                raise Refused("bad_structure", f"机构文件中 {organ} 绕一圈又成了自己的上级")
            seen.add(above)
            above = parents.get(above)


def by_names(organs: Iterable[str]) -> Structure:
    """A guess by names: an organ belongs to the government or committee whose place begins its name."""
    names = sorted(set(organs))
    seats = {_SEAT.sub("", name): name for name in names if name and (_SEAT.search(name) or _is_place(name))}
    parents = {}
    for name in names:
        above = [place for place in seats if name.startswith(place) and seats[place] != name and name != place]
        if above:
            parents[name] = seats[max(above, key=len)]
    return Structure(parents)


def _is_place(name: str) -> bool:
    return bool(re.search(r"(?:县|市|区|旗|州|盟)$", name))


def names(checked: Sequence[Checked]) -> dict[str, str]:
    """The organ of every file that was read, by file: as printed, the fullest form of it that is met.

    洪泽区人民政府 is 淮安市洪泽区人民政府 where that is met too. A file that does not say is known by its own name
    without the year, so that years named alike still come together.
    """
    said = {one.name: one.report.organ for one in checked if one.report is not None}
    met = {organ for organ in said.values() if organ}
    fullest = {organ: _fullest(organ, met) for organ in met}
    return {name: fullest.get(organ) or _of_file(name) for name, organ in said.items()}


def _fullest(organ: str, met: set[str]) -> str:
    longer = [one for one in met if one != organ and one.endswith(organ) and _PLACE_END.search(one[: -len(organ)])]
    return max(longer, key=len) if len(longer) == 1 else organ


def _of_file(name: str) -> str:
    stem = PurePath(name).stem
    return _YEAR.sub("", stem).strip(" -_()（）") or stem


@dataclass(slots=True)
class Groups:
    """Reports by organ and year; of two for one year the one with more settled cells stands, `twice` names the rest."""

    organ_of: Mapping[str, str]
    reports: dict[tuple[str, int], Checked] = field(default_factory=dict)
    twice: dict[str, str] = field(default_factory=dict)  # file -> file that stands in its place

    def before(self, one: Checked) -> Checked | None:
        """Last year's report of the same organ."""
        if one.report is None or not one.report.year:
            return None
        return self.reports.get((self.organ_of[one.name], one.report.year - 1))

    @property
    def years(self) -> list[int]:
        return sorted({year for _, year in self.reports})


def grouped(checked: Sequence[Checked]) -> Groups:
    """Every readable report at its place."""
    groups = Groups(names(checked))
    places: dict[tuple[str, int], list[Checked]] = defaultdict(list)
    for one in checked:
        if one.report is not None and one.report.year:
            places[groups.organ_of[one.name], one.report.year].append(one)
    for place, found in places.items():
        best = max(found, key=lambda one: (_settled(one), one.name))
        groups.reports[place] = best
        groups.twice |= {one.name: best.name for one in found if one is not best}
    return groups


def _settled(one: Checked) -> int:
    return len(one.report.cells) if one.report else 0
