"""How a file is mangled: cuts, swaps and other encodings of any bytes, figures of a text, parts of a package."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from tests.fuzz_foreign.seeds import Kind

Mutation = Callable[[bytes, Random], bytes]

# ── Any bytes ──


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
    source = chance.choice(("utf-8", "gb18030", "latin-1"))
    target = chance.choice(("gb18030", "utf-16", "big5", "utf-8", "utf-8-sig", "utf-32"))
    return data.decode(source, "replace").encode(target, "replace")


# ── Text ──


def digits(data: bytes, chance: Random) -> bytes:
    """Figures grow, split, or go."""
    written = data.decode("utf-8", "replace")
    for _ in range(chance.randrange(1, 40)):
        place = chance.randrange(len(written) + 1)
        new = chance.choice(
            ("0" * chance.randrange(1, 40), str(chance.randrange(10**12)), "-", ".", ",", " ", "\n", "万元", "一", "%")
        )
        written = written[:place] + new + written[place + chance.randrange(2) :]
    return written.encode()


def misread(data: bytes, chance: Random) -> bytes:
    """As a reader of pictures misreads."""
    pairs = (("0", "O"), ("1", "l"), ("0", "〇"), ("3", "３"), ("5", "S"), ("一", "—"), ("政", "攻"), ("2", "②"))
    written = data.decode("utf-8", "replace")
    for old, new in chance.sample(pairs, chance.randrange(1, len(pairs))):
        written = written.replace(old, new, chance.randrange(1, 20))
    return written.encode()


def lines(data: bytes, chance: Random) -> bytes:
    """Words and lines change places."""
    words = data.decode("utf-8", "replace").split(" ")
    for _ in range(chance.randrange(1, 60)):
        one, other = chance.randrange(len(words)), chance.randrange(len(words))
        words[one], words[other] = words[other], words[one]
    return chance.choice((" ", "\n", "", "\t", "|", "\u3000", "\u2028")).join(words).encode()


def nest(data: bytes, chance: Random) -> bytes:
    opening = chance.choice(
        (b"<div>", b"<table><tr><td>", b"<span>", b"(", b"[", "《".encode(), b"<!--[if ", b"|", b'\\"', b"> ", b"**")
    )
    return opening * _mostly_few(chance) + data


def long(data: bytes, chance: Random) -> bytes:
    """One thing again and again: digits, dates, headings, labels, blanks."""
    thing = chance.choice(
        ("1", "12 ", "2020年1月2日", "\n一、", "(一)", "本年新收", "1.", "第", " ", "\n", "|", "一十百", "1,", "-1",
         "%", "比上年增长3倍")
    )  # fmt: skip
    place = chance.randrange(len(data) + 1)
    return data[:place] + thing.encode() * _mostly_few(chance) + data[place:]


def huge(data: bytes, chance: Random) -> bytes:
    """The file again and again, up to megabytes."""
    return data * (chance.randrange(200_000, 4_000_000) // max(len(data), 1) + 1)


def spans(data: bytes, chance: Random) -> bytes:
    most = 10**6 if chance.random() < 0.1 else 12
    wide = f'<td colspan="{chance.randrange(most)}" rowspan="{chance.randrange(most)}">'.encode()
    return data.replace(b"<td>", wide, chance.randrange(1, 50)).replace(b"<td data-", wide[:-1] + b" data-", 20)


def tags(data: bytes, chance: Random) -> bytes:
    """Tags are lost, doubled, opened and not closed, or huge tables are put in."""
    thing = chance.choice(
        (b"<tr>", b"</table>", b"<td", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<script>", b"<![CDATA[", b"&#x110000;",
         b"&#0;", b"<base href=x>", b"<plaintext>", b"<textarea>", b"<svg><table>", b"<tr><td>1</td></tr>" * 3000)
    )  # fmt: skip
    place = chance.randrange(len(data) + 1)
    return data[:place] + thing + data[place:]


def _mostly_few(chance: Random) -> int:
    return chance.randrange(1, 30_000) if chance.random() < 0.05 else chance.randrange(1, 300)


# ── Packages ──


def members(data: bytes, chance: Random) -> bytes:
    """A package of JSON of which values are exchanged for others of any kind."""
    try:
        raw = json.loads(data)
    except ValueError:
        return data
    for _ in range(chance.randrange(1, 6)):
        _exchange(raw, chance)
    return json.dumps(raw).encode()


def _exchange(raw: Any, chance: Random) -> None:
    other = chance.choice(
        (None, "", [], {}, 1, -1, 0.5, 1e300, 10**400, "x" * 3000, True, [[1]], {"a": 1}, "2020", "NaN", "\ud800")
    )
    while isinstance(raw, dict | list) and raw:
        place = chance.choice(list(raw)) if isinstance(raw, dict) else chance.randrange(len(raw))
        if not isinstance(raw[place], dict | list) or not raw[place] or chance.random() < 0.25:
            raw[place] = other
            return
        raw = raw[place]


def repack(data: bytes, chance: Random) -> bytes:
    """A package of which a part or two are mangled."""
    ways = (cut, middle, flip, shuffle, repeat, digits, lines)
    return _rewritten(data, chance, lambda _, part: chance.choice(ways)(part, chance) if part else part)


def attributes(data: bytes, chance: Random) -> bytes:
    """A package that says monstrous things in sound XML: spans, places, counts, styles."""

    def monstrous(_: str, part: bytes) -> bytes:
        for _round in range(chance.randrange(1, 4)):
            before, behind = chance.choice(_MONSTROUS)
            part = part.replace(before, behind, chance.randrange(1, 30))
        return part

    return _rewritten(data, chance, monstrous)


_MONSTROUS = (
    (b"w:gridSpan w:val=\"", b"w:gridSpan w:val=\"9999"),
    (b"<w:tc>", b"<w:tc><w:tcPr><w:gridSpan w:val=\"60000\"/></w:tcPr>"),
    (b'r="A', b'r="XF'), (b'r="B', b'r="B99999'), (b"<mergeCell ref=\"", b"<mergeCell ref=\"A1:XFD1048576"),
    (b"<v>", b"<v>99999"), (b"<w:p>", b"<w:p><w:p>"), (b"<w:tr>", b"<w:tr><w:tr>"), (b"<w:tbl>", b"<w:tbl><w:tbl>"),
    (b't="s"', b't="e"'), (b"w:vMerge", b"w:vmerge"), (b"<c ", b"<c r=\"\" "), (b"<row ", b"<row r=\"0\" "),
    (b"<w:tc>", b"<w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
)  # fmt: skip


def bomb(data: bytes, chance: Random) -> bytes:
    """A part that unpacks to very much, a document of one long table, or entities upon entities."""
    grown = chance.choice((b" " * 40_000_000, b"<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 70_000, _ENTITIES))

    def swollen(name: str, part: bytes) -> bytes:
        if name not in _CONTENTS:
            return part
        return part.replace(b"</w:body>", grown + b"</w:body>") + (b"" if b"</w:body>" in part else grown)

    return _rewritten(data, chance, swollen, every=True)


_CONTENTS = ("word/document.xml", "xl/worksheets/sheet1.xml")


def _rewritten(data: bytes, chance: Random, change: Callable[[str, bytes], bytes], *, every: bool = False) -> bytes:
    """A package of which its contents, or now and then another part, are changed; rarely one is lost."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if every or chance.random() < (0.7 if name in _CONTENTS else 0.08):
                part = change(name, part)
            if chance.random() > 0.01:
                new.writestr(name, part)
    return buffer.getvalue()


