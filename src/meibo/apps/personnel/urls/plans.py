from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.views.plans import findings, grid, listing

urlpatterns: list[URLPattern | URLResolver] = [
    path("plans/", listing.plans, name="plans"),
    path("plans/new", listing.begin, name="plan_begin"),
    path("plans/<int:number>/claim", listing.claim, name="plan_claim"),
    path("plans/<int:number>/", grid.plan, name="plan"),
    path("plans/<int:number>/findings", findings.findings, name="plan_findings"),
]
