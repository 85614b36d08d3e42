"""What a file can be about, how a cell can be read, and the code tables that the product knows."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a file is about."""

    GAIJI = "gaiji"  # 外字対応表
    CODES = "codes"  # コード表
    UNITS = "units"  # 所属
    SUCCESSIONS = "successions"  # 組織改編対応表
    DUTIES = "duties"  # 分掌
    MASTER = "master"  # 職員マスタ
    HISTORY = "history"  # 異動履歴
    ORDERS = "orders"  # 発令
    CORRECTIONS = "corrections"  # 発令の訂正
    TRAINING = "training"  # 研修
    LICENCES = "licences"  # 資格
    EVALUATION = "evaluation"  # 評価
    DECLARATIONS = "declarations"  # 自己申告
    MUSTER = "muster"  # 参集


TABLE_LABELS = {
    "post": "職名",
    "job": "職種",
    "employment": "任用形態",
    "order_kind": "発令種別",
    "correction": "訂正区分",
    "building": "庁舎",
    "leave": "休職区分",
    "dispatch": "派遣区分",
    "muster": "参集区分",
}
"""Code tables that the product knows; a definition may name others for columns of its own."""

ATTACHED = frozenset(
    {Role.TRAINING, Role.LICENCES, Role.EVALUATION, Role.DECLARATIONS, Role.MUSTER}
)
"""Files whose records hang on a person of the master."""


class Type(StrEnum):
    """How the text of a cell becomes a value."""

    TEXT = "text"
    NAME = "name"  # 氏名：姓名の間は全角空白
    KANA = "kana"  # 読み：全角カナにする
    STAFF_NO = "staff_no"
    UNIT = "unit"  # 所属コード、または名称
    CODE = "code"  # コード表にあるもの
    CHOICE = "choice"  # 値の一覧、または読み替え
    FLAG = "flag"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PHONE = "phone"
    MAIL = "mail"
    POSTCODE = "postcode"
