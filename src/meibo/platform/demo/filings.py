"""What the people of the demo ward have filed: names, birth, contacts, extension, skills.

All of it is invented: numbers 03-0000-xxxx and 090-0000-xxxx, postcodes 000-xxxx and house numbers
from 901 do not exist, nor do the ward and the towns around it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from meibo.domain import names
from meibo.domain.book import OPEN
from meibo.ledger.writer import NewFiling
from meibo.platform.demo.naming import GAP
from meibo.platform.demo.people import YEARLY_FULL, YEARLY_PART, Staff
from meibo.platform.demo.scribe import TOKYO
from meibo.platform.demo.skills import skills_of
from meibo.platform.demo.unit_filings import DOMAIN
from meibo.platform.demo.ward import Ward

_HOME_SHARE = 0.55  # live in the ward
_TOWNS = (
    "けやき台",
    "楓台",
    "水車",
    "宮ノ原",
    "三ツ橋",
    "月見坂",
    "椿山",
    "松葉",
    "鈴掛",
    "梅ヶ枝",
)
_CITIES = ("月見原市", "桜ヶ瀬市", "楠平市", "茅渡市", "北雲市")
_QUARTERS = ("本町", "緑町", "寿町", "東町", "西町", "南町", "若葉町", "泉町")
_PHOTO_SHARE = 0.6
_PROTECTED = 0.004
_NOTES = (
    "育児短時間勤務",
    "部分休業（始業時30分）",
    "時差勤務（早番）",
    "車いす対応の席",
    "介護のための短時間勤務",
)
_NOTED = 0.03
_SHARES = {"all": 86, "unit": 10, "none": 4}
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_KANJI = "一二三四五六"
_FULL_WEEK, _PARTS = 2325, (1740, 1500, 1200)  # minutes: 38:45; 29, 25 and 20 hours
#: Filed with a new place: a little after the day.
_LATER = timedelta(days=1)


def _full_or_part(staff: Staff) -> int:
    """Minutes a week of 会計年度任用職員."""
    return _FULL_WEEK if staff.term == YEARLY_FULL else _PARTS[int(staff.number) % len(_PARTS)]


class Files:
    """The filings of people. `photos`: those who have a picture, with its file name."""

    def __init__(self, ward: Ward) -> None:
        self.ward = ward
        self.photos: list[tuple[Staff, str]] = []
        self._mails: Counter[str] = Counter()
        self._opened = datetime.combine(ward.opening, time(), TOKYO)

    def of(self, staff: Staff) -> Iterator[NewFiling]:
        """Everything of one person; of who has left, only what a roster keeps."""
        hired = staff.hired
        known = self._opened if hired <= self.ward.opening else self.ward.scribe.announced(hired)
        known = min(known, self.ward.now)
        for name, value in self._first(staff):
            yield NewFiling(staff.id, name, value, hired, known)
        yield from self._names(staff, known)
        if staff.left is not None and staff.left <= self.ward.today:
            return
        for name, value in self._personal(staff):
            yield NewFiling(staff.id, name, value, hired, known)
        yield from self._places(staff)

    def _first(self, staff: Staff) -> Iterator[tuple[str, str]]:
        yield "staff_no", staff.number
        yield "birth_date", staff.born.isoformat()
        yield "sex", staff.sex
        if staff.term in {YEARLY_FULL, YEARLY_PART}:
            yield "hours", str(_full_or_part(staff))
        if staff.term != YEARLY_PART:
            yield "mail", self._mail(staff)

    def _names(self, staff: Staff, known: datetime) -> Iterator[NewFiling]:
        """The name on record, and from when another one; 旧姓使用 where it is kept at work."""
        first = staff.name
        yield NewFiling(staff.id, "name", first.written, staff.hired, known)
        yield NewFiling(staff.id, "kana", first.kana, staff.hired, known)
        for day, surname, kana in staff.renamed:
            told = max(
                min(datetime.combine(day + timedelta(days=14), time(10), TOKYO), self.ward.now),
                known,
            )
            values = {"name": surname + GAP + first.given, "kana": kana + GAP + first.given_kana}
            if staff.keeps_maiden:
                values |= {"maiden_name": first.surname, "maiden_kana": first.surname_kana}
                values["uses_maiden_name"] = "1"
            for name, value in values.items():
                yield NewFiling(staff.id, name, value, day, told)

    def _personal(self, staff: Staff) -> Iterator[tuple[str, str]]:
        rng = self.ward.rng
        yield from self._home(staff)
        skills = skills_of(staff, rng) or (["やさしい日本語"] if staff in self.ward.settled else [])
        if skills:
            yield "skills", "\n".join(skills)
            yield "share_skill", self._share()
        if rng.random() < _PHOTO_SHARE or staff in self.ward.settled:
            file = f"{staff.id}.svg"
            self.photos.append((staff, file))
            yield "photo", file
            yield "share_photo", self._share()
        if rng.random() < _NOTED:
            yield "note", rng.choice(_NOTES)
        if rng.random() < _PROTECTED:
            yield "protected", "1"

    def _share(self) -> str:
        return self.ward.rng.choices(list(_SHARES), list(_SHARES.values()))[0]

    def _home(self, staff: Staff) -> Iterator[tuple[str, str]]:
        rng = self.ward.rng
        town = rng.choice(_TOWNS) + f"{_KANJI[rng.randrange(6)]}丁目"
        if rng.random() < _HOME_SHARE:
            place = f"東京都けやき野区{town}"
        else:
            place = (
                f"東京都{rng.choice(_CITIES)}{rng.choice(_QUARTERS)}{_KANJI[rng.randrange(5)]}丁目"
            )
        house = f"{rng.randint(901, 939)}番{rng.randint(1, 30)}号"
        yield "postcode", f"000-{rng.randrange(10_000):04d}"
        yield "address", place + house.translate(_WIDE)
        contacts = [{"kind": "携帯", "value": self._phone("090")}]
        if rng.random() < 0.25:
            contacts.append({"kind": "自宅", "value": self._phone("03")})
        yield "contacts", json.dumps(contacts, ensure_ascii=False)
        yield "emergency", json.dumps([self._next_of_kin(staff)], ensure_ascii=False)

    def _phone(self, area: str) -> str:
        return f"{area}-0000-{self.ward.rng.randrange(10_000):04d}"

    def _next_of_kin(self, staff: Staff) -> dict[str, str]:
        rng = self.ward.rng
        relation = rng.choice(("配偶者", "父", "母", "配偶者", "兄弟姉妹"))
        years = {"父": -30, "母": -28}.get(relation, rng.randrange(-4, 5))
        sex = {"父": "M", "母": "F"}.get(relation, "F" if staff.sex == "M" else "M")
        given = self.ward.namer.name(sex, staff.born.year + years).given
        surname = staff.renamed[-1][1] if staff.renamed else staff.name.surname
        return {"name": surname + GAP + given, "relation": relation, "phone": self._phone("090")}

    def _mail(self, staff: Staff) -> str:
        family, given = names.romaji(staff.name.kana, plain=True).lower().split(" ", 1)
        local = f"{given}-{family}".replace("'", "")
        self._mails[local] += 1
        number = self._mails[local]
        return f"{local}{number if number > 1 else ''}@{DOMAIN}"

    def _places(self, staff: Staff) -> Iterator[NewFiling]:
        """Extension, seat and place of work, as they went with each place."""
        before: dict[str, str] = {}
        for stay in staff.stays:
            here = {"extension": stay.extension, "seat": stay.seat}
            told = datetime.combine(max(stay.starts, self.ward.opening) + _LATER, time(9), TOKYO)
            told = min(told, self.ward.now)
            for name, value in here.items():
                if value != before.get(name, ""):
                    yield NewFiling(staff.id, name, value or None, stay.starts, told)
            before = here
            if stay.building:
                until: date = stay.ends or OPEN
                yield NewFiling(staff.id, "building", stay.building, stay.starts, told, until)
                yield NewFiling(staff.id, "floor", "1", stay.starts, told, until)
