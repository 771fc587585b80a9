"""Plain text: decoded by its mark, as UTF-8, or as GB 18030."""

from __future__ import annotations

import codecs

from gongkai.screening.findings import Place
from gongkai.screening.refusal import NotAccepted
from gongkai.screening.sight import Sight

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def walk(data: bytes, sight: Sight) -> bytes:
    """Say the whole text; gives the clean copy as UTF-8."""
    return sight.say(decoded(data), Place()).encode("utf-8")


def decoded(data: bytes) -> str:
    """The text of a file, line ends made \\n. NotAccepted `not_text` when no encoding of the trade fits."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    raise NotAccepted("not_text", "文字编码无法识别。请另存为 UTF-8 编码的文本后再上传。")
