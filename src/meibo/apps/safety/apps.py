from django.apps import AppConfig

from meibo.platform import figures
from meibo.platform.figures import Figure
from meibo.platform.found import SETS, Offer
from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest
from meibo.platform.layout.waiting import WAITING
from meibo.platform.telegrams.receivers import RECEIVERS


def _crisis(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.holds("crisis") else None


def _staff(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.person else None


PAGES = {
    "safety:reaching": "連絡の届きかた",
    "safety:unreached": "届かない職員",
    "safety:ways": "連絡の試し",
}


class SafetyConfig(AppConfig):
    name = "meibo.apps.safety"
    label = "safety"

    def ready(self) -> None:
        entry = Entry("災害・訓練", "safety:events", "megaphone", 45, _crisis)
        NAVIGATION.entries.append(entry)
        NAVIGATION.entries.append(Entry("安否確認", "safety:checks", "bell-alert", 44, _crisis))
        NAVIGATION.entries.append(
            Entry("届かない職員", "safety:unreached", "signal-slash", 46, _crisis)
        )
        NAVIGATION.footer.append(Entry("連絡の試し", "safety:ways", "signal", 26, _staff))
        NAVIGATION.pages |= PAGES
        figures.register(
            Figure("reach", "連絡の届く見込みの職員", "meibo.apps.safety.queries.reached.share")
        )
        NAVIGATION.pages["safety:proxies"] = "安否を代わりに答える"
        NAVIGATION.pages["safety:answer_for"] = "安否を代わりに答える"
        WAITING.append("meibo.apps.safety.queries.proxies.waiting")
        WAITING.append("meibo.apps.safety.queries.own.waits")
        offer = Offer(
            "安否を聞く", "safety:checks", "bell-alert", lambda viewer: viewer.holds("crisis")
        )
        SETS.offers.append(offer)
        RECEIVERS.append("meibo.apps.safety.actions.alarming.receive")
