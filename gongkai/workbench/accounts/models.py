"""What is stored of accounts: the door's rules of each organ, passwords' ages, failed tries, sessions, the set-up."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.organs.models import Organ
from gongkai.records.roles import ADMINISTRATORS
from gongkai.workbench.accounts.sealing import unseal


def administrators() -> list[str]:
    """Who needs a second factor where nothing else was set (GB/T 22239-2019 asks it at level 3)."""
    return sorted(ADMINISTRATORS)


def between(least: int, most: int) -> list[MinValueValidator | MaxValueValidator]:
    """A number within bounds."""
    return [MinValueValidator(least), MaxValueValidator(most)]


class DoorRules(models.Model):
    """How an organ keeps its door: how long a session lasts, when an account is locked, who needs a second factor."""

    organ = models.OneToOneField(Organ, on_delete=models.CASCADE, related_name="door", verbose_name="行政机关")
    idle_minutes = models.PositiveSmallIntegerField(
        "无操作自动退出(分钟)", default=30, validators=between(5, 240), help_text="5 至 240 分钟"
    )
    session_hours = models.PositiveSmallIntegerField(
        "一次登录最长(小时)", default=12, validators=between(1, 24), help_text="1 至 24 小时，到时须重新登录"
    )
    most_failures = models.PositiveSmallIntegerField(
        "连续失败几次锁定", default=5, validators=between(3, 10), help_text="3 至 10 次"
    )
    lock_minutes = models.PositiveSmallIntegerField(
        "锁定时间(分钟)", default=30, validators=between(5, 1440), help_text="5 至 1440 分钟，到时自动解锁"
    )
    password_days = models.PositiveSmallIntegerField(
        "密码有效期(天)",
        null=True,
        blank=True,
        validators=between(30, 730),
        help_text="30 至 730 天；留空则不强制定期更换",
    )
    second_factor_roles = models.JSONField("须用第二因子的角色", default=administrators, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录设置"

    def __str__(self) -> str:
        return f"{self.organ} 登录设置"


class Account(models.Model):
    """What we keep beside Django's user: whether the password was given by another, and since when it stands."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="account", verbose_name="登录账号"
    )
    must_change = models.BooleanField("须更换密码", default=False)
    password_set_at = models.DateTimeField("密码设定时间")

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def __str__(self) -> str:
        return str(self.user)


class Tries(models.Model):
    """Failed tries to sign in, of one account name or from one address, since the last quiet time.

    key: a keyed digest of the name or address. What somebody typed into the wrong field is not kept, nor told.
    """

    class Kind(models.TextChoices):
        ACCOUNT = "account", "账号"
        ADDRESS = "address", "来源地址"

    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    key = models.CharField("标识", max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="tries",
        verbose_name="登录账号",
    )  # fmt: skip
    address = models.CharField("来源地址", max_length=45, blank=True)
    count = models.PositiveIntegerField("次数", default=0)
    last_at = models.DateTimeField("最近一次", null=True, blank=True)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录失败"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="accounts_tries_one_a_key")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.address or self.user_id or self.key[:8]}"

    def is_locked(self, at: datetime) -> bool:
        """Whether nobody may try now."""
        return self.locked_until is not None and at < self.locked_until

    def counted(self, at: datetime, quiet: timedelta) -> int:
        """The tries that still count: after a quiet time they begin anew."""
        return self.count if self.last_at is not None and at - self.last_at < quiet else 0


class Authenticator(TOTPDevice):  # type: ignore[misc]  # django-otp has no types
    """An authenticator app, as django-otp keeps it, but with its key sealed: a stolen copy of the database gives no
    codes. The key column holds AES-256-GCM over the key: 12 bytes nonce, 20 bytes, 16 bytes tag, in base64.
    """

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "验证器"

    @property
    def bin_key(self) -> bytes:
        """The key in clear, of which the app shows the codes. Refused under another secret of the installation."""
        return unseal(self.key)


class DeskSession(models.Model):
    """A session at the desk, from signing in to its end, as its owner and the security administrator see it."""

    class Ending(models.TextChoices):
        SIGNED_OUT = "signed_out", "本人退出"
        IDLE = "idle", "长时间无操作"
        TOO_LONG = "too_long", "达到最长时间"
        ENDED = "ended", "被终止"
        PASSWORD = "password", "更换密码"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_sessions", verbose_name="登录账号"
    )
    key = models.CharField("会话标识", max_length=40, unique=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    agent = models.CharField("浏览器", max_length=200, blank=True)
    begun_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近操作")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    ending = models.CharField("结束方式", max_length=12, choices=Ending.choices, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录会话"
        ordering = ["-begun_at", "-pk"]
        indexes = [models.Index(fields=["user", "ended_at"], name="accounts_session_open")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ending="")
                | models.Q(ended_at__isnull=False) & ~models.Q(ending=""),
                name="accounts_session_ended_has_a_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.begun_at:%Y-%m-%d %H:%M}"


class SetUp(models.Model):
    """The first start of an installation: the code that opens it, and how far it has come. One row, or none."""

    code_digest = models.CharField("口令摘要", max_length=64)
    begun_at = models.DateTimeField("开始时间")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, null=True, blank=True, verbose_name="行政机关")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "首次设置"

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d}"


class CalendarFeed(models.Model):
    """A person's calendar feed: whoever knows its token may read it. Only a digest of the token is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed", verbose_name="登录账号"
    )
    token_digest = models.CharField("订阅口令摘要", max_length=64, unique=True)
    made_at = models.DateTimeField("开通时间")

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%Y-%m-%d}"
