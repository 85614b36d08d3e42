from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "meibo.apps.access"
    label = "access"
