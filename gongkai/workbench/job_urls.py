"""Addresses of long work, under /desk/jobs/."""

from django.urls import path

from gongkai.workbench.views import jobs

urlpatterns = [
    path("", jobs.index, name="jobs"),
    path("<int:pk>/", jobs.job, name="job"),
    path("<int:pk>/confirm/", jobs.confirm, name="confirm_job"),
    path("<int:pk>/again/", jobs.run_again, name="job_again"),
]
