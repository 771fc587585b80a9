"""An uploaded workbook between its dry run and its confirmation: on disk, bound to the session, named by its digest."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from gongkai.law.refusal import Refused

SESSION_KEY = "upload"
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Upload:
    """A kept workbook: its name as uploaded, the sha256 of its bytes, and where it lies."""

    name: str
    digest: str
    path: Path


def _folder() -> Path:
    folder = Path(settings.HOME) / "uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _sweep(folder: Path) -> None:
    """Throws out what nobody confirmed within a day."""
    for path in folder.glob("*.xlsx"):
        if path.stat().st_mtime < time.time() - KEPT_SECONDS:
            path.unlink(missing_ok=True)


def keep(request: HttpRequest, file: UploadedFile[bytes]) -> Upload:
    """Stores the file for this session; Refused when it is no .xlsx or larger than GONGKAI_UPLOAD_LIMIT bytes."""
    name = file.name or ""
    if not name.lower().endswith(".xlsx"):
        raise Refused("not_a_workbook", f"“{name}”不是 .xlsx 工作簿；请用下载的模板填写，另存为 .xlsx 后再上传")
    if (file.size or 0) > settings.GONGKAI_UPLOAD_LIMIT:
        limit = settings.GONGKAI_UPLOAD_LIMIT // (1024 * 1024)
        raise Refused("too_large", f"“{name}”超过 {limit} MB；请按登记簿或年份分成几个工作簿，分次导入")
    folder = _folder()
    _sweep(folder)
    content = b"".join(file.chunks())
    digest = hashlib.sha256(content).hexdigest()
    discard(request)
    # The session's own key in the name: two people uploading the same workbook do not share a file.
    owner = hashlib.sha256((request.session.session_key or "").encode()).hexdigest()[:16]
    path = folder / f"{owner}-{digest}.xlsx"
    path.write_bytes(content)
    request.session[SESSION_KEY] = {"name": name, "digest": digest, "path": str(path)}
    return Upload(name, digest, path)


def kept(request: HttpRequest, digest: str) -> Upload:
    """The workbook of this session with that digest; Refused when it is gone, replaced or altered."""
    held = request.session.get(SESSION_KEY)
    if held is None or held["digest"] != digest or not Path(held["path"]).exists():
        raise Refused("upload_gone", "试导入的工作簿已经失效（超过一天、已导入或已换成别的文件）；请重新上传")
    path = Path(held["path"])
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise Refused("upload_altered", "试导入之后文件内容有变化，为免导入未经检查的数据，请重新上传")
    return Upload(held["name"], digest, path)


def discard(request: HttpRequest) -> None:
    """Forgets and removes the workbook of this session."""
    held = request.session.pop(SESSION_KEY, None)
    if held is not None:
        Path(held["path"]).unlink(missing_ok=True)
