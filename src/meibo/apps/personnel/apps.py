from django.apps import AppConfig

from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest
from meibo.platform.layout.workbench import WORKBENCH, Task, has_tasks


def _who_has_tasks(guest: Guest) -> tuple[str, ...] | None:
    return () if has_tasks(guest.viewer) else None


TASKS = (
    Task(
        *("異動案", "personnel:plans", "arrows-right-left", "異動と発令", 10),
        "発令前の異動を、名前を載せた人だけで作り、確かめます。",
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
