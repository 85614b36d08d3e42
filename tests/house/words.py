"""docs/words.md: each Japanese term beside the English word of the code, and where it stands.

Labels are read out of the code; of the general words the place is looked up, so that a word whose
class has gone can't stay. `python -m tests.house.words` writes the file.
"""

import csv
import importlib
import inspect
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "words.md"
Row = tuple[str, ...]

HEAD = """# Words

The words of the field, and what they are called in the code. One concept has one English name; its
Japanese label stands beside it in one place. Whoever needs a new word adds it here first
(`tests/house/words.py`), then writes this page anew: `.venv/bin/python -m tests.house.words`.
A test holds the page to the code.
"""

#: Japanese, English, what it is not called, where. Places are below `meibo.`
WORDS: tuple[Row, ...] = (
    ("職員", "Person", "employee, user", "ledger.models.Person"),
    ("組織・所属（部・課・係）", "Unit", "department", "domain.units.Organisation"),
    ("職・職名", "post", "position, title", "domain.book.Line.post"),
    ("級", "grade", "rank", "domain.book.Line.grade"),
    ("号給", "step", "", "domain.book.Line.step"),
    ("職種", "job", "", "domain.book.Line.job"),
    ("任用形態", "employment", "", "domain.book.Line.employment"),
    ("任用（ひとりに二つあるとき）", "appointment", "contract", "domain.book.Line.appointment"),
    ("任命権者", "authority", "", "domain.book.Line.authority"),
    ("発令（発令簿の一行）", "Line", "event, transaction", "domain.book.Line"),
    ("発令簿", "the book", "log, journal", "ledger.models.BookLine"),
    ("異動用語（採用、配置換 …）", "wording", "", "domain.book.Line.wording"),
    ("発令日（効力の日）", "effective", "", "domain.book.Line.effective"),
    ("記録した日時（知った日時）", "recorded", "", "domain.book.Line.recorded"),
    ("meibo に入れた日時", "entered", "", "ledger.models.BookLine.entered"),
    ("発令種別", "Term", "", "platform.feeds.Term"),
    ("訂正区分", "Correction", "", "platform.feeds.Correction"),
    ("異動案（まだ発令していない異動）", "Plan", "batch", "ledger.models.Plan"),
    ("届出", "Filing", "notification", "domain.book.Filing"),
    ("発令簿をたたんで名簿にすること", "fold", "replay", "domain.book.fold"),
    ("在職", "Service", "", "domain.book.Service"),
    ("職に就いていること（ある期間）", "Seat", "membership, assignment", "domain.book.Seat"),
    ("何も変わらない期間", "Stretch", "snapshot", "domain.book.Stretch"),
    ("不在（休職・休業・派遣）", "Absence", "", "domain.book.Absence"),
    ("任期の満了日", "term_end", "", "domain.book.Line.term_end"),
    ("現所属の発令日", "since", "", "domain.book.Line.since"),
    ("基準日", "on", "snapshot date", "ledger.reader.cards"),
    ("その時点で知っていたこと", "known", "", "domain.book.knowable"),
    ("組織改編対応表", "SuccessionTable", "mapping", "domain.book.SuccessionTable"),
    ("事務分掌", "duty", "task", "domain.units.DUTY"),
    ("事務分担（主・副）", "allotment", "task", "domain.units.ALLOTMENT"),
    ("名簿のカード（見える項目だけ）", "Card", "profile", "ledger.card.Card"),
    ("公開基準", "the disclosure table", "ACL", "domain.disclosure.Table"),
    ("立場（住民、職員、所属長 …）", "tie", "role", "domain.disclosure.TIES"),
    ("見る人", "Viewer", "user", "domain.disclosure.Viewer"),
    ("所属長", "head", "manager", "ledger.house.Codes.leads"),
    ("庶務担当", "clerk", "", "ledger.ties.units_kept_by"),
    ("アカウント", "Account", "user", "platform.accounts.models.Account"),
    ("付与（職務の）", "Grant", "permission", "platform.grants.models.Grant"),
    ("サインインの紙", "Sheet", "invitation", "platform.entry.models.Sheet"),
    ("窓口での復旧", "Recovery", "reset", "platform.entry.models.Recovery"),
    ("取込", "intake", "import job", "apps.personnel.actions.intake"),
    ("取込定義", "feed definition", "mapping, schema", "platform.feeds.Definition"),
    ("指摘", "Finding", "error, issue", "domain.findings.Finding"),
    ("開始残高", "opening", "migration", "apps.personnel.actions.intake.opening"),
    (
        "再度の任用",
        "appoint again",
        "renewal",
        "apps.personnel.actions.intake.compare.appoint_again",
    ),
    ("外字", "gaiji", "", "platform.feeds.values.gaiji"),
    ("個人番号（マイナンバー）", "my number", "", "domain.names.find_my_numbers"),
    ("氏名のくらべるときの形", "folded form", "normal form", "domain.names.fold"),
    ("年度", "fiscal year", "", "domain.calendar.fiscal_year"),
    ("マスター鍵", "master key", "", "ledger.masters"),
    ("廃棄（読めなくすること）", "shred", "delete", "ledger.shredding.shred"),
    ("保存年限表", "retention.Table", "", "domain.retention.Table"),
    ("バックアップの世代", "Generation", "", "platform.backup.generations.Generation"),
    ("復元の訓練", "Drill", "", "platform.backup.drills.Drill"),
    ("開示・訂正・利用停止の請求", "Request", "", "platform.privacy.models.Request"),
    ("本人に渡す写し", "Bundle", "export", "platform.privacy.bundle.Bundle"),
    ("個人情報ファイル簿", "register", "", "platform.privacy.register"),
    ("帳票（選ぶもの）", "Form", "report", "apps.papers.queries.catalogue.Form"),
    ("帳票（組むもの）", "Sheet", "report", "platform.papers.setting.Sheet"),
    ("私の帳票", "OwnForm", "", "apps.papers.models.OwnForm"),
    ("在職証明書", "Certificate", "", "apps.papers.models.Certificate"),
    ("定数", "establishment", "quota, headcount", "ledger.establishment.establishment"),
)


