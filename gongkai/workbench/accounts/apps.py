"""The accounts of the staff door as a Django app, so that they have tables of their own."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Part of the workbench room; label "accounts"."""

    name = "gongkai.workbench.accounts"
    label = "accounts"
    verbose_name = "账号"
