from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "meibo.platform.audit"
    label = "audit"
    verbose_name = "監査ログ"
