"""The addresses of a house that has a SAML provider."""

from django.urls import include, path

from meibo.config.urls import urlpatterns as usual

urlpatterns = [path("account/saml/", include("meibo.platform.accounts.saml_urls")), *usual]
