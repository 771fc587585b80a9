"""Old Word files (.doc) turned into docx by LibreOffice, where it is installed, in an empty home and within limits."""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from gongkai.containers.limits import MEGABYTE, check_size
from gongkai.containers.unreadable import Unreadable

SECONDS = 9.0
MEMORY = 1024 * MEGABYTE  # of data; LibreOffice maps more address space than it uses


@cache
def program() -> str | None:
    """LibreOffice, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_docx(data: bytes) -> bytes:
    """The same document as docx. Unreadable when there is no LibreOffice, or it cannot make anything of the file."""
    check_size(data)
    office = program()
    if office is None:
        raise Unreadable("unknown_kind", "这是旧版 Word(.doc)文件,本机不能读取。请另存为 docx 后再检查。")
    with tempfile.TemporaryDirectory(prefix="gongkai-doc-") as folder:
        source = Path(folder, "report.doc")
        source.write_bytes(data)
        command = [
            office, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/home",
            "--convert-to", "docx", "--outdir", f"{folder}/out", str(source),
        ]  # fmt: skip
        try:
            subprocess.run(
                command, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, preexec_fn=_limit, cwd=folder,
            )  # fmt: skip
            return Path(folder, "out", "report.docx").read_bytes()
        except (subprocess.TimeoutExpired, OSError):
            raise Unreadable("damaged", "旧版 Word(.doc)文件转换不成。请在办公软件中另存为 docx 后再检查。") from None


def _limit() -> None:
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
