"""Addresses of the staff door, under /desk/."""

from django.urls import path

from gongkai.workbench.views import entries, session

app_name = "workbench"
urlpatterns = [
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("organ/", session.choose_organ, name="choose_organ"),
    path("", entries.index, name="home"),
    path("entries/", entries.index, name="entries"),
    path("reports/", entries.index, name="reports"),
    path("registers/", entries.index, name="registers"),
    path("import/", entries.index, name="import"),
]
