"""Addresses of answers by telephone."""

from django.urls import URLPattern, path

from meibo.apps.safety.views import proxies

PROXIES: list[URLPattern] = [
    path("answers", proxies.proxies, name="proxies"),
    path("answers/<int:number>", proxies.answer_page, name="answer_for"),
]
