from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "meibo.platform.grants"
    label = "grants"
    verbose_name = "権限"
