from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "meibo.platform.jobs"
    label = "jobs"
    verbose_name = "時間のかかる仕事"
