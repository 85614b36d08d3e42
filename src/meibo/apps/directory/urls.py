from django.urls import URLPattern, URLResolver, path

from meibo.apps.directory.views import (
    chart,
    compare,
    editing,
    finding,
    listing,
    people,
    reference,
    units,
)

app_name = "directory"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", finding.find, name="home"),
    path("search", finding.find, name="search"),
    path("people/<str:person_id>", people.person, name="person"),
    path("people/<str:person_id>/card.vcf", people.person_vcard, name="person_vcard"),
    path("people/<str:person_id>/card.svg", people.person_qr, name="person_qr"),
    path("people/<str:person_id>/photo", people.person_photo, name="person_photo"),
    path("people/<str:person_id>/sharing", editing.share, name="share"),
    path("units/<str:code>/edit", editing.edit_unit, name="edit_unit"),
    path("units/<str:code>", units.unit, name="unit"),
    path("chart", chart.chart, name="chart"),
    path("chart/faces", chart.faces, name="faces"),
    path("chart/units/<str:code>", chart.chart_people, name="chart_people"),
    path("list", listing.list_page, name="list"),
    path("list.csv", listing.list_csv, name="list_csv"),
    path("list.xlsx", listing.list_xlsx, name="list_xlsx"),
    path("compare", compare.compare, name="compare"),
    path("disclosure", reference.disclosure, name="disclosure"),
    path("help", reference.usage, name="help"),
]
