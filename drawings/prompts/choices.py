"""Several choices as a drawing: as one choice, with shares of the people, which add up to more than all."""

from __future__ import annotations

from drawings.prompts.choice import ChoiceDrawing

DRAWING = ChoiceDrawing("choices")
