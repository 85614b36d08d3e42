"""Every address of the house."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("meibo.platform.accounts.urls")),
    path("audit/", include("meibo.apps.oversight.urls")),
    path("disclosure/", include("meibo.platform.policy.urls")),
    path("purpose/", include("meibo.platform.purpose.urls")),
    path("safety/", include("meibo.apps.safety.urls")),
    path("personnel/", include("meibo.apps.personnel.urls")),
    path("", include("meibo.apps.access.urls")),
    path("", include("meibo.apps.directory.urls")),
]

handler403 = "meibo.platform.layout.errors.refused"
handler404 = "meibo.platform.layout.errors.not_found"
