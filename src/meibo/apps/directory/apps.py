from django.apps import AppConfig
from django.utils.module_loading import import_string

from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest
from meibo.platform.papers.lists import SOURCES


def _own_unit(guest: Guest) -> tuple[str, ...] | None:
    """The 課 of the viewer's main post, or what stands in its place."""
    codes = guest.me.get("unit_codes") if guest.me else None
    return (codes[:2][-1],) if codes else None


MAIN = (
    Entry("さがす", "directory:home", "magnifying-glass", 10),
    Entry("組織図", "directory:chart", "rectangle-group", 20),
    Entry("私の所属", "directory:unit", "user-group", 30, _own_unit),
    Entry("一覧", "directory:list", "table-cells", 60),
    Entry("比べる", "directory:compare", "arrows-right-left", 70),
)
FOOTER = (
    Entry("公開基準", "directory:disclosure", "eye", 10),
    Entry("使い方", "directory:help", "question-mark-circle", 20),
)
PAGES = {
    "directory:home": "はじめの画面",
    "directory:search": "さがす",
    "directory:person": "職員のカード",
    "directory:person_vcard": "連絡先カード",
    "directory:person_qr": "連絡先のQRコード",
    "directory:person_photo": "写真",
    "directory:share": "見せる範囲",
    "directory:unit": "組織のページ",
    "directory:edit_unit": "課の手入れ",
    "directory:chart": "組織図",
    "directory:faces": "写真名簿",
    "directory:list": "一覧",
    "directory:list_csv": "一覧のCSV",
    "directory:list_xlsx": "一覧のExcel",
    "directory:compare": "比べる",
}


class DirectoryConfig(AppConfig):
    name = "meibo.apps.directory"
    label = "directory"

    def ready(self) -> None:
        NAVIGATION.entries.extend(MAIN)
        NAVIGATION.footer.extend(FOOTER)
        NAVIGATION.pages |= PAGES
        NAVIGATION.home = "directory:home"
        NAVIGATION.search = "directory:search"
        NAVIGATION.card = "directory:person"
        NAVIGATION.photo = "directory:person_photo"
        # By name: models can't be loaded before all apps are.
        SOURCES["list"] = import_string("meibo.apps.directory.queries.printing.filtered")
