"""Defects in orders, corrections, the house and what hangs on people."""

from tests.defects import files as f
from tests.defects.files import Injected, Package


def _order(p: Package, kind: str, *columns: str, code: str = "03", **values: str) -> Injected:
    """One order of a kind changed, of somebody who has no other."""
    table = p.tables[f.ORDERS]

    def fit(number: str) -> bool:
        return table.get(p.row(f.ORDERS, number), "発令種別CD") == code

    number = p.person(f.ORDERS, f.MASTER, without=(f.CORRECTIONS,), fit=fit)
    record = p.row(f.ORDERS, number)
    table.set(record, **values)
    places = frozenset((record, column) for column in columns)
    return Injected(kind, f.ORDERS, places, frozenset({number}))


def order_of_no_kind(p: Package) -> Injected:
    return _order(p, "order of no kind", "発令種別CD", 発令種別CD="88")


def order_without_day(p: Package) -> Injected:
    return _order(p, "order without a day", "発令年月日", 発令年月日="99999999")


def order_from_elsewhere(p: Package) -> Injected:
    return _order(p, "order from another unit", "旧所属CD", 旧所属CD="01010010")


def order_to_nowhere(p: Package) -> Injected:
    return _order(p, "order to nowhere", "新所属CD", 新所属CD="")


def order_to_abolished(p: Package) -> Injected:
    return _order(p, "order into an abolished unit", "新所属CD", 新所属CD="05010000")


def order_to_unknown(p: Package) -> Injected:
    return _order(p, "order into no unit", "新所属CD", 新所属CD="97979797")


def order_under_another_name(p: Package) -> Injected:
    return _order(p, "order under another name", "漢字氏名", 漢字氏名="徳川　家康")


def order_with_another_post(p: Package) -> Injected:
    return _order(p, "order from another post", "旧職名CD", 旧職名CD="010")


def order_against_master(p: Package) -> Injected:
    """The later master has the person where the order did not send them."""
    table = p.tables[f.ORDERS]

    def fit(number: str) -> bool:
        return table.get(p.row(f.ORDERS, number), "発令種別CD") == "03"

    number = p.person(f.ORDERS, f.MASTER, f.LATER, without=(f.CORRECTIONS,), fit=fit)
    record = p.row(f.LATER, number)
    p.tables[f.LATER].set(record, 所属CD="01010010")
    places = frozenset({(record, "所属CD")})
    return Injected("order against master", f.LATER, places, frozenset({number}))


def order_for_nobody(p: Package) -> Injected:
    number = "489999" + f.check_digit("489999")
    cells = p.tables[f.ORDERS].cells(p.row(f.ORDERS, p.person(f.ORDERS)))
    cells[0], cells[1] = "2799901", number
    record = p.append(f.ORDERS, cells)
    places = frozenset({(record, "職員番号")})
    return Injected("order for nobody", f.ORDERS, places, frozenset({number}))


def order_after_leaving(p: Package) -> Injected:
    table = p.tables[f.ORDERS]

    def fit(number: str) -> bool:
        return table.get(p.row(f.ORDERS, number), "発令種別CD") == "14"

    number = p.person(f.ORDERS, f.MASTER, without=(f.CORRECTIONS, f.LATER), fit=fit)
    left = table.cells(p.row(f.ORDERS, number))
    cells = [
        "2799902",
        number,
        left[2],
        "20270501",
        "03",
        left[5],
        "01010010",
        left[7],
        left[7],
        "",
    ]
    record = p.append(f.ORDERS, cells)
    places = frozenset({(record, "職員番号"), (record, "発令年月日")})
    return Injected("order after leaving", f.ORDERS, places, frozenset({number}))


def order_said_twice(p: Package) -> Injected:
    number = p.person(f.ORDERS, f.MASTER, f.LATER, without=(f.CORRECTIONS,))
    cells = p.tables[f.ORDERS].cells(p.row(f.ORDERS, number))
    cells[0] = "2799903"
    record = p.append(f.ORDERS, cells)
    places = frozenset({(record, "発令番号")})
    return Injected("order said twice", f.ORDERS, places, frozenset({number}))


