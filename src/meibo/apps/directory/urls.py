from django.urls import URLPattern, URLResolver, path

from meibo.apps.directory.views import (
    chart,
    compare,
    editing,
    finding,
    listing,
    people,
    recording,
    reference,
    units,
)
from meibo.apps.directory.views.choosing import pages as choosing
from meibo.apps.directory.views.choosing import saved
from meibo.apps.directory.views.sets import filling, taking
from meibo.apps.directory.views.sets import pages as sets

app_name = "directory"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", finding.find, name="home"),
    path("search", finding.find, name="search"),
    path("people/<str:person_id>", people.person, name="person"),
    path("people/<str:person_id>/card.vcf", people.person_vcard, name="person_vcard"),
    path("people/<str:person_id>/card.svg", people.person_qr, name="person_qr"),
    path("people/<str:person_id>/photo", people.person_photo, name="person_photo"),
    path("people/<str:person_id>/sharing", editing.share, name="share"),
    path("people/<str:person_id>/fields", recording.edit, name="fields"),
    path("people/<str:person_id>/fields/<slug:key>", recording.hang, name="hang"),
    path("people/<str:person_id>/documents/<slug:key>", recording.document, name="document"),
    path("people/<str:person_id>/licences/<int:place>", recording.licence, name="licence"),
    path("choose/", choosing.overview, name="choosing"),
    path("choose/new", choosing.build, name="build"),
    path("choose/<int:number>", saved.deed, name="condition"),
    path("choose/<int:number>.json", saved.definition, name="definition"),
    path("sets/combine", sets.combine, name="combine"),
    path("sets/new", sets.begin, name="begin_set"),
    path("sets/<int:number>", sets.found, name="found"),
    path("sets/<int:number>/deed", sets.deed, name="found_deed"),
    path("sets/<int:number>/compare", sets.compare, name="found_compare"),
    path("sets/<int:number>/fill", filling.fill, name="found_fill"),
    path("sets/<int:number>/unfill", filling.unfill, name="found_unfill"),
    path("sets/<int:number>/mail", taking.mail, name="found_mail"),
    path("sets/<int:number>/labels", taking.labels, name="found_labels"),
    path("sets/<int:number>.csv", taking.as_csv_file, name="found_csv"),
    path("sets/<int:number>.xlsx", taking.as_xlsx_file, name="found_xlsx"),
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
