"""The workshop itself: what would be true with sticky notes on a wall. Standard library only."""
