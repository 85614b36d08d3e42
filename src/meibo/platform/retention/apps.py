from django.apps import AppConfig

from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest


def _personnel(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.holds("hr") else None


class RetentionConfig(AppConfig):
    name = "meibo.platform.retention"
    label = "retention"
    verbose_name = "保存年限"

    def ready(self) -> None:
        entry = Entry("保存年限", "retention:overview", "archive-box", 10, _personnel)
        NAVIGATION.footer.append(entry)
