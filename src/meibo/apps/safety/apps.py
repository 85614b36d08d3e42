from django.apps import AppConfig

from meibo.platform import figures
from meibo.platform.figures import Figure
from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest
from meibo.platform.layout.waiting import WAITING


def _crisis(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.holds("crisis") else None


def _takes_along(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.holds("crisis") or guest.viewer.over.get("head") else None


_LEARNING = "meibo.apps.safety.queries.learning"
FIGURES = (
    Figure("safety-reach", "安否確認が届いた人（めやす 99％）", f"{_LEARNING}.reach"),
    Figure("safety-soon", "安否確認に10分以内に答えた人", f"{_LEARNING}.soon"),
    Figure("safety-half", "安否確認に半数が答えるまでの分", f"{_LEARNING}.half_minutes"),
)


PAGES = {
    "safety:offline": "持ち出し名簿",
    "safety:offline_password": "持ち出し名簿",
    "safety:offline_file": "持ち出し名簿",
    "safety:offline_paper": "紙の連絡網",
    "safety:offline_back": "付けた印を戻す",
    "safety:drills": "訓練と報告",
    "safety:drill": "訓練の予告",
    "safety:report": "安否確認の報告",
    "safety:report_file": "安否確認の報告",
    "safety:log": "安否確認で起きたこと",
    "safety:log_file": "安否確認で起きたこと",
}


class SafetyConfig(AppConfig):
    name = "meibo.apps.safety"
    label = "safety"

    def ready(self) -> None:
        entry = Entry("災害・訓練", "safety:events", "megaphone", 45, _crisis)
        NAVIGATION.entries.append(entry)
        NAVIGATION.entries.append(Entry("安否確認", "safety:checks", "bell-alert", 44, _crisis))
        NAVIGATION.entries.append(
            Entry("訓練と報告", "safety:drills", "calendar-days", 46, _crisis)
        )
        NAVIGATION.footer.append(
            Entry("持ち出し名簿", "safety:offline", "lock-closed", 46, _takes_along)
        )
        NAVIGATION.pages |= PAGES
        WAITING.append("meibo.apps.safety.queries.announced.tell")
        for figure in FIGURES:
            figures.register(figure)
