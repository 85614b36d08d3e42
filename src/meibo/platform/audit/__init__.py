"""監査ログ: who did what, when, from where and why; only ever added to."""
