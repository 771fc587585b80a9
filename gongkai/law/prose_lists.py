"""Lists of parts in prose (共N件,其中A类a件、B类b件…): the whole, the parts, and whether they claim to be all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from gongkai.law.prose_items import Item, Passage

Marker = Literal["其中", "括号", "之中", "包括", "占比", "合计", "分类"]
ZERO, HUNDRED = Decimal(0), Decimal(100)
_AMONG = re.compile(r"其中(?!之)")
_NAMED = re.compile(
    r"(?:主要)?(?:包括|包含|涵盖|分为)[::,]?|(?:分别|依次)(?:为|是|有|占)?|(?:类别|内容|情况)?(?:有|为|是|如下):|(?<=[条件个份篇期次]):"
)
_WITHIN = re.compile(r"[^。;,\d()]{0,16}(?:之?中|当中),?")
_OPENS = re.compile(r"[^,;。()\d]{0,8}\((?!含|包括|包含|另|不含|其中含|同比|较|比|占|上年|去年|20\d\d)")
_NEW_WHOLE = re.compile(
    r"(?:总数|总量|总条数|共计|合计|总计|累计|共)(?:数)?(?:为|有|达)?$|^(?:另外?|此外|同时|全年|全市|全县|全区)"
)
_CHANGE = re.compile(r"新增|增加|增设|新建|注销|减少|关停|关闭|撤销|合并|清理|退出|下架|整合")
_TOTAL = re.compile(r"(?:总数|总量|共计|合计|总计|累计|共)(?:数)?(?:为|有|达)?$")
_SORTED = re.compile(r"(?:从|按照?)[^。;,:\d]{2,14}(?:来?看|分|划分|分类|区分|统计)[,:]")
_CAME = re.compile(r"(?:收到|受理|接收|接到|新收)[^,;]{0,24}(?:申请|$)|申请(?:总数|数量|共)")
_OF_APPLICATIONS = re.compile(
    r"申请|自然人|法人|企业|组织|机构|个人|公民|单位|当面|网[上络]|信函|邮寄|邮件|传真|其[他它]"
)
_SUMMED = re.compile(r"(?:以上|上述|两项|三项|四项|五项|各项|几项)?(?:合计|共计|总计|总共|一共|共)(?:为|有|达)?")
_RESIDUAL = re.compile(r"其[他它余]|剩余")
_DISTINCT = ("主动公开", "依申请公开", "不予公开")  # the three attributes leave nothing outside (条例第十三条等)
_BEFORE_NAME = re.compile(r"^(?:其中|人大(?:代表)?|政协(?:委员)?|市民|群众|办理|收到|受理|答复)+")
_HALVES = (("上半年", "下半年"), ("线上", "线下"), ("第一季度", "第四季度"))
"""Two parts beside which there is nothing else."""
_BREAK = re.compile(r"[。!?…]|\([一二三四五六七八九十]{1,2}\)")
_COMPARED = re.compile(
    r"同比|环比|同期|(?:较|比)(?:上|去|前|往|20)|^(?:增加|减少|增长|下降|上升|提高|增|减)了?$|^(?:含|包含|不含|另)|平均|每"
)
_IN = re.compile(r"(?:上一?年度?|去年)[^,;]{0,4}结转|新收|收到|受理|接收")
_OUT = re.compile(r"办结|答复|回复|予以公开|结转(?:至|到)?下|尚未|正在|已")
_CARRIER = re.compile(
    r"网站|门户|微信|微博|公众号|新媒体|客户端|公报|报纸|报刊|电视|广播|媒体|平台|渠道|公示栏|公开栏|栏目|专栏|网|屏|手册|查阅"
)


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """A list. wholes: items that it may be parts of, likeliest first (none where only shares make it a whole);
    groups: the parts as `;` divides them; intro: the words between the whole and the first part."""

    marker: Marker
    wholes: tuple[Item, ...]
    groups: tuple[tuple[Item, ...], ...]
    intro: str
    items: tuple[Item, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(item for group in self.groups for item in group))

    @property
    def total(self) -> Decimal:
        return sum((item.value for item in self.items), ZERO)

    @property
    def text(self) -> str:
        return f"{'+'.join(f'{item.value:f}' for item in self.items)}={self.total:f}"

    @property
    def changes(self) -> bool:
        """Parts that were added or taken away: steps from one stock to the next, not parts of a whole."""
        return any(_CHANGE.search(item.lead) or _CHANGE.search(item.tail) for item in self.items)

    @property
    def overlapping(self) -> bool:
        """The same information goes out by several carriers, so such parts may count twice."""
        return sum(bool(_CARRIER.search(item.lead)) for item in self.items) > 1

    @property
    def mixed(self) -> bool:
        """Parts of what came in beside parts of what was done with it: such a list adds up to nothing."""
        leads = [item.lead + item.tail for item in self.items]
        return any(map(_IN.search, leads)) and any(map(_OUT.search, leads))

    @property
    def residual(self) -> bool:
        """The last part takes what is left (其他…), so nothing lies outside."""
        return bool(_RESIDUAL.search(self.items[-1].lead))

    @property
    def exhaustive(self) -> bool:
        """Whether the list says of itself that it names everything."""
        if self.residual or self.marker in ("合计", "分类") or self.intro.startswith(("分别", "依次")):
            return True
        return all(any(word in item.lead for item in self.items) for word in _DISTINCT)

    def covers(self, whole: Item) -> bool:
        """Whether a list is read as one that means to name all: three or more that come to 95 per cent and more (six to
        90), or the very things that the whole names (建议提案85件,其中建议40件、提案44件)."""
        if "主要" in self.intro:
            return False
        least = 90 if len(self.items) > 5 else 95
        return (len(self.items) > 2 and self.total * 100 >= whole.value * least) or self._named_by(whole)

    def _named_by(self, whole: Item) -> bool:
        if any(all(any(end in item.lead for item in self.items) for end in pair) for pair in _HALVES):
            return True
        words = whole.lead + whole.tail
        names = {_BEFORE_NAME.sub("", item.lead.rstrip("共为有计")) for item in self.items}
        return len(names) == len(self.items) > 1 and all(1 < len(name) < 7 and name in words for name in names)


@lru_cache(maxsize=256)
def lists(passage: Passage) -> tuple[Parts, ...]:
    """The lists of a passage in order; a part of one list may be the whole of another."""
    found = [*_after_among(passage), *_in_brackets(passage), *_within(passage), *_named(passage)]
    found += _sorted_by(passage)
    found += _summed_up(passage, {item.start for parts in found for item in parts.items})
    taken = {item.start for parts in found for item in parts.items}
    found += _by_shares(passage, taken)
    return tuple(sorted(found, key=lambda parts: parts.items[0].start))


def _after_among(passage: Passage) -> Iterator[Parts]:
    """其中: the whole stands in the same sentence before it, or ends the sentence before."""
    for match in _AMONG.finditer(passage.text):
        run = _run(passage, match.end())
        before = passage.before(match.start())[-60:]
        yield from _with_wholes(passage, "其中", match.start(), match.end(), run, before)


def _in_brackets(passage: Passage) -> Iterator[Parts]:
    for item in passage.items:
        opened = _OPENS.match(passage.text, item.end)
        if opened and not _AMONG.search(passage.text[opened.end() : opened.end() + 4]):
            run = [part for part in _run(passage, opened.end()) if part.depth > item.depth]
            groups = _groups(passage, [part for part in run if part.unit == item.unit])
            if sum(map(len, groups)) > 1:
                yield Parts("括号", (item,), groups, "")


def _within(passage: Passage) -> Iterator[Parts]:
    for item in passage.items:
        among = _WITHIN.match(passage.text, item.end)
        if among and "其中" not in among[0]:
            groups = _groups(passage, [part for part in _run(passage, among.end()) if part.unit in (item.unit, "")])
            if sum(map(len, groups)) > 1:
                yield Parts("之中", (item,), groups, "")


def _named(passage: Passage) -> Iterator[Parts]:
    """包括, 分别为, …有: — two parts and more, in a sentence that names a whole before; else three and more alone."""
    for match in _NAMED.finditer(passage.text):
        start, _ = passage.sentence(match.start())
        # The list must follow its whole closely: "收到30件,复议、诉讼分别为3件、2件" tells of something else.
        reach = 3 if match[0].startswith(("分别", "依次")) else 16
        before = [item for item in passage.before(match.start())[-60:] if item.start >= start]
        if before and match.start() - before[-1].end > reach:
            continue
        if before and _AMONG.search(passage.text, before[-1].end, match.end()):
            continue
        run = _run(passage, match.end())
        if before:
            yield from _with_wholes(passage, "包括", match.start(), match.end(), run, before)
        elif len(run) > 2 and match[0].endswith(":"):
            groups = _groups(passage, [part for part in run if part.unit == run[0].unit])
            yield Parts("包括", (), groups, "")


def _sorted_by(passage: Passage) -> Iterator[Parts]:
    """从申请方式看, …: applications by some mark; the whole is a figure of applications told shortly before."""
    for match in _SORTED.finditer(passage.text):
        run = _run(passage, match.end())
        unit = run[0].unit if run else ""
        run = [item for item in run if item.unit == unit]
        before = [item for item in passage.before(match.start())[-30:] if match.start() - item.end < 200]
        wholes = tuple(one for one in reversed(before) if one.unit == unit and _CAME.search(one.lead) and one.exact)
        if wholes and len(run) > 1 and all(_OF_APPLICATIONS.search(item.lead) for item in run):
            yield Parts("分类", wholes, _groups(passage, run), "")


def _summed_up(passage: Passage, taken: set[int]) -> Iterator[Parts]:
    """Parts first and then what they come to: 图解12个、视频8个,合计20个."""
    for total in passage.items:
        if not _SUMMED.fullmatch(total.lead) or total.start in taken:
            continue
        start, _ = passage.sentence(total.start)
        start = max(start, passage.text.rfind("其中", start, total.start), passage.text.rfind(";", start, total.start))
        run: list[Item] = []
        for item in reversed(passage.before(total.start)[-60:]):
            after = run[-1].start if run else total.start
            apart = after - item.end > 30 or item.depth != total.depth or item.start < start
            if apart or item.unit != total.unit or _COMPARED.search(item.lead) or _TOTAL.search(item.lead):
                break
            run.append(item)
        if len(run) > 1:
            yield Parts("合计", (total,), (tuple(reversed(run)),), "")


def _with_wholes(
    passage: Passage, marker: Marker, start: int, end: int, run: list[Item], before: Sequence[Item]
) -> Iterator[Parts]:
    """One list for each unit of the run that a whole before it has."""
    intro = passage.text[end : run[0].start] if run else ""
    if marker == "包括":
        intro = passage.text[start:end]
    near = _near(passage, start, before)
    same_clause = passage.text.find(";", run[0].end) % (len(passage.text) + 1) if run else 0
    for unit in dict.fromkeys(part.unit for part in run if part.unit):
        wholes = tuple(item for item in reversed(near) if item.unit == unit and item.depth <= run[0].depth)
        parts = [one for one in run if one.unit == unit or (not one.unit and one.start < same_clause)]
        groups = _groups(passage, parts)
        if wholes and groups:
            yield Parts(marker, wholes, groups, intro)


def _near(passage: Passage, start: int, before: Sequence[Item]) -> list[Item]:
    """What a list after `start` may be part of: items of its clause group, else of its sentence or the one before."""
    sentence, _ = passage.sentence(start)
    group = max(sentence, passage.text.rfind(";", sentence, start) + 1)
    for floor in (group, sentence, max(passage.sentence(max(0, sentence - 2))[0], sentence - 160)):
        if found := [item for item in before if item.start >= floor]:
            return found
    return []


def _run(passage: Passage, start: int) -> list[Item]:
    """The items after `start` that read as one list: until the sentence ends, its bracket closes, or another begins."""
    found: list[Item] = []
    place = start
    for item in passage.after(start):
        gap = passage.text[place : item.start]
        if (found and item.depth > found[0].depth) or _COMPARED.search(item.lead):
            if _BREAK.search(gap):
                break
            place = item.end
            continue
        if _ends(gap, found, item) or (not found and len(gap) > 60):
            break
        found.append(item)
        place = item.end
    return found


def _ends(gap: str, found: list[Item], item: Item) -> bool:
    if found and item.depth < found[0].depth:
        return True
    if "其中" in gap or (found and re.search("包括|包含|涵盖|分别", gap)) or (not found and _BREAK.search(gap)):
        return True
    if _BREAK.search(gap):
        shares = sum((one.share.percent for one in found if one.share), ZERO)
        return not (item.share and all(one.share for one in found) and shares + item.share.percent <= 101)
    same = bool(found) and item.unit == found[0].unit
    return same and bool(_NEW_WHOLE.search(item.lead))


def _groups(passage: Passage, items: Sequence[Item]) -> tuple[tuple[Item, ...], ...]:
    """Parts between `;`. Where every group has one part, `;` merely separates them: one group."""
    if not items:
        return ()
    groups: list[list[Item]] = [[items[0]]]
    for before, item in pairwise(items):
        if ";" in passage.text[before.end : item.start]:
            groups.append([item])
        else:
            groups[-1].append(item)
    if all(len(group) == 1 for group in groups):
        return (tuple(items),)
    return tuple(tuple(group) for group in groups)


def _by_shares(passage: Passage, taken: set[int]) -> Iterator[Parts]:
    """Parts whose shares come to 100 without a whole being named: the parts themselves make it."""
    shared = [item for item in passage.items if item.share and item.start not in taken]
    place = 0
    while place < len(shared):
        chain = _chain(passage, shared[place:])
        if len(chain) > 1:
            start, _ = passage.sentence(chain[0].start)
            yield Parts("占比", (), (tuple(chain),), passage.text[start : chain[0].start])
        place += max(1, len(chain))


def _chain(passage: Passage, shared: Sequence[Item]) -> list[Item]:
    chain: list[Item] = []
    total = ZERO
    for item in shared:
        if chain and (item.unit != chain[-1].unit or _apart(passage, chain[-1], item)):
            break
        chain.append(item)
        total += item.share.percent if item.share else ZERO
        if abs(total - HUNDRED) <= Decimal("0.3"):
            return chain
        if total > HUNDRED:
            break
    return []


def _apart(passage: Passage, before: Item, item: Item) -> bool:
    end = before.share.end if before.share else before.end
    return len(passage.text[end : item.start]) > 40
