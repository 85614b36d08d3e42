from django.apps import AppConfig

from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest


def _personnel(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.holds("hr") else None


class PrivacyConfig(AppConfig):
    name = "meibo.platform.privacy"
    label = "privacy"
    verbose_name = "個人情報"

    def ready(self) -> None:
        NAVIGATION.footer.append(Entry("個人情報ファイル簿", "privacy:register", "book-open", 12))
        NAVIGATION.footer.append(
            Entry("開示などの請求", "privacy:requests", "inbox", 14, _personnel)
        )
