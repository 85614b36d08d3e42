from django.urls import URLPattern, URLResolver, path

from meibo.platform.retention import views

app_name = "retention"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("propose", views.propose, name="propose"),
    path("<int:number>/<str:step>", views.step, name="step"),
]
