from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.views.plans import (
    findings,
    grid,
    line,
    listing,
    pasting,
    saving,
    settings,
)

PLAN = "plans/<int:number>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("plans/", listing.plans, name="plans"),
    path("plans/new", listing.begin, name="plan_begin"),
    path(f"{PLAN}/claim", listing.claim, name="plan_claim"),
    path(f"{PLAN}/", grid.plan, name="plan"),
    path(f"{PLAN}/rows", saving.save, name="plan_rows"),
    path(f"{PLAN}/step/<str:way>", saving.step, name="plan_step"),
    path(f"{PLAN}/suggest", saving.suggest, name="plan_suggest"),
    path(f"{PLAN}/paste", pasting.paste, name="plan_paste"),
    path(f"{PLAN}/lines/new", line.line, name="plan_line_new"),
    path(f"{PLAN}/lines/<int:line>", line.line, name="plan_line"),
    path(f"{PLAN}/findings", findings.findings, name="plan_findings"),
    path(f"{PLAN}/settings", settings.settings, name="plan_settings"),
    path(f"{PLAN}/names", settings.names, name="plan_names"),
    path(f"{PLAN}/discard", settings.discard, name="plan_discard"),
]
