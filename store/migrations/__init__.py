"""The schema's history: one file in `versions/` per change, run in order when the bot starts."""
