"""Addresses of the staff door, under /desk/."""

from django.urls import path

from gongkai.workbench.views import entries, home, imports, registers, session

app_name = "workbench"
urlpatterns = [
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("organ/", session.choose_organ, name="choose_organ"),
    path("", home.home, name="home"),
    path("entries/", entries.index, name="entries"),
    path("registers/", registers.index, name="registers"),
    path("registers/templates.xlsx", registers.templates, name="templates"),
    path("registers/<str:name>/", registers.register, name="register"),
    path("registers/<str:name>/template.xlsx", registers.template, name="template"),
    path("registers/<str:name>/export.xlsx", registers.export, name="export"),
    path("import/", imports.upload, name="import"),
    path("import/<str:digest>/", imports.confirm, name="confirm_import"),
    path("reports/", entries.index, name="reports"),
    path("reports/<int:pk>/", entries.index, name="report"),
]
