from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "meibo.apps.exchange"
    label = "exchange"
