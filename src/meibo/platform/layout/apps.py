from django.apps import AppConfig


class LayoutConfig(AppConfig):
    name = "meibo.platform.layout"
    label = "layout"
