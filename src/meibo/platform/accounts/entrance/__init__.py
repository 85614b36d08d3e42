"""Where people come in: how allauth and axes behave in this house, and the gates every request
passes. They answer requests as views do, so the clock is read here."""
