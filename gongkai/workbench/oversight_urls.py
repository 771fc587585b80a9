"""Addresses of what others say and see of an organ's reports: comments of the public."""

from django.urls import path

from gongkai.workbench.views import comments

urlpatterns = [
    path("comments/", comments.index, name="comments"),
    path("comments/<int:pk>/", comments.comment, name="comment"),
]
