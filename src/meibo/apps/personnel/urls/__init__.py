from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.urls import (
    conduct,
    deciding,
    duedays,
    filings,
    identity,
    intake,
    plans,
    protection,
    renewal,
)
from meibo.apps.personnel.views import desk

app_name = "personnel"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="desk"),
    *conduct.urlpatterns,
    *duedays.urlpatterns,
    *protection.urlpatterns,
    *plans.urlpatterns,
    *filings.urlpatterns,
    *identity.urlpatterns,
    *deciding.urlpatterns,
    *renewal.urlpatterns,
    *intake.urlpatterns,
]
