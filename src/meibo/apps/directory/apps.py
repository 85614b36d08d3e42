from django.apps import AppConfig

from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest


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


class DirectoryConfig(AppConfig):
    name = "meibo.apps.directory"
    label = "directory"

    def ready(self) -> None:
        NAVIGATION.entries.extend(MAIN)
        NAVIGATION.footer.extend(FOOTER)
        NAVIGATION.home = "directory:home"
        NAVIGATION.search = "directory:search"
        NAVIGATION.card = "directory:person"
        NAVIGATION.photo = "directory:person_photo"
