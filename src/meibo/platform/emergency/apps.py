from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "meibo.platform.emergency"
    label = "emergency"
    verbose_name = "非常時"
