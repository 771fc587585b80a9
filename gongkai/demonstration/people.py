"""The demonstration's organs and accounts: who may do what, with passwords that everybody may know."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, OrganName, Staff, StaffRole
from gongkai.records import entries
from gongkai.workbench.accounts import rules

CITY, BUREAU, ELSEWHERE = "DEMO-JLSZF", "DEMO-JLGXJ", "DEMO-OTHER"
DEMONSTRATED = ("reconstructed", "invented")
NAMED_FROM = date(2012, 1, 1)  # the published report is of 2012; of earlier names there is no evidence
FIRST_DAY = date(2012, 1, 1)
PASSWORD = "gongkai-demo-2012"  # known to all on purpose: these accounts exist in a demonstration database only


@dataclass(frozen=True, slots=True)
class Account:
    """A demonstration login. roles: codes of StaffRole.Role; says: what one may try with it."""

    username: str
    name: str
    organ: str
    roles: tuple[str, ...]
    says: str


ACCOUNTS = (
    Account("zhangsan", "张三", BUREAU, ("clerk",), "登记员:登记、导入、编制年报、起草公开信息"),
    Account("lisi", "李四", BUREAU, ("reviewer", "secrecy_reviewer"), "审核员、保密审查员:审定年报、审核公开属性"),
    Account("wangwu", "王五", ELSEWHERE, ("clerk",), "另一机关的登记员:看不到本局的登记"),
    Account("zhaoliu", "赵六", BUREAU, ("publisher", "office_lead"), "发布员、信息公开工作机构负责人:发布、签发、撤回"),
    Account("sunqi", "孙七", BUREAU, ("system_admin",), "系统管理员:机关、账号、登录设置"),
    Account("zhouba", "周八", BUREAU, ("security_admin",), "安全管理员:角色、解锁、第二因子、会话"),
    Account("zhengshi", "郑十", CITY, ("supervisor",), "市政府监督员:看下级机关的年报、汇总、提醒"),
    Account("wujiu", "吴九", BUREAU, ("auditor",), "审计管理员:只看操作日志、核验、导出"),
    Account("chenshier", "陈十二", BUREAU, ("secrecy_reviewer",), "保密审查员:公开属性审核之后,审查是否涉密"),
    Account("fengshiyi", "冯十一", CITY, ("auditor",), "市政府审计管理员:另看本站的日志"),
)


def require_allowed() -> None:
    """Refused where the demonstration is switched off, or the database serves real organs."""
    if os.environ.get("GONGKAI_DEMO", "1") == "0":
        raise Refused("demo_disabled", "GONGKAI_DEMO=0:这里不建立演示数据和演示账号;要启动网站请用 gongkai serve")
    real = Organ.objects.exclude(provenance__in=DEMONSTRATED).order_by("code").first()
    if real is not None:
        raise Refused(
            "real_organs",
            f"数据库里已有实际业务的机关“{real}”,不在其中建立演示账号(密码人人可知);"
            "请用 gongkai serve 启动网站,或用 GONGKAI_HOME 为演示另指一个文件夹",
        )


def are_here() -> bool:
    """Whether the accounts are made, all of them: an older demonstration had fewer."""
    names = [account.username for account in ACCOUNTS]
    return Staff.objects.filter(user__username__in=names).count() == len(ACCOUNTS)


@transaction.atomic
def settle(at: datetime) -> None:
    """Make the organs and the accounts that are missing, or refuse. All or nothing."""
    require_allowed()
    city = settle_organ(CITY, "city_government", "吉林市人民政府", "市政府", at, provenance="reconstructed")
    # No address and no telephone: nobody may be led by a demonstration to call a real office.
    settle_organ(BUREAU, "department", "吉林市工业和信息化局", "市工信局", at, provenance="reconstructed", parent=city)
    settle_organ(ELSEWHERE, "department", "〔演示虚构〕另一机关", "", at, provenance="invented", parent=city)
    password = make_password(PASSWORD)  # once for all: hashing is slow on purpose, and this one is no secret
    for account in ACCOUNTS:
        _account(account, password, at)
    # Nobody has the demonstration's telephone: its administrators sign in with their password alone.
    for organ in Organ.objects.filter(code__in=(CITY, BUREAU, ELSEWHERE)):
        rules.set_rules(organ, values={"second_factor_roles": []}, by="gongkai demo", at=at)


def bureau() -> Organ:
    """The bureau whose reports are shown."""
    return Organ.objects.prefetch_related("names").get(code=BUREAU)


def staff(username: str) -> Staff:
    """A member of the demonstration's staff by login."""
    return Staff.objects.select_related("organ").get(user__username=username)


def settle_organ(code: str, kind: str, name: str, short: str, at: datetime, **fields: object) -> Organ:
    """The organ of that code, made where it is missing."""
    found = Organ.objects.filter(code=code).first()
    if found is not None:
        return found
    organ = Organ(code=code, kind=kind, region_path="吉林省/吉林市", **fields)
    organ.full_clean()
    organ.save(force_insert=True)
    OrganName.objects.create(organ=organ, registered_name=name, short_name=short, from_on=NAMED_FROM)
    after = {"kind": kind, "name": name, "from_on": NAMED_FROM, "provenance": organ.provenance}
    entries.write(organ_code=code, by="gongkai demo", at=at, act="register_organ", subject=organ, after=after)
    return organ


def colleague(organ: Organ, username: str, name: str, *roles: str, at: datetime) -> Staff:
    """A member of the organ's staff of whom the registers tell; nobody can sign in as them."""
    return _appointed(organ, username, make_password(None), name, roles, at)


def _account(account: Account, password: str, at: datetime) -> None:
    if not get_user_model().objects.filter(username=account.username).exists():
        organ = Organ.objects.get(code=account.organ)
        _appointed(organ, account.username, password, account.name, account.roles, at)


def _appointed(
    organ: Organ, username: str, password: str, name: str, roles: tuple[str, ...], at: datetime
) -> Staff:  # fmt: skip
    user = get_user_model().objects.create(username=username, password=password)
    person = Staff.objects.create(user=user, organ=organ, name=name)
    StaffRole.objects.bulk_create(StaffRole(staff=person, role=role, from_on=FIRST_DAY) for role in roles)
    after = {"name": name, "roles": list(roles), "from_on": FIRST_DAY}
    entries.write(organ_code=organ.code, by="gongkai demo", at=at, act="appoint", subject=person, after=after)
    return person
