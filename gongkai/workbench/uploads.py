"""Uploaded files between two steps of a form: on disk, bound to the session, named by their digest."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from gongkai.law.refusal import Refused

WORKBOOK, ITEM = "workbook_files", "item_files"
"""In the session: the workbook of an import, and the files from which items are being drafted."""
MOST = {WORKBOOK: 1, ITEM: 8}
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Upload:
    """A kept file: its name as uploaded, the sha256 of its bytes, and where it lies."""

    name: str
    digest: str
    path: Path


def _folder() -> Path:
    folder = Path(settings.HOME) / "uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _sweep(folder: Path) -> None:
    """Throws out what nobody confirmed within a day."""
    for path in folder.iterdir():
        try:
            old = path.stat().st_mtime < time.time() - KEPT_SECONDS
        except FileNotFoundError:  # another request threw it out
            continue
        if old:
            path.unlink(missing_ok=True)


def keep_workbook(request: HttpRequest, file: UploadedFile[bytes]) -> Upload:
    """Stores the workbook for this session; Refused when it is no .xlsx or larger than GONGKAI_UPLOAD_LIMIT bytes."""
    name = file.name or ""
    if not name.lower().endswith(".xlsx"):
        raise Refused("not_a_workbook", f"“{name}”不是 .xlsx 工作簿；请用下载的模板填写，另存为 .xlsx 后再上传")
    if (file.size or 0) > settings.GONGKAI_UPLOAD_LIMIT:
        limit = settings.GONGKAI_UPLOAD_LIMIT // (1024 * 1024)
        raise Refused("too_large", f"“{name}”超过 {limit} 兆字节；请按登记簿或年份分成几个工作簿，分次导入")
    return keep(request, WORKBOOK, name, b"".join(file.chunks()))


def keep(request: HttpRequest, purpose: str, name: str, content: bytes) -> Upload:
    """Stores a file for this session; beyond the most that are kept for the purpose, the oldest goes."""
    folder = _folder()
    _sweep(folder)
    digest = hashlib.sha256(content).hexdigest()
    held = {key: one for key, one in _held(request, purpose).items() if key != digest}
    for old in list(held)[: max(len(held) + 1 - MOST[purpose], 0)]:
        Path(held.pop(old)["path"]).unlink(missing_ok=True)
    # The session's own key in the name: two people uploading the same file do not share it.
    owner = hashlib.sha256((request.session.session_key or "").encode()).hexdigest()[:16]
    path = folder / f"{owner}-{purpose}-{digest}"
    path.write_bytes(content)
    request.session[purpose] = {**held, digest: {"name": name, "path": str(path)}}
    return Upload(name, digest, path)


def kept(request: HttpRequest, purpose: str, digest: str) -> Upload:
    """The file of this session with that digest; Refused when it is gone, replaced or altered."""
    held = _held(request, purpose).get(digest)
    if held is None or not Path(held["path"]).exists():
        raise Refused("upload_gone", "上传的文件已经失效（超过一天、已用过或已换成别的文件）；请重新上传")
    path = Path(held["path"])
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise Refused("upload_altered", "上传之后文件内容有变化，为免使用未经检查的内容，请重新上传")
    return Upload(held["name"], digest, path)


def discard(request: HttpRequest, purpose: str, digest: str) -> None:
    """Forgets and removes a file of this session."""
    held = _held(request, purpose)
    if (gone := held.pop(digest, None)) is not None:
        Path(gone["path"]).unlink(missing_ok=True)
        request.session[purpose] = held


def _held(request: HttpRequest, purpose: str) -> dict[str, dict[str, str]]:
    return dict(request.session.get(purpose) or {})
