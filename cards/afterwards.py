"""What happens next with what was recorded: a quiet line of a receipt, drawn once for each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cards import elements as el
from locales import Words
from workshop.model import MINIMUM, Status
from workshop.plan import Reveal
from workshop.prompts import KINDS
from workshop.views import Receipt

When = tuple[Reveal, str, bool, bool]
"""When others see an answer; the kind of the question, whether a moderator is first, whether it is anonymous."""


def whens(view: Receipt) -> Mapping[str, When | None]:
    """Of each prompt that something was given to; nothing where its author lets nobody see it."""
    w = view.workshop
    is_on = w.status is Status.OPEN and w.at == view.place.number  # as it nearly always is: nothing closed is seen yet
    found: dict[str, When | None] = {}
    for one in view.recorded:
        prompt, when = one.prompt, one.prompt.reveal
        if one.value is None:
            continue
        if not (is_on and when is Reveal.ON_CLOSE) and w.is_shown(prompt.id, view.case.key if view.case else ""):
            when = Reveal.LIVE
        withheld = one.value.get("shown") is False
        found[prompt.id] = None if withheld else (when, prompt.kind, prompt.moderated, prompt.anonymous)
    return found


@lru_cache(256)
def line(when: When, say: Words, id: str = "then") -> el.Card:
    """The line, as it stands in a finished card."""
    return el.as_data(el.line(_told(when, say), subtle=True, size="Small", id=id))


def _told(when: When, say: Words) -> str:
    reveal, name, moderated, anonymous = when
    kind = KINDS[name]
    counted = getattr(kind, "counts_only", kind.takes_items)
    told = []
    if reveal == Reveal.BY_FACILITATOR:
        told.append(
            say("Everybody sees the result when a facilitator shows it.")
            if counted
            else say("Everybody sees this when a facilitator shows it.")
        )
    elif reveal == Reveal.ON_CLOSE:
        told.append(
            say("Everybody sees the result when the step closes.")
            if counted
            else say("Everybody sees this when the step closes.")
        )
    elif counted:
        told.append(say("Everybody sees the result at once."))
    elif not moderated:
        told.append(say("Everybody sees this at once."))
    if moderated:
        told.append(say("A moderator reads it first, and lets it be seen or not."))
    if anonymous:
        told.append(say.plural("Results show from {n} answer on.", "Results show from {n} answers on.", MINIMUM))
    return " ".join(told)
