"""What is written into the audit log, and what the auditor reads for it."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """A kind of event. Values are stored; they must never change their meaning."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    LOCKED = "locked"
    REFUSED = "refused"
    FACTOR = "factor"
    SESSION = "session"
    ACCOUNT = "account"
    READ = "read"
    SEARCH = "search"
    EXPORT = "export"
    CHANGE = "change"
    GRANT = "grant"
    POLICY = "policy"
    PROTECT = "protect"
    PLAN = "plan"
    ORDER = "order"
    FILING = "filing"
    FEED = "feed"
    FORM = "form"
    EMERGENCY = "emergency"
    KEYS = "keys"
    BACKUP = "backup"
    RESTORE = "restore"
    RETENTION = "retention"
    PRIVACY = "privacy"
    AUDIT = "audit"
    COMMAND = "command"


LABELS = {
    Act.SIGN_IN: "サインイン",
    Act.SIGN_IN_FAILED: "サインインの失敗",
    Act.SIGN_OUT: "サインアウト",
    Act.LOCKED: "サインインの停止",
    Act.REFUSED: "拒まれた操作",
    Act.FACTOR: "二要素認証の登録・変更",
    Act.SESSION: "接続の終了",
    Act.ACCOUNT: "アカウントの開設・停止・合言葉",
    Act.READ: "限られた項目の閲覧",
    Act.SEARCH: "限られた項目での検索",
    Act.EXPORT: "書き出し",
    Act.CHANGE: "変更",
    Act.GRANT: "職務の付与・解除",
    Act.POLICY: "公開基準の変更",
    Act.PROTECT: "非公開の申出",
    Act.PLAN: "異動案の操作",
    Act.ORDER: "発令・訂正・取消",
    Act.FILING: "届出・名寄せ",
    Act.FEED: "取込・送出",
    Act.FORM: "帳票の作成",
    Act.EMERGENCY: "非常時の閲覧",
    Act.KEYS: "暗号鍵の操作",
    Act.BACKUP: "バックアップ",
    Act.RESTORE: "復元",
    Act.RETENTION: "保存期間満了の処理",
    Act.PRIVACY: "開示・訂正などの請求",
    Act.AUDIT: "監査ログの閲覧",
    Act.COMMAND: "コマンドの操作",
}
