"""Measures Kolbot against the Python SDKs for Teams, in one run and by ratio. Nothing imports it."""
