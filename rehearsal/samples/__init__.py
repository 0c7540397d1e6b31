"""How people answer each kind of prompt, and what the board then has to show: one module a kind, found by its `SAMPLE`.

A kind without a module is filled in field by field, and its words are looked for on the board.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from rehearsal.samples.sample import Sample


def _found() -> dict[str, Sample]:
    samples: dict[str, Sample] = {}
    for module in sorted(info.name for info in iter_modules(__path__)):
        found: Sample | None = getattr(import_module(f"{__name__}.{module}"), "SAMPLE", None)
        if found is not None:
            samples[found.kind] = found
    return samples


SAMPLES = _found()
_ANY = Sample()


def sample_of(kind: str) -> Sample:
    """What the room knows of a kind: nothing special, if it has no module of its own."""
    return SAMPLES.get(kind, _ANY)
