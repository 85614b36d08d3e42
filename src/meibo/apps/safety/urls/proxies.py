"""Addresses of answers by telephone."""

from django.urls import URLPattern, path

from meibo.apps.safety.views import proxies, said

PROXIES: list[URLPattern] = [
    path("answers", proxies.proxies, name="proxies"),
    path("answers/<int:number>", proxies.answer_page, name="answer_for"),
    path("answers/<int:number>/said", said.said, name="said"),
    path("answers/<int:number>/photos/<int:photo>", said.photo, name="answer_photo"),
]