_ENTITIES = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    f"<!ENTITY {chr(98 + n)} '&{chr(97 + n)};&{chr(97 + n)};&{chr(97 + n)};'>".encode() for n in range(20)
) + b"]><x>&u;</x>"  # fmt: skip

# ── PDF ──


def objects(data: bytes, chance: Random) -> bytes:
    """A PDF whose numbers and names are exchanged where they stand plain: lengths, references, sizes, filters."""
    changes = (
        (b"/Length ", b"/Length 9999"), (b" 0 R", b"9 0 R"), (b"/Kids", b"/Kidz"), (b"/FlateDecode", b"/LZWDecode"),
        (b"/MediaBox", b"/MediaBox [0 0 1e9 1e9] /X"), (b"endstream", b"endstrean"), (b"/Count ", b"/Count 99999"),
        (b"startxref", b"startxref\n1\n"), (b"/Type /Page", b"/Type /Pages"), (b"/Parent", b"/Kids"), (b"obj", b"obk"),
        (b"/FlateDecode", b"/ASCII85Decode"), (b"/Font", b"/XObject"), (b"<<", b"<<<<"), (b"xref", b"xreg"),
    )  # fmt: skip
    for _ in range(chance.randrange(1, 4)):
        before, behind = chance.choice(changes)
        data = data.replace(before, behind, chance.randrange(1, 10))
    return data


