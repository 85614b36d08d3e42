"""Addresses of 安否確認 for crisis management."""

from django.urls import URLPattern, path

from meibo.apps.safety.views import checks

CHECKS: list[URLPattern] = [
    path("checks", checks.checks, name="checks"),
    path("checks/new/<str:template>", checks.begin, name="begin"),
    path("checks/<int:number>", checks.board_page, name="board"),
    path("checks/<int:number>/close", checks.close, name="check_close"),
]
