"""Who appoints where."""

from meibo.domain.authorities import parse
from tests.house.source import ROOT

TABLE = "unit,authority\n,区長\n教育部,教育委員会\n0901,監査委員\n"


def test_the_nearest_row_of_the_path_decides() -> None:
    known = parse(TABLE)
    assert known.of(["教育部", "学務課", "学事係"]) == "教育委員会"
    assert known.of(["教育部", "監査室"], ["09", "0901"]) == "監査委員"
    assert known.of(["総務部", "人事課"]) == known.of([]) == "区長"


def test_without_a_table_nobody_is_told() -> None:
    assert parse("").of(["総務部"]) == ""


def test_the_table_of_the_town_names_every_kind_of_authority() -> None:
    known = parse((ROOT / "town" / "authorities.csv").read_text("utf-8-sig"))
    assert known.others == "区長"
    wanted = {"教育委員会", "選挙管理委員会", "監査委員", "区議会議長"}
    assert set(known.units.values()) == wanted
