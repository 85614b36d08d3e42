"""What is read for 決裁・内示・発令."""
