"""Rules about names and words: the organ's own name, other organs in its place, titles that vary, slips."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from gongkai.law.checks import Check, Evidence
from gongkai.law.findings import Finding
from gongkai.law.prose_items import Passage, passage

MOST_TITLES = 80  # compared with each other
NO_TEXT = "无法核对:没有报告正文"
_AT_WORK = re.compile(
    r"(?:^|(?<=[。;,]))(?:(?:19|20)\d\d年度?,?)?(?P<name>[\u4e00-\u9fff]{2,3}[市县区])"
    r"(?=人民政府|政府|各|认真|深入|严格|坚持|积极|持续|高度|全面|扎实|始终|共|主动公开|行政机关)"
)
_SUFFIX = re.compile(r"(?:人民政府|管理委员会|管委会|委员会|办公室|局|委|厅|办|院|中心)$")
_ROLES = (
    re.compile(r"由(?P<name>[\u4e00-\u9fff]{4,30}?)(?:根据|依据|按照|负责)?(?:[^,。;]{0,30})?编制"),
    re.compile(r"(?:请|可)?(?:与|向|径向)(?P<name>[\u4e00-\u9fff]{4,30}?)(?:联系|反映|咨询)"),
)
_GUIDE = re.compile(r"《(?P<name>[\u4e00-\u9fff]{4,30}?)(?:政府)?信息公开(?:指南|目录)")
_GENERIC = re.compile(
    r"人民政府|政府|办公室|办公厅|委员会|管理|信息|公开|工作|政务|领导小组|机构|我[市县区局委办厅镇乡]|本机关|综合|公开办|办|局|委|厅"
    r"|科|处|股|室|中心|[省市县区镇乡州]|街道|部门|电子|行政|审批|依法|政策|法规|服务|数据|网|的"
)
_OWN_LEVEL = re.compile(r"我(?P<level>[省市县区镇乡局委厅])(?![^,。;]{0,2}(?:国|国务院))")
_TITLES = re.compile(r"《([\u4e00-\u9fff]{3,14})》")
_LAW = re.compile(r"条例|办法|规定|法$|通知|意见|方案|目录|指南|要点|细则|规范|标准|清单|格式|制度|报告|公报|统计表")
_DOUBLED = re.compile(
    r"([\u4e00-\u9fff]{2,8})\1|([的了和与及局在对为度])\2|《《|》》|,,|。。|、、|;;|,。|。,|、[等。,;]"
)
_CRUMBS = re.compile(r"首页[\u4e00-\u9fff]*$")  # the way to a page, printed above it
_HEADS = frozenset("结果维持纠正其他尚未审总计复议后起诉经直接行政讼")  # of heads that a converter strewed
_RHYTHM = re.compile(r"[一逐层步年月日天个项件条次点]")


def _passages(evidence: Evidence) -> list[Passage]:
    return [passage(section, text) for section, text in (evidence.sections or {}).items()]


def own_name(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """own_name: the organ's name is written as in the title; short forms are one, and introduced."""
    organ = re.sub(r"\s", "", evidence.organ)
    suffix = _SUFFIX.search(organ)
    if not suffix or evidence.sections is None or len(organ) < 5:
        yield check.finding("not_assessable", "无法核对:不知报告机关全称" if not suffix else NO_TEXT)
        return
    forms: Counter[str] = Counter()
    for where in _passages(evidence):
        forms.update(_forms(where.text, organ, suffix[0]))
    near = [form for form in forms if form != organ and len(form) >= len(organ) - 2]
    short = [form for form in forms if form not in near and form != organ]
    introduced = any(f"简称“{form}”" in where.text for where in _passages(evidence) for form in short)
    if near or (len(short) > 1 and not introduced):
        listed = "、".join(f"“{form}”" for form in [*near, *short])
        yield check.finding("fail", check.message.format(organ=organ, forms=listed), expected=organ, actual=listed)
    else:
        yield check.finding("pass", f"机关名称一致:{organ}")


def _forms(text: str, organ: str, suffix: str) -> Iterator[str]:
    """Names that end like the organ's and are spelt with its characters in order (市工信局 for 某市工业和信息化局)."""
    if "政府" in suffix or "管" in suffix:
        return  # 市政府, 区管委会 are everyday words, not variants
    for match in re.finditer(f"{suffix}+", text):
        form = _backwards(text, match.start(), organ[: -len(suffix)]) + match[0]
        if len(form) - len(match[0]) >= 3 or (match[0] != suffix and len(form) > 2):
            yield form


def _backwards(text: str, place: int, name: str) -> str:
    """The longest run before `place` whose characters stand in `name` in this order."""
    start, left = place, len(name)
    while start > 0:
        found = name.rfind(text[start - 1], 0, left)
        if found < 0:
            break
        start, left = start - 1, found
    return text[start:place]


