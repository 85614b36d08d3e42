from django.urls import URLPattern, URLResolver, path

from meibo.platform.purpose import views

app_name = "purpose"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.choose, name="choose"),
    path("end", views.end, name="end"),
]
