from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.views import protection

urlpatterns: list[URLPattern | URLResolver] = [
    path("protections", protection.protections, name="protections"),
    path("protections/<str:person_id>", protection.protection_of, name="protection"),
    path("protections/<str:person_id>/grant", protection.grant, name="protection_grant"),
    path("protections/<str:person_id>/extend", protection.extend, name="protection_extend"),
    path("protections/<str:person_id>/end", protection.end, name="protection_end"),
]
