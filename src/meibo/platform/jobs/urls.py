from django.urls import URLPattern, URLResolver, path

from meibo.platform.jobs import views

app_name = "jobs"

urlpatterns: list[URLPattern | URLResolver] = [path("<int:number>", views.job, name="job")]
