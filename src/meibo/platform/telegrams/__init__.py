"""Telegrams of the Japan Meteorological Agency come in here, each once, whichever way they come."""
