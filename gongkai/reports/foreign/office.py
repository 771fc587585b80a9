"""Old office files (doc, wps, xls, rtf) turned into new ones by LibreOffice, where it is installed."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from gongkai.law.refusal import Refused

SECONDS = 9.0
MEMORY = 1024 * 1024 * 1024
PROGRAMS = ("soffice", "libreoffice")
_WORKBOOK = "Workbook".encode("utf-16-le")
_BOOK = "Book".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")


def modern(data: bytes) -> bytes:
    """The file as docx or xlsx. Refused without LibreOffice, or when it cannot read the file in SECONDS."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise Refused(
            "needs_office",
            "这是旧版 Office 文件(doc、xls、wps 或 rtf),本机没有安装 LibreOffice,不能读取。"
            "请另存为 docx、xlsx 或 PDF 后再查。",
        )
    suffix = "xlsx" if _WORD not in data and (_WORKBOOK in data or _BOOK in data) else "docx"
    source = "rtf" if data.lstrip().startswith(b"{\\rtf") else {"docx": "doc", "xlsx": "xls"}[suffix]
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        given = Path(folder) / f"in.{source}"
        given.write_bytes(data)
        _convert(program, folder, given, suffix)
        made = Path(folder) / f"in.{suffix}"
        if not made.is_file():
            raise Refused(
                "damaged", "LibreOffice 读不了这个旧版 Office 文件,可能已损坏。请用办公软件另存为 docx 或 PDF 后再查。"
            )
        return made.read_bytes()


def _convert(program: str, folder: str, given: Path, suffix: str) -> None:
    """Run LibreOffice with a profile of its own: neither settings nor a running instance of the user's are touched."""
    command = [
        program, f"-env:UserInstallation={Path(folder).as_uri()}/profile", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", suffix, "--outdir", folder, str(given),
    ]  # fmt: skip
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=folder, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True, preexec_fn=_limit
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise Refused(
            "too_slow", f"LibreOffice 在{SECONDS:g}秒内没有读完这个旧版 Office 文件。请另存为 docx 或 PDF 后再查。"
        ) from None


def _limit() -> None:
    """LibreOffice maps more address space than it uses: its data is bounded, its address space is not."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
