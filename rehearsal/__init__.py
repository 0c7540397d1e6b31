"""The rehearsal room: a local stand-in for Microsoft Teams. It never imports the bot."""
