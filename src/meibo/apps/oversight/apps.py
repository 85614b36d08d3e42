from django.apps import AppConfig

from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest


def _auditor(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.holds("audit") else None


def _somebody(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.person else None


class OversightConfig(AppConfig):
    name = "meibo.apps.oversight"
    label = "oversight"

    def ready(self) -> None:
        entry = Entry("監査ログ", "oversight:log", "document-magnifying-glass", 50, _auditor)
        NAVIGATION.entries.append(entry)
        NAVIGATION.pages |= {"oversight:log": "監査ログ", "oversight:unusual": "目立つ使われ方"}
        NAVIGATION.footer.append(Entry("閲覧履歴", "oversight:mine", "eye", 15, _somebody))
