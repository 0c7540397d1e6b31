"""The one entry that every open board page shows large, and whether everybody may see an entry at all. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workshop.counting import standing
from workshop.groupwork import GroupName
from workshop.model import MINIMUM, Answer, Workshop
from workshop.plan import Prompt, Text
from workshop.prompts import kind_of
from workshop.prompts.kind import Signed
from workshop.translations import told_by


@dataclass(frozen=True, slots=True)
class Spotlight:
    """What is shown large: somebody's words, the question that they answer, and whose they are where the board of that
    question says so ("" else)."""

    prompt: Prompt
    entry: str
    words: str
    who: str
    into: Text | None = None
    """The same in other languages, as moderators wrote it."""


def spotlight(w: Workshop, answers: Iterable[Answer]) -> Spotlight | None:
    """What is in the spotlight now. Nothing while not everybody may see it: withdrawn, written anew, hidden, waiting
    for a moderator, not revealed (any more), or of too few."""
    if w.lit is None:
        return None
    prompt = w.plan.prompts[w.lit.prompt]
    for answer in on_board(w, prompt, [answer for answer in answers if answer.prompt == prompt.id]):
        for entry, words in kind_of(prompt).entries(prompt, answer):
            if entry == w.lit.entry and not _kept_back(w, prompt, entry):
                return Spotlight(prompt, entry, words, _signed(w, prompt, answer), told_by(w.translations)(entry))
    return None


def on_board(w: Workshop, prompt: Prompt, given: Sequence[Answer]) -> Sequence[Answer]:
    """The answers to a prompt that everybody sees on the board now, but for single entries that a moderator keeps
    back."""
    place, everybody = w.plan.place_of[prompt.id], w.for_group(0)
    if place.number in w.skipped:
        return ()
    found: list[Answer] = []
    for case in [case.key for case in everybody.cases_at(place.number)] if place.step.case else [""]:
        of_case = [answer for answer in given if answer.case == case]
        counted = standing(w, prompt, of_case)
        if everybody.is_shown(prompt.id, case) and not (prompt.anonymous and len(counted) < MINIMUM):
            found += counted
    return found


def why_unseen(w: Workshop, prompt: Prompt, entry: str, given: Sequence[Answer]) -> str:
    """Why not everybody may see an entry of these answers now: "hidden", "waiting" or "unrevealed"; "" where they
    may."""
    if why := _kept_back(w, prompt, entry):
        return why
    shown = (known for one in on_board(w, prompt, given) for known, _ in kind_of(prompt).entries(prompt, one))
    return "" if entry in shown else "unrevealed"


def _kept_back(w: Workshop, prompt: Prompt, entry: str) -> str:
    if entry in w.hidden:
        return "hidden"
    return "waiting" if prompt.moderated and entry not in w.approved else ""


def _signed(w: Workshop, prompt: Prompt, answer: Answer) -> str:
    """As the board of the prompt has it: what is anonymous, or only counted, has no name."""
    kind = kind_of(prompt)
    if prompt.anonymous or getattr(kind, "counts_only", kind.takes_items):
        return ""
    if prompt.per_group:
        return GroupName(answer.author, w.forming)
    person, group = w.people.get(answer.author), w.group_of(answer.author)
    return Signed(person.name if person else "", group.number if group else 0)
