"""Defects that only show when files are held beside one another, and those of whole files."""

from tests.defects import files as f
from tests.defects.files import Injected, Package

_Two = (f.MASTER, f.LATER)
_NoOrder = (f.ORDERS, f.CORRECTIONS)


def _permanent(p: Package) -> str:
    """Somebody whose service no term ends."""

    def fit(number: str) -> bool:
        row = p.tables[f.MASTER].cells(p.row(f.MASTER, number))
        return row[13] == "1" and row[9] not in ("070", "071", "072")

    return p.person(*_Two, without=_NoOrder, fit=fit)


def _later(p: Package, kind: str, column: str, value: str, *told: str) -> Injected:
    number = p.person(*_Two, without=_NoOrder)
    record = p.row(f.LATER, number)
    p.tables[f.LATER].set(record, **{column: value})
    places = frozenset((record, c) for c in (column, *told))
    return Injected(kind, f.LATER, places, frozenset({number}))


def renamed_without_order(p: Package) -> Injected:
    return _later(p, "renamed without an order", "氏名漢字", "徳川　家康", "氏名ｶﾅ")


def seat_without_order(p: Package) -> Injected:
    number = p.person(*_Two, without=_NoOrder)
    record, table = p.row(f.LATER, number), p.tables[f.LATER]
    table.set(record, 兼務所属CD1="01010010", 兼務職名CD1="052")
    places = frozenset((record, c) for c in ("兼務所属CD1", "兼務職名CD1"))
    return Injected("seat without an order", f.LATER, places, frozenset({number}))


def seat_lost_without_order(p: Package) -> Injected:
    def fit(number: str) -> bool:
        return bool(p.tables[f.LATER].get(p.row(f.LATER, number), "兼務所属CD1"))

    number = p.person(*_Two, without=_NoOrder, fit=fit)
    record = p.row(f.LATER, number)
    blank = {f"兼務{part}CD{n}": "" for part in ("所属", "職名") for n in (1, 2, 3)}
    p.tables[f.LATER].set(record, **blank)
    places = frozenset({(record, "兼務所属CD1")})
    return Injected("seat lost without an order", f.LATER, places, frozenset({number}))


def job_changed(p: Package) -> Injected:
    number = _permanent(p)
    record, table = p.row(f.LATER, number), p.tables[f.LATER]
    table.set(record, 職種CD="08" if table.get(record, "職種CD") != "08" else "09")
    return Injected("another job", f.LATER, frozenset({(record, "職種CD")}), frozenset({number}))


def sent_without_order(p: Package) -> Injected:
    number = p.person(*_Two, without=_NoOrder)
    record = p.row(f.LATER, number)
    p.tables[f.LATER].set(record, 派遣区分="1", 派遣先="東京都", 所属CD="02020000")
    places = frozenset((record, c) for c in ("派遣区分", "所属CD"))
    return Injected("sent without an order", f.LATER, places, frozenset({number}))


def old_date_in_two_digits(p: Package) -> Injected:
    return _later(p, "date in two digits", "採用年月日", "95/04/01", "現所属発令日", "生年月日")


def era_that_was_over(p: Package) -> Injected:
    return _later(p, "day after an era's end", "生年月日", "3640315")


def blank_name(p: Package) -> Injected:
    return _later(p, "no name", "氏名漢字", "", "氏名ｶﾅ")


def blank_number(p: Package) -> Injected:
    number = p.person(*_Two, without=_NoOrder)
    record = p.row(f.LATER, number)
    p.tables[f.LATER].set(record, 職員番号="")
    return Injected(
        "no number", f.LATER, frozenset({(record, "職員番号")}), frozenset({number, ""})
    )


def postcode_for_telephone(p: Package) -> Injected:
    number = p.person(*_Two, without=_NoOrder)
    record, table = p.row(f.LATER, number), p.tables[f.LATER]
    code, phone = table.get(record, "郵便番号"), table.get(record, "携帯TEL")
    table.set(record, 郵便番号=phone or "090-0000-1111", 携帯TEL=code)
    places = frozenset((record, c) for c in ("郵便番号", "携帯TEL"))
    return Injected("postcode for telephone", f.LATER, places, frozenset({number}))


def _given(p: Package, kind: str, code: str, *columns: str, **values: str) -> Injected:
    """An order more, of somebody who has none."""
    number = _permanent(p)
    row = p.tables[f.MASTER].cells(p.row(f.MASTER, number))
    serial = f"27998{len(p.tables[f.ORDERS].records) % 100:02d}"
    cells = [serial, number, row[1], "20270401", code, row[8], row[8], row[9], row[9], ""]
    record = p.append(f.ORDERS, cells)
    p.tables[f.ORDERS].set(record, **values)
    places = frozenset((record, column) for column in columns)
    return Injected(kind, f.ORDERS, places, frozenset({number}))


def hired_again(p: Package) -> Injected:
    columns = ("発令種別CD", "職員番号")
    return _given(p, "hired while in service", "01", *columns, 旧所属CD="", 旧職名CD="")


def raised_downwards(p: Package) -> Injected:
    return _given(p, "raised to a lower grade", "02", "新職名CD", "発令種別CD", 新職名CD="072")


