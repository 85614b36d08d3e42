"""組織改編 in a plan: rows in, successions and filings out."""

from meibo.domain.checking.reorganising import Change, Reorganisation, reorganisation, wrong
from meibo.domain.units import Organisation

BEFORE = Organisation(
    {
        "1": {"name": "区民部", "level": "1"},
        "11": {"name": "税務課", "parent": "1", "level": "2"},
        "111": {"name": "納税係", "parent": "11", "level": "3"},
        "112": {"name": "課税係", "parent": "11", "level": "3"},
    }
)


def made(*changes: Change) -> Reorganisation:
    return reorganisation(changes, BEFORE)


def test_a_new_unit_goes_below_another() -> None:
    found = made(Change("新設", "", "12", "戸籍課", "1"))
    assert found.filed == {"12": {"name": "戸籍課", "parent": "1", "level": "2"}}
    assert found.successions == ()


def test_a_unit_is_renamed_with_its_code_or_with_another() -> None:
    assert made(Change("改称", "111", "", "収納係")).filed == {"111": {"name": "収納係"}}
    found = made(Change("改称", "11", "15", "納税課"))
    assert [(s.old, s.new) for s in found.successions] == [("11", "15")]
    assert found.filed["11"] == {"name": None}
    assert found.filed["15"] == {"name": "納税課", "parent": "1", "level": "2"}
    # What was below it goes below its heir.
    assert found.filed["111"] == {"parent": "15"}


def test_units_are_merged_split_moved_and_abolished() -> None:
    merged = made(Change("統合", "111", "113", "税務係"), Change("統合", "112", "113"))
    assert merged.filed["113"]["name"] == "税務係"
    assert (merged.filed["111"], merged.filed["112"]) == ({"name": None}, {"name": None})
    split = made(Change("分割", "111", "113", "徴収係"), Change("分割", "111", "114", "整理係"))
    assert [s.new for s in split.successions] == ["113", "114"]
    assert split.filed["111"] == {"name": None}
    moved = made(Change("移管", "111", "", "", "1"))
    assert moved.filed == {"111": {"parent": "1", "level": "2"}}
    gone = made(Change("廃止", "112"))
    assert [(s.old, s.new) for s in gone.successions] == [("112", "")]
    assert gone.filed == {"112": {"name": None}}


def test_part_of_a_unit_splits_off_and_the_rest_stays() -> None:
    found = made(Change("分割", "111", "111"), Change("分割", "111", "114", "整理係"))
    assert "name" not in found.filed["111"]
    assert found.filed["114"]["name"] == "整理係"


def test_what_is_missing_in_a_row_is_said() -> None:
    assert wrong(Change("", "111"), BEFORE)
    assert "元の組織を選んで" in wrong(Change("改称", "999", "", "収納係"), BEFORE)
    assert "「管理係」という組織は、ない" in wrong(Change("廃止", "管理係"), BEFORE)
    assert wrong(Change("新設", "", "111", "収納係"), BEFORE)
    assert wrong(Change("統合", "111"), BEFORE)
    assert "「徴収係」という組織は、ない" in wrong(Change("統合", "111", "徴収係"), BEFORE)
    assert "「区民局」という組織は、ない" in wrong(Change("移管", "111", parent="区民局"), BEFORE)
    assert not wrong(Change("廃止", "111"), BEFORE)
