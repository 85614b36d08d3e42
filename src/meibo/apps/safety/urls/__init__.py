from django.urls import URLPattern, URLResolver, path

from meibo.apps.safety.urls.checks import CHECKS
from meibo.apps.safety.urls.offline import OFFLINE
from meibo.apps.safety.views import events

app_name = "safety"

urlpatterns: list[URLPattern | URLResolver] = [
    path("events", events.events, name="events"),
    path("events/open", events.open_up, name="open"),
    path("events/prolong", events.prolong, name="prolong"),
    path("events/close", events.close, name="close"),
    *CHECKS,
    *OFFLINE,
]