def left_into_a_unit(p: Package) -> Injected:
    return _given(p, "left into a unit", "14", "新所属CD")


def renamed_without_name(p: Package) -> Injected:
    return _given(p, "renamed, but not to what", "16", "事由", 事由="改姓のため")


def sent_but_not_where(p: Package) -> Injected:
    return _given(p, "sent, but not where", "07", "事由", 事由="")


def seat_of_wide_digits(p: Package) -> Injected:
    return _given(p, "day in wide digits", "03", "発令年月日", 発令年月日="２０２７０４０１")


def order_without_number(p: Package) -> Injected:
    return _given(p, "order without a number", "03", "発令番号", 発令番号="")


def unit_without_successor(p: Package) -> Injected:
    """A unit with people in it ends on the last day of March, and nobody follows it."""
    table, later = p.tables[f.UNITS], p.tables[f.LATER]
    seats = {
        later.get(p.row(f.LATER, n), "所属CD")
        for n in list(p.lines[f.LATER])[100:1500:50]
        if n in p.lines[f.LATER]
    }
    old = {
        row[1]
        for row in map(
            p.tables[f.SUCCESSIONS].cells, range(1, len(p.tables[f.SUCCESSIONS].records))
        )
    }
    found = [
        r
        for r in range(1, len(table.records))
        if table.get(r, "所属CD") in seats - old
        and table.get(r, "有効開始") < "20270331" < table.get(r, "有効終了")
    ]
    record = p.random.choice(found)
    unit = table.get(record, "所属CD")
    table.set(record, 有効終了="20270331")
    rows = (row for rows in p.lines[f.LATER].values() for row in rows)
    places = frozenset((row, "所属CD") for row in rows if later.cells(row)[8:9] == [unit])
    units = frozenset({unit})
    return Injected("unit that ends without a successor", f.LATER, places, units=units)


def unit_over_itself(p: Package) -> Injected:
    table = p.tables[f.UNITS]
    cells = table.cells(p.record(f.UNITS))
    cells[1] = "二重の係"
    record = p.append(f.UNITS, cells)
    columns = ("有効開始", "所属CD")
    places = frozenset((record, c) for c in columns)
    return Injected("unit that stands twice", f.UNITS, places)


def unit_below_none(p: Package) -> Injected:
    def deep(record: int) -> bool:
        return p.tables[f.UNITS].get(record, "階層") == "3"

    record = next(r for _ in range(99) if deep(r := p.record(f.UNITS)))
    p.tables[f.UNITS].set(record, 上位CD="93939393")
    return Injected("unit below none", f.UNITS, frozenset({(record, "上位CD")}))


def rated_twice(p: Package) -> Injected:
    number = p.person(f.EVALUATION, f.MASTER, without=_NoOrder)
    table = p.tables[f.EVALUATION]
    cells = table.cells(p.row(f.EVALUATION, number))
    cells[4] = "D" if cells[4] != "D" else "C"
    record = p.append(f.EVALUATION, cells)
    places = frozenset({(record, "職員番号"), (p.row(f.EVALUATION, number), "職員番号")})
    return Injected("rated twice", f.EVALUATION, places, frozenset({number}))


def licence_of_a_baby(p: Package) -> Injected:
    number = p.person(f.MASTER, f.LATER, without=_NoOrder, fit=lambda n: _licences(p, n) == 1)
    record = p.row(f.LICENCES, number.lstrip("0"))
    p.tables[f.LICENCES].set(record, 取得日="19300401")
    places = frozenset({(record, "取得日")})
    return Injected("licence of a baby", f.LICENCES, places, frozenset({number}))


def _licences(p: Package, number: str) -> int:
    return len(p.lines[f.LICENCES].get(number.lstrip("0"), ()))


def muster_of_nobody(p: Package) -> Injected:
    body = "477777"
    number = body + f.check_digit(body)
    cells = p.tables[f.MUSTER].cells(p.row(f.MUSTER, p.person(f.MUSTER)))
    record = p.append(f.MUSTER, [number, *cells[1:]])
    places = frozenset({(record, "職員番号")})
    return Injected("muster of nobody", f.MUSTER, places, frozenset({number}))


def blank_line(p: Package) -> Injected:
    table = p.tables[f.DECLARATIONS]
    table.records[-1] += b"\r\n"
    return Injected("line with nothing in it", f.DECLARATIONS, frozenset({(None, "")}))


def column_gone(p: Package) -> Injected:
    table = p.tables[f.TRAINING]
    table.records[0] = table.records[0].replace("受講方法".encode("cp932"), "方法".encode("cp932"))
    places = frozenset({(None, "受講方法"), (None, "方法")})
    return Injected("column under another name", f.TRAINING, places)


def head_of_a_page(p: Package) -> Injected:
    table = p.tables[f.EVALUATION]
    table.records[-1] += table.records[0]
    return Injected("header printed again", f.EVALUATION, frozenset({(None, "")}))


KINDS = tuple(
    made
    for name, made in list(globals().items())
    if callable(made) and not name.startswith("_") and name[0].islower()
)
