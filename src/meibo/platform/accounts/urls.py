"""Signing in and out and changing one's password: the part of allauth that this house uses.

The names are allauth's own, since its views and templates reverse them.
"""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    # Closed by the adapter; it stands here because the sign-in view reverses its name.
    path("signup/", views.signup, name="account_signup"),
]