def other_organ(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """other_organ: who compiled the report and whom to ask is the reporting organ, not another (copied text)."""
    organ = re.sub(r"\s", "", evidence.organ)
    if evidence.sections is None or len(organ) < 4:
        yield check.finding("not_assessable", NO_TEXT if evidence.sections is None else "无法核对:不知报告机关")
        return
    faulty = False
    for where in _passages(evidence):
        for role in (*_ROLES, _GUIDE):
            for match in role.finditer(where.text):
                if _foreign(match["name"], organ) or (role is _GUIDE and _of_neighbour(match["name"], organ)):
                    faulty = True
                    message = check.message.format(name=match["name"], organ=organ)
                    yield check.finding(
                        "fail", message, spans=(where.span(*match.span("name")),), section=where.section,
                        expected=organ, actual=match["name"],
                    )  # fmt: skip
    if not faulty:
        yield check.finding("pass", "编制和联系机关与报告机关相符")


def _foreign(name: str, organ: str) -> bool:
    """Whether two names have nothing but office words in common."""
    rest, own = _GENERIC.sub(" ", name), _GENERIC.sub("", organ)
    words = [word for word in rest.split() if len(word) > 1]
    if not words or not own:
        return False
    pairs = {own[place : place + 2] for place in range(len(own) - 1)}
    return not any(word[place : place + 2] in pairs for word in words for place in range(len(word) - 1))


def _of_neighbour(name: str, organ: str) -> bool:
    """Whether a name is that of another office of the same place: one has what the other lacks behind the place."""
    place = next((at for at, (one, other) in enumerate(zip(name, organ, strict=False)) if one != other), len(organ))
    own, others = _SUFFIX.sub("", organ[place:]), _SUFFIX.sub("", name[place:])
    return bool(place > 2 and own and others and _SUFFIX.search(name) and not set(own) & set(others))


def own_level(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """own_level: 我县 in the report of a district, 我委 in that of a bureau, come from somebody else's text."""
    organ = re.sub(r"\s", "", evidence.organ)
    levels = set(re.findall(r"[省市县区镇乡局委厅]", organ))
    if evidence.sections is None or not levels:
        yield check.finding("not_assessable", NO_TEXT if evidence.sections is None else "无法核对:不知报告机关")
        return
    said: Counter[str] = Counter()
    first: dict[str, tuple[Passage, re.Match[str]]] = {}
    for where in _passages(evidence):
        for match in _OWN_LEVEL.finditer(where.text):
            said[match["level"]] += 1
            first.setdefault(match["level"], (where, match))
    areas, offices = levels & set("省市县区镇乡"), levels & set("局委厅")
    wrong = [
        level
        for level in said
        if (level in "省市县区镇乡" and areas and level not in areas)
        or (level in "局委厅" and offices and level not in offices)
    ]
    for level in wrong:
        where, match = first[level]
        message = check.message.format(said=f"我{level}", count=said[level], organ=organ)
        yield check.finding(
            "fail", message, spans=(where.span(*match.span()),), section=where.section, actual=f"我{level}"
        )
    if not wrong:
        yield check.finding("pass", "自称与机关名称相符")


def other_place(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """other_place: who is said to work here, twice and more, is no other place of the reporting organ's rank."""
    organ = re.sub(r"\s", "", evidence.organ)
    ranks = set(re.findall(r"[市县区]", organ))
    if evidence.sections is None or not ranks:
        yield check.finding("not_assessable", NO_TEXT if evidence.sections is None else "无法核对:不知报告机关")
        return
    said: dict[str, list[tuple[Passage, re.Match[str]]]] = {}
    for where in _passages(evidence):
        for match in _AT_WORK.finditer(where.text):
            if match["name"][-1] in ranks and match["name"][:2] not in organ:
                said.setdefault(match["name"], []).append((where, match))
    strange = {name: places for name, places in said.items() if len(places) > 1}
    for name, places in strange.items():
        where, match = places[0]
        message = check.message.format(name=name, count=len(places), organ=organ)
        span = where.span(*match.span("name"))
        yield check.finding("fail", message, spans=(span,), section=where.section, expected=organ, actual=name)
    if not strange:
        yield check.finding("pass", "正文没有以别的地方自称")


def titles(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """title_variants: a publication of one's own has one title throughout."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    found = list(
        dict.fromkeys(
            title for where in _passages(evidence) for title in _TITLES.findall(where.text) if not _LAW.search(title)
        )
    )
    found = found[:MOST_TITLES]
    pairs = [(one, other) for place, one in enumerate(found) for other in found[place + 1 :] if _variant(one, other)]
    for one, other in pairs:
        yield check.finding("fail", check.message.format(one=one, other=other), actual=f"{one}、{other}")
    if not pairs:
        yield check.finding("pass" if found else "not_assessable", "书名前后一致" if found else "正文没有书名")


def _variant(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one) or SequenceMatcher(None, one, other).ratio() >= 0.85


def slips(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """doubled_words: words or signs written twice, an enumeration mark with nothing behind it."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    faulty = False
    for where in _passages(evidence):
        for match in _DOUBLED.finditer(where.text):
            if match[1] and (_RHYTHM.search(match[1]) or len(set(match[1])) == 1):
                continue
            if match[1] and _HEADS.issuperset(match[1]):
                continue
            if _CRUMBS.search(where.text, max(0, match.start() - 30), match.start()):
                continue
            faulty = True
            around = where.text[max(0, match.start() - 6) : match.end() + 6]
            yield check.finding(
                "fail", check.message.format(quote=match[0], around=around), actual=match[0],
                spans=(where.span(*match.span()),), section=where.section,
            )  # fmt: skip
    if not faulty:
        yield check.finding("pass", "没有重复的字词和标点")


KINDS: Mapping[str, Callable[[Check, Evidence], Iterable[Finding]]] = {
    "own_name": own_name,
    "other_organ": other_organ,
    "own_level": own_level,
    "other_place": other_place,
    "title_variants": titles,
    "doubled_words": slips,
}
