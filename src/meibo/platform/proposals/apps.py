from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "meibo.platform.proposals"
    label = "proposals"
    verbose_name = "直しの提案"
