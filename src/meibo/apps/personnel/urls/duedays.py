from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.views import duedays

urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar", duedays.calendar, name="calendar"),
    path("calendar/<str:rule>/<str:day>", duedays.due_list, name="due_list"),
    path("calendar/<str:rule>/<str:day>/mark", duedays.mark, name="due_mark"),
    path("calendar/<str:rule>/<str:day>/list.csv", duedays.due_csv, name="due_csv"),
]
