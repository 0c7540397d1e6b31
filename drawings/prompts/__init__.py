"""How each kind of prompt is drawn: one module a kind, found by its `DRAWING`. Without one it is drawn as a list."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from drawings.prompts.panel import Drawn, Panel
from workshop.tally import PromptBoard


class PromptDrawing(Protocol):
    """One kind as a drawing. It is asked only where there is a result that everybody may see."""

    kind: str

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        """The whole result; where something is shortened, the text that comes with it has it whole."""


def _found() -> dict[str, PromptDrawing]:
    drawings: dict[str, PromptDrawing] = {}
    for module in sorted(info.name for info in iter_modules(__path__)):
        found: PromptDrawing | None = getattr(import_module(f"{__name__}.{module}"), "DRAWING", None)
        if found is not None:
            drawings[found.kind] = found
    return drawings


DRAWINGS = _found()
