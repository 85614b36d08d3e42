from django.apps import AppConfig

from meibo.platform.entry.rights import is_desk
from meibo.platform.grants.rules import READERS
from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest


def _readers(guest: Guest) -> tuple[str, ...] | None:
    """For whose task it is; everybody else comes by the foot of the page."""
    return () if READERS & guest.viewer.held else None


def _desk(guest: Guest) -> tuple[str, ...] | None:
    return () if is_desk(guest.viewer) else None


MAIN = (
    Entry("権限", "access:grants", "key", 80, _readers),
    Entry("アカウント", "access:desk", "identification", 85, _desk),
)
FOOTER = (Entry("私の権限とアカウント", "access:grants", "key", 15),)


class AccessConfig(AppConfig):
    name = "meibo.apps.access"
    label = "access"

    def ready(self) -> None:
        NAVIGATION.entries.extend(MAIN)
        NAVIGATION.footer.extend(FOOTER)
