"""Addresses: the portal at the root, the workbench under /desk/."""

from django.urls import include, path

urlpatterns = [
    path("language/", include("django.conf.urls.i18n")),
    path("desk/", include("gongkai.workbench.urls")),
    path("", include("gongkai.portal.urls")),
]
