from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.views import correcting
from meibo.apps.personnel.views.deciding import plan, sheets

#: Of a plan, for those of personnel who are named on it.
urlpatterns: list[URLPattern | URLResolver] = [
    path("plans/<int:number>/deciding", plan.plan_deciding, name="plan_deciding"),
    path("plans/<int:number>/submit", plan.submit, name="plan_submit"),
    path("plans/<int:number>/withdraw", plan.withdraw, name="plan_withdraw"),
    path("plans/<int:number>/notice", plan.notice, name="plan_notice"),
    path("plans/<int:number>/notice/back", plan.notice_back, name="plan_notice_back"),
    path("plans/<int:number>/notice/sheets", sheets.notice_sheets, name="plan_notice_sheets"),
    path("plans/<int:number>/sheets/<slug:kind>", sheets.sheet, name="plan_sheet"),
    path("plans/<int:number>/sheets/<slug:kind>/ask", sheets.ask_for_sheet, name="plan_sheet_ask"),
    path("plans/<int:number>/announce", plan.announce_confirm, name="plan_announce"),
    path("plans/<int:number>/announce/now", plan.announce, name="plan_announce_now"),
    path("corrections/", correcting.search, name="correction_search"),
    path("corrections/<str:person_id>/", correcting.corrections, name="corrections"),
    path("corrections/<str:person_id>/late", correcting.late, name="correction_late"),
    path("corrections/<str:person_id>/<int:number>", correcting.correct, name="correct"),
]
