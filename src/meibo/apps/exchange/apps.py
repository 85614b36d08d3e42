from importlib import import_module

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "meibo.apps.exchange"
    label = "exchange"

    def ready(self) -> None:
        # What is offered reads tables, which are not there yet when this file is read.
        import_module("meibo.apps.exchange.offering").register()
