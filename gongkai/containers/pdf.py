"""PDF before and while it is parsed: it may not unpack beyond a limit nor be encrypted; what a broken one raises."""

from __future__ import annotations

import base64
import binascii
import logging
import re
import struct
import zlib

from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException

from gongkai.containers.limits import MEGABYTE, check_size
from gongkai.containers.unreadable import Unreadable

UNPACKED_BYTES = 150 * MEGABYTE
CHAIN = 3  # filters one behind the other
# pdfminer lets the errors of Python itself through when a file is broken; anything not in this list is our fault.
FAULTS: tuple[type[Exception], ...] = (
    *(PDFException, PSException, struct.error, zlib.error, ValueError, LookupError, TypeError, AttributeError),
    *(AssertionError, ArithmeticError, RecursionError, OSError, NotImplementedError, StopIteration),
)
# pdfminer reports every oddity of a file as a warning; the readers themselves say what matters.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
_STREAM = re.compile(rb"stream[^\r\n]{0,20}(?:\r\n|\n|\r)")
_ENCRYPTED = re.compile(rb"/Encrypt[\s\d<]")


def check(data: bytes) -> None:
    """Raise Unreadable for what is no PDF, is encrypted, or would unpack beyond UNPACKED_BYTES.

    pdfminer inflates a stream whole and without a limit. Every stream is inflated here first, piece by piece, and also
    what a second or third filter would make of it.
    """
    check_size(data)
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("wrong_kind", "这不是 PDF 文件。请确认文件类型，再重新上传。")
    if _ENCRYPTED.search(data):
        raise Unreadable("encrypted", "PDF 设有密码或编辑限制，无法读取。请另存为不加密的 PDF 后再上传。")
    room = UNPACKED_BYTES
    for start in _STREAM.finditer(data):
        end = data.find(b"endstream", start.end())
        room -= _unpacked(data[start.end() : end if end >= 0 else len(data)], room, CHAIN)
        if room <= 0:
            raise Unreadable("too_large", "PDF 解压后过大，已停止读取。请降低图片质量，另存后再上传。")


def _unpacked(stream: bytes, room: int, chain: int) -> int:
    """How many bytes a stream becomes, counted only up to `room`; 0 when it is not packed."""
    if not chain or not stream:
        return 0
    try:
        packed = stream if stream[0] & 0x0F == 8 else _ascii(stream)
        inflater = zlib.decompressobj()
        content = inflater.decompress(packed, room)
    except (zlib.error, ValueError, binascii.Error):
        return 0
    if inflater.unconsumed_tail:
        return room
    return len(content) + _unpacked(content, max(room - len(content), 1), chain - 1)


def _ascii(stream: bytes) -> bytes:
    """Bytes behind an ASCII85 or hexadecimal filter."""
    text = stream.strip()
    if text.endswith(b"~>"):
        return base64.a85decode(text.removeprefix(b"<~")[:-2], ignorechars=b" \t\n\r\v\x00")
    return binascii.unhexlify(b"".join(text.rstrip(b">").split()))
