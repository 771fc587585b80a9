"""The staff of organs: who they are, which roles they hold, and whom they stand in for."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.organs.models.organ import Organ
from gongkai.organs.models.spans import ends_after_beginning
from gongkai.records import roles


class Staff(models.Model):
    """A person of an organ who works in this system; what they may do is in their roles.

    acting_for: set at the door while somebody works on behalf of an absent person, never stored. Entries then say
    whom they stand in for, and only the roles handed over count; they themselves stay who they are, so that nobody
    reviews his own draft by standing in for the reviewer.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="staff", verbose_name="登录账号"
    )
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="staff", verbose_name="行政机关")
    name = models.CharField("姓名", max_length=60)

    acting_for: Staff | None = None

    class Meta:
        verbose_name = verbose_name_plural = "工作人员"
        constraints = [models.UniqueConstraint(fields=["user", "organ"], name="organs_staff_once_in_an_organ")]

    def __str__(self) -> str:
        return self.name if self.acting_for is None else f"{self.name}（代{self.acting_for.name}）"

    def roles_on(self, day: date) -> frozenset[str]:
        """Codes of the roles that count on a day: one's own, or while standing in, those handed over."""
        # In Python over all of them, so that people listed with prefetched roles cost no query each.
        if self.acting_for is None:
            return self.own_roles_on(day)
        absent = self.acting_for
        return frozenset(duty.role for duty in self.duties_on(day) if duty.from_staff_id == absent.pk)

    def own_roles_on(self, day: date) -> frozenset[str]:
        """Codes of the roles to which the person is appointed on a day."""
        return frozenset(held.role for held in self.roles.all() if held.stands_on(day))

    def duties_on(self, day: date) -> list[Handover]:
        """What others have handed over to this person for that day, as long as they hold the role themselves."""
        standing = (duty for duty in self.received.all() if duty.stands_on(day))
        return [duty for duty in standing if duty.role in duty.from_staff.own_roles_on(day)]

    def has_role(self, role: str, on: date) -> bool:
        """Whether the person held the role on that day."""
        return role in self.roles_on(on)


class StaffRole(models.Model):
    """A role of a member of staff, from its first to its last day."""

    Role = roles.Role

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="roles", verbose_name="工作人员")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    from_on = models.DateField("任职日期")
    until_on = models.DateField("免职日期", null=True, blank=True, help_text="最后任职之日；仍在任则留空")

    class Meta:
        verbose_name = verbose_name_plural = "人员角色"
        constraints = [
            ends_after_beginning(),
            models.UniqueConstraint(fields=["staff", "role", "from_on"], name="organs_staffrole_one_a_day"),
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    def stands_on(self, day: date) -> bool:
        """Whether the role is held on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class Handover(models.Model):
    """A duty of an absent person, done by another from a first to a last day (both included)."""

    from_staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="given", verbose_name="移交人")
    to_staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="received", verbose_name="代办人")
    role = models.CharField("角色", max_length=20, choices=roles.Role.choices)
    from_on = models.DateField("起始日期")
    until_on = models.DateField("截止日期")
    reason = models.CharField("事由", max_length=200)
    taken_back_at = models.DateTimeField("收回时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代办"
        ordering = ["-from_on", "-pk"]
        constraints = [
            ends_after_beginning(),
            models.CheckConstraint(condition=~Q(from_staff=F("to_staff")), name="organs_handover_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.to_staff.name}代{self.from_staff.name}{self.get_role_display()}"

    def stands_on(self, day: date) -> bool:
        """Whether the duty is handed over on a day."""
        return self.taken_back_at is None and self.from_on <= day <= self.until_on
