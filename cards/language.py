"""The form in which somebody chooses the language that Kolbot speaks to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from microsoft_teams import cards as teams

from cards.elements import Card, card, choice, line, submit
from cards.notice import told
from locales import Words, words
from workshop.views import LanguageForm


def label_of(language: str, say: Words) -> str:
    """A language's name in itself, and in the reader's where that is another: who does not read this finds it too."""
    own, here = words(language).name_of_language(language), say.name_of_language(language)
    return own if own == here else f"{own} · {here}"


def _form(view: LanguageForm, say: Words) -> Card:
    body: list[teams.CardElement] = [
        *told(view.sentence, say),
        line(say("Cards that everybody sees stay in the language of the workshop.")),
        teams.ChoiceSetInput(
            id="language",
            label=say("Language"),
            choices=[choice(label_of(language, say), language) for language in view.languages],
            value=view.language if view.language in view.languages else None,
            style="expanded",
            is_required=True,
            error_message=say("Please choose a language."),
        ),
    ]
    workshop = view.workshop.id if view.workshop else None
    return card(body, [submit(say("Save"), "chosen", "positive", w=workshop)], say.language)


DRAWS: dict[type, Callable[[Any, Words], Card]] = {LanguageForm: _form}
TITLES: dict[type, Callable[[Any, Words], str]] = {LanguageForm: lambda view, say: say("Your language")}
