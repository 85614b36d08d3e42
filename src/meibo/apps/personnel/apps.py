from django.apps import AppConfig

from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest


def _personnel(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.holds("hr") else None


class PersonnelConfig(AppConfig):
    name = "meibo.apps.personnel"
    label = "personnel"

    def ready(self) -> None:
        entry = Entry("非公開の申出", "personnel:protections", "shield-check", 80, _personnel)
        NAVIGATION.entries.append(entry)
        NAVIGATION.pages["personnel:protections"] = "非公開の申出"
        NAVIGATION.pages["personnel:protection"] = "非公開の申出"
