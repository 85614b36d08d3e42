"""What people and units of the demo ward have filed: believable, consistent, and not real."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import date

from japanese_personal_name_dataset import load_dataset

from meibo.domain.book import OPEN
from meibo.ledger.writer import UNIT
from meibo.platform.demo.outline import lines_of, units
from tests.platform.demo.paper import Folded

TODAY = date(2026, 11, 23)
#: The towns of the demo. No municipality of Japan has one of these names.
INVENTED = {"けやき野区", "月見原市", "桜ヶ瀬市", "楠平市", "茅渡市", "北雲市", "岬浦町"}
#: Some of those that are real, and the ward of the sample packages.
REAL = re.split(
    r"\s+",
    """千代田区 中央区 港区 新宿区 文京区 台東区 墨田区 江東区 品川区 目黒区 大田区 世田谷区 渋谷区
    中野区 杉並区 豊島区 北区 荒川区 板橋区 練馬区 足立区 葛飾区 江戸川区 汐見区
    八王子市 立川市 武蔵野市 三鷹市 青梅市 府中市 昭島市 調布市 町田市 小金井市 小平市 日野市
    東村山市 国分寺市 国立市 福生市 狛江市 東大和市 清瀬市 東久留米市 武蔵村山市 多摩市 稲城市
    羽村市 あきる野市 西東京市 瑞穂町 日の出町 檜原村 奥多摩町 大島町 新島村 八丈町 小笠原村
    札幌市 仙台市 さいたま市 千葉市 横浜市 川崎市 相模原市 新潟市 静岡市 浜松市 名古屋市 京都市
    大阪市 堺市 神戸市 岡山市 広島市 北九州市 福岡市 熊本市 水戸市 前橋市 宇都宮市 甲府市 長野市
    川口市 所沢市 越谷市 船橋市 市川市 松戸市 柏市 浦安市 藤沢市 鎌倉市 壱岐市 栄町""",
)


def texts(ward: Folded) -> dict[str, set[str]]:
    """Everything written about places: by field, without the names of people."""
    found: dict[str, set[str]] = defaultdict(set)
    for f in ward.composition.batch.filings:
        kind = f.field.split(":")[0]
        if f.value and (f.subject.startswith(UNIT) or kind in {"address", "note"}):
            found[kind].add(f.value)
    found["code"] = {c.name for c in ward.composition.batch.codes}
    found["body"] = {x.body for x in ward.composition.batch.lines if x.body}
    return found


def values(ward: Folded, field: str) -> list[str]:
    return [f.value for f in ward.composition.batch.filings if f.field == field and f.value]


def test_no_real_municipality_is_named(ward: Folded) -> None:
    found = {
        (real, text)
        for own in texts(ward).values()
        for text in own
        for real in REAL
        if real in text
    }
    assert not found


def test_addresses_lie_in_invented_towns_at_house_numbers_that_do_not_exist(ward: Folded) -> None:
    shape = re.compile(r"東京都(.+?[区市]).+丁目([０-９]+)番[０-９]+号")
    for address in set(values(ward, "address")):
        match = shape.fullmatch(address)
        assert match, address
        assert match[1] in INVENTED
        assert int(match[2]) >= 901


def test_numbers_and_addresses_of_mail_reach_nobody(ward: Folded) -> None:
    phones = [*values(ward, "phone"), *values(ward, "fax")]
    for text in (*values(ward, "contacts"), *values(ward, "emergency")):
        phones += [part.get("value") or part["phone"] for part in json.loads(text)]
    assert all(re.fullmatch(r"0(3|90)-0000-\d{4}", phone) for phone in phones)
    assert all(re.fullmatch(r"000-\d{4}", code) for code in values(ward, "postcode"))
    assert all(m.endswith("@city.keyakino.tokyo.example") for m in values(ward, "mail"))
    people = [
        f.value
        for f in ward.composition.batch.filings
        if f.field == "mail" and not f.subject.startswith(UNIT)
    ]
    assert len(people) == len(set(people))
    assert all(re.fullmatch(r"[a-z]+-[a-z]+\d*@[a-z.]+", str(m)) for m in people)


def test_everyone_has_a_name_and_a_reading_from_the_first_day(ward: Folded) -> None:
    for person, career in ward.careers.items():
        for service in career.services:
            name = ward.value(person, "name", service.starts)
            kana = ward.value(person, "kana", service.starts)
            assert name, person
            assert name.count("\u3000") == 1
            assert kana, person
            assert re.fullmatch(r"[ァ-ヶー]+\u3000[ァ-ヶー]+", kana), kana


def test_there_are_namesakes_in_different_sections(ward: Folded) -> None:
    sections: dict[str, set[str]] = defaultdict(set)
    written: dict[str, set[str]] = defaultdict(set)
    for person in ward.present(TODAY):
        seat = next(s for s in ward.careers[person].seats if s.starts <= TODAY < s.ends)
        name = ward.value(person, "name", TODAY) or ""
        sections[name].add(str(seat.unit)[:4])
        written[ward.value(person, "kana", TODAY) or ""].add(name)
    assert sum(len(own) > 1 for own in sections.values()) >= 10
    assert sum(len(own) > 1 for own in written.values()) >= 20


def test_names_are_written_with_variant_characters(ward: Folded) -> None:
    surnames = {v.split("\u3000")[0] for v in values(ward, "name")}
    for letter in "髙﨑邉邊齋齊德𠮷":
        assert any(letter in name for name in surnames), letter
    assert any("\U000e0100" <= letter <= "\U000e01ef" for name in surnames for letter in name)


def test_given_names_stand_in_the_dataset_they_are_taken_from() -> None:
    men, women = load_dataset()
    for line in lines_of("given.txt"):
        _, sex, *pairs = line.split()
        known = men if sex == "M" else women
        for pair in pairs:
            written, _, reading = pair.partition("=")
            assert written == reading or written in known[reading]["kanji"], pair


def test_names_are_as_frequent_as_in_the_country(ward: Folded) -> None:
    count = Counter(v.split("\u3000")[0] for v in values(ward, "name"))
    assert {"佐藤", "鈴木", "田中"} <= {name for name, _ in count.most_common(8)}


def test_a_maiden_name_used_at_work_keeps_the_old_surname(ward: Folded) -> None:
    for filing in (f for f in ward.composition.batch.filings if f.field == "maiden_name"):
        before = [
            f
            for f in ward.composition.batch.filings
            if f.subject == filing.subject and f.field == "name"
        ]
        old = min(before, key=lambda f: f.effective).value or ""
        assert old.startswith(f"{filing.value}\u3000")
        assert ward.value(filing.subject, "uses_maiden_name", filing.effective) == "1"
        break
    else:
        raise AssertionError("nobody uses a maiden name")


def test_about_three_in_five_have_a_picture(ward: Folded) -> None:
    present = [p for p in ward.present(TODAY) if ward.value(p, "photo", TODAY)]
    assert 0.55 <= len(present) / len(ward.present(TODAY)) <= 0.65
    names = set(values(ward, "photo"))
    assert names == set(ward.composition.pictures)
    assert names == {
        f"{f.subject}.svg" for f in ward.composition.batch.filings if f.field == "photo"
    }


def test_extensions_have_four_digits_and_go_with_the_place(ward: Folded) -> None:
    assert all(re.fullmatch(r"\d{4}", e) for e in values(ward, "extension"))
    missing = [p for p in ward.present(TODAY) if not ward.value(p, "extension", TODAY)]
    assert len(missing) <= 20  # those sent to another body


def test_allotments_and_clerks_are_people_of_the_unit(ward: Folded) -> None:
    there: dict[str, list[tuple[str, date, date]]] = defaultdict(list)
    for person, career in ward.careers.items():
        for seat in career.seats:
            there[str(seat.unit)].append((person, seat.starts, seat.ends))
    for f in (f for f in ward.composition.batch.filings if f.field.startswith("allotment:")):
        allotment = json.loads(f.value or "{}")
        assert allotment["role"] in {"主", "副"}
        stays = [s for s in there[f.subject.removeprefix(UNIT)] if s[0] == allotment["person"]]
        assert any(starts <= f.effective < ends for _, starts, ends in stays), f
    for code in (u.code for u in units() if u.level == 2 and u.alive(1)):
        clerks = json.loads(ward.value(UNIT + code, "clerks", TODAY) or "[]")
        assert 1 <= len(clerks) <= 2, code
        inside = {p for c in there if c[:4] == code[:4] for p, s, e in there[c] if s <= TODAY < e}
        assert set(clerks) <= inside, code


def test_nearly_everyone_of_a_unit_has_a_task(ward: Folded) -> None:
    tasked = {
        json.loads(p.value)["person"]
        for subject, periods in ward.periods.items()
        if subject.startswith(UNIT)
        for p in periods
        if p.field.startswith("allotment:") and p.starts <= TODAY < p.ends
    }
    present = set(ward.present(TODAY))
    assert tasked <= present
    assert len(tasked) >= 0.93 * len(present)


def test_duties_are_sentences_of_a_regulation(ward: Folded) -> None:
    duties = [f for f in ward.composition.batch.filings if f.field.startswith("duty:")]
    assert len(duties) > 700
    assert all((d.value or "").endswith("に関すること。") for d in duties)
    assert {d.subject.removeprefix(UNIT) for d in duties} == {u.code for u in units()}


def test_the_house_has_the_size_of_a_ward() -> None:
    codes = [u.code for u in units()]
    assert len(codes) == len(set(codes))
    now = Counter(u.level for u in units() if u.alive(1))
    assert 18 <= now[1] <= 22
    assert 75 <= now[2] <= 95
    assert 270 <= now[3] <= 320
    parents = {u.code: u for u in units()}
    assert all(u.parent is None or u.parent in parents for u in units())


def test_units_live_within_their_parents(ward: Folded) -> None:
    for pieces in ward.units.values():
        for piece in pieces:
            if piece.parent:
                above = ward.units[piece.parent]
                assert above[0].starts <= piece.starts
                assert piece.ends <= max(p.ends for p in above) <= OPEN
