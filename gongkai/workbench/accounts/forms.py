"""What people type at the pages of accounts: parsed and validated, never saved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from gongkai.law.vocabulary import choices
from gongkai.organs.models import Organ, Staff
from gongkai.records.roles import clash
from gongkai.records.spoken import said
from gongkai.workbench.accounts import words
from gongkai.workbench.accounts.models import DoorRules

NOTHING_YET = ("", "—")  # nobody is appointed because somebody stood first in a list


def day_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A day, typed or chosen in the browser's own calendar."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, widget=widget, required=required)


class OwnPassword(PasswordChangeForm):
    """The present password and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django's field takes the focus by itself: the first Tab would pass over the way to the text before the form.
        self.fields["old_password"].widget.attrs.pop("autofocus")

    def clean(self) -> dict[str, Any] | None:
        """The new password differs from the present one."""
        cleaned = super().clean()
        new = self.cleaned_data.get("new_password1")
        if new and new == self.cleaned_data.get("old_password"):
            self.add_error("new_password1", ValidationError(gettext("新密码与现在的密码相同；请换一个。")))
        return cleaned


class Code(forms.Form):
    """A code of six digits, or a recovery code. It may be pasted, and the browser may fill it in."""

    code = forms.CharField(
        label=gettext_lazy("验证码"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class NewPerson(forms.Form):
    """An account for a member of staff."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    username = forms.CharField(
        label=gettext_lazy("登录账号"),
        max_length=150,
        help_text=gettext_lazy("可用字母、数字和 @ . + - _，例如姓名拼音；以后不能更改"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class Joining(NewPerson):
    """The same, or somebody who has an account already."""

    existing = forms.BooleanField(label=gettext_lazy("此人已有账号（在下级或上级机关任职）"), required=False)


class Appointment(forms.Form):
    """A role from a day."""

    role = forms.ChoiceField(label=gettext_lazy("角色"))
    from_on = day_field(gettext_lazy("任职日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "role", [NOTHING_YET, *words.roles(words.ROLES)])


class Dismissal(forms.Form):
    """The last day of a role."""

    role = forms.ChoiceField(label=gettext_lazy("角色"))
    until_on = day_field(gettext_lazy("最后任职之日"))

    def __init__(self, *args: Any, held: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "role", words.roles(held))


class Duty(forms.Form):
    """A duty handed to a colleague for some days."""

    role = forms.ChoiceField(label=gettext_lazy("移交的职责"))
    to_staff = forms.ChoiceField(label=gettext_lazy("代办人"), widget=forms.Select(attrs={"lang": "zh-CN"}))
    from_on = day_field(gettext_lazy("起始日期"))
    until_on = day_field(gettext_lazy("截止日期"), gettext_lazy("这一天也包括在内"))
    reason = forms.CharField(label=gettext_lazy("事由"), max_length=200, help_text=gettext_lazy("例如出差、休假、培训"))

    def __init__(self, *args: Any, owner: Staff, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = owner.own_roles_on(today)
        _choose(self, "role", words.roles(held))
        _choose(self, "to_staff", [NOTHING_YET, *_deputies(owner, held, today)])


def _deputies(owner: Staff, roles: frozenset[str], today: date) -> list[tuple[str, str]]:
    """The colleagues of whom at least one duty could be taken up: an administrator is not offered to a clerk."""
    colleagues = Staff.objects.filter(organ=owner.organ_id, user__is_active=True).exclude(pk=owner.pk)
    return [
        (str(one.pk), one.name)
        for one in colleagues.order_by("name", "pk").prefetch_related("roles")
        if any(not any(clash(role, other) for other in one.own_roles_on(today)) for role in roles)
    ]


class NewOrgan(forms.Form):
    """An organ and its first name."""

    registered_name = forms.CharField(
        label=gettext_lazy("机关全称"), max_length=120, help_text=gettext_lazy("与印章一致")
    )
    short_name = forms.CharField(label=gettext_lazy("规范化简称"), max_length=60, required=False)
    code = forms.CharField(
        label=gettext_lazy("机关代码"),
        max_length=64,
        help_text=gettext_lazy("统一社会信用代码，或本系统内唯一的简写；只用字母、数字、短横和下划线；以后不能更改"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("机关类别"))
    region_path = forms.CharField(
        label=gettext_lazy("所在地区"),
        max_length=128,
        help_text=gettext_lazy("从省到县，以“/”分隔，例如 吉林省/吉林市"),
    )
    established_on = day_field(gettext_lazy("设立日期"), gettext_lazy("不清楚时填现名称开始使用的日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "kind", [(code, said(label)) for code, label in choices("reporter_kinds")])

    @property
    def values(self) -> dict[str, Any]:
        """As `organs.establish` takes them."""
        return {name: self.cleaned_data[name] for name in NewOrgan.base_fields}


class FirstOrgan(NewOrgan):
    """The organ of a new installation."""

    second_factor = forms.BooleanField(
        label=gettext_lazy("三类管理员登录须用第二因子（手机验证器）"),
        required=False,
        initial=True,
        help_text=gettext_lazy("网络安全等级保护第三级要求；以后可以在登录设置中更改"),
    )


class OrganUnder(NewOrgan):
    """An organ beneath one that is here."""

    parent = forms.ChoiceField(label=gettext_lazy("上级机关"), widget=forms.Select(attrs={"lang": "zh-CN"}))

    def __init__(self, *args: Any, parents: Iterable[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "parent", [(parent.code, str(parent)) for parent in parents])


class NewName(forms.Form):
    """A new name of an organ from a day."""

    registered_name = forms.CharField(label=gettext_lazy("新全称"), max_length=120)
    short_name = forms.CharField(label=gettext_lazy("规范化简称"), max_length=60, required=False)
    on = day_field(gettext_lazy("启用日期"))
    basis = forms.CharField(label=gettext_lazy("更名依据"), max_length=200, required=False)


class Contact(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """How the organ is reached, as printed in its reports."""

    class Meta:
        model = Organ
        fields = ("address", "postcode", "phone", "email")
        labels = {
            "address": gettext_lazy("办公地址"), "postcode": gettext_lazy("邮政编码"),
            "phone": gettext_lazy("联系电话"), "email": gettext_lazy("电子邮箱"),
        }  # fmt: skip


class Rules(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """The rules of the door."""

    second_factor_roles = forms.MultipleChoiceField(
        label=gettext_lazy("须用第二因子的角色"), widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = DoorRules
        fields = ("idle_minutes", "session_hours", "most_failures", "lock_minutes", "password_days")
        labels = {
            "idle_minutes": gettext_lazy("无操作自动退出（分钟）"),
            "session_hours": gettext_lazy("一次登录最长（小时）"),
            "most_failures": gettext_lazy("连续失败几次锁定"),
            "lock_minutes": gettext_lazy("锁定时间（分钟）"),
            "password_days": gettext_lazy("密码有效期（天）"),
        }
        help_texts = {
            "idle_minutes": gettext_lazy("5 至 240 分钟"),
            "session_hours": gettext_lazy("1 至 24 小时，到时须重新登录"),
            "most_failures": gettext_lazy("3 至 10 次"),
            "lock_minutes": gettext_lazy("5 至 1440 分钟，到时自动解锁"),
            "password_days": gettext_lazy("30 至 730 天；留空则不强制定期更换"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "second_factor_roles", words.roles(words.ROLES))
        self.fields["second_factor_roles"].initial = self.instance.second_factor_roles


def _choose(form: forms.BaseForm, name: str, options: Iterable[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(options)
