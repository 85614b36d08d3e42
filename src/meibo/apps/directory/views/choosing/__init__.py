"""条件で選ぶ: building, trying and keeping conditions."""
