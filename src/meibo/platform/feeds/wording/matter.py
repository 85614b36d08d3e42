"""Departures of matter: people, units and orders that do not fit one another."""

from __future__ import annotations

from meibo.domain.findings import Severity
from meibo.platform.feeds.wording.phrases import CHECK, NOTHING, SOURCE, Wording

R, C, W, N = Severity.REJECT, Severity.CONFIRM, Severity.WARN, Severity.NORMALISED

_GAIJI = "外字対応表に足して取り込み直すか、本人の戸籍の字を確かめてください。"
_READING = "本人に読みを確かめてください。"

PEOPLE: dict[str, Wording] = {
    "name-space": Wording(
        N, "姓と名の間が全角空白1字ではありません。全角空白1字にして取り込みました。", NOTHING
    ),
    "name-unsplit": Wording(
        W,  # a foreign resident's only name may be right
        "姓と名の間に空白がありません。書かれたまま取り込みました。",
        "姓と名の切れ目を確かめてください。",
    ),
    "name-half-kana": Wording(C, "氏名に半角カナがあります。書かれたまま取り込みました。", CHECK),
    "name-lost-letter": Wording(
        C, "氏名に、字が失われた印（{letter}）があります。書かれたまま取り込みました。", _GAIJI
    ),
    "gaiji-unmapped": Wording(
        C, "外字対応表にない外字（{code}）があります。字を残したまま取り込みました。", _GAIJI
    ),
    "kana-width": Wording(
        N, "読みが{found}です（仕様は{declared}）。全角カナにして取り込みました。", NOTHING
    ),
    "kana-script": Wording(N, "読みがひらがなです。カタカナにして取り込みました。", NOTHING),
    "kana-space": Wording(
        N, "読みの姓と名の間が空白1字ではありません。空白1字にして取り込みました。", NOTHING
    ),
    "kana-unsplit": Wording(
        C, "読みの姓と名の間に空白がありません。書かれたまま取り込みました。", _READING
    ),
    "kana-letters": Wording(R, "読みにカナでない字があります。空にして取り込みました。", _READING),
    "kana-stray": Wording(
        C, "読みの濁点・長音・小書きの付き方がおかしいです。書かれたまま取り込みました。", _READING
    ),
    "kana-large": Wording(
        C,
        "小さいャュョッが大きく書かれているようです。「{mended}」として取り込みました。",
        _READING,
    ),
    "kana-large-kept": Wording(
        C,
        "小さいャュョッが大きく書かれているようです。書かれたまま取り込みました。",
        _READING,
    ),
    "kana-not-reading": Wording(
        C, "「{name}」の読みとして知られていません。書かれたまま取り込みました。", _READING
    ),
    "kana-differs": Wording(
        C,
        "{base} の職員マスタの読み（{other}）と違い、氏名の変更もありません。"
        "このファイルの読みは使いませんでした。",
        _READING,
    ),
    "kana-differs-used": Wording(
        C,
        "{base} の職員マスタの読み（{other}）と違います。漢字の読みとして確かな"
        "「{other}」を取り込みました。",
        _READING,
    ),
    "maiden-differs": Wording(
        C,
        "{base} の職員マスタの旧姓（{other}）と違い、氏名の変更もありません。"
        "このファイルの旧姓は使いませんでした。",
        CHECK,
    ),
    "staff-length": Wording(
        R, "職員番号が{digits}桁の数字ではありません。行を取り込みませんでした。", SOURCE
    ),
    "check-digit": Wording(
        R, "職員番号の検査数字が合いません。行を取り込みませんでした。{hint}", SOURCE
    ),
    "check-digit-mended": Wording(
        C,
        "職員番号の検査数字が合いません。{proof}から「{mended}」のことと分かるので、"
        "その番号で取り込みました。",
        "この番号の本人かを確かめ、人事給与側を直してください。",
    ),
    "number-of-another": Wording(
        R,
        "職員番号がこの人のものではないとみられます{whose}。別の人の値と混ぜないよう、"
        "この行は取り込みませんでした。{hint}",
        SOURCE,
    ),
    "staff-unknown": Wording(R, "職員マスタにない職員番号です。行を取り込みませんでした。", SOURCE),
    "staff-not-taken": Wording(
        R,
        "この職員の職員マスタの行を取り込めなかったので、この行も取り込みませんでした。",
        "職員マスタの行を直して、取り込み直してください。",
    ),
    "grade-post": Wording(
        C,
        "級（{grade}級）が職名（{post}＝{expected}級）と合いません。書かれたまま取り込みました。",
        CHECK,
    ),
}

