from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "meibo.apps.directory"
    label = "directory"
