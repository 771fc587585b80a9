"""Old office files (doc, wps, xls, rtf) turned into new ones by LibreOffice, where it is installed."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from gongkai.containers.unreadable import Unreadable

SECONDS = 9.0
GRACE = 2.0  # seconds after which LibreOffice ends though whoever waits for it was killed
MEMORY = 1024 * 1024 * 1024
PROGRAMS = ("soffice", "libreoffice")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = "Workbook".encode("utf-16-le")
_BOOK = "Book".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")


def program() -> str | None:
    """LibreOffice, or None."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def becomes(data: bytes) -> str:
    """docx or xlsx: what an old file of Word or Excel is turned into; "" for any other file."""
    if not data.startswith(OLE):
        return ""
    if _WORD in data:
        return "docx"
    return "xlsx" if _WORKBOOK in data or _BOOK in data else ""


def modern(data: bytes, seconds: float = SECONDS) -> bytes:
    """The file as docx or xlsx. Unreadable without LibreOffice, or when it cannot read the file in so many seconds."""
    office = program()
    if office is None:
        raise Unreadable(
            "needs_office",
            "这是旧版 Office 文件(doc、xls、wps 或 rtf),本机没有安装 LibreOffice,不能读取。"
            "请另存为 docx、xlsx 或 PDF 后再用。",
        )
    suffix = "xlsx" if _WORD not in data and (_WORKBOOK in data or _BOOK in data) else "docx"
    source = "rtf" if data.lstrip().startswith(b"{\\rtf") else {"docx": "doc", "xlsx": "xls"}[suffix]
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        given = Path(folder) / f"in.{source}"
        given.write_bytes(data)
        _convert(office, folder, given, suffix, seconds)
        made = Path(folder) / f"in.{suffix}"
        if not made.is_file():
            raise Unreadable(
                "damaged", "LibreOffice 读不了这个旧版 Office 文件,可能已损坏。请用办公软件另存为 docx 或 PDF 后再用。"
            )
        return made.read_bytes()


def _convert(office: str, folder: str, given: Path, suffix: str, seconds: float) -> None:
    """Run LibreOffice with a profile of its own: neither settings nor a running instance of the user's are touched."""
    command = [
        *_watched(seconds + GRACE), office, f"-env:UserInstallation={Path(folder).as_uri()}/profile", "--headless",
        "--norestore", "--nolockcheck", "--convert-to", suffix, "--outdir", folder, str(given),
    ]  # fmt: skip
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=folder, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True, preexec_fn=_limit
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise Unreadable(
            "too_slow", f"LibreOffice 在{seconds:g}秒内没有读完这个旧版 Office 文件。请另存为 docx 或 PDF 后再用。"
        ) from None


def _watched(seconds: float) -> list[str]:
    """What ends a program and all it started after so many seconds, also when this process is there no more."""
    watch = shutil.which("timeout")
    return [watch, "--signal=KILL", f"{seconds:g}"] if watch else []


def _limit() -> None:
    """LibreOffice maps more address space than it uses: its data is bounded, its address space is not."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
