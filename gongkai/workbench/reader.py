"""What the reader chose for every page: language and reading mode, by plain links and cookies, without script."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

MODE_COOKIE = "gongkai_mode"
MODES = ("standard", "elder")  # 标准版, 长者版
YEAR_OF_SECONDS = 365 * 24 * 3600


class ReaderChoices:
    """`?mode=elder` and `?language=en` choose for this page and all later ones.

    Stands before LocaleMiddleware, which then finds the chosen language in the request's cookies. Unknown values are
    left alone: they come from mistyped links, and the page itself is still right.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen: dict[str, str] = {}
        if (mode := request.GET.get("mode")) in MODES:
            chosen[MODE_COOKIE] = mode
        if (language := request.GET.get("language")) in dict(settings.LANGUAGES):
            chosen[settings.LANGUAGE_COOKIE_NAME] = language
        request.COOKIES.update(chosen)
        response = self.get_response(request)
        for name, value in chosen.items():
            response.set_cookie(name, value, max_age=YEAR_OF_SECONDS, httponly=True, samesite="Lax")
        return response


def reader(request: HttpRequest) -> dict[str, str]:
    """For the page frame: `mode` is "standard" or "elder"; `site_name` is "" where the installation gave none."""
    mode = request.COOKIES.get(MODE_COOKIE, "")
    return {"mode": mode if mode in MODES else MODES[0], "site_name": settings.SITE_NAME}
