from django.apps import AppConfig


class EntryConfig(AppConfig):
    name = "meibo.platform.entry"
    label = "entry"
    verbose_name = "サインインの用意"
