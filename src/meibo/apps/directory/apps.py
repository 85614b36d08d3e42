from django.apps import AppConfig
from django.utils.module_loading import import_string

from meibo.platform.found import SETS
from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest
from meibo.platform.layout.workbench import WORKBENCH, Task
from meibo.platform.papers.lists import SOURCES
from meibo.platform.policy.labels import LABELS


def _own_unit(guest: Guest) -> tuple[str, ...] | None:
    """The 課 of the viewer's main post, or what stands in its place."""
    codes = guest.me.get("unit_codes") if guest.me else None
    return (codes[:2][-1],) if codes else None


MAIN = (
    Entry("さがす", "directory:home", "magnifying-glass", 10),
    Entry("組織図", "directory:chart", "rectangle-group", 20),
    Entry("私の所属", "directory:unit", "user-group", 30, _own_unit),
    Entry("一覧", "directory:list", "table-cells", 60),
    Entry("条件で選ぶ", "directory:choosing", "funnel", 75),
    Entry("比べる", "directory:compare", "arrows-right-left", 70),
)
FOOTER = (
    Entry("公開基準", "directory:disclosure", "eye", 10),
    Entry("使い方", "directory:help", "question-mark-circle", 20),
)
TASKS = (
    Task(
        *("条件で選ぶ", "directory:choosing", "funnel", "職員の記録", 20),
        "条件を組み立てて人を選び、選んだ人たちを一人ずつ見たり、まとめて書いたりします。",
    ),
    Task(
        *("自由項目を決める", "policy:drafts", "plus-circle", "職員の記録", 30),
        "自治体が足す項目と見せる相手を、公開基準の案に書きます。別の人の承認で効きます。",
    ),
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
    "directory:fields": "自由項目",
    "directory:hang": "書類を入れる",
    "directory:document": "書類",
    "directory:licence": "証書の写し",
    "directory:choosing": "条件で選ぶ",
    "directory:build": "条件を作る",
    "directory:condition": "保存した条件",
    "directory:definition": "条件のファイル",
    "directory:combine": "選んだ人たちを合わせる",
    "directory:begin_set": "選んだ人たちを始める",
    "directory:found": "選んだ人たち",
    "directory:found_deed": "選んだ人たち",
    "directory:found_compare": "選んだ人を見比べる",
    "directory:found_fill": "まとめて書く",
    "directory:found_unfill": "まとめて書いたものの取消",
    "directory:found_mail": "メールの宛先",
    "directory:found_labels": "ラベル",
    "directory:found_csv": "選んだ人たちのCSV",
    "directory:found_xlsx": "選んだ人たちのExcel",
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
        SETS.source = "meibo.apps.directory.queries.sets.found_of"
        WORKBENCH.extend(TASKS)
        fields = import_string("meibo.apps.directory.queries.fields.FIELDS")
        LABELS.update(field.label for field in fields)
        # By name: models can't be loaded before all apps are.
        SOURCES["list"] = import_string("meibo.apps.directory.queries.printing.filtered")
