"""The only folder that knows SQL: what is kept, written in groups by one thread, read on connections of its own."""
