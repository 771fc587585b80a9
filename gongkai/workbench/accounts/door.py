"""The door of the desk, before any of its pages: sessions that ran out, passwords to change, second factors due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate, now
from django.utils.translation import gettext

from gongkai.organs.models import Staff
from gongkai.workbench.accounts import passwords, persons, rules, second_factor, sessions
from gongkai.workbench.accounts.models import Account, DeskSession
from gongkai.workbench.accounts.rules import Door

BEGUN, SEEN, VERIFIED, KEPT = "begun", "seen", "second_factor", "kept"  # in the session
TOUCHED_EVERY = timedelta(minutes=1)
# Pages without which nobody could come in, or out.
ALWAYS_OPEN = {"sign_in", "sign_in_code", "sign_out", "setup"}
# Read by programs that cannot sign in: the secret is in the address, and a wrong one is not found.
BY_ADDRESS = {"feed"}
TO_CHANGE = {"password"}
NEVER_KEPT = {"password", "second_factor", "recovery_codes", "remove_second_factor"}
TO_ENROL = {"password", "second_factor", "second_factor_picture"}


def posts_of(request: HttpRequest) -> list[Staff]:
    """The posts of who asks, read once for a request."""
    kept = vars(request)
    if "posts" not in kept:
        kept["posts"] = persons.posts_of(request.user)
    posts: list[Staff] = kept["posts"]
    return posts


def account_of(user: Any) -> Account | None:
    """What we keep beside the user; None for those made elsewhere."""
    try:
        found: Account = user.account
    except ObjectDoesNotExist:
        return None
    return found


class DeskDoor:
    """Stands before every page of the desk: ends a session that ran out, and sends to what must be done first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Sequence[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.app_name != "workbench" or match.url_name in ALWAYS_OPEN:
            return None
        if isinstance(request.user, AnonymousUser):
            return None
        at, posts = now(), posts_of(request)
        door = rules.door_of(posts)
        if ending := _ran_out(request, door, at):
            return _ended(request, str(match.url_name), ending, door, at)
        _touch(request, at)
        return _to_do_first(request, str(match.url_name), posts, door, at)


def _moment(request: HttpRequest, name: str, at: datetime) -> datetime:
    """A moment kept in the session; a session made without the form (by a test, by an older version) begins now."""
    kept = request.session.setdefault(name, at.timestamp())
    return datetime.fromtimestamp(kept, tz=at.tzinfo)


def _ran_out(request: HttpRequest, door: Door, at: datetime) -> str:
    if at - _moment(request, BEGUN, at) >= door.longest:
        return DeskSession.Ending.TOO_LONG
    return DeskSession.Ending.IDLE if at - _moment(request, SEEN, at) >= door.idle else ""


def _ended(request: HttpRequest, page: str, ending: str, door: Door, at: datetime) -> HttpResponse:
    typed = _typed(request, page)
    sessions.finish(request.user, key=request.session.session_key or "", ending=ending, at=at)
    logout(request)
    if ending == DeskSession.Ending.IDLE:
        minutes = int(door.idle.total_seconds() // 60)
        told = gettext("您已有 %(minutes)d 分钟没有操作，系统已自动退出；请重新登录。") % {"minutes": minutes}
    else:
        hours = int(door.longest.total_seconds() // 3600)
        told = gettext("本次登录已满 %(hours)d 小时，系统已自动退出；请重新登录。") % {"hours": hours}
    messages.warning(request, told)
    wanted = request.get_full_path() if request.method == "GET" else reverse("workbench:home")
    if typed is not None:
        request.session[KEPT], wanted = typed, reverse("workbench:kept")
    return redirect(f"{reverse('workbench:sign_in')}?{urlencode({'next': wanted})}")


def _typed(request: HttpRequest, page: str) -> dict[str, Any] | None:
    """What somebody had typed before the session ran out: handed back to them, and to nobody else, after signing in.

    Not files, and nothing from the pages of one's account: there are passwords in it.
    """
    if request.method != "POST" or page in NEVER_KEPT or request.FILES:
        return None
    fields = [[name, value] for name, values in request.POST.lists() for value in values]
    told = [field for field in fields if field[0] != "csrfmiddlewaretoken"]
    return {"user": request.user.pk, "path": request.get_full_path(), "fields": told}


def _touch(request: HttpRequest, at: datetime) -> None:
    """Written once a minute at most, so that reading costs no writing."""
    if at - _moment(request, SEEN, at) >= TOUCHED_EVERY:
        request.session[SEEN] = at.timestamp()
        sessions.seen(request.session.session_key or "", at)


def _to_do_first(request: HttpRequest, page: str, posts: list[Staff], door: Door, at: datetime) -> HttpResponse | None:
    if page not in TO_CHANGE and passwords.is_due(
        account_of(posts[0].user if posts else request.user), door.password_age, at
    ):
        return redirect("workbench:password")
    if page in TO_ENROL or request.session.get(VERIFIED):
        return None
    if not needs_second_factor(posts, door):
        return None
    if second_factor.is_enrolled(request.user):  # set up in another session: this one was begun without it
        logout(request)
        return redirect("workbench:sign_in")
    return redirect("workbench:second_factor")


def needs_second_factor(posts: list[Staff], door: Door) -> bool:
    """Whether a role held today, or handed over to the person today, may be used with a second factor only."""
    today = localdate()
    held = {role for post in posts for role in post.own_roles_on(today)}
    handed = {duty.role for post in posts for duty in post.duties_on(today)}
    return bool((held | handed) & door.second_factor_roles)
