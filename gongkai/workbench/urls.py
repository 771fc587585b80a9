"""Addresses of the staff door, under /desk/."""

from django.urls import include, path

from gongkai.workbench.views import entries, figures, home, imports, reports, session

app_name = "workbench"
urlpatterns = [
    path("", include("gongkai.workbench.account_urls")),
    path("organ/", session.choose_organ, name="choose_organ"),
    path("", home.home, name="home"),
    path("entries/", entries.index, name="entries"),
    path("registers/", include("gongkai.workbench.register_urls")),
    path("", include("gongkai.workbench.oversight_urls")),
    path("jobs/", include("gongkai.workbench.job_urls")),
    path("import/", imports.upload, name="import"),
    path("import/<str:digest>/", imports.confirm, name="confirm_import"),
    path("reports/", reports.index, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/sections/", reports.sections, name="sections"),
    path("reports/<int:pk>/act/<str:name>/", reports.act, name="act"),
    path("reports/<int:pk>/<str:ref>/", figures.figure, name="figure"),
    path("reports/<int:pk>/<str:ref>/list.xlsx", figures.workbook, name="figure_workbook"),
    path("reports/<int:pk>/<str:ref>/enter/", figures.enter, name="enter"),
    path("reports/<int:pk>/<str:ref>/restore/", figures.restore, name="restore"),
]
