"""How a refusal is shown: the one place at the doors where Refused becomes a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from gongkai.law.refusal import Refused, SeveralRefused
from gongkai.law.typesetting import typeset

# Refusals about who asks are 403, about what does not exist 404; all others are about the state of things, 409.
STATUS = {
    "not_yours": 403, "not_your_role": 403, "own_role": 403, "no_role": 403, "no_staff": 403, "not_found": 404,
    "unknown_figure": 404, "unreadable": 400,
}  # fmt: skip


SECRET = ("csrf", "password", "code", "secret", "seen", "digest")  # parts of names of fields that are not shown again
WORTH_KEEPING = 10  # characters
SHOWN = 2000  # characters of what somebody else saved
CHANGED = "changed_meanwhile"
UNFIT = 422  # a form that was refused comes back with what was typed


ABOUT = {
    "no_reason": "reason", "no_source": "source", "no_text": "text", "no_owner": "owner", "no_evidence": "evidence",
    "unknown_status": "status", "too_many_decimals": "value", "reserved_cell": "text", "unknown_reference": "text",
    "not_reported": "text", "report_exists": "year", "no_form": "year", "no_kind": "answered_as", "no_answer": "answer",
    "no_remark": "remark", "nothing_chosen": "finding", "later_day": "due_on", "too_early": "due_on",
    "code_taken": "code", "name_too_early": "on", "span": "until_on", "not_a_colleague": "to_staff",
    "role_held": "role", "role_not_held": "role", "past_day": "due_on", "enrolled": "username",
    "username_taken": "username", "no_parent": "parent", "needs_reason": "accepting",
}  # fmt: skip
"""Codes of actions -> the field that most forms have for it; on a page without that field the refusal stands alone."""


def status_of(refused: Refused) -> int:
    """The status of a page that shows a form again because it was refused."""
    if refused.code == CHANGED:
        return 409
    return 403 if STATUS.get(refused.code) == 403 else UNFIT


def in_type(refused: Refused, **fields: str) -> Refused:
    """The refusal with its sentences set for reading. fields: code -> the field of this page which it is about."""
    known = ABOUT | fields
    faults = {known.get(code, code): typeset(reason) for code, reason in refused.faults.items()}
    told = SeveralRefused(faults, typeset(refused.cite))
    told.cause = refused.cause
    return told


def faults_of(refused: Refused | None) -> dict[str, str]:
    """What was wrong, by field, set for reading; {} where nothing was refused."""
    return {} if refused is None else {code: typeset(reason) for code, reason in refused.faults.items()}


def standing_beside(refused: Refused, stands: Mapping[str, str], given: Mapping[str, str]) -> Refused:
    """After somebody else's change: beside each field where something else is typed, what was saved meanwhile.

    stands: field -> what it holds now, as one would type it. Any other refusal is given back as it is.
    """
    if refused.code != CHANGED:
        return refused
    theirs = {
        name: f"现在保存的是“{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}”" if text else "现在保存的是空的"
        for name, text in stands.items()
        if name in given and plain(text) != plain(given[name])
    }
    return SeveralRefused({CHANGED: refused.reason, **theirs}, refused.cite)


def plain(text: str) -> str:
    """A text whatever way its lines end, without the blanks around it."""
    return text.replace("\r\n", "\n").strip()


def written(request: HttpRequest) -> Iterator[str]:
    """What somebody wrote and would have to write again; not what a page sent along, and nothing secret."""
    view = request.resolver_match.func if request.resolver_match else None
    if getattr(view, "csrf_exempt", False) or getattr(request, "sensitive_post_parameters", None):
        return
    if request.method == "POST":
        yield from (text for text in map(plain, _values(request.POST)) if len(text) >= WORTH_KEEPING)


def beside(form: BaseForm, refused: Refused) -> Refused | None:
    """Puts what is wrong with a field of the form beside that field; gives back a refusal that is about none."""
    told = in_type(refused)
    for field in [name for name in told.faults if name in form.fields]:
        form.add_error(field, told.faults[field])
    rest = {code: reason for code, reason in told.faults.items() if code not in form.fields}
    return SeveralRefused(rest, told.cite) if rest else None


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
        status = STATUS.get(exception.code, 409)
        context = {
            "reason": typeset(exception.reason), "cite": typeset(exception.cite), "code": exception.code,
            "back": _own(request, back), "typed": list(written(request)), "status": status,
        }  # fmt: skip
        page = render(request, "refused.html", context, status=status)
        add_never_cache_headers(page)  # the view's own were lost with its answer, and the page repeats what was typed
        return page


def _values(given: QueryDict) -> Iterator[str]:
    for name, values in given.lists():
        if not any(word in name for word in SECRET):
            yield from (value for value in values if isinstance(value, str))


def _texts(given: QueryDict) -> Iterator[str]:
    for name, values in given.lists():
        yield name
        yield from (value for value in values if isinstance(value, str))


def _own(request: HttpRequest, address: str) -> str:
    """The address when it leads to this site (path only), else ""."""
    prefix = request.build_absolute_uri("/")
    return address.removeprefix(prefix.rstrip("/")) if address.startswith(prefix) else ""
