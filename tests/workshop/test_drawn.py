"""The tables drawn as a diagram and a page."""

from __future__ import annotations

from workshop.diagram import roles, stages


def test_the_tables_can_be_drawn() -> None:
    drawn = stages()
    assert drawn.startswith("stateDiagram-v2\n    [*] --> lobby\n    lobby --> open: Start\n")
    assert "    open --> closed: Next, Close, CloseDue" in drawn
    assert "    finished --> [*]" in drawn
    assert "    closed --> closed: Next" in drawn, "what comes next has to be prepared first"
    assert "| TakeOver | moderator, reserve |" in roles()