def order_number_twice(p: Package) -> Injected:
    one, other = (p.person(f.ORDERS, f.MASTER, without=(f.CORRECTIONS,)) for _ in range(2))
    table = p.tables[f.ORDERS]
    record = p.row(f.ORDERS, one)
    table.set(record, 発令番号=table.get(p.row(f.ORDERS, other), "発令番号"))
    places = frozenset((r, "発令番号") for r in (record, p.row(f.ORDERS, other)))
    return Injected("number of an order twice", f.ORDERS, places, frozenset({one, other}))


def left_and_still_there(p: Package) -> Injected:
    number = p.person(f.MASTER, f.LATER, without=(f.ORDERS, f.CORRECTIONS))
    row = p.tables[f.MASTER].cells(p.row(f.MASTER, number))
    cells = ["2799904", number, row[1], "20270331", "14", row[8], "", row[9], "", "普通退職"]
    p.append(f.ORDERS, cells)
    places = frozenset({(p.row(f.LATER, number), "職員番号")})
    return Injected("left and still there", f.LATER, places, frozenset({number}))


def seat_never_held(p: Package) -> Injected:
    number = p.person(f.MASTER, f.LATER, without=(f.ORDERS, f.CORRECTIONS))
    row = p.tables[f.MASTER].cells(p.row(f.MASTER, number))
    cells = ["2799905", number, row[1], "20270401", "05", "01010010", "", row[9], "", ""]
    record = p.append(f.ORDERS, cells)
    places = frozenset({(record, "旧所属CD")})
    return Injected("seat never held", f.ORDERS, places, frozenset({number}))


def back_and_never_away(p: Package) -> Injected:
    number = p.person(f.MASTER, f.LATER, without=(f.ORDERS, f.CORRECTIONS))
    row = p.tables[f.MASTER].cells(p.row(f.MASTER, number))
    cells = ["2799906", number, row[1], "20270401", "10", row[8], row[8], row[9], row[9], ""]
    record = p.append(f.ORDERS, cells)
    columns = ("発令種別CD", "旧所属CD", "新所属CD")
    places = frozenset((record, column) for column in columns)
    return Injected("back and never away", f.ORDERS, places, frozenset({number}))


def _correction(p: Package, kind: str, column: str, **values: str) -> Injected:
    number = p.person(f.ORDERS, f.MASTER, f.LATER, without=(f.CORRECTIONS,))
    order = p.tables[f.ORDERS].cells(p.row(f.ORDERS, number))
    cells = ["T901", "20270415", "2", order[0], number, "", *order[3:9], ""]
    record = p.append(f.CORRECTIONS, cells)
    p.tables[f.CORRECTIONS].set(record, 訂正番号=f"T9{record:02d}", **values)
    places = frozenset({(record, column)})
    return Injected(kind, f.CORRECTIONS, places, frozenset({number}))


def correction_of_nothing(p: Package) -> Injected:
    return _correction(p, "correction of no order", "対象発令番号", 対象発令番号="2799999")


def correction_of_no_kind(p: Package) -> Injected:
    return _correction(p, "correction of no kind", "訂正区分", 訂正区分="9")


def correction_for_nobody(p: Package) -> Injected:
    number = "488888" + f.check_digit("488888")
    made = _correction(p, "correction for nobody", "正職員番号", 訂正区分="6", 正職員番号=number)
    return Injected(made.kind, made.file, made.places, made.people | {number})


def void_never_given(p: Package) -> Injected:
    return _correction(p, "取消の取消 of what stands", "対象発令番号", 訂正区分="3")


def _plain(p: Package, kind: str, file: str, column: str, value: str, *told: str) -> Injected:
    record = p.record(file)
    p.tables[file].set(record, **{column: value})
    places = frozenset((record, c) for c in (column, *told))
    return Injected(kind, file, places)


def duty_of_no_unit(p: Package) -> Injected:
    return _plain(p, "duty of no unit", f.DUTIES, "所属CD", "95959595")


