from django.apps import AppConfig
from django.utils.module_loading import import_string

from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest
from meibo.platform.layout.workbench import WORKBENCH, Task

TASKS = (
    Task(
        *("帳票", "papers:index", "document-text", "帳票と一覧", 10),
        "辞令、発令簿、職員録、労働者名簿などを、どの日の分でも印刷します。",
    ),
    Task(
        *("在職証明書", "papers:certificates", "identification", "帳票と一覧", 20),
        "証明書を発行し、番号を控えます。",
    ),
    Task(
        *("定数", "papers:establishment", "scale", "年間の仕事", 40),
        "組織ごと、級ごとの定数を、いつからかとともに決めます。",
    ),
)
PAGES = {
    "papers:index": "帳票",
    "papers:form": "帳票の用意",
    "papers:pdf": "帳票のPDF",
    "papers:xlsx": "帳票のExcel",
    "papers:ask": "帳票をまとめて作る",
    "papers:kept": "作った帳票の受け取り",
    "papers:own": "私の帳票",
    "papers:own_save": "帳票として保存",
    "papers:own_edit": "私の帳票の変更",
    "papers:own_delete": "私の帳票の削除",
    "papers:own_pdf": "私の帳票のPDF",
    "papers:own_xlsx": "私の帳票のExcel",
    "papers:certificates": "在職証明書の控え",
    "papers:certificate": "在職証明書のPDF",
    "papers:establishment": "定数",
    "papers:establishment_unit": "組織の定数",
    # What the audit log calls the forms themselves; the catalogue has the same words.
    "papers:jirei": "辞令",
    "papers:notice": "人事異動通知書",
    "papers:orders": "発令簿",
    "papers:moves": "異動者名簿",
    "papers:roster": "職員録",
    "papers:seats": "座席・電話番号表",
    "papers:chart": "組織図（A3）",
    "papers:absent": "休職・派遣者一覧",
    "papers:workers": "労働者名簿",
    "papers:record": "人事記録カード",
    "papers:strength": "定数現員表",
    "papers:ages": "年齢・級構成",
}


def _staff(guest: Guest) -> tuple[str, ...] | None:
    return () if "staff" in guest.viewer.ties else None


class PapersConfig(AppConfig):
    name = "meibo.apps.papers"
    label = "papers"

    def ready(self) -> None:
        NAVIGATION.pages |= PAGES
        NAVIGATION.footer.append(Entry("帳票", "papers:index", "document-text", 16, _staff))
        WORKBENCH.extend(TASKS)
        # Looked up when all apps are there: the table of kinds stands beside the audit log's.
        kinds = import_string("meibo.platform.jobs.kinds.KINDS")
        kinds["papers.form"] = "meibo.apps.papers.actions.making.make"
        kinds["papers.sheet"] = "meibo.apps.papers.actions.making.make_sheet"
