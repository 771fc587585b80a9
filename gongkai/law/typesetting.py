"""Chinese typesetting: full-width punctuation where a sentence is shown to a person."""

import re

FULL_WIDTH = 0xFEE0  # from "," to "\uff0c", and so for every mark
_CHINESE = "[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\uff00-\uffef“”‘’①-⑳⑴-⒇★]"
_OURS = re.compile(_CHINESE)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_STOP = re.compile(r"[,:;?!]")
_REFERENCE = re.compile(r"\{[^{}]*\}")
_STANDING_IN = 0xE000  # private use: one character for each reference while the text around it is set


def typeset(text: str) -> str:
    """Full-width punctuation next to Chinese; Latin text, figures (12:30, http://…) and {…} keep theirs."""
    references = _REFERENCE.findall(text)
    for position, reference in enumerate(references):
        text = text.replace(reference, chr(_STANDING_IN + position), 1)
    text = _set(text)
    for position, reference in enumerate(references):
        text = text.replace(chr(_STANDING_IN + position), reference, 1)
    return text


def _set(text: str) -> str:
    def ours(place: int) -> bool:
        return 0 <= place < len(text) and bool(_OURS.match(text[place]))

    def bracket(found: re.Match[str]) -> str:
        wide = ours(found.start() - 1) or ours(found.end()) or bool(_OURS.search(found[1]))
        return f"\uff08{found[1]}\uff09" if wide else found[0]

    def stop(found: re.Match[str]) -> str:
        near = ours(found.start() - 1) or ours(found.end())
        return chr(ord(found[0]) + FULL_WIDTH) if near else found[0]

    text = _BRACKETS.sub(bracket, text)
    return _STOP.sub(stop, text)
