"""Addresses: the portal at the root, the workbench under /desk/."""

from django.urls import include, path

from gongkai.config.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("desk/", include("gongkai.workbench.urls")),
    path("", include("gongkai.portal.urls")),
]
