from django.apps import AppConfig
from django.utils.module_loading import import_string

from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest
from meibo.platform.layout.waiting import WAITING
from meibo.platform.layout.workbench import WORKBENCH, Task, has_tasks


def _who_has_tasks(guest: Guest) -> tuple[str, ...] | None:
    return () if has_tasks(guest.viewer) else None


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
        *("非公開の申出", "personnel:protections", "shield-check", "職員の記録", 80),
        "名前や所属を外に出さない申出を登録し、期限を見ます。",
    ),
)


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
        NAVIGATION.pages["personnel:protections"] = "非公開の申出"
        NAVIGATION.pages["personnel:protection"] = "非公開の申出"
        NAVIGATION.pages |= dict.fromkeys(PLAN_PAGES, "異動案")
        WORKBENCH.extend(TASKS)
        _register_deciding()


_READ = "meibo.apps.personnel.queries.deciding"
_DONE = "meibo.apps.personnel.actions.deciding"


def _register_deciding() -> None:
    """決裁・内示・発令. What needs the tables is looked up by name, once they are there."""
    who_decides = import_string(f"{_READ}.waiting.who_decides")
    decisions = Entry("決裁", "deciding:decisions", "document-check", 75, who_decides)
    NAVIGATION.entries.append(decisions)
    for page, called in (
        ("personnel:plan_deciding", "異動案"),
        ("personnel:plan_announce", "異動案"),
        ("personnel:plan_notice_sheets", "異動案"),
        ("personnel:correction_search", "発令の訂正"),
        ("personnel:corrections", "発令の訂正"),
        ("personnel:correction_late", "発令の訂正"),
        ("personnel:correct", "発令の訂正"),
        ("deciding:decisions", "決裁"),
        ("deciding:decision", "決裁"),
        ("deciding:notices", "内示"),
    ):
        NAVIGATION.pages[page] = called
    for name in ("decisions_waiting", "notices_waiting"):
        WAITING.append(import_string(f"{_READ}.waiting.{name}"))
    kinds = import_string("meibo.platform.jobs.kinds.KINDS")
    kinds["personnel.announce"] = import_string(f"{_DONE}.run_announce")
    import_string(f"{_DONE}.blocking.ERRORS").append(import_string(f"{_READ}.blocking.errors"))
