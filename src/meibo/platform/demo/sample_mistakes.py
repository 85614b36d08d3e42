"""What is new and what is wrong in the demo ward's sample package."""

from __future__ import annotations

import random
from datetime import date, timedelta

from meibo.platform.demo.ward import staff_number

Row = dict[str, str]
Files = dict[str, list[Row]]
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ENTER, _MOVE, _ADD, _RETIRE = "01", "08", "09", "22"
_REGULAR = "1"
_NOBODY, _NEWCOMER = 899_001, 880_001
_CALLED, _MOVED, _WRONG = 6, 4, 12  # people of a ward of 600 go round


def spoil(files: Files, stamp: str, today: date, mark: str, rng: random.Random) -> None:
    """Put changes, orders and mistakes into the clean files. `mark` makes order numbers of their
    own."""
    staff = files[f"けやき野_職員_{stamp}.csv"]
    plain = [row for row in staff if row["任用形態"] == _REGULAR and row["休職"] == "0"]
    plain = [row for row in plain if row["級"] in {"1", "2"} and not row["兼務所属1"]]
    drawn = iter(rng.sample(plain, _CALLED + _MOVED + _WRONG))
    for _ in range(_CALLED):
        row = next(drawn)
        row["内線"] = f"{rng.randrange(7000, 7999)}"
    for _ in range(_MOVED):
        row = next(drawn)
        row["郵便番号"], row["住所"] = (
            "000-9901",
            f"東京都けやき野区月見坂二丁目{rng.randrange(901, 939)}番1号",
        )
    files[f"けやき野_発令_{stamp}.csv"] = _orders(plain, today, mark, rng)
    _mistakes(staff, [next(drawn) for _ in range(_WRONG)])


def _orders(plain: list[Row], today: date, mark: str, rng: random.Random) -> list[Row]:
    """Transfers for the first of the next month, and three orders that can't be right."""
    day = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    movers = rng.sample(plain, 12)
    orders = [
        _order(a, day, _MOVE, b["所属"], a["職名"])
        for a, b in zip(movers[:8], movers[4:], strict=True)
    ]
    orders = [order for order in orders if order["新所属"] != order["旧所属"]]
    extra = rng.sample([row for row in plain if row not in movers], 3)
    orders.append(_order(extra[0], day, _ADD, movers[0]["所属"], extra[0]["職名"], old=False))
    orders.append(_order(extra[1], day - timedelta(days=1), _RETIRE, "", ""))
    serial = _NEWCOMER + rng.randrange(9000)
    new = {**extra[2], "職員番号": staff_number(serial), "氏名": "見本　はじめ"}
    orders.append(_order(new, day, _ENTER, extra[2]["所属"], "050", old=False))
    nobody = {**extra[2], "職員番号": staff_number(_NOBODY)}
    orders.append(_order(nobody, day, _MOVE, extra[0]["所属"], extra[2]["職名"]))
    orders.append(_order(extra[2], day, _MOVE, "99999999", extra[2]["職名"]))
    for number, order in enumerate(orders, 1):
        order["発令番号"] = f"{mark}{number:02d}"
    orders.append(dict(orders[0]))  # sent twice
    return orders


def _order(row: Row, day: date, kind: str, unit: str, post: str, *, old: bool = True) -> Row:
    return {
        "発令番号": "",
        "職員番号": row["職員番号"],
        "氏名": row["氏名"],
        "発令日": f"{day:%Y%m%d}",
        "発令種別": kind,
        "旧所属": row["所属"] if old else "",
        "新所属": unit,
        "旧職名": row["職名"] if old else "",
        "新職名": post,
        "事由": "",
    }


def _mistakes(staff: list[Row], drawn: list[Row]) -> None:
    """One of each kind, on people of their own."""
    drawn[0]["内線"] = drawn[0]["内線"].translate(_WIDE)  # mended
    drawn[1]["生年月日"] = "19850230"  # no such day
    drawn[2]["所属"] = "88888888"  # no such unit
    drawn[3]["職名"] = "777"  # no such post
    drawn[4]["備考"] = _like_a_my_number(123_456_789_01)  # refused wherever it turns up
    drawn[5]["カナ"] = drawn[5]["カナ"].replace("　", "")  # surname and given name run together
    drawn[6]["職員番号"] = _slipped(drawn[6]["職員番号"])  # check digit
    drawn[7]["級"] = "6"  # does not go with the post
    drawn[8]["採用日"] = "２００１０４０１"
    drawn[9]["氏名"] = "渡邊　" + drawn[9]["氏名"].partition("　")[2]  # renamed without an order
    drawn[10]["任期満了日"] = "20990331"  # a permanent post has no end
    staff.remove(drawn[11])  # in service by orders, not in the file


def _slipped(number: str) -> str:
    """The number with another check digit."""
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def _like_a_my_number(eleven: int) -> str:
    """Eleven digits with the check digit that makes a 個人番号 of them (総務省令85号5条)."""
    digits = [int(d) for d in f"{eleven:011d}"]
    weights = [*range(6, 1, -1), *range(7, 1, -1)]
    rest = sum(d * w for d, w in zip(digits, weights, strict=True)) % 11
    return f"{eleven:011d}{0 if rest <= 1 else 11 - rest}"
