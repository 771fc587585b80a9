"""Addresses: the portal at the root, the workbench under /desk/."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("gongkai.workbench.urls")),
    path("", include("gongkai.portal.urls")),
]
