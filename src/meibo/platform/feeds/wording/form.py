"""Departures of form: of files, rows and single cells."""

from __future__ import annotations

from meibo.domain.findings import Severity
from meibo.platform.feeds.wording.phrases import CHECK, NOTHING, SOURCE, TELL, Wording

R, C, W, N = Severity.REJECT, Severity.CONFIRM, Severity.WARN, Severity.NORMALISED

FILES: dict[str, Wording] = {
    "file-missing": Wording(
        R,
        "「{pattern}」に当たるファイルがありません。{instead}",
        "ファイルを同じフォルダーに置いてください。",
    ),
    "file-absent": Wording(
        W,
        "「{pattern}」に当たるファイルがありません。{instead}その内容は取り込みませんでした。",
        "出力し忘れでないかを確かめてください。",
    ),
    "file-empty": Wording(
        R, "ファイルが空です。読みませんでした。", "ファイルを出力し直してください。"
    ),
    "file-no-rows": Wording(
        W, "見出しだけで、データが1件もありません。", "出力の条件が正しいかを確かめてください。"
    ),
    "file-unknown": Wording(
        W,
        "取込定義にないファイルです。読みませんでした。",
        "必要なファイルなら、取込定義の [[files]] に書き足してください。",
    ),
    "file-unreadable": Wording(
        R, "ファイルを開けません（{why}）。読みませんでした。", "ファイルを出力し直してください。"
    ),
    "file-base": Wording(
        R,
        "基準日が分かりません。読みませんでした。",
        "ファイル名か表題に日付を入れるか、取込定義に base を書いてください。",
    ),
    "sheet-missing": Wording(
        R,
        "シート「{sheet}」がありません。読みませんでした。",
        "シート名と取込定義を合わせてください。",
    ),
    "sheet-hidden": Wording(
        W,
        "非表示のシート「{sheet}」があります。読みませんでした。",
        "要らないシートなら、消してから渡すよう伝えてください。",
    ),
    "header-missing": Wording(
        R,
        "見出しの行が見つかりません（{columns}）。ファイルを読みませんでした。",
        "見出しの行があるか、取込定義の列名と合っているかを確かめてください。",
    ),
    "column-missing": Wording(
        R,
        "列「{header}」がありません。この列の値は入りませんでした。",
        "列名が変わっていれば取込定義を直し、抜けていれば出力し直してください。",
    ),
    "column-needed": Wording(
        R,
        "列「{header}」がありません。この列がないと取り込めないので、ファイルを取り込みませんでした。",
        "列名が変わっていれば取込定義を直し、抜けていれば出力し直してください。",
    ),
    "column-unknown": Wording(
        W,
        "取込定義にない列です。読みませんでした。",
        "必要な列なら取込定義の columns に、要らない列なら ignore に書いてください。",
    ),
    "column-renamed": Wording(N, "見出し「{found}」を「{header}」の列として読みました。", TELL),
    "header-repeated": Wording(
        N, "途中に見出しの行が{count}回繰り返されています。読み飛ばしました。", NOTHING
    ),
    "encoding": Wording(
        N,
        "文字コードが仕様の {declared} でなく {found} です。{found} として読みました。",
        TELL,
    ),
    "control-z": Wording(
        N, "ファイルの末尾に制御文字（Ctrl-Z）が付いています。取り除きました。", NOTHING
    ),
    "line-end": Wording(
        N, "行の終わりが {declared} でなく {found} です。そのまま読みました。", TELL
    ),
    "blank-line": Wording(N, "空の行が{count}行あります。読み飛ばしました。", NOTHING),
    "lost-zeros-everywhere": Wording(
        N,
        "この列は前ゼロが落ちています（{count}件）。桁を補い、検査数字などで確かめました。",
        "表計算ソフトで開いて保存すると前ゼロが落ちます。文字列のまま出力するよう伝えてください。",
    ),
}

ROWS: dict[str, Wording] = {
    "row-short": Wording(
        R,
        "項目が{found}個しかありません（{expected}個のはず）。行が壊れているので取り込みませんでした。",
        "この行を出力し直してください。",
    ),
    "row-cut": Wording(
        R,
        "ファイルの最後の行が途中で切れています。取り込みませんでした。",
        "ファイルが最後まで書き出されているかを確かめ、出力し直してください。",
    ),
    "row-long": Wording(
        R,
        "項目が{found}個あります（{expected}個のはず）。列がずれているおそれがあるので、"
        "取り込みませんでした。",
        "値の中の区切り文字が引用符で囲まれているかを確かめ、出力し直してください。",
    ),
    "row-trailing": Wording(
        N, "行の終わりに空の項目が余っています。余りを除いて取り込みました。", NOTHING
    ),
    "row-tail": Wording(
        W,
        "ファイルの最後の行が改行で終わっていません。書かれているところまで取り込みました。",
        "最後の行の値が途中で切れていないかを確かめてください。",
    ),
    "row-quotes": Wording(
        C,
        "値の中の引用符が2つ重ねられていません。引用符も値の一部として取り込みました。",
        "取り込んだ値を確かめてください。",
    ),
    "row-merged": Wording(
        R,
        "引用符が閉じられていないため、行の区切りが分かりません。取り込みませんでした。",
        "この行を出力し直してください。",
    ),
    "duplicate-row": Wording(
        N, "{first}件目とすべての項目が同じです。重複なので取り込みませんでした。", NOTHING
    ),
    "duplicate-key": Wording(
        R,
        "{first}件目と{key}が同じですが、内容が違います（{fields}）。こちらは取り込みませんでした。",
        "どちらが正しいかを確かめ、違っていれば人事給与側を直して出力し直してください。",
    ),
    "rule": Wording(C, "", ""),
}

