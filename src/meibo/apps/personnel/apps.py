from django.apps import AppConfig
from django.utils.module_loading import import_string

from meibo.domain.disclosure import Viewer
from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest
from meibo.platform.layout.workbench import WORKBENCH, Task, has_tasks

_HERE = "meibo.apps.personnel"


def _who_has_tasks(guest: Guest) -> tuple[str, ...] | None:
    return () if has_tasks(guest.viewer) else None


def _keeps_conduct(viewer: Viewer) -> bool:
    return viewer.holds("conduct")


def _answers_for_people(viewer: Viewer) -> bool:
    return bool(viewer.over.get("head") or viewer.over.get("clerk"))


def _is_staff(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.viewer.person else None


TASKS = (
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
    # intake
    Task(
        *("取込", "personnel:intake", "arrow-down-on-square", "取込と連携", 20),
        "人事給与システムなどのファイルを調べ、確かめてから名簿に取り込みます。",
        waiting=f"{_HERE}.queries.deliveries.waiting",
    ),
    Task(
        *("取込の指摘", "personnel:findings", "flag", "取込と連携", 22),
        "取り込んだファイルで見つかった、おかしいところを一つずつ片付けます。",
        waiting=f"{_HERE}.queries.deliveries.waiting_findings",
    ),
    Task(
        *("取込定義", "personnel:feeds", "adjustments-horizontal", "取込と連携", 28),
        "ファイルの読み方を、見本のファイルで試しながらつくります。",
    ),
)
#: Work that takes longer than a page may → who does it.
RUNNERS = {
    "intake check": f"{_HERE}.actions.deliveries.work.check",
    "intake load": f"{_HERE}.actions.deliveries.work.load",
    "intake sample": f"{_HERE}.actions.deliveries.samples.make",
}
PAGES = {
    "protections": "非公開の申出",
    "protection": "非公開の申出",
    "intake": "取込",
    "intake_one": "取込の一件",
    "intake_changes": "取込で変わること",
    "intake_change": "取込で変わること",
    "intake_findings": "取込の指摘",
    "intake_report": "取込の報告",
    "findings": "取込の指摘",
    "feeds": "取込定義",
    "feed": "取込定義",
    "feed_draft": "取込定義の下書き",
}


class PersonnelConfig(AppConfig):
    name = "meibo.apps.personnel"
    label = "personnel"

    def ready(self) -> None:
        entry = Entry("人事の仕事", "personnel:desk", "briefcase", 80, _who_has_tasks)
        NAVIGATION.entries.append(entry)
        NAVIGATION.pages["personnel:calendar"] = "人事カレンダー"
        NAVIGATION.pages["personnel:due_list"] = "人事カレンダー"
        mine = Entry("私の処分・表彰の記録", "personnel:conduct_mine", "scale", 25, _is_staff)
        NAVIGATION.footer.append(mine)
        for name in ("renewals", "renewal", "renewal_item", "renewal_section"):
            NAVIGATION.pages[f"personnel:{name}"] = "会計年度任用職員の更新"
        NAVIGATION.pages["personnel:conduct"] = "処分・表彰・災害の記録"
        NAVIGATION.pages["personnel:conduct_of"] = "処分・表彰・災害の記録"
        NAVIGATION.pages.update({f"personnel:{name}": label for name, label in PAGES.items()})
        WORKBENCH.extend(TASKS)
        kinds = import_string("meibo.platform.jobs.kinds.KINDS")  # it needs tables: not above
        kinds.update({kind: import_string(place) for kind, place in RUNNERS.items()})
