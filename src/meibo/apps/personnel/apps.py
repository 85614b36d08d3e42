from django.apps import AppConfig

from meibo.domain.disclosure import Viewer
from meibo.platform import figures
from meibo.platform.figures import Figure
from meibo.platform.jobs.kinds import KINDS
from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest
from meibo.platform.layout.reminders import REMINDERS
from meibo.platform.layout.waiting import WAITING
from meibo.platform.layout.workbench import WORKBENCH, Task, has_tasks

TELLING = "meibo.apps.personnel.queries.filings.telling"


def _sees_to_filings(viewer: Viewer) -> bool:
    """Personnel, and who is 庶務担当 of somebody."""
    return viewer.holds("hr") or bool(viewer.over.get("clerk"))


def _own(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.me is not None else None


def _who_has_tasks(guest: Guest) -> tuple[str, ...] | None:
    return () if has_tasks(guest.viewer) else None


def _keeps_conduct(viewer: Viewer) -> bool:
    return viewer.holds("conduct")


def _answers_for_people(viewer: Viewer) -> bool:
    return bool(viewer.over.get("head") or viewer.over.get("clerk"))


def _who_decides(guest: Guest) -> tuple[str, ...] | None:
    """Heads decide, and personnel; others find what waits for them on the first page."""
    return () if "head" in guest.viewer.over or guest.viewer.holds("hr") else None


def _is_staff(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.person else None


TASKS = (
    Task(
        *("異動案", "personnel:plans", "arrows-right-left", "異動と発令", 10),
        "発令前の異動を、名前を載せた人だけで作り、確かめます。",
    ),
    Task(
        *("発令の訂正", "personnel:correction_search", "pencil-square", "異動と発令", 30),
        "発令したあとの誤りや漏れを、訂正の発令で直します。影響を先に見ます。",
    ),
    Task(
        *("人事カレンダー", "personnel:calendar", "calendar-days", "年間の仕事", 10),
        "任期・条件付採用・定年・役職定年・資格・休職など、期限の来るものを見て、済みにします。",
        waiting="meibo.apps.personnel.queries.duedays.waiting",
    ),
    Task(
        *("会計年度任用職員の更新", "personnel:renewals", "arrow-path", "年間の仕事", 20),
        "対象を集め、所属と本人の意向を聞き、まとめて決めて、発令を異動案に入れます。",
        waiting="meibo.apps.personnel.queries.renewal.waiting",
    ),
    Task(
        *("会計年度任用職員の意向", "personnel:renewal_section", "arrow-path", "年間の仕事", 25),
        "所属の会計年度任用職員に続けてほしいかどうかを、人事課に伝えます。",
        _answers_for_people,
    ),
    Task(
        *("処分・表彰・災害の記録", "personnel:conduct", "scale", "職員の記録", 90),
        "懲戒・分限・表彰・公務災害を記録します。この職務を持つ担当者だけが開けます。",
        _keeps_conduct,
        "meibo.apps.personnel.queries.conduct.waiting",
    ),
    Task(
        *("非公開の申出", "personnel:protections", "shield-check", "職員の記録", 80),
        "名前や所属を外に出さない申出を登録し、期限を見ます。",
    ),
    Task(
        *("届出の受付", "personnel:filings", "inbox-arrow-down", "職員の記録", 60),
        "住所・氏名・家族などの届を確かめ、名簿に入れます。",
        *(_sees_to_filings, f"{TELLING}.waiting_count"),
    ),
    Task(
        *("名寄せ", "personnel:doubles", "finger-print", "職員の記録", 70),
        "同じ人の二つの番号を一つにし、二人の一つの番号を分けます。",
        waiting="meibo.apps.personnel.queries.identity.waiting_count",
    ),
)
FILING_PAGES = {
    "filings:mine": "私の届出",
    "filings:filing": "私の届",
    "filings:question": "届の問い",
    "filings:look": "届の確認",
    "personnel:filings": "届出の受付",
    "personnel:filing": "届出の受付",
    "personnel:filings_decide": "届出の受付",
    "personnel:filings_unconfirmed": "連絡先の確認がまだの人",
    "personnel:doubles": "名寄せ",
    "personnel:double": "名寄せ",
    "personnel:part": "名寄せ",
}


PLAN_PAGES = (
    *("personnel:plans", "personnel:plan", "personnel:plan_line", "personnel:plan_line_new"),
    *("personnel:plan_findings", "personnel:plan_outlook", "personnel:plan_units"),
    *("personnel:plan_reorganisation", "personnel:plan_settings"),
    *("personnel:plan_rules", "personnel:plan_kin"),
)


class PersonnelConfig(AppConfig):
    name = "meibo.apps.personnel"
    label = "personnel"

    def ready(self) -> None:
        entry = Entry("人事の仕事", "personnel:desk", "briefcase", 80, _who_has_tasks)
        NAVIGATION.entries.append(entry)
        NAVIGATION.entries.append(Entry("私の届出", "filings:mine", "document-text", 55, _own))
        NAVIGATION.pages["personnel:protections"] = "非公開の申出"
        NAVIGATION.pages["personnel:protection"] = "非公開の申出"
        NAVIGATION.pages |= dict.fromkeys(PLAN_PAGES, "異動案")
        NAVIGATION.pages["personnel:calendar"] = "人事カレンダー"
        NAVIGATION.pages["personnel:due_list"] = "人事カレンダー"
        mine = Entry("私の処分・表彰の記録", "personnel:conduct_mine", "scale", 25, _is_staff)
        NAVIGATION.footer.append(mine)
        for name in ("renewals", "renewal", "renewal_item", "renewal_section"):
            NAVIGATION.pages[f"personnel:{name}"] = "会計年度任用職員の更新"
        NAVIGATION.pages["personnel:conduct"] = "処分・表彰・災害の記録"
        NAVIGATION.pages["personnel:conduct_of"] = "処分・表彰・災害の記録"
        NAVIGATION.pages |= FILING_PAGES
        WORKBENCH.extend(TASKS)
        REMINDERS.append(f"{TELLING}.remind")
        figures.register(Figure("contacts-confirmed", "連絡先の確認率", f"{TELLING}.share"))
        _register_deciding()


_READ = "meibo.apps.personnel.queries.deciding"
DECIDING_PAGES = {
    "personnel:plan_deciding": "異動案",
    "personnel:plan_announce": "異動案",
    "personnel:plan_notice_sheets": "異動案",
    "personnel:correction_search": "発令の訂正",
    "personnel:corrections": "発令の訂正",
    "personnel:correction_late": "発令の訂正",
    "personnel:correct": "発令の訂正",
    "deciding:decisions": "決裁",
    "deciding:decision": "決裁",
    "deciding:notices": "内示",
}


def _register_deciding() -> None:
    """決裁・内示・発令・訂正."""
    entry = Entry("決裁", "deciding:decisions", "document-check", 75, _who_decides)
    NAVIGATION.entries.append(entry)
    NAVIGATION.pages |= DECIDING_PAGES
    WAITING.extend(f"{_READ}.waiting.{name}" for name in ("decisions_waiting", "notices_waiting"))
    KINDS["personnel.announce"] = "meibo.apps.personnel.actions.deciding.run_announce"
