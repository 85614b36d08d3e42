"""Pages of 決裁 and 内示: for anybody named, who need not be of personnel."""

from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.views.deciding import decisions, deputies, notices

app_name = "deciding"

urlpatterns: list[URLPattern | URLResolver] = [
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/deputies", deputies.deputies, name="deputies"),
    path("decisions/deputies/<int:number>/end", deputies.end, name="deputy_end"),
    path("decisions/<int:number>", decisions.decision, name="decision"),
    path("decisions/<int:number>/decide", decisions.decide, name="decide"),
    path("notices/", notices.notices, name="notices"),
    path("notices/sheet", notices.sheet, name="notice_sheet"),
]
