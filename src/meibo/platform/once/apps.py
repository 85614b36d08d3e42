from django.apps import AppConfig


class OnceConfig(AppConfig):
    name = "meibo.platform.once"
    label = "once"
    verbose_name = "一度だけ受け付けた送信"
