"""Addresses of what is taken along, of drills and of what was learned."""

from django.urls import URLPattern, path

from meibo.apps.safety.views import offline

OFFLINE: list[URLPattern] = [
    path("offline", offline.page, name="offline"),
    path("offline/password", offline.password, name="offline_password"),
    path("offline/file", offline.file, name="offline_file"),
    path("offline/paper", offline.paper, name="offline_paper"),
    path("offline/stop", offline.stop, name="offline_stop"),
    path("offline/back", offline.back, name="offline_back"),
]
