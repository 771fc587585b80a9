"""Public pages kept as they were drawn, until anything is done that could change them: then they are drawn anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language

from gongkai.records import public

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
OWN = {settings.SESSION_COOKIE_NAME, "messages"}  # with these a page may say something to one reader alone
MODE = "gongkai_mode"  # the cookie of the reading mode, as the page frame reads it


def kept(view: View[P]) -> View[P]:
    """A view whose page is the same for everybody who is not signed in. Of a page about one organ (`organ` in its
    address) only what that organ does matters.

    Every act leaves an entry, so the heads of the chains tell whether a page still holds; nobody has to remember to
    throw it away. A browser that has the page already is told so in one line.
    """

    @wraps(view)
    def keeping(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if OWN & request.COOKIES.keys():
            return view(request, *args, **kwargs)
        organ = kwargs.get("organ")
        key, stamp = _key(request), public.stamp(None if organ is None else str(organ))
        held = caches["pages"].get(key)
        if held is not None and held[0] == stamp:
            return _again(request, *held[1:])
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.cookies:
            etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            caches["pages"].set(key, (stamp, response.content, response["Content-Type"], etag))
            response["ETag"] = etag
        return response

    return keeping


def _key(request: HttpRequest) -> str:
    """What tells one drawing from another: the address, the language and the reading mode."""
    told = (request.get_host(), request.get_full_path(), get_language() or "", request.COOKIES.get(MODE, ""))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _again(request: HttpRequest, content: bytes, content_type: str, etag: str) -> HttpResponse:
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(content, content_type=content_type)
    response["ETag"] = etag
    return response
