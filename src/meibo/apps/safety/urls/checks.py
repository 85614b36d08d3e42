"""Addresses of 安否確認 for crisis management."""

from django.urls import URLPattern, path

from meibo.apps.safety.views import checks, indicators, questions, starting

CHECKS: list[URLPattern] = [
    path("checks", checks.checks, name="checks"),
    path("checks/new/<str:key>", starting.begin, name="begin"),
    path("checks/<int:number>/close", checks.close, name="check_close"),
    path("checks/<int:number>/reopen", checks.reopen, name="check_reopen"),
    path("figures", indicators.indicators, name="figures"),
    path("questions", questions.questions, name="questions"),
    path("questions/<int:number>", questions.decide, name="decide"),
]
