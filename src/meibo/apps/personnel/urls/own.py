"""私の届出: every member of staff's own."""

from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.views.filings import own

app_name = "filings"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", own.mine, name="mine"),
    path("confirm", own.confirm, name="confirm"),
    path("begin/<slug:kind>", own.begin, name="begin"),
    path("<int:number>", own.filing, name="filing"),
    path("<int:number>/questions/<int:step>", own.question, name="question"),
    path("<int:number>/scan", own.scan, name="scan"),
    path("<int:number>/look", own.look, name="look"),
    path("<int:number>/send", own.send, name="send"),
    path("<int:number>/withdraw", own.withdraw, name="withdraw"),
    path("<int:number>/again", own.again, name="again"),
]
