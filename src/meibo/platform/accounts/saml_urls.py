"""SAML, where town/sign_in.toml has such a provider; its libraries are an extra.

The names are allauth's own.
"""

from allauth.socialaccount.providers.saml import views
from django.urls import path

from meibo.platform.accounts.views.providers import no_single_sign_out

urlpatterns = [
    path("<str:organization_slug>/", views.login, name="saml_login"),
    path("<str:organization_slug>/acs/", views.acs, name="saml_acs"),
    path("<str:organization_slug>/finish/", views.finish_acs, name="saml_finish_acs"),
    path("<str:organization_slug>/metadata/", views.metadata, name="saml_metadata"),
    path("<str:organization_slug>/sls/", no_single_sign_out, name="saml_sls"),
]
