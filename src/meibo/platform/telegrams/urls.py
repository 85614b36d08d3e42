from django.urls import URLPattern, URLResolver, path

from meibo.platform.telegrams import views

app_name = "telegrams"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.received, name="received"),
    path("hub", views.hub, name="hub"),
    path("hub/<str:token>", views.subscribed, name="hub_topic"),
]
