"""Addresses of the staff door, under /desk/."""

from django.urls import include, path

from gongkai.workbench.views import entries, home, imports, session

app_name = "workbench"
urlpatterns = [
    path("", include("gongkai.workbench.account_urls")),
    path("organ/", session.choose_organ, name="choose_organ"),
    path("", home.home, name="home"),
    path("entries/", entries.index, name="entries"),
    path("entries/export/", entries.export, name="export_entries"),
    path("registers/", include("gongkai.workbench.register_urls")),
    path("", include("gongkai.workbench.oversight_urls")),
    path("", include("gongkai.workbench.duty_urls")),
    path("received/", include("gongkai.workbench.received_urls")),
    path("items/", include("gongkai.workbench.item_urls")),
    path("jobs/", include("gongkai.workbench.job_urls")),
    path("import/", imports.upload, name="import"),
    path("import/<str:digest>/", imports.confirm, name="confirm_import"),
    path("reports/", include("gongkai.workbench.report_urls")),
]
