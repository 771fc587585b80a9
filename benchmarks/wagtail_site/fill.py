"""Makes the database: a list of so many reports, each with the HTML given on standard input."""

import os
import sys
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wagtail_site.settings")

import django
from django.core.management import call_command


def fill(count, body):
    """Migrations, the site, the list and its reports."""
    django.setup()
    call_command("makemigrations", "pages", interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    from wagtail.models import Page, Site
    from wagtail_site.pages.models import ReportPage, ReportsPage

    root = Page.objects.get(depth=1)
    Page.objects.get(depth=2).delete()
    root = Page.objects.get(pk=root.pk)
    home = root.add_child(instance=Page(title="首页", slug="home"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    reports = home.add_child(instance=ReportsPage(title="政府信息公开年报", slug="reports"))
    for place in range(count):
        title = f"第{place:04}局2025年政府信息公开工作年度报告"
        reports.add_child(
            instance=ReportPage(
                title=title, slug=f"r{place}", published_on=date(2026, 1, 20), organ=f"第{place:04}局", body=body
            )
        )


if __name__ == "__main__":
    fill(int(sys.argv[1]), sys.stdin.read())
