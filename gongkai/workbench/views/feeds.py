"""One's calendar feed: the page where it is opened and ended, and the feed itself, which needs no sign-in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.organs.models import Staff
from gongkai.workbench import feeding
from gongkai.workbench.access import at_own_desk
from gongkai.workbench.accounts import feeds, persons


@require_http_methods(["GET", "POST"])
@at_own_desk
def own_feed(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Open, renew or end one's feed; its address is shown this once."""
    address = ""
    if request.method == "POST" and request.POST.get("act") == "revoke":
        feeds.revoke(staff.user, by=staff, at=now())
        messages.success(request, gettext("已停用，原来的地址不能再用。"))
        return redirect("workbench:own_feed")
    if request.method == "POST":
        token = feeds.make(staff.user, by=staff, at=now())
        address = request.build_absolute_uri(reverse("workbench:feed", args=(token,)))
    context = {"staff": staff, "here": "own_account", "made_at": feeds.made_at(staff.user), "address": address}
    return render(request, "workbench/own_feed.html", context)


@require_safe
@cache_control(private=True, max_age=900)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What waits for the owner of the token, as a calendar; 404 for any other token."""
    owner = feeds.owner_of(token)
    if owner is None:
        raise Http404("feed")
    root = request.build_absolute_uri("/").rstrip("/")
    content = feeding.feed(persons.posts_of(owner), localdate(), now(), root)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="gongkai.ics"'
    response["Referrer-Policy"] = "no-referrer"
    return response