def drawn(data: bytes, chance: Random) -> bytes:
    """A PDF with hostile drawing: endless text, rules by the thousand, saved states, huge arrays, forms in forms."""
    operators = chance.choice(
        (b"q " * 20_000, b"0 0 m 9 9 l S " * 20_000, b"1 1 5 5 re f " * 20_000, b"[" * 5000, b"<<" * 5000,
         b"BT /F1 9 Tf (11) Tj ET " * 4000, b"/X Do " * 5000, b"1e999 0 0 1e999 0 0 cm ",
         b"BT 1 0 0 1 1e9 1e9 Tm (1) Tj ET ")
    )  # fmt: skip
    packed = zlib.compress(operators, 1)
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    starts = [found.end() - 6 for found in re.finditer(rb">>\s*stream", data)]
    start = chance.choice(starts) if starts else -1
    head = data.rfind(b"<<", 0, max(start, 0))
    end = data.find(b"endstream", start)
    if min(start, head, end) < 0:
        return data
    return data[:head] + stream + data[end + len(b"endstream") :]


ANY: tuple[Mutation, ...] = (cut, middle, flip, shuffle, repeat, recode)
TEXT: tuple[Mutation, ...] = (*ANY, digits, digits, misread, lines, nest, long)
PACKED: tuple[Mutation, ...] = (*ANY, *[repack] * 5, *[attributes] * 3)
MUTATIONS: Mapping[Kind, tuple[Mutation, ...]] = {
    "txt": TEXT,
    "md": TEXT,
    "html": (*TEXT, spans, tags),
    "json": (*ANY, *[members] * 10),
    "docx": PACKED,
    "xlsx": PACKED,
    "pdf": (*ANY, *[objects] * 3, *[drawn] * 2),
    "other": ANY,
}
WHOLE_FILE = (repack, attributes, bomb, members)  # they need a sound file to begin with
BOMBS = 0.01  # share of the packages that are bombs
HUGE = 0.001  # share of the other files that are repeated until they are huge


def mangle(kind: Kind, data: bytes, chance: Random) -> tuple[list[str], bytes]:
    """A file mangled once or twice, with the names of what was done."""
    if kind in ("docx", "xlsx") and chance.random() < BOMBS:
        return ["bomb"], bomb(data, chance)
    made: list[str] = []
    if kind not in ("docx", "xlsx", "pdf") and chance.random() < HUGE:
        return ["huge"], huge(data, chance)
    for _ in range(chance.choice((1, 1, 2))):
        mutation = chance.choice(MUTATIONS[kind])
        if data and not (mutation in WHOLE_FILE and made):
            data = mutation(data, chance)
            made.append(mutation.__name__)
    return made, data
