from django.apps import AppConfig
from django.core.checks import register

from meibo.platform.accounts.breaches import breach_list_is_there


class AccountsConfig(AppConfig):
    name = "meibo.platform.accounts"
    label = "accounts"
    verbose_name = "サインイン"

    def ready(self) -> None:
        register(breach_list_is_there)
