"""What the personnel section offers: its tasks, what its pages are called where they are told of,
its long work, and what it reminds of. Data; `apps.py` registers it."""

from __future__ import annotations

from meibo.domain.disclosure import Viewer
from meibo.platform.found import Offer
from meibo.platform.layout.navigation import Guest
from meibo.platform.layout.workbench import Task, has_tasks

HERE = "meibo.apps.personnel"
TELLING = f"{HERE}.queries.filings.telling"
Shown = tuple[str, ...] | None


def who_has_tasks(guest: Guest) -> Shown:
    return () if has_tasks(guest.viewer) else None


def who_may_plan(viewer: Viewer) -> bool:
    return viewer.holds("hr")


def who_has_a_card(guest: Guest) -> Shown:
    return () if guest.me is not None else None


def who_is_staff(guest: Guest) -> Shown:
    return () if guest.viewer.person else None


def who_decides(guest: Guest) -> Shown:
    """Heads decide, and personnel; others find what waits for them on the first page."""
    return () if "head" in guest.viewer.over or guest.viewer.holds("hr") else None


def _sees_to_filings(viewer: Viewer) -> bool:
    """Personnel, and who is 庶務担当 of somebody."""
    return viewer.holds("hr") or bool(viewer.over.get("clerk"))


def _keeps_conduct(viewer: Viewer) -> bool:
    return viewer.holds("conduct")


def _answers_for_people(viewer: Viewer) -> bool:
    return bool(viewer.over.get("head") or viewer.over.get("clerk"))


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
        *("取込", "personnel:intake", "arrow-down-on-square", "取込と連携", 20),
        "人事給与システムなどのファイルを調べ、確かめてから名簿に取り込みます。",
        waiting=f"{HERE}.queries.deliveries.waiting",
    ),
    Task(
        *("取込の指摘", "personnel:findings", "flag", "取込と連携", 22),
        "取り込んだファイルで見つかった、おかしいところを一つずつ片付けます。",
        waiting=f"{HERE}.queries.deliveries.waiting_findings",
    ),
    Task(
        *("取込定義", "personnel:feeds", "adjustments-horizontal", "取込と連携", 28),
        "ファイルの読み方を、見本のファイルで試しながらつくります。",
    ),
    Task(
        *("届出の受付", "personnel:filings", "inbox-arrow-down", "職員の記録", 60),
        "住所・氏名・家族などの届を確かめ、名簿に入れます。",
        *(_sees_to_filings, f"{TELLING}.waiting_count"),
    ),
    Task(
        *("名寄せ", "personnel:doubles", "finger-print", "職員の記録", 70),
        "同じ人の二つの番号を一つにし、二人の一つの番号を分けます。",
        waiting=f"{HERE}.queries.identity.waiting_count",
        ready="meibo.ledger.doubles.ready",
    ),
    Task(
        *("非公開の申出", "personnel:protections", "shield-check", "職員の記録", 80),
        "名前や所属を外に出さない申出を登録し、期限を見ます。",
    ),
    Task(
        *("処分・表彰・災害の記録", "personnel:conduct", "scale", "職員の記録", 90),
        "懲戒・分限・表彰・公務災害を記録します。この職務を持つ担当者だけが開けます。",
        *(_keeps_conduct, f"{HERE}.queries.conduct.waiting"),
    ),
    Task(
        *("人事カレンダー", "personnel:calendar", "calendar-days", "年間の仕事", 10),
        "任期・条件付採用・定年・役職定年・資格・休職など、期限の来るものを見て、済みにします。",
        waiting=f"{HERE}.queries.duedays.waiting",
        ready=f"{HERE}.queries.duedays.ready",
    ),
    Task(
        *("会計年度任用職員の更新", "personnel:renewals", "arrow-path", "年間の仕事", 20),
        "対象を集め、所属と本人の意向を聞き、まとめて決めて、発令を異動案に入れます。",
        waiting=f"{HERE}.queries.renewal.waiting",
    ),
    Task(
        *("会計年度任用職員の意向", "personnel:renewal_section", "arrow-path", "年間の仕事", 25),
        "所属の会計年度任用職員に続けてほしいかどうかを、人事課に伝えます。",
        *(_answers_for_people, f"{HERE}.queries.renewal.waiting_in_section"),
    ),
)

