from django.apps import AppConfig


class TelegramsConfig(AppConfig):
    name = "meibo.platform.telegrams"
    label = "telegrams"
    verbose_name = "災害電文"
