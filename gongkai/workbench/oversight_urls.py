"""Addresses of what others say and see of an organ's reports: comments of the public, and the organ above."""

from django.urls import path

from gongkai.workbench.views import comments, corrections, oversight, reminders

urlpatterns = [
    path("comments/", comments.index, name="comments"),
    path("comments/<int:pk>/", comments.comment, name="comment"),
    path("oversight/", oversight.index, name="oversight"),
    path("oversight/<int:year>/remind/<str:code>/", reminders.remind, name="remind"),
    path("oversight/<int:year>/sum/", oversight.roll_up, name="roll_up"),
    path("oversight/<int:year>/sum.xlsx", oversight.roll_up_workbook, name="roll_up_workbook"),
    path("oversight/<int:year>/<str:form>/<str:ref>/", oversight.cell, name="oversight_cell"),
    path("oversight/reports/<int:pk>/<str:ref>/", oversight.figure, name="oversight_figure"),
    path("oversight/reports/<int:pk>/<str:ref>/<int:key>/", oversight.record, name="oversight_record"),
    path("corrections/", corrections.index, name="corrections"),
    path("corrections/<int:pk>/", corrections.correction, name="correction"),
    path("reminders/<int:pk>/", reminders.reminder, name="reminder"),
    path("reminders/<int:pk>/withdraw/", reminders.withdraw, name="withdraw_reminder"),
]
