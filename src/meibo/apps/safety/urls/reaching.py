"""Addresses of what becomes of messages."""

from django.urls import URLPattern, path

from meibo.apps.safety.views import devices, reaching

REACHING: list[URLPattern] = [
    path("checks/<int:number>/reaching", reaching.reaching, name="reaching"),
    path("checks/<int:number>/resend", reaching.resend, name="resend"),
    path("unreached", reaching.unreached, name="unreached"),
    path("ways", reaching.ways, name="ways"),
    path("ways/try", reaching.try_out, name="try"),
    path("ways/arrived/<int:number>", reaching.arrived, name="arrived"),
    path("devices", devices.page, name="devices"),
    path("devices/<int:number>/remove", devices.remove, name="device_remove"),
    path("devices/worker.js", devices.worker, name="push_worker"),
    path("devices/shown", devices.shown, name="push_shown"),
    path("reports/<slug:provider>", reaching.gateway_told, name="told"),
]
