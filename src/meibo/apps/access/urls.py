from django.urls import URLPattern, URLResolver, include, path, re_path

from meibo.apps.access.views import desk, granted, start

_pages: list[URLPattern | URLResolver] = [
    path("grants", granted.listing, name="grants"),
    path("grants/new", granted.new, name="grant_new"),
    path("grants/<int:number>", granted.show, name="grant"),
    re_path(
        r"^grants/(?P<number>\d{1,9})/(?P<deed>approve|refuse|revoke)$",
        granted.decide,
        name="grant_decide",
    ),
    path("desk", desk.desk, name="desk"),
    path("desk/open", desk.open_all, name="open_all"),
    path("desk/sheets", desk.sheets, name="sheets"),
    path("desk/people/<str:person>/recover", desk.recover, name="recover"),
    re_path(
        r"^desk/recoveries/(?P<number>\d{1,9})/(?P<deed>confirm|drop|sheet)$",
        desk.proceed,
        name="recovery",
    ),
]

#: Named like the other ways in, and short enough to be typed from paper.
_ways_in: list[URLPattern | URLResolver] = [
    path("start", start.start, name="account_start"),
    path("start/password", start.start_password, name="account_start_password"),
    path("start/closed", start.closed, name="account_closed"),
    path("start/<str:code>", start.start_code, name="account_start_code"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *_ways_in,
    path("", include((_pages, "access"))),
]
