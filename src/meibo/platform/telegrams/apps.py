from django.apps import AppConfig

from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest


def _crisis(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.holds("crisis") or guest.viewer.holds("it") else None


class TelegramsConfig(AppConfig):
    name = "meibo.platform.telegrams"
    label = "telegrams"
    verbose_name = "災害電文"

    def ready(self) -> None:
        NAVIGATION.footer.append(Entry("災害電文", "telegrams:received", "signal", 12, _crisis))
        NAVIGATION.pages["telegrams:received"] = "災害電文"
