"""Who is at the desk: signed in, and a member of an organ's staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
DeskView = Callable[Concatenate[HttpRequest, Staff, P], HttpResponseBase]
ORGAN_KEY = "organ"  # in the session: the organ chosen by somebody who works in several


def posts_of(request: HttpRequest) -> list[Staff]:
    """The person as staff of each organ where they work, in the order of appointment."""
    if isinstance(request.user, AnonymousUser):
        return []
    posts = Staff.objects.filter(user=request.user).select_related("organ")
    return list(posts.prefetch_related("organ__names").order_by("pk"))


def at_desk(view: DeskView[P]) -> View[P]:
    """The view receives the member of staff: the organ chosen in this session, else their first. Refused to others."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        posts = posts_of(request)
        if not posts:
            raise Refused("no_staff", "您的账号还没有登记为任何机关的工作人员；请联系本机关系统管理员登记后再来")
        chosen = request.session.get(ORGAN_KEY)
        staff = next((post for post in posts if post.organ.code == chosen), posts[0])
        return view(request, staff, *args, **kwargs)

    # On shared office machines the browser must not show a desk page again after signing out.
    return never_cache(login_required(guarded))
