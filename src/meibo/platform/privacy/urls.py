from django.urls import URLPattern, URLResolver, path

from meibo.platform.privacy import views

app_name = "privacy"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.requests, name="requests"),
    path("register", views.register, name="register"),
    path("register.csv", views.register_csv, name="register_csv"),
    path("<int:number>/<str:step>", views.step, name="step"),
]