def looked_up(place: str) -> Any:
    """What stands at a dotted place below `meibo`. AttributeError when nothing does."""
    parts = ["meibo", *place.split(".")]
    for cut in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for name in parts[cut:]:
            found = _part(found, name)
        return found
    raise AttributeError(place)


def _part(thing: Any, name: str) -> Any:
    """An attribute, or a field that only instances have."""
    if not hasattr(thing, name) and name in getattr(thing, "__annotations__", {}):
        return thing
    return getattr(thing, name)


def _said(place: str) -> Iterator[Row]:
    """Value and comment of each member of an enumeration."""
    for value, comment in re.findall(r'= "(\w+)"  # (.+)', inspect.getsource(looked_up(place))):
        yield comment, value


def _labelled(place: str) -> Iterator[Row]:
    """A mapping of words to Japanese labels."""
    for word, label in looked_up(place).items():
        yield label, str(word)


def _disclosed() -> Iterator[Row]:
    """Fields of the disclosure table that ships."""
    with (ROOT / "town" / "disclosure.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield row["label"], row["field"]


def _searched() -> Iterator[Row]:
    for field in looked_up("domain.finding.fields.FIELDS").values():
        if field.label:
            yield field.label, field.name


def _on_cards() -> Iterator[Row]:
    for field in looked_up("apps.directory.queries.fields.FIELDS"):
        yield field.label, field.key


def _sections() -> Iterator[tuple[str, str, Iterable[Row]]]:
    """Title, where the labels stand, rows."""
    for title, place in (
        ("What an order does (効果)", "domain.book.lines.Effect"),
        ("What a correction does (訂正区分)", "platform.feeds.definition.model.Correction"),
        ("What a file is about (取込定義の role)", "platform.feeds.definition.kinds.Role"),
    ):
        yield title, place, _said(place)
    for title, place in (
        ("How a post is held", "ledger.cards.SEAT_LABELS"),
        ("Ties (立場)", "domain.disclosure.TIES"),
        ("Duties granted to accounts (職務)", "platform.accounts.models.DUTIES"),
        ("What became of a value (指摘の重さ)", "domain.findings.SEVERITY_LABELS"),
        ("What differs between two days: people", "domain.changes.KINDS"),
        ("What differs between two days: units", "apps.directory.queries.compare.UNIT_KINDS"),
        ("Code tables (コード表)", "platform.feeds.definition.kinds.TABLE_LABELS"),
        ("One's own share choices (見せる範囲)", "apps.directory.actions.CHOICES"),
    ):
        yield title, place, _labelled(place)
    yield "Fields of the disclosure table (公開基準)", "town/disclosure.csv", _disclosed()
    yield "Fields to search by", "domain.finding.fields.FIELDS", _searched()
    yield "Fields on a card", "apps.directory.queries.fields.FIELDS", _on_cards()


def _table(header: Row, rows: Iterable[Row]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{' --- |' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _code(word: str) -> str:
    return f"`{word}`" if word else ""


def render() -> str:
    """The whole page. Raises AttributeError for a word whose place has gone."""
    for *_, place in WORDS:
        looked_up(place)
    lines = [HEAD, "## General words", ""]
    rows = ((ja, en, instead, _code(place)) for ja, en, instead, place in WORDS)
    lines += _table(("Japanese", "English", "not", "in `meibo.`"), rows)
    for title, place, pairs in _sections():
        lines += ["", f"## {title}", "", f"From `{place}`.", ""]
        lines += _table(("Japanese", "in code"), ((ja, _code(word)) for ja, word in pairs))
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    with tempfile.TemporaryDirectory(prefix="meibo-words-") as home:
        os.environ["MEIBO_DATA"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "meibo.config.settings"
        django.setup()
        PAGE.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
