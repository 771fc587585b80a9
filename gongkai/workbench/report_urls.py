"""Addresses of reports, under /desk/reports/."""

from django.urls import path

from gongkai.workbench.views import comparisons, figures, holdings, promises, reports, sections, waivers

urlpatterns = [
    path("", reports.index, name="reports"),
    path("earlier-day/", reports.earlier_day, name="earlier_day"),
    path("<int:pk>/", reports.report, name="report"),
    path("<int:pk>/act/<str:name>/", reports.act, name="act"),
    path("<int:pk>/sections/", sections.index, name="sections"),
    path("<int:pk>/sections/<str:no>/", sections.section, name="section"),
    path("<int:pk>/compare/", comparisons.compare, name="compare"),
    path("<int:pk>/differences/", comparisons.differences, name="differences"),
    path("<int:pk>/waivers/", waivers.index, name="waivers"),
    path("<int:pk>/waivers/<int:waiver>/", waivers.take_back, name="take_back_waiver"),
    path("<int:pk>/waive/<str:digest>/", waivers.waive, name="waive"),
    path("<int:pk>/promises/", promises.index, name="promises"),
    path("<int:pk>/promises/<int:promise>/", promises.promise, name="promise"),
    path("<int:pk>/held/", holdings.own, name="held"),
    path("<int:pk>/held.xlsx", holdings.own_workbook, name="held_workbook"),
    path("<int:pk>/held/list/", holdings.own_list, name="held_list"),
    path("<int:pk>/held/list.xlsx", holdings.own_list_workbook, name="held_list_workbook"),
    path("<int:pk>/<str:ref>/", figures.figure, name="figure"),
    path("<int:pk>/<str:ref>/list.xlsx", figures.workbook, name="figure_workbook"),
    path("<int:pk>/<str:ref>/enter/", figures.enter, name="enter"),
    path("<int:pk>/<str:ref>/restore/", figures.restore, name="restore"),
]
