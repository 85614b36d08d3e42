from django.urls import URLPattern, URLResolver, path

from meibo.apps.safety.urls.board import BOARD
from meibo.apps.safety.urls.checks import CHECKS
from meibo.apps.safety.urls.offline import OFFLINE
from meibo.apps.safety.urls.proxies import PROXIES
from meibo.apps.safety.urls.reaching import REACHING
from meibo.apps.safety.views import events

app_name = "safety"

urlpatterns: list[URLPattern | URLResolver] = [
    path("events", events.events, name="events"),
    path("events/open", events.open_up, name="open"),
    path("events/prolong", events.prolong, name="prolong"),
    path("events/close", events.close, name="close"),
    *CHECKS,
    *REACHING,
    *PROXIES,
    *BOARD,
    *OFFLINE,
]
