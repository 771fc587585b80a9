"""Anyone's report checked: files or pasted text in, findings out; no account, no script, and nothing is kept."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from gongkai.law.refusal import Refused
from gongkai.law.typesetting import typeset
from gongkai.papers.files import MEDIA_TYPES
from gongkai.portal import meta
from gongkai.reports.checking import public

PASTED = "粘贴的文字.txt"
TOO_MUCH = Refused("files", f"文件合计超过 {public.ALL_BYTES // public.MEGABYTE} 兆字节，请分几次提交。")


class InMemory(FileUploadHandler):
    """Keeps uploads in memory only; more than the limit ends the upload."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.room = public.ALL_BYTES
        self.pieces: list[bytes] = []

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.pieces = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece; gives nothing on, so that no other handler writes it to disk."""
        self.room -= len(raw_data)
        if self.room < 0:
            raise StopUpload(connection_reset=False)
        self.pieces.append(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """The whole file."""
        return SimpleUploadedFile(self.file_name or "文件", b"".join(self.pieces))


@dataclass(frozen=True, slots=True)
class Link:
    """A download that is the page's own: an address that holds the bytes, since nothing is kept to fetch them from."""

    name: str
    address: str


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The form; a POST answers with the results. Uploads are handled here before the CSRF check reads the body."""
    request.upload_handlers = [InMemory(request)]
    if int(request.headers.get("Content-Length") or 0) > public.ALL_BYTES + public.MEGABYTE:
        return _form(request, TOO_MUCH, status=413)
    response: HttpResponse = _answer(request)
    return response


@csrf_protect
def _answer(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request)
    try:
        files = _files(request)
        if not files:
            raise Refused("files", "请选择至少一个文件，或粘贴报告的文字。")
        result = public.check(files)
    except RequestDataTooBig:
        return _form(request, Refused("text", "粘贴的文字过长，请存成文件再上传。"), status=413)
    except Refused as no:
        field = no.code if no.code in ("text", "busy") else "files"
        return _form(request, Refused(field, typeset(no.reason)), status=503 if no.code == "busy" else 400)
    return render(request, "portal/check_result.html", _context(request) | _shown(result))


def _files(request: HttpRequest) -> list[tuple[str, bytes]]:
    """What was handed in, as names and bytes."""
    found = [(file.name or "文件", file.read()) for file in request.FILES.getlist("files")]
    text = request.POST.get("text", "").strip()
    if len(text) > public.TEXT_CHARACTERS:
        raise Refused("text", f"粘贴的文字超过{public.TEXT_CHARACTERS}字，请存成文件再上传")
    return [*found, (PASTED, text.encode())] if text else found


def _form(request: HttpRequest, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    limits = {
        "most": public.FILES, "each": public.FILE_BYTES // public.MEGABYTE, "all": public.ALL_BYTES // public.MEGABYTE
    }  # fmt: skip
    text = request.POST.get("text", "") if refused and status == 400 else ""
    context = _context(request) | {"refused": refused, "limits": limits, "accept": public.ACCEPT, "text": text}
    return render(request, "portal/check.html", context, status=status)


def _context(request: HttpRequest) -> dict[str, object]:
    return {"here": "check", "tags": meta.home_tags(request)}


def _shown(result: public.Result) -> dict[str, object]:
    files: Sequence[public.FileResult] = result.files
    return {
        "files": [(file, _certificates(file)) for file in files],
        "downloads": [
            _link(f"{gettext('检查结果')}.json", "application/json", result.json),
            _link(f"{gettext('检查结果')}.xlsx", MEDIA_TYPES["xlsx"], result.workbook),
        ],
    }


def _certificates(file: public.FileResult) -> list[Link]:
    found = [_link(f"{gettext('检查证明')}.json", "application/json", file.certificate)] if file.certificate else []
    return found + ([_link(f"{gettext('检查证明')}.pdf", "application/pdf", file.printed)] if file.printed else [])


def _link(name: str, kind: str, data: bytes) -> Link:
    return Link(name, f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}")
