"""The address in the messages: short, for it goes by SMS."""

from django.urls import path

from meibo.apps.safety.views import answering

app_name = "answer"

urlpatterns = [path("<str:token>", answering.page, name="page")]