CELLS: dict[str, Wording] = {
    "missing": Wording(
        C, "値がありません。空のまま取り込みました。", "値を確かめて補ってください。"
    ),
    "needed": Wording(
        R, "値がありません。これがないと取り込めないので、行を取り込みませんでした。", SOURCE
    ),
    "blanks": Wording(N, "前後に空白があります。空白を除いて取り込みました。", NOTHING),
    "invisible": Wording(N, "目に見えない文字があります。除いて取り込みました。", NOTHING),
    "full-width": Wording(
        N, "全角で書かれています。半角の「{mended}」として取り込みました。", NOTHING
    ),
    "placeholder": Wording(N, "値がないことを表す印とみて、空にして取り込みました。", NOTHING),
    "letter-case": Wording(
        N, "小文字で書かれています。「{mended}」として取り込みました。", NOTHING
    ),
    "lost-zeros": Wording(N, "前ゼロが落ちています。「{mended}」として取り込みました。", NOTHING),
    "unknown-code": Wording(
        R, "コード表（{table}）にないコードです。空にして取り込みました。", SOURCE
    ),
    "out-of-range": Wording(
        R, "決められた値（{allowed}）ではありません。空にして取り込みました。", SOURCE
    ),
    "not-a-number": Wording(R, "数ではありません。空にして取り込みました。", SOURCE),
    "form": Wording(C, "決められた書き方ではありません。書かれたまま取り込みました。", CHECK),
    "form-mended": Wording(
        N, "書き方が仕様と違います。「{mended}」として取り込みました。", NOTHING
    ),
    "too-long": Wording(C, "{longest}文字を超えています。書かれたまま取り込みました。", CHECK),
    "bad-bytes": Wording(
        R, "文字が壊れています。空にして取り込みました。", "元の値を確かめ、出力し直してください。"
    ),
    "formula": Wording(
        W,
        "表計算ソフトが数式として実行する書き出しです。文字として取り込みました。",
        "この列に数式を書く理由がなければ、元の値を直してください。",
    ),
    "my-number": Wording(
        R,
        "個人番号（マイナンバー）が入っています。値は取り込まず、どこにも残していません。",
        "元の記録から個人番号を消し、漏えいに当たらないかを個人情報の担当に相談してください。",
    ),
    "bad-date": Wording(R, "{why}空にして取り込みました。", SOURCE),
    "date-style": Wording(
        N, "日付の書き方が仕様と違います。{mended} として取り込みました。", NOTHING
    ),
    "date-era": Wording(
        C,
        "元号の終わった後（または始まる前）の日付です。{mended} として取り込みました。",
        "元号と日付が合っているかを確かめてください。",
    ),
    "date-serial": Wording(
        C,
        "日付が表計算ソフトの通し番号になっています。{mended} として取り込みました。",
        "日付が合っているかを確かめてください。",
    ),
    "date-two-digit": Wording(
        C,
        "年が下2桁しかありません。{mended} として取り込みました。",
        "年が合っているかを確かめてください。",
    ),
    "future-date": Wording(C, "{base} より後の日付です。書かれたまま取り込みました。", CHECK),
    "before-hired": Wording(
        C, "採用（{hired}）より前の日付です。書かれたまま取り込みました。", CHECK
    ),
    "too-young": Wording(
        C,
        "生年月日（{born}）から見て早すぎる日付です。書かれたまま取り込みました。",
        CHECK,
    ),
    "year-odd": Wording(
        C, "{decided} に確定する年度ではありません。書かれたまま取り込みました。", CHECK
    ),
    "date-far": Wording(
        C,
        "同じファイルのほかの日付（{middle} など）から1年より離れています。"
        "書かれたまま取り込みました。",
        "年が合っているかを確かめてください。",
    ),
    "date-none": Wording(
        N, "日付がないことを表す値です。仕様では空にする項目なので、空として取り込みました。", TELL
    ),
    "age": Wording(C, "{day} に{age}歳になる生年月日です。書かれたまま取り込みました。", CHECK),
    "term-over": Wording(
        C, "任期が基準日（{base}）より前に終わっています。書かれたまま取り込みました。", CHECK
    ),
    "period-mended": Wording(
        C,
        "{start_header}と{end_header}が逆です。入れ替えると基準日を含むので、入れ替えて取り込みました。",
        "期間が合っているかを確かめてください。",
    ),
    "period-reversed": Wording(
        R, "{start_header}より{end_header}が前です。{lost}を空にして取り込みました。", SOURCE
    ),
    "period-odd": Wording(
        C, "{start_header}より{end_header}が前です。書かれたまま取り込みました。", CHECK
    ),
    "period-elsewhere": Wording(
        C, "期間が基準日（{base}）を含みません。書かれたまま取り込みました。", CHECK
    ),
    "coordinates-swapped": Wording(
        N, "緯度と経度が入れ替わっています。入れ替えて取り込みました。", NOTHING
    ),
    "coordinates-abroad": Wording(
        R, "地図の範囲にない緯度・経度です。空にして取り込みました。", SOURCE
    ),
    "walk-nowhere": Wording(R, "徒歩の距離が0kmです。空にして取り込みました。", SOURCE),
    "walk-odd": Wording(
        C,
        "徒歩の時間（{minutes}分）が距離（{km}km）と合いません。書かれたまま取り込みました。",
        CHECK,
    ),
    "place-unknown": Wording(C, "庁舎コード表にない場所です。書かれたまま取り込みました。", SOURCE),
    "walk-zero": Wording(R, "徒歩の時間が0分です（距離 {km}km）。空にして取り込みました。", SOURCE),
}
