"""What the fields of records are called, where the disclosure table has no row of that name: what
was filed is noted under the name that it is kept by."""

from __future__ import annotations

from collections.abc import Mapping

#: Of people and of units: what can be filed, and what a delivery carries.
FILED: Mapping[str, str] = {
    "allotment": "事務分担",
    "allotments": "事務分担",
    "authority": "任命権者",
    "branch": "出先の組織",
    "building": "庁舎",
    "clerks": "庶務担当",
    "code": "組織コード",
    "concurrent.post": "兼務の職",
    "concurrent.unit": "兼務の所属",
    "dispatch_body": "派遣先",
    "duties": "事務分掌",
    "duty": "事務分掌",
    "emergency_name": "緊急連絡先の氏名",
    "emergency_phone": "緊急連絡先の電話",
    "emergency_relation": "緊急連絡先の続柄",
    "ends": "終わりの日",
    "establishment": "定数",
    "fax": "FAX",
    "floor": "階",
    "free": "自由項目",
    "home_phone": "自宅の電話",
    "kin": "夫婦・親族",
    "leave_from": "休職・休業の始まり",
    "leave_to": "休職・休業の終わり",
    "level": "組織の段階",
    "maiden_kana": "旧姓の読み",
    "mobile": "携帯電話",
    "order": "並び順",
    "parent": "上の組織",
    "phone": "電話",
    "postcode": "郵便番号",
    "protected": "非公開の申出",
    "record_kana": "戸籍の氏名の読み",
    "share_photo": "写真の公開範囲",
    "share_skill": "技能の公開範囲",
    "short": "略称",
    "skills": "技能・資格",
    "starts": "始まりの日",
    "succession": "組織改編",
    "uses_maiden_name": "旧姓使用",
    "weekly_hours": "週の勤務時間",
    # an order without a wording is noted by its effect
    "enter": "採用",
    "move": "異動",
    "add": "兼務・併任",
    "relieve": "兼務・併任の解除",
    "pause": "休職・休業・派遣",
    "resume": "復帰",
    "remap": "組織改編による読替",
    "void": "発令の取消",
}
#: By which means somebody came in, or failed to.
MEANS: Mapping[str, str] = {
    "password": "パスワード",  # nosec B105  # what people call it
    "code": "二要素の番号",
    "mfa": "二要素",
    "totp": "認証アプリ",
    "webauthn": "パスキー",
    "passkey": "パスキー",
    "recovery_codes": "予備の番号",
    "socialaccount": "庁内のサインイン",
}
_FIELDS = frozenset({"fields", "field", "columns"})
_MEANS = frozenset({"means", "how", "kind"})


def called(key: str, text: str) -> str:
    """What a value under this key is called; empty where it is none of these."""
    if key in _FIELDS:
        return FILED.get(text.partition(":")[0], "")
    return MEANS.get(text, "") if key in _MEANS else ""
