"""What people of the demo ward are able to do beside their office."""

from __future__ import annotations

import random

from meibo.platform.demo.people import Staff

_OF_TRADE = {
    "福祉": (
        "社会福祉士",
        "社会福祉主事任用資格",
        "精神保健福祉士",
        "介護支援専門員",
        "児童福祉司任用資格",
    ),
    "土木": ("1級土木施工管理技士", "技術士補（建設部門）", "測量士補", "造園施工管理技士"),
    "建築": (
        "一級建築士",
        "建築基準適合判定資格者",
        "二級建築士",
        "被災建築物応急危険度判定員",
    ),
    "機械": ("一級管工事施工管理技士", "建築設備士", "エネルギー管理士"),
    "電気": ("第三種電気主任技術者", "第一種電気工事士", "1級電気工事施工管理技士"),
    "保育士": ("保育士", "幼稚園教諭", "ピアノ", "リトミック指導者"),
    "保健師": ("保健師", "看護師", "養護教諭"),
    "看護師": ("看護師",),
    "栄養士": ("管理栄養士", "食物アレルギー管理指導員"),
    "心理": ("公認心理師", "臨床心理士"),
    "衛生監視": ("食品衛生監視員", "環境衛生監視員", "薬剤師", "獣医師"),
    "医師": ("医師", "公衆衛生専門医"),
    "幼稚園教諭": ("幼稚園教諭", "保育士", "ピアノ"),
    "教育": ("中学校教諭", "小学校教諭", "司書教諭"),
    "技能": ("大型自動車免許", "フォークリフト運転技能", "調理師", "チェーンソー特別教育"),
}
_OF_POST = {"908": ("図書館司書",), "904": ("介護支援専門員",), "906": ("保育士",)}
_ANYBODY = (
    *(
        "手話",
        "手話奉仕員",
        "要約筆記",
        "点字",
        "英語",
        "英語（TOEIC 800点以上）",
        "中国語",
        "韓国語",
    ),
    *("ベトナム語", "ネパール語", "ポルトガル語", "簿記2級", "簿記3級", "普通救命講習", "防災士"),
    *("基本情報技術者", "応用情報技術者", "ITパスポート", "情報処理安全確保支援士", "統計調査士"),
    *("Excel VBA", "Python", "RPA", "動画編集", "写真撮影", "イラスト", "ファシリテーション"),
    *(
        "行政書士",
        "宅地建物取引士",
        "ファイナンシャル・プランナー2級",
        "消費生活相談員",
        "認知症サポーター",
    ),
    *(
        "普通自動車免許",
        "自動二輪免許",
        "ドローン操縦",
        "アマチュア無線",
        "学芸員",
        "茶道",
        "やさしい日本語",
    ),
)
_ONE_MORE = 0.45


def skills_of(staff: Staff, rng: random.Random) -> list[str]:
    """Someone's skills, those of the trade first; nothing for many."""
    found: list[str] = []
    trade = _OF_POST.get(staff.post, ()) if staff.yearly else _OF_TRADE.get(staff.job, ())
    if trade:
        found += rng.sample(trade, min(len(trade), rng.choice((1, 1, 2))))
    more = _ONE_MORE / 2 if staff.yearly else _ONE_MORE
    while rng.random() < more and len(found) < 5:
        found.append(rng.choice(_ANYBODY))
    return list(dict.fromkeys(found))
