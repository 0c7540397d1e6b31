"""What a headless session was asked for and what came of it, and how that is told. It runs nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rehearsal.agendas import LONG, Agenda
from rehearsal.faults import AGAIN, LATE


@dataclass(frozen=True, slots=True)
class Options:
    """What to play."""

    people: int = 30
    seed: int = 1
    plan: str = LONG
    language: str = "en"
    crash: int = 0
    faults: bool = False
    speed: str = "fast"
    verbose: bool = False
    keep: bool = False
    second: str = ""
    """The template of a second cycle that follows; none where it is empty."""
    database: str = "sqlite"
    templates: str = ""
    """A folder of templates of one's own."""
    agenda: Agenda | None = None
    """What its facilitator prepares, where the room does not know the template."""
    late: float = LATE
    again: float = AGAIN
    """Seconds by which an edit and a second delivery are late."""
    languages: tuple[str, ...] = ()
    """What people speak, in turn, the facilitator another at each step; then all that each is told is looked at. Where
    it is empty, people speak all languages, and nobody looks."""


@dataclass(slots=True)
class Played:
    """What came of it. `wrong` has a sentence for everything that is not as it should be."""

    people: int = 0
    steps: int = 0
    acknowledged: int = 0
    unsure: int = 0
    again: int = 0
    """How often somebody pressed again because nobody had answered."""
    kills: int = 0
    seconds: float = 0.0
    answering: float = 0.0
    """Seconds from the first step to the last answer."""
    compared: dict[str, int] = field(default_factory=dict)
    second: Played | None = None
    """What came of the second cycle."""
    own: list[int] = field(default_factory=list)
    """Entries compared with the board of each group that has a conversation of its own."""
    went: list[str] = field(default_factory=list)
    """A line for each step: what was collected, what was carried to it."""
    budgets: list[str] = field(default_factory=list)
    """Those of Teams that the bot went beyond, and how often."""
    peaks: str = ""
    faults: dict[str, int] = field(default_factory=dict)
    """What went wrong on purpose, and how often."""
    settled: float = 0.0
    """Seconds from the end of the faults until the posted board was right."""
    errors: list[str] = field(default_factory=list)
    read: int = 0
    """Lines that people read on surfaces of their own."""
    different: dict[str, int] = field(default_factory=dict)
    """Different ones of them, by language."""
    wrong: list[str] = field(default_factory=list)


def summary(options: Options, played: Played) -> str:
    """The figures of a session, line by line."""
    rate = played.acknowledged / played.answering if played.answering else 0.0
    counted: Counter[str] = Counter()
    for name, number in played.compared.items():
        counted[name.partition("#")[0]] += number  # of all cases together
    entries = ", ".join(f"{prompt} {number}" for prompt, number in counted.items())
    return "\n".join((
        f"{options.plan}, {options.language}, seed {options.seed}: {played.people} people, {played.steps} steps, "
        f"{played.seconds:.1f} s",
        *(f"  {line}" for line in played.went),
        f"  answers acknowledged   {played.acknowledged} ({rate:.1f}/s), not known {played.unsure}",
        f"  entries compared       {sum(played.compared.values())} ({entries or 'none'})",
        *([f"  in groups' own places  {', '.join(map(str, played.own))} entries"] if played.own else []),
        f"  kills                  {played.kills}, pressed again {played.again} times",
        f"  Teams' budgets         {'; '.join(played.budgets) or 'kept'}{f' ({played.peaks})' if played.peaks else ''}",
        *_faults(played),
        *([f"  lines read             {played.read} by people of their own; different ones: {_by_language(played)}"]
          if played.different else []),
        f"  errors in the log      {len(played.errors)}",
        f"  {'equal, word for word' if not played.wrong else f'WRONG: {len(played.wrong)}'}",
    ))


def _by_language(played: Played) -> str:
    return ", ".join(f"{language} {count}" for language, count in sorted(played.different.items()))


def _faults(played: Played) -> list[str]:
    if not played.faults:
        return []
    counted = ", ".join(f"{what} {times}" for what, times in sorted(played.faults.items()))
    return [f"  faults                 {counted}; the board was right {played.settled:.1f} s after them"]
