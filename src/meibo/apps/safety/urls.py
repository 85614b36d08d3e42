from django.urls import URLPattern, URLResolver, path

from meibo.apps.safety import views

app_name = "safety"

urlpatterns: list[URLPattern | URLResolver] = [
    path("events", views.events, name="events"),
    path("events/open", views.open_up, name="open"),
    path("events/prolong", views.prolong, name="prolong"),
    path("events/close", views.close, name="close"),
]
