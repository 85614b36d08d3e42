"""安否確認 and 参集: where they hang on the frame, the first page and the figures."""

from django.apps import AppConfig

from meibo.platform import figures
from meibo.platform.figures import Figure
from meibo.platform.found import SETS, Offer
from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest
from meibo.platform.layout.waiting import WAITING
from meibo.platform.papers.beside import GATES, SOURCES
from meibo.platform.telegrams.receivers import RECEIVERS

_QUERIES = "meibo.apps.safety.queries"
_INDICATORS = f"{_QUERIES}.indicators"


def _crisis(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.holds("crisis") else None


def _staff(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.person else None


def _takes_along(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.holds("crisis") or guest.viewer.over.get("head") else None


ENTRIES = (
    Entry("安否確認", "safety:checks", "bell-alert", 44, _crisis),
    Entry("災害・訓練", "safety:events", "megaphone", 45, _crisis),
    Entry("届かない職員", "safety:unreached", "signal-slash", 46, _crisis),
    Entry("訓練と報告", "safety:drills", "calendar-days", 47, _crisis),
)
MINE = Entry("私の安否", "safety:mine", "bell-alert", 25, _staff)
FOOTER = (
    MINE,
    Entry("連絡の試し", "safety:ways", "signal", 26, _staff),
    Entry("持ち出し名簿", "safety:offline", "lock-closed", 46, _takes_along),
)
FIGURES = (
    Figure("reach", "連絡の届く見込みの職員", f"{_QUERIES}.reached.share"),
    Figure("safety-reach", "安否確認が届いた人（めやす 99％）", f"{_INDICATORS}.reach"),
    Figure("safety-soon", "安否確認に10分以内に答えた人", f"{_INDICATORS}.soon"),
    Figure("safety-half", "安否確認に半数が答えるまでの分", f"{_INDICATORS}.half_minutes"),
    Figure("safety-support", "支援を始めるまでの分", f"{_INDICATORS}.support_minutes"),
)
WAITS = (
    f"{_QUERIES}.questions.waits",
    f"{_QUERIES}.by_telegram.waits",
    f"{_QUERIES}.proxies.waiting",
    f"{_QUERIES}.own.waits",
    f"{_QUERIES}.desks.waits",
    f"{_QUERIES}.announced.tell",
    f"{_QUERIES}.announced.held",
)
PAGES = {
    "safety:proxies": "安否を代わりに答える",
    "safety:answer_for": "安否を代わりに答える",
    "safety:said": "安否の答えの中身",
    "safety:answer_photo": "安否の答えの写真",
    "safety:begin": "安否確認を送る",
    "safety:check_close": "安否確認を終える",
    "safety:questions": "電文からの問い",
    "safety:decide": "電文からの問い",
    "safety:board": "安否確認の掲示板",
    "safety:board_people": "安否確認の掲示板",
    "safety:desk": "到着の受付",
    "safety:bulletins": "安否確認の指示",
    "safety:unread": "安否確認の指示",
    "safety:muster": "参集の見込み",
    "safety:simulate": "参集の見込み",
    "safety:staffing": "仕事の割り当て",
    "safety:figures": "安否確認の指標",
    "safety:levels": "配備態勢",
    "safety:plans": "災対組織",
    "safety:plan": "災対組織",
    "safety:mine": "私の安否",
    "safety:own_people": "私の職場の安否",
    "safety:reaching": "連絡の届きかた",
    "safety:unreached": "届かない職員",
    "safety:ways": "連絡の試し",
    "safety:devices": "端末の通知",
    "safety:offline": "持ち出し名簿",
    "safety:offline_password": "持ち出し名簿",  # nosec B105  # the name of a page, no password
    "safety:offline_file": "持ち出し名簿",
    "safety:offline_paper": "紙の連絡網",
    "safety:offline_back": "付けた印を戻す",
    "safety:drills": "訓練と報告",
    "safety:drill": "訓練の予告",
    "safety:drill_series": "訓練と報告",
    "safety:report": "安否確認の報告",
    "safety:report_file": "安否確認の報告",
    "safety:log": "安否確認で起きたこと",
    "safety:log_file": "安否確認で起きたこと",
}


class SafetyConfig(AppConfig):
    name = "meibo.apps.safety"
    label = "safety"

    def ready(self) -> None:
        NAVIGATION.entries.extend(ENTRIES)
        NAVIGATION.footer.extend(FOOTER)
        NAVIGATION.shortcuts.append(MINE)
        NAVIGATION.pages |= PAGES
        WAITING.extend(WAITS)
        SOURCES["safety.paper"] = f"{_QUERIES}.offline.paper.give_sheet"
        GATES["safety.paper"] = f"{_QUERIES}.offline.paper.may_have_sheet"
        for figure in FIGURES:
            figures.register(figure)
        crisis = Offer("安否を聞く", "safety:checks", "bell-alert", lambda v: v.holds("crisis"))
        SETS.offers.append(crisis)
        RECEIVERS.append("meibo.apps.safety.actions.alarming.receive")
