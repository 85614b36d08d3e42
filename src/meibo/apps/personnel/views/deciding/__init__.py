"""Pages of 決裁・内示・発令."""
