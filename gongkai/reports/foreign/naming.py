"""Whose report it is, where its title does not say or shortens the name: from the file's name and from the text."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath

from gongkai.reports.foreign.stream import NARROW

ORGANS = (
    "政府", "办公室", "委员会", "管委会", "街道", "街道办事处", "分局", "支队", "大队", "总队", "中心", "学校", "医院",
    "大学", "学院", "公司", "集团", "银行", "法院", "检察院", "联合会", "协会", "管理处", "管理所",
    "局", "委", "办", "厅", "部", "院", "区", "县", "市", "省", "镇", "乡", "署", "室", "社", "所", "站", "处", "会",
    "队",
)  # fmt: skip
NAME = r"[^\s、，,。：:；;《》“”()（）\[\]［］…/\\_]"
_HAN = r"[\u4e00-\u9fff]"
_NOT_NAME = re.compile(r"\d{2,}|年度?(?=[^\u4e00-\u9fff]|$)|政府信息公开|政务公开|工作|年度报告|年报|报告|[\W_a-zA-Z]+")
_OWN = re.compile(r"我([市县区镇乡局委办厅部院])")
# A place named as the seat of an organ, and in the set phrases of reports.
_SEATED = rf"(?<={_HAN}{_HAN})%s(?={_HAN}{{2,12}}?(?:局|委员会|办公室|人民政府|人民法院))"
_PHRASES = re.compile(rf"”新({_HAN}{{2,3}}?)(?:现代化)?建设|现代化({_HAN}{{2,3}}?)新(?:实践|篇章|征程|图景)")
_LEAST = 8  # letters of a full name that a shortened one can stand for


def full_name(organ: str, narrow: str) -> str:
    """The full name that a text gives for a shortened one: 松山市工信局 is 松山市工业和信息化局 where that is named."""
    if len(organ) < 4:
        return organ
    pattern = re.compile(rf"{re.escape(organ[:3])}{_HAN}{{2,24}}?{re.escape(organ[-1])}(?!{re.escape(organ[-1])})")
    met = Counter(one[0] for one in pattern.finditer(narrow) if _stands_for(organ, one[0]))
    return max(met, key=lambda one: (met[one], len(one)), default=organ)


def _stands_for(short: str, full: str) -> bool:
    """Whether the letters of a name stand in a longer one in this order, and each stretch left out is a word's rest."""
    if not max(len(short) + 2, _LEAST) <= len(full) <= 2 * len(short):
        return False
    rest = iter(full)
    return all(letter in rest for letter in short) and not any(one in full[:-1] for one in "局办厅镇乡")


def from_file(name: str) -> str:
    """The organ in the name of a file or of its folders ("松山县水利局2021年报告.pdf"); "" where there is none."""
    path = PurePath(name.translate(NARROW))
    for part in (path.stem, *reversed(path.parts[:-1])):
        words = [word for word in _NOT_NAME.split(part) if len(word) >= 3 and word.endswith(ORGANS)]
        if words and re.fullmatch(rf"{_HAN}+", words[0]):
            return words[0]
    return ""


def by_place(narrow: str) -> str:
    """The place that a text calls its own ("我市", and 松山市财政局, 松山市公安局 …); "" where none stands out."""
    own = Counter(one[1] for one in _OWN.finditer(narrow)).most_common(1)
    if not own or own[0][0] not in "市县区" or own[0][1] < 2:
        return ""
    kind, text = own[0][0], re.sub(r"\s", "", narrow)
    stems = [text[max(one.start() - 4, 0) : one.start()] for one in re.finditer(_SEATED % kind, text)]
    stems += [one[1] or one[2] for one in _PHRASES.finditer(text) for _ in range(2)]
    met = Counter(stem[-2:] for stem in stems if re.fullmatch(rf"{_HAN}{{2}}", stem[-2:]))
    ranked = met.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return ""
    longer = Counter(stem[-3:] for stem in stems if stem.endswith(ranked[0][0]) and len(stem) > 2).most_common(1)
    whole = longer[0][0] if longer and longer[0][1] == ranked[0][1] else ranked[0][0]
    return whole + kind
