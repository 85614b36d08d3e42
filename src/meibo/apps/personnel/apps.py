from django.apps import AppConfig


class PersonnelConfig(AppConfig):
    name = "meibo.apps.personnel"
    label = "personnel"
