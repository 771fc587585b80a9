"""Addresses of reports received as files, and of the questions about them, under /desk/received/."""

from django.urls import path

from gongkai.workbench.views import holdings, questions, received, rule_tallies

urlpatterns = [
    path("", received.index, name="received"),
    path("removed/", received.removed, name="received_removed"),
    path("add/", received.add, name="receive"),
    path("all.xlsx", received.workbook, name="received_workbook"),
    path("questions/", questions.index, name="questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/decide/", questions.decide, name="decide_answer"),
    path("rules/", rule_tallies.index, name="rule_tallies"),
    path("rules.xlsx", rule_tallies.workbook, name="rule_tallies_workbook"),
    path("rules/<str:rule>/<str:kind>/", rule_tallies.findings, name="rule_findings"),
    path("<int:pk>/", received.report, name="received_report"),
    path("<int:pk>/file/", received.file, name="received_file"),
    path("<int:pk>/findings.json", received.as_json, name="received_json"),
    path("<int:pk>/findings.xlsx", received.one_workbook, name="received_one_workbook"),
    path("<int:pk>/certificate.<str:kind>", received.certificate, name="received_certificate"),
    path("<int:pk>/held/", holdings.received, name="received_held"),
    path("<int:pk>/held.xlsx", holdings.received_workbook, name="received_held_workbook"),
    path("<int:pk>/held/list/", holdings.received_list, name="received_held_list"),
    path("<int:pk>/held/list.xlsx", holdings.received_list_workbook, name="received_held_list_workbook"),
    path("<int:pk>/check/", received.check, name="check_received"),
    path("<int:pk>/organ/", received.assign, name="assign_received"),
    path("<int:pk>/remove/", received.remove, name="remove_received"),
    path("<int:pk>/ask/", questions.ask, name="ask_organ"),
    path("<int:pk>/waive/<str:digest>/", received.waive, name="waive_received"),
    path("<int:pk>/waivers/<int:waiver>/take-back/", received.take_back, name="take_back_received_waiver"),
]
