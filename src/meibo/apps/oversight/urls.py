from django.urls import URLPattern, URLResolver, path

from meibo.apps.oversight import views

app_name = "oversight"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.log, name="log"),
    path("log.csv", views.log_csv, name="log_csv"),
    path("unusual", views.unusual, name="unusual"),
    path("anchors", views.anchors, name="anchors"),
    path("mine", views.mine, name="mine"),
]
