"""安否確認 and 参集 in plain values: what can be answered, what a link says."""
