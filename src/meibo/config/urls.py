"""Every address of the house."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("account/", include("meibo.platform.accounts.urls")),
    path("audit/", include("meibo.apps.oversight.urls")),
    path("retention/", include("meibo.platform.retention.urls")),
    path("privacy/", include("meibo.platform.privacy.urls")),
    path("disclosure/", include("meibo.platform.policy.urls")),
    path("jobs/", include("meibo.platform.jobs.urls")),
    path("purpose/", include("meibo.platform.purpose.urls")),
    path("safety/", include("meibo.apps.safety.urls")),
    path("a/", include("meibo.apps.safety.urls.answer")),
    path("telegrams/", include("meibo.platform.telegrams.urls")),
    path("filings/", include("meibo.apps.personnel.urls.own")),
    path("personnel/", include("meibo.apps.personnel.urls")),
    path("", include("meibo.apps.personnel.urls.decisions")),
    path("exchange/", include("meibo.apps.exchange.urls")),
    path("papers/", include("meibo.apps.papers.urls")),
    path("", include("meibo.apps.access.urls")),
    path("", include("meibo.apps.directory.urls")),
]
if any(each.kind == "saml" for each in settings.MEIBO_PROVIDERS):
    urlpatterns.insert(0, path("account/saml/", include("meibo.platform.accounts.saml_urls")))

handler403 = "meibo.platform.layout.errors.refused"
handler404 = "meibo.platform.layout.errors.not_found"
