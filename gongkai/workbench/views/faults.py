"""What the reader is told when what they sent cannot even be read: too much of it, or not whole."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MEGABYTE = 1024 * 1024


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page with a sentence; 413 for more text than is taken."""
    big = isinstance(exception, RequestDataTooBig)
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
    too_big = f"提交的文字超过 {most} 兆字节，没有保存；请删短后再提交，长的内容请作为文件上传"
    broken = "浏览器发来的内容不完整或者格式不对，没有处理；请返回原来的页面重新提交"
    context = {
        "reason": too_big if big else broken, "cite": "",
        "code": "too_large" if big else "bad_request", "back": "",
    }  # fmt: skip
    return render(request, "refused.html", context, status=413 if big else 400)
