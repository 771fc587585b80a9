"""Chinese typesetting: full-width punctuation where a sentence is shown to a person.

Written without `re`, whose import alone would cost `gongkai due` a fifth of its start.
"""

FULL_WIDTH = 0xFEE0  # from "," to "\uff0c", and so for every mark
STOPS = ",:;?!"
# Han characters, full-width marks and what stands among them in official text.
CHINESE = (
    (0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF), (0xFF00, 0xFFEF), (0x2460, 0x2487),
)  # fmt: skip
AMONG_CHINESE = "“”‘’★"


def typeset(text: str) -> str:
    """Full-width punctuation next to Chinese; Latin text, figures (12:30, http://…) and {…} keep theirs."""
    kept = _references(text)
    return _stops(_brackets(text, kept), kept)


def _is_chinese(mark: str) -> bool:
    return mark in AMONG_CHINESE or any(first <= ord(mark) <= last for first, last in CHINESE)


def _near(text: str, kept: frozenset[int], *places: int) -> bool:
    """Whether Chinese stands at one of the places; what is inside a reference does not count."""
    return any(0 <= place < len(text) and place not in kept and _is_chinese(text[place]) for place in places)


def _references(text: str) -> frozenset[int]:
    """The places inside {…}, braces included."""
    inside: set[int] = set()
    opened = -1
    for place, mark in enumerate(text):
        if mark == "{":
            opened = place
        elif mark == "}" and opened >= 0:
            inside.update(range(opened, place + 1))
            opened = -1
    return frozenset(inside)


def _brackets(text: str, kept: frozenset[int]) -> str:
    """Innermost pairs of brackets made wide when Chinese stands in or beside them."""
    marks = list(text)
    opened = -1
    for place, mark in enumerate(text):
        if place in kept:
            continue
        if mark == "(":
            opened = place
        elif mark == ")" and opened >= 0:
            if _near(text, kept, opened - 1, place + 1, *range(opened + 1, place)):
                marks[opened], marks[place] = "\uff08", "\uff09"
            opened = -1
    return "".join(marks)


def _stops(text: str, kept: frozenset[int]) -> str:
    marks = list(text)
    for place, mark in enumerate(text):
        if mark in STOPS and place not in kept and _near(text, kept, place - 1, place + 1):
            marks[place] = chr(ord(mark) + FULL_WIDTH)
    return "".join(marks)
