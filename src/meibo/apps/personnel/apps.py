from django.apps import AppConfig

from meibo.apps.personnel import menu
from meibo.platform import figures
from meibo.platform.figures import Figure
from meibo.platform.found import SETS
from meibo.platform.jobs.kinds import KINDS
from meibo.platform.layout.navigation import NAVIGATION, Entry
from meibo.platform.layout.waiting import WAITING
from meibo.platform.layout.workbench import WORKBENCH
from meibo.platform.papers.beside import GATES, SOURCES

ENTRIES = (
    Entry("私の届出", "filings:mine", "document-text", 55, menu.who_has_a_card),
    Entry("決裁", "deciding:decisions", "document-check", 75, menu.who_decides),
    Entry("人事の仕事", "personnel:desk", "briefcase", 80, menu.who_has_tasks),
)
FOOTER = (Entry("私の処分・表彰の記録", "personnel:conduct_mine", "scale", 25, menu.who_is_staff),)


class PersonnelConfig(AppConfig):
    name = "meibo.apps.personnel"
    label = "personnel"

    def ready(self) -> None:
        NAVIGATION.entries.extend(ENTRIES)
        NAVIGATION.footer.extend(FOOTER)
        NAVIGATION.pages |= menu.PAGES
        WORKBENCH.extend(menu.TASKS)
        KINDS.update(menu.RUNNERS)
        SOURCES.update(menu.SHEETS)
        GATES.update(menu.GATES)
        WAITING.extend(menu.WAITING)
        SETS.offers.extend(menu.OFFERS)
        share = f"{menu.TELLING}.share"
        figures.register(Figure("contacts-confirmed", "連絡先の確認率", share))
