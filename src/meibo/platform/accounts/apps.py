from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "meibo.platform.accounts"
    label = "accounts"
    verbose_name = "サインイン"
