"""Themes of notes into plain data and back. Knows shapes only."""

from __future__ import annotations

from typing import Any

from workshop.themes import Theme, Themes


def themes_data(themes: Themes) -> dict[str, Any]:
    """How they stood after each change, the last of it as they are; each note's name once, because most stay."""
    stood = (*themes.before, themes.now)
    notes = dict.fromkeys(note for now in stood for theme in now for note in theme.notes)
    number = {note: place for place, note in enumerate(notes)}
    each = [[(theme.id, theme.name, [number[note] for note in theme.notes]) for theme in now] for now in stood]
    return {"notes": list(notes), "stood": each}


def themes_from(data: dict[str, Any]) -> Themes:
    """Themes, from their data as stored."""
    notes = data["notes"]
    *before, now = (
        tuple(Theme(id, name, tuple(notes[place] for place in places)) for id, name, places in themes)
        for themes in data["stood"]
    )
    return Themes(now, tuple(before))
