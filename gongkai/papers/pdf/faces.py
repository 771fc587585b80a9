"""The fonts that a PDF is set in: which families there are, and which characters they have."""

from __future__ import annotations

import functools
import os
import pathlib
import struct

import typst

from gongkai.papers.layout import Face

FOLDER = pathlib.Path(__file__).parent.parent / "fonts"
# The office's own licensed faces first, from GONGKAI_FONT_DIR; then the free ones that come with the product.
STACKS: dict[Face, tuple[str, ...]] = {
    "仿宋": ("方正仿宋_GBK", "FZFangSong-Z02", "仿宋_GB2312", "FangSong_GB2312", "FangSong", "仿宋", "FandolFang R"),
    "楷体": ("方正楷体_GBK", "FZKai-Z03", "楷体_GB2312", "KaiTi_GB2312", "KaiTi", "楷体", "LXGW WenKai"),
    "黑体": ("方正黑体_GBK", "FZHei-B01", "SimHei", "黑体", "FandolHei"),
    "小标宋": ("方正小标宋_GBK", "FZXiaoBiaoSong-B05", "方正小标宋简体", "FZXiaoBiaoSong-B05S", "FandolSong"),
    "宋体": ("SimSun", "宋体", "FandolSong"),
}
FALLBACK = "LXGW WenKai"  # has the rare characters of names


def folders() -> tuple[str, ...]:
    """Where fonts are looked for, first folder first."""
    own = os.environ.get("GONGKAI_FONT_DIR", "")
    return (*([own] if own and os.path.isdir(own) else []), str(FOLDER))


@functools.lru_cache(maxsize=4)
def fonts(where: tuple[str, ...]) -> typst.Fonts:
    """The fonts of these folders and no others: the same on every machine. Read once, it takes most of a cold start."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(where))


@functools.lru_cache(maxsize=4)
def stacks(where: tuple[str, ...]) -> dict[str, list[str]]:
    """For each face the families that are there, in order, ending with the fallback."""
    there = set(fonts(where).families())
    return {
        face: list(dict.fromkeys([*(family for family in families if family in there), FALLBACK]))
        for face, families in STACKS.items()
    }


@functools.lru_cache(maxsize=4)
def characters(where: tuple[str, ...]) -> frozenset[int]:
    """The code points that at least one font of the folders can print."""
    found: set[int] = set()
    for path in dict.fromkeys(font.path for font in fonts(where).fonts() if font.path):
        found |= _mapped(pathlib.Path(path).read_bytes())
    return frozenset(found)


def _mapped(font: bytes) -> set[int]:
    """Code points of the `cmap` tables of an OpenType font or of each font of a collection (formats 4 and 12)."""
    starts = [0]
    if font[:4] == b"ttcf":
        (count,) = struct.unpack_from(">L", font, 8)
        starts = list(struct.unpack_from(f">{count}L", font, 12))
    found: set[int] = set()
    for start in starts:
        (tables,) = struct.unpack_from(">H", font, start + 4)
        for number in range(tables):
            tag, _, offset, length = struct.unpack_from(">4sLLL", font, start + 12 + 16 * number)
            if tag == b"cmap":
                found |= _cmap(font[offset : offset + length])
    return found


def _cmap(table: bytes) -> set[int]:
    (count,) = struct.unpack_from(">H", table, 2)
    found: set[int] = set()
    for offset in {struct.unpack_from(">HHL", table, 4 + 8 * number)[2] for number in range(count)}:
        (form,) = struct.unpack_from(">H", table, offset)
        if form == 4:
            found |= _format_4(table[offset:])
        elif form == 12:
            (groups,) = struct.unpack_from(">L", table, offset + 12)
            for first, last, _ in struct.iter_unpack(">LLL", table[offset + 16 : offset + 16 + 12 * groups]):
                found.update(range(first, last + 1))
    return found


def _format_4(table: bytes) -> set[int]:
    """Segments of the basic plane; a code mapped to glyph 0 inside a segment is not there."""
    (double,) = struct.unpack_from(">H", table, 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + double)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 2 * double)
    at = 16 + 3 * double
    ranges = struct.unpack_from(f">{count}H", table, at)
    found: set[int] = set()
    for number, (start, end, delta, shift) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            if shift == 0:
                glyph = (code + delta) & 0xFFFF
            else:
                (glyph,) = struct.unpack_from(">H", table, at + 2 * number + shift + 2 * (code - start))
            if glyph:
                found.add(code)
    return found