def duty_without_text(p: Package) -> Injected:
    return _plain(p, "duty without text", f.DUTIES, "分掌内容", "")


def duty_too_long(p: Package) -> Injected:
    return _plain(p, "duty that ends before it begins", f.DUTIES, "有効終了", "20100101")


def unit_on_the_moon(p: Package) -> Injected:
    return _plain(p, "unit in no building", f.UNITS, "庁舎CD", "999")


def unit_phone(p: Package) -> Injected:
    return _plain(p, "unit with half a telephone", f.UNITS, "代表電話", "03-12")


def unit_level(p: Package) -> Injected:
    record = p.record(f.UNITS)
    table = p.tables[f.UNITS]
    table.set(record, 階層="1" if table.get(record, "階層") != "1" else "3")
    return Injected("unit on the wrong level", f.UNITS, frozenset({(record, "階層")}))


def _succession(p: Package) -> tuple[int, frozenset[str]]:
    """A row of the reorganisation, and the units that it speaks of."""
    record = p.record(f.SUCCESSIONS)
    cells = p.tables[f.SUCCESSIONS].cells(record)
    return record, frozenset({cells[1], cells[3]} - {""})


def succession_to_nothing(p: Package) -> Injected:
    record, units = _succession(p)
    p.tables[f.SUCCESSIONS].set(record, 新所属CD="94949494")
    places = frozenset({(record, "新所属CD")})
    return Injected("succession to no unit", f.SUCCESSIONS, places, units=units)


def succession_of_no_kind(p: Package) -> Injected:
    record, units = _succession(p)
    p.tables[f.SUCCESSIONS].set(record, 区分="気まぐれ")
    places = frozenset({(record, "区分")})
    return Injected("succession of no kind", f.SUCCESSIONS, places, units=units)


def _attached(p: Package, kind: str, file: str, column: str, value: str, *told: str) -> Injected:
    number = p.person(
        f.MASTER, f.LATER, without=(f.ORDERS, f.CORRECTIONS), fit=lambda n: n in p.lines[file]
    )
    record = p.row(file, number)
    p.tables[file].set(record, **{column: value})
    places = frozenset((record, c) for c in (column, *told))
    return Injected(kind, file, places, frozenset({number}))


def course_to_come(p: Package) -> Injected:
    return _attached(p, "course to come", f.TRAINING, "受講日", "20350101")


def course_of_words(p: Package) -> Injected:
    return _attached(p, "hours in words", f.TRAINING, "時間", "たくさん")


def rating_unknown(p: Package) -> Injected:
    return _attached(p, "no such rating", f.EVALUATION, "総合評価", "F")


def rating_of_a_year_to_come(p: Package) -> Injected:
    return _attached(p, "rating of a year to come", f.EVALUATION, "年度", "2031", "確定日")


def wish_unknown(p: Package) -> Injected:
    return _attached(p, "no such wish", f.DECLARATIONS, "異動希望", "7")


def wish_of_no_day(p: Package) -> Injected:
    return _attached(p, "wish of no day", f.DECLARATIONS, "申告日", "20261399")


def muster_unknown(p: Package) -> Injected:
    return _attached(p, "no such muster", f.MUSTER, "参集区分", "8")


def muster_abroad(p: Package) -> Injected:
    return _attached(p, "home abroad", f.MUSTER, "緯度", "51.5", "経度")


def muster_running(p: Package) -> Injected:
    return _attached(p, "faster than one can walk", f.MUSTER, "徒歩距離KM", "90.0", "徒歩参集分")


def post_twice(p: Package) -> Injected:
    cells = p.tables[f.POSTS].cells(p.record(f.POSTS))
    cells[1] = "幻の職"
    record = p.append(f.POSTS, cells)
    return Injected("post twice", f.POSTS, frozenset({(record, "職名CD")}))


KINDS = tuple(
    made
    for name, made in list(globals().items())
    if callable(made) and not name.startswith("_") and name[0].islower()
)
