"""One's own account: who one is, password, second factor, sessions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.workbench.access import at_own_desk, desk_of
from gongkai.workbench.accounts import passwords, pictures, rules, second_factor, sessions, tries, words
from gongkai.workbench.accounts.door import KEPT, VERIFIED, account_of, needs_second_factor
from gongkai.workbench.accounts.forms import Code, OwnPassword
from gongkai.workbench.accounts.models import DeskSession, Tries
from gongkai.workbench.accounts.tries import Try

ENDED_SHOWN = 20
REFUSED, LOCKED = 409, 429


@require_GET
@at_own_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Who one is here, and what one may change about it."""
    return render(
        request,
        "workbench/own_account.html",
        {
            "staff": staff, "here": "own_account", "account": account_of(request.user),
            "roles": words.roles(staff.own_roles_on(localdate())), "enrolled": second_factor.is_enrolled(request.user),
            "sessions": sessions.open_sessions(request.user).count(),
        },
    )  # fmt: skip


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@at_own_desk
def password(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Change the password; asked of everybody whose password was given by another.

    A wrong present password counts like a failed sign-in: a desk left open must not be a place for guessing.
    """
    form, locked = OwnPassword(staff.user, request.POST if request.method == "POST" else None), None
    if request.method == "POST":
        one = tries.of(request, staff.user.get_username(), staff.user)
        locked = tries.begin(one, at=now())
        if locked is None and form.is_valid() and _changed(request, staff, form):
            tries.succeed(one, wholly=False)
            messages.success(request, gettext("密码已更换；您在别处的登录已经结束。"))
            return redirect("workbench:home")
        locked = locked or _settled(form, one)
    if locked is not None:
        form = OwnPassword(staff.user)
    due = passwords.is_due(account_of(request.user), rules.door_of(desk_of(request).posts).password_age, now())
    context = {
        "staff": staff, "here": "own_account", "form": form, "due": due,
        "locked": tries.locked_sentence(locked) if locked else "",
    }  # fmt: skip
    return render(request, "workbench/password.html", context, status=LOCKED if locked else 200)


def _changed(request: HttpRequest, staff: Staff, form: OwnPassword) -> bool:
    """False, with the fault in the form, when the rules forbid the new password."""
    key = request.session.session_key or ""
    try:
        passwords.change(staff.user, form.cleaned_data["new_password1"], keep=key, by=staff, at=now())
    except ValidationError as fault:
        form.add_error("new_password1", fault)
        return False
    update_session_auth_hash(request, form.user)
    sessions.moved(key, request.session.session_key or "")
    return True


def _settled(form: OwnPassword, one: Try) -> Tries | None:
    """The try counted in advance stays counted where the present password was wrong; gives the lock it may cause."""
    if form.has_error("old_password", "password_incorrect"):
        return tries.fail(one, step="change_password", at=now())
    tries.succeed(one, wholly=False)
    return None


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@at_own_desk
def factor(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Set up an authenticator (?new=1: another one), or see what is set up; the recovery codes are shown once."""
    if second_factor.is_enrolled(request.user) and (request.method == "POST" or "new" in request.GET):
        _require_verified(request)
    form = Code(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_factor.enrol(request.user, code=form.cleaned_data["code"], by=staff, at=now())
        except Refused as refused:
            form.add_error("code", refused.reason)
        else:
            request.session[VERIFIED] = True
            return render(
                request, "workbench/recovery_codes.html", {"staff": staff, "here": "own_account", "codes": codes}
            )
    return _factor_page(request, staff, form)


def _factor_page(request: HttpRequest, staff: Staff, form: Code, removal: Code | None = None) -> HttpResponse:
    posts = list(desk_of(request).posts)
    required = needs_second_factor(posts, rules.door_of(posts))
    enrolled = second_factor.is_enrolled(request.user)
    context = {
        "staff": staff, "here": "own_account", "form": form, "removal": removal or Code(auto_id="remove_%s"),
        "required": required, "enrolled": enrolled, "verified": bool(request.session.get(VERIFIED)),
    }  # fmt: skip
    if enrolled and "new" not in request.GET and not form.is_bound:
        context["codes_left"] = second_factor.codes_left(request.user)
    else:
        device = second_factor.pending(request.user)
        context |= {"secret": second_factor.secret_of(device), "picture": pictures.qr(device.config_url)}
    return render(request, "workbench/second_factor.html", context)


@require_POST
@at_own_desk
def factor_codes(request: HttpRequest, staff: Staff) -> HttpResponse:
    """New recovery codes, shown once."""
    _require_verified(request)
    codes = second_factor.renew_codes(request.user, by=staff, at=now())
    return render(request, "workbench/recovery_codes.html", {"staff": staff, "here": "own_account", "codes": codes})


@require_POST
@at_own_desk
def factor_removed(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Do without a second factor, where no role of the person demands one."""
    posts = list(desk_of(request).posts)
    if needs_second_factor(posts, rules.door_of(posts)):
        raise Refused("second_factor_required", "您的角色须用第二因子登录，不能取消；换手机请用“更换验证器”")
    form = Code(request.POST, auto_id="remove_%s")
    if form.is_valid():
        try:
            second_factor.remove(request.user, code=form.cleaned_data["code"], by=staff, at=now())
        except Refused as refused:
            form.add_error("code", refused.reason)
        else:
            request.session[VERIFIED] = False
            messages.success(request, gettext("第二因子已取消。"))
            return redirect("workbench:second_factor")
    return _factor_page(request, staff, Code(), form)


def _require_verified(request: HttpRequest) -> None:
    """What opens the account without the authenticator is given only to a session that was opened with it."""
    if not request.session.get(VERIFIED):
        raise Refused("not_verified", "这次登录没有用过第二因子；请退出后用验证码重新登录，再办理")


@require_GET
@at_own_desk
def kept(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What one had typed when the session ran out, to be sent now; 404 where there is nothing, or another's."""
    found = request.session.get(KEPT)
    if found is None or found["user"] != request.user.pk:
        raise Http404("kept")
    context = {"staff": staff, "here": "", "path": found["path"], "fields": found["fields"]}
    return render(request, "workbench/kept.html", context)


@require_GET
@at_own_desk
def own_sessions(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Where one is signed in, and the latest sessions that have ended."""
    ended = DeskSession.objects.filter(user=staff.user, ended_at__isnull=False)[:ENDED_SHOWN]
    return render(
        request,
        "workbench/sessions.html",
        {
            "staff": staff, "here": "own_account", "open": list(sessions.open_sessions(request.user)),
            "ended": [(session, words.ending(session.ending)) for session in ended],
            "key": request.session.session_key,
        },
    )  # fmt: skip


@require_POST
@at_own_desk
def end_session(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """End one of one's own sessions."""
    found = get_object_or_404(DeskSession, pk=pk, user=request.user)
    sessions.end(found, by=staff, at=now())
    messages.success(request, gettext("已终止。"))
    return redirect("workbench:sessions")


@require_POST
@at_own_desk
def end_other_sessions(request: HttpRequest, staff: Staff) -> HttpResponse:
    """End all of one's own sessions but this one."""
    count = sessions.end_others(request.user, keep=request.session.session_key or "", by=staff, at=now())
    messages.success(request, gettext("已终止其他 %(count)d 处登录。") % {"count": count})
    return redirect("workbench:sessions")