#: What pages are called, by the names of their addresses. One of a plan tells nothing but that.
PAGES: dict[str, str] = {
    **dict.fromkeys(("personnel:protections", "personnel:protection"), "非公開の申出"),
    **dict.fromkeys(("personnel:conduct", "personnel:conduct_of"), "処分・表彰・災害の記録"),
    **dict.fromkeys(("personnel:calendar", "personnel:due_list"), "人事カレンダー"),
    **dict.fromkeys(
        (
            *("personnel:renewals", "personnel:renewal", "personnel:renewal_item"),
            "personnel:renewal_section",
        ),
        "会計年度任用職員の更新",
    ),
    **dict.fromkeys(
        (
            *("personnel:plans", "personnel:plan", "personnel:plan_line"),
            *("personnel:plan_line_new", "personnel:plan_findings", "personnel:plan_outlook"),
            *("personnel:plan_units", "personnel:plan_reorganisation", "personnel:plan_settings"),
            *("personnel:plan_rules", "personnel:plan_kin", "personnel:plan_deciding"),
            *("personnel:plan_announce", "personnel:plan_notice_sheets", "personnel:plan_from_set"),
            *("personnel:plan_sheet", "personnel:plan_sheet_ask"),
        ),
        "異動案",
    ),
    **dict.fromkeys(
        (
            *("personnel:correction_search", "personnel:corrections"),
            *("personnel:correction_late", "personnel:correct"),
        ),
        "発令の訂正",
    ),
    "deciding:decisions": "決裁",
    "deciding:decision": "決裁",
    "deciding:notices": "内示",
    "deciding:notice_sheet": "内示",
    "filings:mine": "私の届出",
    "filings:filing": "私の届",
    "filings:question": "届の問い",
    "filings:look": "届の確認",
    **dict.fromkeys(("filings:scan", "personnel:filing_scan"), "届に付けた証書の写し"),
    **dict.fromkeys(
        ("personnel:filings", "personnel:filing", "personnel:filings_decide"), "届出の受付"
    ),
    "personnel:filings_unconfirmed": "連絡先の確認がまだの人",
    **dict.fromkeys(("personnel:doubles", "personnel:double", "personnel:part"), "名寄せ"),
    "personnel:intake": "取込",
    "personnel:intake_one": "取込の一件",
    "personnel:intake_changes": "取込で変わること",
    "personnel:intake_change": "取込で変わること",
    "personnel:intake_findings": "取込の指摘",
    "personnel:intake_report": "取込の報告",
    "personnel:findings": "取込の指摘",
    "personnel:feeds": "取込定義",
    "personnel:feed": "取込定義",
    "personnel:feed_draft": "取込定義の下書き",
}
#: Work that takes longer than a page may → who does it.
OFFERS = (Offer("異動案に入れる", "personnel:plan_from_set", "arrows-right-left", who_may_plan),)
RUNNERS = {
    "personnel.announce": f"{HERE}.actions.deciding.run_announce",
    "intake check": f"{HERE}.actions.deliveries.work.check",
    "intake load": f"{HERE}.actions.deliveries.work.load",
    "intake sample": f"{HERE}.actions.deliveries.samples.make",
}
#: What is printed as a job by whoever keeps made files.
SHEETS = {"personnel.plan": f"{HERE}.queries.deciding.sheets.give_sheet"}
#: Whether who asked may still have it.
GATES = {"personnel.plan": f"{HERE}.queries.deciding.sheets.may_have_sheet"}
#: What waits for somebody on the first page.
WAITING = (
    f"{HERE}.queries.deciding.waiting.decisions_waiting",
    f"{HERE}.queries.deciding.waiting.notices_waiting",
    f"{HERE}.queries.deciding.waiting.orders_coming",
    f"{HERE}.queries.renewal.asked",
    f"{HERE}.queries.renewal.asked_of_section",
    f"{TELLING}.waiting",
)
