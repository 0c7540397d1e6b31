"""The form in which a facilitator picks what a question is about, where there is more than it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from microsoft_teams import cards as teams

from cards.cases import case_box
from cards.elements import Card, Element, card, harmless, heading, isolated, line, said, submit, submit_without_fields
from cards.moderate import weight
from cards.notice import told
from cards.phrases import what_comes
from locales import Words
from workshop.plan import Item, in_language
from workshop.prompts.kind import ITEMS_LIMIT
from workshop.views import PickForm

MOST = 60
"""Candidates in one form, the strongest first."""
BUDGET = 60_000
"""Bytes, as UTF-16 JSON, for all candidates: with the rest the card stays below Teams' limit of 80 KB."""
_AROUND = 500
"""What stands around the words of one candidate, in the same bytes."""


def _form(view: PickForm, say: Words) -> Card:
    w, prompt = view.workshop, view.prompt
    shown = _shown(view, say)
    left = len(view.candidates) - len(shown)
    keys = {item.key for item in shown}
    body: list[Element] = [
        *told(view.sentence, say),
        heading(in_language(prompt.text, say.language, w.language), "Medium"),
        *([case_box(view.case, w, say)] if view.case else []),
        line(
            say(
                "Next: {kind}. Pick what it is about, at most {limit}. The strongest come first.",
                kind=what_comes(prompt.kind, say),
                limit=say.number(ITEMS_LIMIT),
            )
        ),
    ]
    changed = {item.key for item in shown if harmless(_words(view, item, say)) != _words(view, item, say)}
    # Teams would read signs in a tick's words; so the whole words of those that have any stand above, by number.
    body += [
        said(_words(view, item, say), prefix=f"{number}. ")
        for number, item in enumerate(shown, 1)
        if item.key in changed
    ]
    if left:
        body.append(
            line(say.plural("… and {n} more, with less weight", "… and {n} more, with less weight", left), subtle=True)
        )
    body.append(
        teams.ChoiceSetInput(
            id="picked",
            label=say("What it is about"),
            choices=[_tick(view, item, number if changed else 0, say) for number, item in enumerate(shown, 1)],
            value=",".join(key for key in view.picked if key in keys) or None,
            is_multi_select=True,
            style="expanded",
            wrap=True,
            is_required=True,
            error_message=say("Please pick at least one."),
        )
    )
    case = view.case.key if view.case else None
    return card(
        body,
        [
            submit(say("Take these"), "picked", "positive", w=w.id, prompt=prompt.id, case=case),
            submit_without_fields(say("Back to the console"), "console", w=w.id),
        ],
        say.language,
    )


def _tick(view: PickForm, item: Item, number: int, say: Words) -> teams.Choice:
    """The words with how many wrote them; the number where whole words stand above."""
    words = f"{number} · {_words(view, item, say)}" if number else _words(view, item, say)
    times = f" · ×{say.number(item.weight)}" if item.weight else ""
    return teams.Choice(title=isolated(harmless(words)) + times, value=item.key)


def _shown(view: PickForm, say: Words) -> tuple[Item, ...]:
    """As many as fit into a card; what is picked already comes first into it, and all keep their order."""
    picked = set(view.picked)
    spent, keys = 0, set[str]()
    for item in sorted(view.candidates, key=lambda item: item.key not in picked):
        words = _words(view, item, say)
        spent += weight(words) + weight(harmless(words)) + _AROUND
        if spent > BUDGET or len(keys) == MOST:
            break
        keys.add(item.key)
    return tuple(item for item in view.candidates if item.key in keys)


def _words(view: PickForm, item: Item, say: Words) -> str:
    return in_language(item.label, say.language, view.workshop.language)


DRAWS: dict[type, Callable[[Any, Words], Card]] = {PickForm: _form}
TITLES: dict[type, Callable[[Any, Words], str]] = {PickForm: lambda view, say: say("What it is about")}
