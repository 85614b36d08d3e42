from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.urls import deciding, plans, protection
from meibo.apps.personnel.views import desk

app_name = "personnel"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="desk"),
    *protection.urlpatterns,
    *plans.urlpatterns,
    *deciding.urlpatterns,
]
