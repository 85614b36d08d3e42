from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.views import identity

urlpatterns: list[URLPattern | URLResolver] = [
    path("doubles", identity.doubles, name="doubles"),
    path("doubles/<int:number>/decide", identity.decide, name="double_decide"),
    path("doubles/part/<str:person_id>", identity.part, name="part"),
    path("doubles/<str:one>/<str:other>", identity.double, name="double"),
]
