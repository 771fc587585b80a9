"""Addresses of the public site."""

from django.urls import path

from gongkai.portal.views import across, anchors, check, comments, fees, guides, law, limits, reports, search, site

app_name = "portal"
urlpatterns = [
    path("", site.home, name="home"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("paper.css", site.paper_styles, name="paper_styles"),
    path("reports/", across.index, name="reports"),
    path("compare/", across.compare, name="compare"),
    path("compare/figures.csv", across.compare_csv, name="compare_csv"),
    path("reports/<str:organ>/series/", across.series, name="series"),
    path("reports/<str:organ>/<int:year>/comments/", comments.index, name="comments"),
    path("reports/<str:organ>/<int:year>/comments/add/", comments.add, name="add_comment"),
    path("reports/<str:organ>/<int:year>/comments/thanks/", comments.thanks, name="comment_taken"),
    path("reports/<str:organ>/<int:year>/", reports.report, name="report"),
    path("reports/<str:organ>/<int:year>/report.<str:kind>", reports.download, name="download"),
    path("reports/<str:organ>/<int:year>/v<int:version>/", reports.report, name="report_version"),
    path("reports/<str:organ>/<int:year>/v<int:version>/report.<str:kind>", reports.download, name="download_version"),
    path("reports/<str:organ>/<int:year>/v<int:version>/differences/", reports.differences, name="differences"),
    path("organs/<str:organ>/guide/", guides.guide, name="guide"),
    path("organs/<str:organ>/guide/v<int:version>/", guides.guide, name="guide_version"),
    path("organs/<str:organ>/rules/", guides.rules, name="rules"),
    path("organs/<str:organ>/rules/<str:document>/", guides.rule, name="rule"),
    path("organs/<str:organ>/rules/<str:document>/v<int:version>/", guides.rule, name="rule_version"),
    path("search/", search.index, name="search"),
    path("check/", check.index, name="check"),
    path("anchors/", anchors.index, name="anchors"),
    path("anchors/latest.json", anchors.latest, name="latest_anchor"),
    path("anchors/<str:day>.json", anchors.day, name="anchor"),
    path("law/", law.index, name="law"),
    path("law/time-limits/", limits.index, name="limits"),
    path("law/time-limits/<str:name>/", limits.limit, name="limit"),
    path("law/fees/", fees.index, name="fees"),
    path("law/calendar/", law.calendar_year, name="calendar_now"),
    path("law/calendar/<int:year>/", law.calendar_year, name="calendar"),
]
