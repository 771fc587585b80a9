"""Choosing for which of one's organs one works."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.workbench.access import ACTING_KEY, ORGAN_KEY, at_own_desk, posts_of


@require_POST
@at_own_desk
def choose_organ(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Work for another of one's own organs from now on, as oneself."""
    code = request.POST.get("organ", "")
    if code not in {post.organ.code for post in posts_of(request)}:
        raise Refused("not_yours", "您不是这个机关的工作人员，不能切换到它")
    request.session[ORGAN_KEY] = code
    request.session.pop(ACTING_KEY, None)
    return redirect("workbench:home")
