"""How a refusal is shown: the one place at the doors where Refused becomes a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from gongkai.law.refusal import Refused
from gongkai.law.typesetting import typeset

# Refusals about who asks are 403, about what does not exist 404; all others are about the state of things, 409.
STATUS = {
    "not_yours": 403, "not_your_role": 403, "own_role": 403, "no_role": 403, "no_staff": 403, "not_found": 404,
    "unknown_figure": 404, "unreadable": 400,
}  # fmt: skip


UNFIT = 422  # a form that was refused comes back with what was typed


def status_of(refused: Refused) -> int:
    """The status of a page that shows a form again because it was refused."""
    if refused.code == "changed_meanwhile":
        return 409
    return 403 if STATUS.get(refused.code) == 403 else UNFIT


def in_type(refused: Refused) -> Refused:
    """The refusal with its sentences set for reading."""
    return Refused(refused.code, typeset(refused.reason), typeset(refused.cite))


class RefusalPage:
    """Turns a Refused from any view into a page with the reason, what to do, and the article it rests on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """No page ever sees a NUL: nobody can type one, and databases differ on what they do with it."""
        # A view without the token has its own way of taking what is sent, and keeps none of it.
        posted = QueryDict() if getattr(view, "csrf_exempt", False) else request.POST
        given = [request.path, *_texts(request.GET), *_texts(posted)]
        if any("\x00" in text for text in given):
            told = "内容里有看不见的空字符（NUL），没有保存；请改用键盘重新输入，或换一个文件复制"
            return self.process_exception(request, Refused("unreadable", told))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        # Where the reader came from, when it was one of our own pages; otherwise the front page is offered alone.
        back = request.path if request.method == "GET" else request.headers.get("Referer", "")
        context = {
            "reason": typeset(exception.reason), "cite": typeset(exception.cite), "code": exception.code,
            "back": _own(request, back),
        }  # fmt: skip
        return render(request, "refused.html", context, status=STATUS.get(exception.code, 409))


def _texts(given: QueryDict) -> Iterator[str]:
    for name, values in given.lists():
        yield name
        yield from (value for value in values if isinstance(value, str))


def _own(request: HttpRequest, address: str) -> str:
    """The address when it leads to this site (path only), else ""."""
    prefix = request.build_absolute_uri("/")
    return address.removeprefix(prefix.rstrip("/")) if address.startswith(prefix) else ""
