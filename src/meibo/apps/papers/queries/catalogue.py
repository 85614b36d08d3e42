"""Every form there is: what it is for, what has to be chosen, who may make it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from meibo.apps.papers.queries import book, chart, figures, moves, records, rosters
from meibo.apps.papers.queries.asked import Asked, Made
from meibo.domain.disclosure import Viewer


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `text` says what it is for. It asks for a `period` instead of a day, for a `unit`,
    for `people` by number; `personnel`: it shows the whole record; `lists`: also as a workbook.
    `bulk`: may be asked for in a job, which may take its time."""

    key: str
    label: str
    group: str
    text: str
    make: Callable[[Asked], Made]
    personnel: bool = True
    period: bool = False
    unit: bool = True
    people: bool = False
    lists: bool = False
    bulk: bool = False

    def open_to(self, viewer: Viewer) -> bool:
        """Whether this viewer may make it."""
        return viewer.holds("hr") if self.personnel else "staff" in viewer.ties


GROUPS = ("発令", "名簿", "記録", "数")
_ALL = (
    Form(
        *("jirei", "辞令", "発令"),
        "発令のある人に渡す辞令です。一人一枚、まとめて何千枚でも作れます。",
        book.letters,
        period=True,
        people=True,
        bulk=True,
    ),
    Form(
        *("notice", "人事異動通知書", "発令"),
        "異動の前と後を並べた通知書です。本人や給与担当に渡します。",
        book.notes,
        period=True,
        people=True,
        bulk=True,
    ),
    Form(
        *("orders", "発令簿", "発令"),
        "期間中のすべての発令を、日と番号の順に並べます。取り消した発令も残ります。",
        book.book,
        period=True,
        people=True,
        lists=True,
        bulk=True,
    ),
    Form(
        *("moves", "異動者名簿", "発令"),
        "異動した人を、部長級・課長級の順に、新しい職と前の職とともに並べます。",
        moves.moves,
        personnel=False,
        period=True,
        lists=True,
    ),
    Form(
        *("roster", "職員録", "名簿"),
        "組織の順に全員を並べ、終わりに五十音の索引を付けます。",
        rosters.roster,
        personnel=False,
        bulk=True,
    ),
    Form(
        *("seats", "座席・電話番号表", "名簿"),
        "組織ごとに、席、内線、担当を一枚にまとめます。",
        rosters.seats,
        personnel=False,
        lists=True,
        bulk=True,
    ),
    Form(
        *("chart", "組織図（A3）", "名簿"),
        "部・課・係を一枚に描き、長の名前と人数を添えます。",
        chart.chart,
        personnel=False,
    ),
    Form(
        *("absent", "休職・派遣者一覧", "名簿"),
        "その日に休職・休業・派遣の人を、期間とともに並べます。",
        records.absent,
        lists=True,
    ),
    Form(
        *("workers", "労働者名簿", "記録"),
        "労働基準法第107条の九つの項目を、一人一枚にまとめます。やめた人も職員番号で出せます。",
        records.workers,
        people=True,
        lists=True,
        bulk=True,
    ),
    Form(
        *("record", "人事記録カード", "記録"),
        "一人の記録のすべてと、発令の履歴を印刷します。",
        records.record,
        people=True,
        bulk=True,
    ),
    Form(
        *("strength", "定数現員表", "数"),
        "課ごと、級ごとに、定数と今いる人数を並べます。",
        figures.strength,
        lists=True,
    ),
    Form(
        *("ages", "年齢・級構成", "数"),
        "年齢の分布を図に描き、級ごとの人数を表にします。",
        figures.ages,
        lists=True,
    ),
)
FORMS: Mapping[str, Form] = {form.key: form for form in _ALL}


def open_to(viewer: Viewer) -> list[tuple[str, list[Form]]]:
    """The forms that a viewer may make, by group."""
    own = [form for form in _ALL if form.open_to(viewer)]
    grouped = [(name, [form for form in own if form.group == name]) for name in GROUPS]
    return [(name, forms) for name, forms in grouped if forms]
