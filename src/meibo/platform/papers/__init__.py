"""Forms on paper (帳票): typst templates that are given data, and workbooks of the same lists."""
