"""The form in which a moderator writes what somebody's entry says in other languages. It chooses no entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cards.elements import Card, Element, card, heading, line, said, submit, submit_without_fields, teams
from cards.moderate import BUDGET, cut
from cards.notice import told
from locales import Words
from workshop.plan import in_language
from workshop.translations import limit_of
from workshop.views import TranslateForm

FIELD = "to."
"""How the names of the fields begin; then the language's code."""
WAS = "was."
"""How the names of what stood there begin."""


def _form(view: TranslateForm, say: Words) -> Card:
    w, limit = view.workshop, limit_of(view.words)
    body: list[Element] = [
        *told(view.sentence, say),
        heading(in_language(view.prompt.text, say.language, w.language), "Default"),
        said(cut(view.words, BUDGET // 4)),
        line(
            say(
                "Who reads in one of these languages sees its translation first, marked as a moderator's, with the "
                "original beside it. An empty field: no translation."
            ),
            subtle=True,
        ),
    ]
    for language in w.plan.languages:
        words = view.typed.get(language, view.was.get(language, ""))
        body.append(
            teams.TextInput(
                id=f"{FIELD}{language}",
                label=say.name_of_language(language),
                value=words[: limit * 2] or None,
                max_length=limit,
                is_multiline=limit > 280 or len(view.words) > 80,
            )
        )
    was: dict[str, object] = {f"{WAS}{language}": words for language, words in view.was.items()}
    save = submit(say("Save the translations"), "translated", "positive", w=w.id, entries=[*view.entries], **was)
    return card(body, [save, submit_without_fields(say("Back to the console"), "console", w=w.id)], say.language)


DRAWS: dict[type, Callable[[Any, Words], Card]] = {TranslateForm: _form}
TITLES: dict[type, Callable[[Any, Words], str]] = {TranslateForm: lambda view, say: say("Translate an entry")}
