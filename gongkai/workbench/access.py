"""Who is at the desk: signed in, a member of an organ's staff, with a role today, perhaps standing in for another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from gongkai.law.refusal import Refused
from gongkai.organs.models import Handover, Staff
from gongkai.records.roles import ADMINISTRATORS, BUSINESS, Role
from gongkai.workbench.accounts.door import posts_of

__all__ = ["ACTING_KEY", "ORGAN_KEY", "Desk", "administers", "at_desk", "at_own_desk", "posts_of"]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
DeskView = Callable[Concatenate[HttpRequest, Staff, P], HttpResponseBase]
ORGAN_KEY = "organ"  # in the session: the organ chosen by somebody who works in several
ACTING_KEY = "acting_for"  # in the session: the key of the colleague for whom one works
# Where an administrator begins, who has no business pages.
FIRST_PAGES = {Role.SYSTEM_ADMIN: "people", Role.SECURITY_ADMIN: "people", Role.AUDITOR: "entries"}


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk at which somebody sits today. The page frame reads it as `request.desk`.

    roles: those that count now; duties: what colleagues have handed over for today, whether taken up or not.
    """

    staff: Staff
    posts: tuple[Staff, ...]
    roles: frozenset[str]
    duties: tuple[Handover, ...]

    @property
    def colleagues(self) -> list[Staff]:
        """For whom one may work today, each once."""
        return list({duty.from_staff_id: duty.from_staff for duty in self.duties}.values())

    @property
    def does_business(self) -> bool:
        """Whether registers and reports are theirs to see."""
        return bool(self.roles & BUSINESS)

    @property
    def keeps_registers(self) -> bool:
        """Whether registers are theirs to write."""
        return Role.CLERK.value in self.roles

    @property
    def keeps_people(self) -> bool:
        """Whether accounts and roles are theirs to see."""
        return bool(self.roles & {Role.SYSTEM_ADMIN.value, Role.SECURITY_ADMIN.value})

    @property
    def keeps_system(self) -> bool:
        """Whether organs and settings are theirs."""
        return Role.SYSTEM_ADMIN.value in self.roles

    @property
    def keeps_security(self) -> bool:
        """Whether roles, locks and sessions are theirs."""
        return Role.SECURITY_ADMIN.value in self.roles

    @property
    def reads_entries(self) -> bool:
        """Whether the entry book is theirs to read."""
        return self.does_business or Role.AUDITOR.value in self.roles


def desk_of(request: HttpRequest) -> Desk:
    """The desk for this request: the organ chosen in this session, else the first with a role today; else Refused."""
    kept = vars(request)
    if "desk" not in kept:
        kept["desk"] = _seated(request)
    desk: Desk = kept["desk"]
    return desk


def _seated(request: HttpRequest) -> Desk:
    posts, today = posts_of(request), localdate()
    if not posts:
        raise Refused("no_staff", "您的账号还没有登记为任何机关的工作人员；请联系本机关系统管理员登记后再来")
    chosen = request.session.get(ORGAN_KEY)
    useful = [post for post in posts if post.own_roles_on(today) or post.duties_on(today)]
    staff = next((post for post in posts if post.organ.code == chosen), (useful or posts)[0])
    duties = staff.duties_on(today)
    absent = request.session.get(ACTING_KEY)
    # A handover that has ended is let go without a word: the page says as whom one works.
    staff.acting_for = next((duty.from_staff for duty in duties if duty.from_staff_id == absent), None)
    return Desk(staff, tuple(posts), staff.roles_on(today), tuple(duties))


def at_own_desk(view: DeskView[P]) -> View[P]:
    """The view receives the member of staff, with or without a role: pages about oneself."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, desk_of(request).staff, *args, **kwargs)

    # On shared office machines the browser must not show a desk page again after signing out.
    return never_cache(login_required(guarded))


def at_desk(view: DeskView[P]) -> View[P]:
    """The view receives the member of staff who does business today. Administrators are led to their own first page
    from the home page, and refused elsewhere, as is whoever has no role today.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        desk = desk_of(request)
        if not desk.does_business:
            return _elsewhere(request, desk)
        return view(request, desk.staff, *args, **kwargs)

    return never_cache(login_required(guarded))


def administers(*roles: Role, business: bool = False) -> Callable[[DeskView[P]], View[P]]:
    """The view is for these administrators, and with `business` for those who do business too. Refused to others."""

    def decorator(view: DeskView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            desk = desk_of(request)
            if not (desk.roles & {role.value for role in roles} or (business and desk.does_business)):
                names = "、".join(role.label for role in roles)
                raise Refused("not_your_role", f"这一页由{names}使用；{desk.staff} 今日没有这一角色")
            return view(request, desk.staff, *args, **kwargs)

        return never_cache(login_required(guarded))

    return decorator


def _elsewhere(request: HttpRequest, desk: Desk) -> HttpResponse:
    match = request.resolver_match
    first = next((page for role, page in FIRST_PAGES.items() if role.value in desk.roles), "own_account")
    if match is not None and match.url_name == "home":
        return redirect(f"workbench:{first}")
    if desk.roles & ADMINISTRATORS:
        raise Refused("not_your_role", "管理员不办理公开业务，也不查看业务登记；请由有业务角色的同事办理")
    raise Refused("no_role", f"{desk.staff} 今日没有任何角色，不能办理业务；请联系本机关安全管理员任命角色")
