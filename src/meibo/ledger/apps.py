"""The ledger: the tables of record, one writer, one reader."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The app of the tables of record."""

    name = "meibo.ledger"
    label = "ledger"
    verbose_name = "台帳"
