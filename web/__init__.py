"""The only folder that knows browsers: links and tickets, pages, live streams. Never Teams, never SQL, never a rule."""
