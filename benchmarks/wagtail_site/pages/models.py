"""A list of reports and a report, as Wagtail's tutorial writes such pages."""

from django.core.paginator import Paginator
from django.db import models
from wagtail.models import Page


class ReportsPage(Page):
    """Lists its children, fifty a page."""

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        reports = ReportPage.objects.child_of(self).live().order_by("title")
        context["reports"] = Paginator(reports, 50).get_page(request.GET.get("page"))
        return context


class ReportPage(Page):
    """A report: its HTML is given out as it stands, which is the least that Wagtail can do for it."""

    published_on = models.DateField()
    organ = models.CharField(max_length=120)
    body = models.TextField()