UNITS: dict[str, Wording] = {
    "unit-unknown": Wording(R, "所属コード表にない所属です。空にして取り込みました。", SOURCE),
    "unit-ambiguous": Wording(
        R, "この名称の所属が{count}あります。どれか決まらないので、空にして取り込みました。", SOURCE
    ),
    "unit-not-standing": Wording(
        R, "{day} には有効でない所属です（{span}）。空にして取り込みました。", SOURCE
    ),
    "unit-followed": Wording(
        C,
        "{day} には有効でない所属です（{span}）。組織改編対応表のとおり「{mended}」として"
        "取り込みました。",
        "この所属でよいかを確かめてください。",
    ),
    "unit-old": Wording(
        C, "{day} には有効でない所属です（{span}）。書かれたまま取り込みました。", CHECK
    ),
    "unit-period": Wording(R, "有効終了が有効開始より前です。行を取り込みませんでした。", SOURCE),
    "unit-overlap": Wording(
        C,
        "同じ所属コードの有効期間が{first}件目と重なっています。書かれたまま取り込みました。",
        SOURCE,
    ),
    "unit-parent": Wording(
        C,
        "上位の所属が、所属コードの桁から見た上位（{expected}）と違います。書かれたまま取り込みました。",
        SOURCE,
    ),
    "unit-parent-unknown": Wording(
        C,
        "上位の所属が、有効開始の日に有効な所属ではありません。書かれたまま取り込みました。",
        SOURCE,
    ),
    "unit-level": Wording(
        C,
        "階層が、所属コードの桁から見た階層（{expected}）と違います。書かれたまま取り込みました。",
        SOURCE,
    ),
    "seat-half": Wording(
        C, "兼務の所属と職名の片方しかありません。書かれたまま取り込みました。", CHECK
    ),
    "seat-twice": Wording(C, "同じ所属・職名の兼務が2つあります。1つとして取り込みました。", CHECK),
    "duty-outlives": Wording(
        C,
        "所属がなくなった後まで有効な分掌です（所属は{span}）。書かれたまま取り込みました。",
        SOURCE,
    ),
    "succession-name": Wording(
        C, "所属コード表の名称（{name}）と違います。書かれたまま取り込みました。", SOURCE
    ),
    "succession-odd": Wording(R, "旧所属も新所属もありません。行を取り込みませんでした。", SOURCE),
    "code-twice": Wording(
        R, "同じコードが別の名称（{name}）でもあります。この行は取り込みませんでした。", SOURCE
    ),
    "gaiji-char": Wording(
        C, "外字が、外字コードの字ではありません。コードのとおりに取り込みました。", SOURCE
    ),
    "gaiji-row": Wording(
        R, "外字コードか Unicode の書き方が読めません。行を取り込みませんでした。", SOURCE
    ),
}

