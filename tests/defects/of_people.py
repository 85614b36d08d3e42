"""Defects in masters, each a function that puts one in and says where."""

from tests.defects.files import CORRECTIONS, LATER, MASTER, ORDERS, Injected, Package, check_digit

Two = (MASTER, LATER)


def _said(
    kind: str, file: str, record: int, number: str, *columns: str, people: tuple[str, ...] = ()
) -> Injected:
    places = frozenset((record, column) for column in columns) or frozenset({(record, None)})
    return Injected(kind, file, places, frozenset({number, *people}))


def _cell(
    p: Package, kind: str, column: str, value: str, *told: str, file: str = LATER
) -> Injected:
    """One cell of somebody whom no order moves."""
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record = p.row(file, number)
    p.tables[file].set(record, **{column: value})
    return _said(kind, file, record, number, column, *told)


def wrong_check_digit(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    wrong = number[:-1] + str((int(number[-1]) + 3) % 10)
    record = p.row(LATER, number)
    p.tables[LATER].set(record, 職員番号=wrong)
    return _said("wrong check digit", LATER, record, number, "職員番号", people=(wrong,))


def digits_exchanged(p: Package) -> Injected:
    def fit(number: str) -> bool:
        return number[3] != number[4]

    number = p.person(*Two, without=(ORDERS, CORRECTIONS), fit=fit)
    wrong = number[:3] + number[4] + number[3] + number[5:]
    record = p.row(MASTER, number)
    p.tables[MASTER].set(record, 職員番号=wrong)
    return _said("digits exchanged", MASTER, record, number, "職員番号", people=(wrong,))


def unknown_unit(p: Package) -> Injected:
    return _cell(p, "unknown unit", "所属CD", "98989898")


def unknown_post(p: Package) -> Injected:
    return _cell(p, "unknown post", "職名CD", "999")


def unknown_job(p: Package) -> Injected:
    return _cell(p, "unknown job", "職種CD", "77", file=MASTER)


def columns_swapped(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    post, job = table.get(record, "職名CD"), table.get(record, "職種CD")
    table.set(record, 職名CD=job, 職種CD=post)
    return _said("post and job swapped", LATER, record, number, "職名CD", "職種CD")


def names_swapped(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    name, kana = table.get(record, "氏名漢字"), table.get(record, "氏名ｶﾅ")
    table.set(record, 氏名漢字=kana, 氏名ｶﾅ=name)
    return _said("name and reading swapped", LATER, record, number, "氏名漢字", "氏名ｶﾅ")


def no_such_day(p: Package) -> Injected:
    return _cell(p, "no such day", "採用年月日", "20210231")


def day_before_hired(p: Package) -> Injected:
    return _cell(p, "place before hired", "現所属発令日", "19010401")


def future_hiring(p: Package) -> Injected:
    return _cell(p, "hired in the future", "採用年月日", "20310401", "生年月日", "現所属発令日")


def no_such_era(p: Package) -> Injected:
    return _cell(p, "no such era", "生年月日", "7050203")


def child(p: Package) -> Injected:
    return _cell(p, "a child", "生年月日", "5040401")


def other_birth_date(p: Package) -> Injected:
    return _cell(p, "another birth date", "生年月日", "3500101")


def other_sex(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    table.set(record, 性別CD="2" if table.get(record, "性別CD") == "1" else "1")
    return _said("another sex", LATER, record, number, "性別CD")


def no_such_sex(p: Package) -> Injected:
    return _cell(p, "no such sex", "性別CD", "9")


def permanent_with_term(p: Package) -> Injected:
    def fit(number: str) -> bool:
        return p.tables[LATER].get(p.row(LATER, number), "任用形態CD") == "1"

    number = p.person(*Two, without=(ORDERS, CORRECTIONS), fit=fit)
    record = p.row(LATER, number)
    p.tables[LATER].set(record, 任期満了日="20280331")
    return _said("permanent with a term", LATER, record, number, "任期満了日")


def not_yet_a_unit(p: Package) -> Injected:
    """A unit that comes only with the reorganisation of April."""
    return _cell(p, "unit that is not there yet", "所属CD", "18010000", file=MASTER)


def row_twice(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record = p.append(LATER, p.tables[LATER].cells(p.row(LATER, number)))
    return _said("row twice", LATER, record, number)


def number_twice(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    first = p.row(LATER, number)
    cells = p.tables[LATER].cells(first)
    cells[p.tables[LATER].at("号給")] = (
        "001" if cells[p.tables[LATER].at("号給")] != "001" else "002"
    )
    record = p.append(LATER, cells)
    places = frozenset((r, "職員番号") for r in (first, record))
    return Injected("number twice", LATER, places, frozenset({number}))


def somebody_elses_number(p: Package) -> Injected:
    number, other = (p.person(*Two, without=(ORDERS, CORRECTIONS)) for _ in range(2))
    record = p.row(LATER, number)
    p.tables[LATER].set(record, 職員番号=other)
    places = frozenset((r, "職員番号") for r in (record, p.row(LATER, other)))
    return Injected("somebody else's number", LATER, places, frozenset({number, other}))


def row_missing(p: Package) -> Injected:
    def fit(number: str) -> bool:  # whose term does not run out by itself
        return p.tables[MASTER].get(p.row(MASTER, number), "任用形態CD") == "1"

    number = p.person(*Two, without=(ORDERS, CORRECTIONS), fit=fit)
    p.tables[LATER].records[p.row(LATER, number)] = b""
    return Injected("row missing", LATER, frozenset({(None, "職員番号")}), frozenset({number}))


def unheard_of(p: Package) -> Injected:
    """In the later master alone, and no order hires them."""
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    p.tables[MASTER].records[p.row(MASTER, number)] = b""
    places = frozenset({(p.row(LATER, number), "職員番号")})
    return Injected("never hired", LATER, places, frozenset({number}))


def other_reading(p: Package) -> Injected:
    return _cell(p, "reading of another name", "氏名ｶﾅ", "ﾄｸｶﾞﾜ ｲｴﾔｽ")


def reading_in_latin(p: Package) -> Injected:
    return _cell(p, "reading in Latin letters", "氏名ｶﾅ", "TARO YAMADA")


def end_of_file_in_a_name(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    table.set(record, 氏名漢字=table.get(record, "氏名漢字") + "\x1a")
    return _said("Ctrl-Z in a name", LATER, record, number, "氏名漢字")


def invisible(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    table.set(record, 住所=table.get(record, "住所") + "\x7f")
    return _said("invisible letter", LATER, record, number, "住所")


def quote_opened(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    line = table.records[record]
    at = line.index(b",") + 1
    table.records[record] = line[:at] + (b"" if line[at : at + 1] == b'"' else b'"') + line[at:]
    if table.records[record] == line:
        table.records[record] = line.replace(b'",', b",", 2).replace(b",", b',"', 1)
    return _said("quotation mark left open", LATER, record, number)


def quote_inside(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    table.set(record, 備考="MARK")
    table.records[record] = table.records[record].replace(b"MARK", b'a"b')
    return _said("quotation mark not doubled", LATER, record, number)


def unmapped_letter(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    table.set(record, 氏名漢字="MARK")
    name = p.tables[MASTER].get(p.row(MASTER, number), "氏名漢字").encode("cp932")
    table.records[record] = table.records[record].replace(b"MARK", name + b"\xf9\xfc")
    return _said("外字 that the table does not have", LATER, record, number, "氏名漢字")


def lost_letter(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    name = table.get(record, "氏名漢字")
    table.set(record, 氏名漢字="〓" + name[1:])
    return _said("letter lost in a name", LATER, record, number, "氏名漢字")


def half_a_letter(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    table.set(record, 住所="MARK")
    table.records[record] = table.records[record].replace(b"MARK", b"\x93\x8c\x8b\xfd\xfe")
    return _said("bytes that are no letter", LATER, record, number, "住所")


def wide_grade(p: Package) -> Injected:
    return _cell(p, "号給 in wide digits", "号給", "０１２", file=MASTER)


def grade_too_high(p: Package) -> Injected:
    return _cell(p, "no such grade", "級", "8")


def seat_without_post(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record = p.row(LATER, number)
    p.tables[LATER].set(record, 兼務所属CD1="01010010", 兼務職名CD1="")
    names = ("兼務所属CD1", "兼務職名CD1")
    return _said("concurrent unit without a post", LATER, record, number, *names)


def leave_without_day(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record = p.row(LATER, number)
    p.tables[LATER].set(record, 休職区分="1", 休職開始日="00000000", 休職終了日="00000000")
    return _said("leave without a day", LATER, record, number, "休職開始日", "休職区分")


def leave_reversed(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record = p.row(LATER, number)
    p.tables[LATER].set(record, 休職区分="1", 休職開始日="20270901", 休職終了日="20270801")
    names = ("休職開始日", "休職終了日", "休職区分")
    return _said("leave that ends before it starts", LATER, record, number, *names)


def sent_nowhere(p: Package) -> Injected:
    return _cell(p, "sent to nowhere", "派遣区分", "1", "派遣先", "所属CD")


def odd_mail(p: Package) -> Injected:
    return _cell(p, "mail with a blank", "ﾒｰﾙ", "taro yamada@example.jp")


def odd_postcode(p: Package) -> Injected:
    return _cell(p, "postcode too short", "郵便番号", "12-3456")


def odd_phone(p: Package) -> Injected:
    return _cell(p, "telephone of letters", "携帯TEL", "O9O-OOOO-1234")


def odd_extension(p: Package) -> Injected:
    return _cell(p, "extension of letters", "内線", "12A4")


def my_number(p: Package) -> Injected:
    return _cell(p, "個人番号 in a note", "備考", "番号は123456789018です")


def formula(p: Package) -> Injected:
    return _cell(p, "formula in a note", "備考", '=HYPERLINK("http://x","y")')


def maiden_name_missing(p: Package) -> Injected:
    def fit(number: str) -> bool:
        return not p.tables[LATER].get(p.row(LATER, number), "旧姓漢字")

    number = p.person(*Two, without=(ORDERS, CORRECTIONS), fit=fit)
    record = p.row(LATER, number)
    p.tables[LATER].set(record, 旧姓使用区分="1")
    return _said("旧姓 used and not there", LATER, record, number, "旧姓漢字", "旧姓使用区分")


def somebody_elses_photo(p: Package) -> Injected:
    body = "123456"
    return _cell(p, "photo of somebody else", "顔写真ﾌｧｲﾙ", f"{body}{check_digit(body)}.jpg")


def two_names_joined(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    table.set(record, 氏名漢字=table.get(record, "氏名漢字").replace("　", ""))
    return _said("name without a gap", LATER, record, number, "氏名漢字")


def one_cell_more(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    table.put(record, [*table.cells(record)[:5], "x", *table.cells(record)[5:]])
    return _said("one cell more", LATER, record, number)


def one_cell_less(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    cells = table.cells(record)
    table.put(record, [*cells[:9], *cells[10:]])
    return _said("one cell less", LATER, record, number)


def other_line_end(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record, table = p.row(LATER, number), p.tables[LATER]
    table.records[record] = table.records[record].removesuffix(b"\r\n") + b"\n"
    return _said("another line end", LATER, record, number)


def moved_without_order(p: Package) -> Injected:
    return _cell(p, "moved without an order", "所属CD", "01010010", "現所属発令日")


def raised_without_order(p: Package) -> Injected:
    def fit(number: str) -> bool:
        return p.tables[LATER].get(p.row(LATER, number), "級") == "2"

    number = p.person(*Two, without=(ORDERS, CORRECTIONS), fit=fit)
    record = p.row(LATER, number)
    p.tables[LATER].set(record, 級="3", 職名CD="052")
    return _said("raised without an order", LATER, record, number, "級", "職名CD")


def hired_another_day(p: Package) -> Injected:
    return _cell(p, "hired on another day", "採用年月日", "20100402", "現所属発令日", "生年月日")


def away_without_order(p: Package) -> Injected:
    number = p.person(*Two, without=(ORDERS, CORRECTIONS))
    record = p.row(LATER, number)
    p.tables[LATER].set(record, 休職区分="2", 休職開始日="20261201", 休職終了日="20271130")
    return _said("away without an order", LATER, record, number, "休職区分")


KINDS = tuple(
    made
    for name, made in list(globals().items())
    if callable(made) and not name.startswith("_") and name[0].islower() and name != "check_digit"
)
