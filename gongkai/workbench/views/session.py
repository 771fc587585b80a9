"""Signing in and out, and choosing for which organ one works."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.workbench.access import ORGAN_KEY, at_desk, posts_of

sign_in = LoginView.as_view(template_name="workbench/sign_in.html", redirect_authenticated_user=True)
sign_out = LogoutView.as_view()


@require_POST
@at_desk
def choose_organ(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Work for another of one's own organs from now on."""
    code = request.POST.get("organ", "")
    if code not in {post.organ.code for post in posts_of(request)}:
        raise Refused("not_yours", "您不是这个机关的工作人员，不能切换到它")
    request.session[ORGAN_KEY] = code
    return redirect("workbench:home")
