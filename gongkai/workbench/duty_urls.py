"""Addresses of the guide and the rules, of duties and their tasks, and of what is late."""

from django.urls import path

from gongkai.workbench.views import duties, feeds, guides

urlpatterns = [
    path("guides/", guides.index, name="guides"),
    path("guides/<int:pk>/", guides.edition, name="guide"),
    path("guides/<int:pk>/edit/", guides.edit, name="edit_guide"),
    path("guides/<int:pk>/compare/", guides.compare, name="compare_guides"),
    path("duties/", duties.index, name="duties"),
    path("duties/<int:pk>/", duties.duty, name="duty"),
    path("duties/tasks/", duties.tasks, name="duty_tasks"),
    path("duties/tasks/<int:pk>/", duties.task, name="duty_task"),
    path("late/", duties.late, name="late"),
    path("account/feed/", feeds.own_feed, name="own_feed"),
    path("feeds/<str:token>.ics", feeds.feed, name="feed"),
]
