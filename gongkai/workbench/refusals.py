"""How a refusal is shown: the one place at the doors where Refused becomes a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.law.refusal import Refused
from gongkai.reports.typesetting import typeset

# Refusals about who asks are 403; all others are about the state of things, 409.
ABOUT_THE_PERSON = frozenset({"not_yours", "role_missing", "wrong_role", "no_staff", "same_person", "signed_out"})


class RefusalPage:
    """Turns a Refused from any view into a page with the reason, what to do, and the article it rests on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = 403 if exception.code in ABOUT_THE_PERSON else 409
        # Where the reader came from, when it was one of our own pages; otherwise the front page is offered alone.
        back = request.path if request.method == "GET" else request.headers.get("Referer", "")
        context = {
            "reason": typeset(exception.reason), "cite": typeset(exception.cite), "code": exception.code,
            "back": _own(request, back),
        }  # fmt: skip
        return render(request, "refused.html", context, status=status)


def _own(request: HttpRequest, address: str) -> str:
    """The address when it leads to this site (path only), else ""."""
    prefix = request.build_absolute_uri("/")
    return address.removeprefix(prefix.rstrip("/")) if address.startswith(prefix) else ""
