"""Addresses: the portal at the root, the workbench under /desk/."""

from django.urls import include, path

from gongkai.config.health import health

handler400 = "gongkai.workbench.views.faults.bad_request"
urlpatterns = [
    path("health/", health, name="health"),
    path("desk/", include("gongkai.workbench.urls")),
    path("", include("gongkai.portal.urls")),
]
