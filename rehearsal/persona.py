"""Who a simulated participant is: a name, a language, an office, and sentences to say. Never clicks, never sends."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from rehearsal import filling
from rehearsal.reading import Field, Value

SENTENCES = Path(__file__).parent / "sentences"
MIX = {"pl": 40, "en": 18, "bg": 14, "lv": 14, "hu": 14}
"""Languages of a mixed room, in parts of a hundred: a Polish host, and guests."""

POOLS = (
    "challenges", "practices", "words", "knowledge", "questions", "action", "conditions", "obstacles", "experience",
    "suggestions", "conclusions", "commitments", "board", "institutions", "countries", "roles",
)
_BY_GENDER = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


@dataclass(frozen=True, slots=True)
class Names:
    """First and family names of one gender in one language."""

    first: tuple[str, ...]
    last: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """What people of one language are called and say. `pools` holds the sentences by what they are about."""

    language: str
    women: Names
    men: Names
    last_first: bool
    pools: Mapping[str, tuple[str, ...]]


@cache
def voice(language: str) -> Voice:
    """The voice of a language. A pool that its file does not have is in English, as is a language without a file."""
    own = _read(language)
    common = own if language == "en" else _read("en")
    names = own.get("names") or common["names"]
    return Voice(
        language,
        _names(names["women"]),
        _names(names["men"]),
        names["order"] == ["last", "first"],
        {pool: tuple(own.get(pool) or common[pool]) for pool in POOLS},
    )


def _read(language: str) -> dict[str, Any]:
    path = SENTENCES / f"{language}.yaml"
    if not re.fullmatch(r"[a-z]{2}", language) or not path.is_file():
        return {}
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def _names(listed: Mapping[str, Sequence[str]]) -> Names:
    return Names(tuple(listed["first"]), tuple(listed["last"]))


def as_said(sentence: str, woman: bool) -> str:
    """A sentence with its endings: "zrobił{em|am}" is said as "zrobiłem" by a man, as "zrobiłam" by a woman."""
    return _BY_GENDER.sub(r"\2" if woman else r"\1", sentence)


@dataclass(frozen=True, slots=True)
class Persona:
    """One simulated participant. The same `seed` says the same things in the same forms, whatever others do."""

    name: str
    language: str
    woman: bool
    institution: str
    role: str
    country: str
    challenge: str
    seed: str
    today: date
    careless: bool = False
    """Reads limits only after having been told."""

    def chance(self, about: str) -> Random:
        """This person's own dice for one occasion: not moved by when, or how often, others throw theirs."""
        return Random(f"{self.seed}/{about}")

    def pool(self, name: str) -> list[str]:
        """All that this person could say of one kind, each sentence once, in their language and gender."""
        return list(dict.fromkeys(as_said(sentence, self.woman) for sentence in voice(self.language).pools[name]))

    def fill(self, inputs: Sequence[Field], hints: Mapping[str, Any], attempt: int = 0) -> dict[str, Value]:
        """Values for a form, by input id; what the person leaves alone is absent.

        `hints` is the data of the form's submit action: `stage`, and `prompts` with id, kind and limits. With each
        `attempt` (0 is the first) texts become shorter and dots fewer.
        """
        return filling.fill(self, inputs, hints, attempt)


def people(
    count: int, language: str | Sequence[str] | None, seed: int, today: date, taken: Collection[str] = ()
) -> list[Persona]:
    """`count` people of one language, of several in turn, or (None) of all, no two of one name and none of a name in
    `taken`."""
    dice = Random(f"people {seed} {language}")
    names = set(taken)
    turns = [language] if isinstance(language, str) else list(language or ())
    spoken = [turns[number % len(turns)] if turns else "" for number in range(count)]
    return [_person(number, one, seed, today, dice, names) for number, one in enumerate(spoken)]


def _person(
    number: int, language: str, seed: int, today: date, dice: Random, names: set[str]
) -> Persona:
    spoken = language or dice.choices(list(MIX), list(MIX.values()))[0]
    own, woman = voice(spoken), dice.random() < 0.6
    name = _new_name(own, woman, dice, names)
    names.add(name)

    def one(pool: str) -> str:
        return as_said(dice.choice(own.pools[pool]), woman)

    return Persona(
        name, spoken, woman, one("institutions"), one("roles"), one("countries"), one("challenges"),
        f"{seed}/{number}/{name}", today, careless=dice.random() < 0.1,
    )


def _new_name(own: Voice, woman: bool, dice: Random, names: Collection[str]) -> str:
    """A name that nobody bears yet; in a crowd that has used them up, people have two family names."""
    listed = own.women if woman else own.men
    last = dice.choice(listed.last)
    for _ in range(200):
        first = dice.choice(listed.first)
        name = f"{last} {first}" if own.last_first else f"{first} {last}"
        if name not in names:
            return name
        last = dice.choice(listed.last) if dice.random() < 0.9 else f"{last}-{dice.choice(listed.last)}"
    raise ValueError(f"no free name among {len(names)} in {own.language}")
