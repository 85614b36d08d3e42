from django.apps import AppConfig


class PurposeConfig(AppConfig):
    name = "meibo.platform.purpose"
    label = "purpose"
    verbose_name = "利用目的"
