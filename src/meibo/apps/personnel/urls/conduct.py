from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.views import conduct

urlpatterns: list[URLPattern | URLResolver] = [
    path("conduct", conduct.conduct, name="conduct"),
    path("conduct/mine", conduct.my_conduct, name="conduct_mine"),
    path("conduct/people/<str:person_id>", conduct.conduct_of, name="conduct_of"),
    path("conduct/people/<str:person_id>/enter", conduct.conduct_enter, name="conduct_enter"),
    path("conduct/<int:number>/<str:step>", conduct.conduct_step, name="conduct_step"),
]