ORDERS: dict[str, Wording] = {
    "order-blank": Wording(
        C, "{kind}の発令では空のはずの項目です。書かれたまま取り込みました。", SOURCE
    ),
    "order-filled": Wording(
        R, "{kind}の発令に要る項目が空です。行を取り込みませんでした。", SOURCE
    ),
    "order-old-filled": Wording(
        C, "{kind}の発令では書かれているはずの項目が空です。空のまま取り込みました。", SOURCE
    ),
    "order-kind-untold": Wording(
        R,
        "取込定義の [terms] に意味が書かれていない発令種別です。行を取り込みませんでした。",
        "取込定義に書き足して、取り込み直してください。",
    ),
    "order-name": Wording(
        C,
        "氏名が、この番号の職員（{name}）と違います。職員番号のとおりに取り込みました。",
        "対象者が合っているかを確かめてください。",
    ),
    "order-old-unit": Wording(
        C,
        "旧所属が、それまでの所属（{expected}）と違います。書かれたまま取り込みました。",
        "どちらが正しいかを確かめてください。",
    ),
    "order-old-post": Wording(
        C,
        "旧職名が、それまでの職名（{expected}）と違います。書かれたまま取り込みました。",
        "どちらが正しいかを確かめてください。",
    ),
    "order-no-seat": Wording(
        R,
        "解く兼務がありません（{seats}）。行を取り込みませんでした。",
        "兼務の登録と発令を確かめてください。",
    ),
    "order-after-leaving": Wording(
        R,
        "{day} に退職する職員への、その後の発令です（退職は発令番号 {other}）。"
        "行を取り込みませんでした。",
        "退職と発令のどちらが正しいかを確かめてください。",
    ),
    "order-duplicate": Wording(
        C,
        "{first}件目（発令番号 {other}）と同じ内容の発令です。1つとして取り込みました。",
        "二重の発令なら、片方を取り消してください。",
    ),
    "order-conflict": Wording(
        C,
        "{first}件目（発令番号 {other}）と同じ日・同じ種別ですが、行き先が違います。"
        "書かれたまま取り込みました。",
        "どちらが正しいかを確かめてください。",
    ),
    "order-grade": Wording(
        C,
        "{kind}なのに、級が{direction}がりません（{old}級→{new}級）。書かれたまま取り込みました。",
        "新しい職名が正しいかを確かめてください。",
    ),
    "order-far": Wording(
        R,
        "同じファイルのほかの発令日（{middle} など）から1年より離れています。"
        "行を取り込みませんでした。",
        "発令日の年が合っているかを確かめてください。正しければ、遡及として訂正のファイルに入れてください。",
    ),
    "order-grade-moves": Wording(
        C,
        "{kind}なのに、級が変わります（{old}級→{new}級）。書かれたまま取り込みました。",
        "発令種別と新旧の職名が正しいかを確かめてください。",
    ),
    "order-seat": Wording(
        C,
        "発令種別（{kind}）が新しい職名（{post}）と合いません。書かれたまま取り込みました。",
        "発令種別と新職名が正しいかを確かめてください。",
    ),
    "order-newcomer": Wording(
        C,
        "採用の発令がありますが、{base} の職員マスタにいません。発令のとおりに取り込みました。",
        "採用されたかどうかを確かめてください。",
    ),
    "order-reason": Wording(
        W, "事由から読み取れるはずの項目が読み取れません。事由は書かれたまま取り込みました。", CHECK
    ),
    "correction-unknown": Wording(
        R, "対象の発令番号がどの発令ファイルにもありません。行を取り込みませんでした。", SOURCE
    ),
    "correction-far": Wording(
        R,
        "記録年月日（{known}）または採用から見て、ありえない発令年月日です。行を取り込みませんでした。",
        SOURCE,
    ),
    "correction-missing": Wording(
        R, "対象の発令番号が要ります。行を取り込みませんでした。", SOURCE
    ),
    "correction-person": Wording(
        R,
        "対象の発令（{other}）は、別の職員（{person}）への発令です。行を取り込みませんでした。",
        "訂正の対象と職員番号を確かめてください。",
    ),
    "correction-right": Wording(R, "正しい職員番号が要ります。行を取り込みませんでした。", SOURCE),
}
