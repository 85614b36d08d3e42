from django.apps import AppConfig

from meibo.platform.found import SETS, Offer
from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest
from meibo.platform.layout.waiting import WAITING
from meibo.platform.telegrams.receivers import RECEIVERS


def _crisis(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.holds("crisis") else None


class SafetyConfig(AppConfig):
    name = "meibo.apps.safety"
    label = "safety"

    def ready(self) -> None:
        entry = Entry("災害・訓練", "safety:events", "megaphone", 45, _crisis)
        NAVIGATION.entries.append(entry)
        NAVIGATION.entries.append(Entry("安否確認", "safety:checks", "bell-alert", 44, _crisis))
        WAITING.append("meibo.apps.safety.queries.own.waits")
        offer = Offer(
            "安否を聞く", "safety:checks", "bell-alert", lambda viewer: viewer.holds("crisis")
        )
        SETS.offers.append(offer)
        RECEIVERS.append("meibo.apps.safety.actions.alarming.receive")
