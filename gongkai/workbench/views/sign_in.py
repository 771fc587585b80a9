"""Signing in: account and password, then a code where a second factor is set up; and signing out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, get_user_model, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.records.addresses import agent_of
from gongkai.workbench.accounts import second_factor, sessions, setting_up, tries
from gongkai.workbench.accounts.door import BEGUN, SEEN, VERIFIED
from gongkai.workbench.accounts.models import DeskSession
from gongkai.workbench.accounts.tries import Try

PENDING = "pending"  # in the session: who has given the right password and owes a code
PATIENCE = timedelta(minutes=5)
BACKEND = "django.contrib.auth.backends.ModelBackend"
LOCKED = 429


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, on a new installation the first start; posted, the desk opens, or it is told why not."""
    if request.user.is_authenticated:
        return redirect(_wanted(request))
    if request.method == "GET":
        return redirect("workbench:setup") if setting_up.is_needed() else _page(request, "")
    username = request.POST.get("username", "").strip()
    one, at = tries.of(request, username, get_user_model().objects.filter(username=username).first()), now()
    if locked := tries.begin(one, at=at):
        return _page(request, tries.locked_sentence(locked), LOCKED)
    user = authenticate(request, username=username, password=request.POST.get("password", ""))
    if user is None:
        return _failed(request, one, "password")
    if second_factor.is_enrolled(user):
        tries.succeed(one, wholly=False)
        request.session[PENDING] = {"user": user.pk, "at": at.timestamp(), "next": _wanted(request)}
        return redirect("workbench:sign_in_code")
    return _enter(request, user, one, "", _wanted(request))


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the authenticator, or a recovery code."""
    pending: dict[str, Any] = request.session.get(PENDING) or {"user": None, "at": 0, "next": ""}
    user = get_user_model().objects.filter(pk=pending["user"], is_active=True).first()
    if user is None or now().timestamp() - pending["at"] > PATIENCE.total_seconds():
        request.session.pop(PENDING, None)
        return redirect("workbench:sign_in")
    if request.method == "GET":
        return _code_page(request, "")
    one = tries.of(request, user.get_username(), user)
    if locked := tries.begin(one, at=now()):
        return _code_page(request, tries.locked_sentence(locked), LOCKED)
    used = second_factor.verify(user, request.POST.get("code", ""))
    if not used:
        return _failed(request, one, "second_factor")
    return _enter(request, user, one, used, pending["next"])


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and say so in the entry book."""
    if request.user.is_authenticated:
        key = request.session.session_key or ""
        sessions.finish(request.user, key=key, ending=DeskSession.Ending.SIGNED_OUT, at=now())
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _enter(request: HttpRequest, user: Any, one: Try, factor: str, wanted: str) -> HttpResponse:
    at = now()
    login(request, user, backend=BACKEND)
    request.session.pop(PENDING, None)
    request.session.update({BEGUN: at.timestamp(), SEEN: at.timestamp(), VERIFIED: bool(factor)})
    key = request.session.session_key or ""
    sessions.begin(user, key=key, address=one.address, agent=agent_of(request), second_factor=factor, at=at)
    tries.succeed(one, wholly=True)
    return redirect(wanted)


def _failed(request: HttpRequest, one: Try, step: str) -> HttpResponse:
    locked = tries.fail(one, step=step, at=now())
    page = _page if step == "password" else _code_page
    if locked is not None:
        return page(request, tries.locked_sentence(locked), LOCKED)
    if step == "password":
        return page(
            request,
            gettext("账号或密码不对。请检查大小写后再输入一次；多次失败会暂时锁定。忘记密码请联系本机关系统管理员。"),
        )
    # After a wrong code the next ones are refused for some seconds (django-otp doubles them each time).
    return page(request, gettext("验证码不对或已用过。请等几秒，再输入应用中现在显示的验证码。"))


def _page(request: HttpRequest, fault: str, status: int = 200) -> HttpResponse:
    context = {"fault": fault, "username": request.POST.get("username", ""), "next": _wanted(request)}
    return render(request, "workbench/sign_in.html", context, status=status)


def _code_page(request: HttpRequest, fault: str, status: int = 200) -> HttpResponse:
    return render(request, "workbench/sign_in_code.html", {"fault": fault}, status=status)


def _wanted(request: HttpRequest) -> str:
    """The page that was wanted, when it is one of ours; else the desk."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and allowed else resolve_url(settings.LOGIN_REDIRECT_URL)
