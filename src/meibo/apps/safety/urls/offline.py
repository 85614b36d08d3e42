"""Addresses of what is taken along, of drills and of what was learned."""

from django.urls import URLPattern, path, re_path

from meibo.apps.safety.views import drills, offline, planning

OFFLINE: list[URLPattern] = [
    path("offline", offline.page, name="offline"),
    path("offline/password", offline.password, name="offline_password"),
    path("offline/file", offline.file, name="offline_file"),
    path("offline/paper", offline.paper, name="offline_paper"),
    path("offline/stop", offline.stop, name="offline_stop"),
    path("offline/back", offline.back, name="offline_back"),
    path("drills", planning.drills, name="drills"),
    path("drills/<int:number>", planning.drill, name="drill"),
    path("drills/series/<int:number>", planning.change_series, name="drill_series"),
    path("drills/<int:number>/release", planning.release, name="drill_release"),
    path("drills/<int:number>/cancel", planning.cancel, name="drill_cancel"),
    path("checks/<int:number>/report", drills.report, name="report"),
    re_path(
        r"^checks/(?P<number>[0-9]+)/report\.(?P<form>pdf|csv)$", drills.report, name="report_file"
    ),
    path("checks/<int:number>/log", drills.log, name="log"),
    re_path(r"^checks/(?P<number>[0-9]+)/log\.(?P<form>pdf|csv)$", drills.log, name="log_file"),
]
