"""Addresses of the registers, under /desk/registers/."""

from django.urls import path

from gongkai.workbench.views import records, registers

urlpatterns = [
    path("", registers.index, name="registers"),
    path("templates.xlsx", registers.templates, name="templates"),
    path("<str:name>/", registers.register, name="register"),
    path("<str:name>/add/", records.add, name="add_record"),
    path("<str:name>/voided/", registers.voided, name="voided"),
    path("<str:name>/voided/<int:pk>/", records.voided, name="voided_record"),
    path("<str:name>/template.xlsx", registers.template, name="template"),
    path("<str:name>/export.xlsx", registers.export, name="export"),
    path("<str:name>/<int:pk>/", records.record, name="record"),
    path("<str:name>/<int:pk>/amend/", records.amend, name="amend_record"),
    path("<str:name>/<int:pk>/void/", records.void, name="void_record"),
]
