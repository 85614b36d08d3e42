from django.urls import URLPattern, URLResolver, path

from meibo.apps.papers.views import certificates, establishment, files, own, pages

app_name = "papers"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.index, name="index"),
    path("forms/<slug:key>", pages.form, name="form"),
    path("forms/<slug:key>/pdf", files.pdf, name="pdf"),
    path("forms/<slug:key>/xlsx", files.xlsx, name="xlsx"),
    path("forms/<slug:key>/ask", files.ask, name="ask"),
    path("kept/<int:number>", files.kept, name="kept"),
    path("own", own.own, name="own"),
    path("own/save", own.save, name="own_save"),
    path("own/<int:number>", own.edit, name="own_edit"),
    path("own/<int:number>/delete", own.delete, name="own_delete"),
    path("own/<int:number>/pdf", own.pdf, name="own_pdf"),
    path("own/<int:number>/xlsx", own.xlsx, name="own_xlsx"),
    path("certificates", certificates.register, name="certificates"),
    path("certificates/<int:number>/pdf", certificates.pdf, name="certificate"),
    path("establishment", establishment.overview, name="establishment"),
    path("establishment/<str:code>", establishment.unit, name="establishment_unit"),
]
