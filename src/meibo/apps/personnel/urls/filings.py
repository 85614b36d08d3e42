from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.views.filings import desk

urlpatterns: list[URLPattern | URLResolver] = [
    path("filings", desk.filings, name="filings"),
    path("filings/decide", desk.decide, name="filings_decide"),
    path("filings/unconfirmed", desk.unconfirmed, name="filings_unconfirmed"),
    path("filings/<int:number>", desk.sheet, name="filing"),
    path("filings/<int:number>/scan", desk.scan, name="filing_scan"),
    path("filings/<int:number>/undo", desk.undo, name="filing_undo"),
]
