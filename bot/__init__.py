"""The only folder that knows Bot Framework and Teams. It never decides what a workshop does."""
