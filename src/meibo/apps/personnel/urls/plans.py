from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.views.plans import (
    adding,
    findings,
    grid,
    line,
    listing,
    outlook,
    pasting,
    reorganising,
    saving,
    settings,
    town,
    units,
)

PLAN = "plans/<int:number>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("plans/", listing.plans, name="plans"),
    path("plans/rules", town.town_rules, name="plan_rules"),
    path("plans/kin", town.kin, name="plan_kin"),
    path("plans/new", listing.begin, name="plan_begin"),
    path("plans/from-set", adding.from_set, name="plan_from_set"),
    path(f"{PLAN}/claim", listing.claim, name="plan_claim"),
    path(f"{PLAN}/", grid.plan, name="plan"),
    path(f"{PLAN}/rows", saving.save, name="plan_rows"),
    path(f"{PLAN}/step/<str:way>", saving.step, name="plan_step"),
    path(f"{PLAN}/suggest", saving.suggest, name="plan_suggest"),
    path(f"{PLAN}/paste", pasting.paste, name="plan_paste"),
    path(f"{PLAN}/lines/new", line.line, name="plan_line_new"),
    path(f"{PLAN}/lines/<int:line>", line.line, name="plan_line"),
    path(f"{PLAN}/findings", findings.findings, name="plan_findings"),
    path(f"{PLAN}/outlook", outlook.outlook, name="plan_outlook"),
    path(f"{PLAN}/units", units.units, name="plan_units"),
    path(f"{PLAN}/place", units.place, name="plan_place"),
    path(f"{PLAN}/reorganisation", reorganising.reorganisation, name="plan_reorganisation"),
    path(f"{PLAN}/settings", settings.settings, name="plan_settings"),
    path(f"{PLAN}/names", settings.names, name="plan_names"),
    path(f"{PLAN}/discard", settings.discard, name="plan_discard"),
]
