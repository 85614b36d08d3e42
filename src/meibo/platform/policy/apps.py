from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "meibo.platform.policy"
    label = "policy"
    verbose_name = "公開基準"
