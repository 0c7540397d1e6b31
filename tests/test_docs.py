"""The design's diagram and roles are drawn from the tables: here they are compared."""

from __future__ import annotations

from pathlib import Path

from workshop.diagram import roles, stages

DESIGN = Path(__file__).parent.parent / "docs" / "design.md"


def test_the_stage_diagram_is_drawn_from_the_table() -> None:
    assert stages() in DESIGN.read_text("utf-8"), "print workshop.diagram.stages() into docs/design.md"


def test_the_roles_are_drawn_from_the_table() -> None:
    assert roles() in DESIGN.read_text("utf-8"), "print workshop.diagram.roles() into docs/design.md"
