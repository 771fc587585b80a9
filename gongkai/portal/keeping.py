"""Public pages kept as they were drawn, until anything is done that could change them: then they are drawn anew."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date
from django.utils.timezone import localdate, now
from django.utils.translation import get_language

from gongkai.disclosures import public as disclosures
from gongkai.records import public

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
OWN = {settings.SESSION_COOKIE_NAME, "messages"}  # with these a page may say something to one reader alone
MODE = "gongkai_mode"  # the cookie of the reading mode, as the page frame reads it


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as it was drawn. stamp: what had been done until then; at: in seconds since 1970."""

    stamp: str
    content: bytes
    content_type: str
    etag: str
    at: float


def kept(view: View[P]) -> View[P]:
    """A view whose page is the same for everybody who is not signed in. Of a page about one organ (`organ` in its
    address) only what that organ does matters.

    Every act leaves an entry, so the heads of the chains tell whether a page still holds; nobody has to remember to
    throw it away. A browser that has the page already is told so in one line.
    """
    return _keeping(view, public.stamp)


def kept_of_all(view: View[P]) -> View[P]:
    """As `kept`, for pages about one organ that show what others did as well."""
    return _keeping(view, lambda organ: public.stamp(None))


def kept_for_the_day(view: View[P]) -> View[P]:
    """As `kept`, for pages of items: what was scheduled is let out first, and validity may be another tomorrow."""
    return _keeping(view, _stamp_of_today)


def _stamp_of_today(organ: str | None) -> str:
    disclosures.settle(now())
    return f"{public.stamp(organ)} {localdate()}"


def _keeping(view: View[P], stamp_of: Callable[[str | None], str]) -> View[P]:
    @wraps(view)
    def keeping(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if OWN & request.COOKIES.keys():
            return view(request, *args, **kwargs)
        organ = kwargs.get("organ")
        # Taken before the page is drawn: what is done meanwhile makes it out of date, never the other way round.
        key, stamp = _key(request), stamp_of(None if organ is None else str(organ))
        held: Drawn | None = caches["pages"].get(key)
        if held is not None and held.stamp == stamp:
            return _answer(request, held)
        response = view(request, *args, **kwargs)
        if response.status_code != 200 or response.cookies:
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        drawn = Drawn(stamp, response.content, response["Content-Type"], etag, time.time())
        caches["pages"].set(key, drawn)
        return _answer(request, drawn)

    return keeping


def _key(request: HttpRequest) -> str:
    """What tells one drawing from another: the address, the language and the reading mode."""
    told = (request.scheme, request.get_host(), request.get_full_path(), get_language(), request.COOKIES.get(MODE, ""))
    return hashlib.sha256("\n".join(map(str, told)).encode()).hexdigest()


def _answer(request: HttpRequest, drawn: Drawn) -> HttpResponse:
    """The page, or that the reader has it already (RFC 9110). He asks each time: it may change at any moment.

    Last-Modified is told once the drawing is a second old: within the second another may have been given out (8.8.2.2).
    """
    response = HttpResponse(drawn.content, content_type=drawn.content_type)
    response["ETag"] = drawn.etag
    since = int(drawn.at) if time.time() - drawn.at >= 1 else None
    if since is not None:
        response["Last-Modified"] = http_date(since)
    patch_cache_control(response, no_cache=True)
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    conditional = get_conditional_response(request, drawn.etag, since, response)
    assert isinstance(conditional, HttpResponse)
    return conditional
