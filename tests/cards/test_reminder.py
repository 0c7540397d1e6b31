"""Reminders as cards: whoever cannot be reached is mentioned by a harmless name; nobody else is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards import draw
from cards.reminder import reminded
from locales import LANGUAGES, words
from tests.cards import sample as s
from tests.cards.lint import lint
from tests.cards.walk import buttons_of, text_of
from workshop.model import Group, Nudge, Person, Status
from workshop.views import NudgeCard, Reminder

W = s.workshop(Status.OPEN, 0)
HOSTILE = Person("t:0a", "*Eve* [x](https://evil.example) <at>all</at>", "en", joined=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_private_reminder_says_which_step_and_leads_to_it(language: str) -> None:
    card = draw(Reminder(W), language)
    assert lint(card, user_words=s.TYPED, edited=False, dialog=False) == []
    assert "answer" in buttons_of(card)
    assert len(text_of(draw(Reminder(replace(W, closes_at=None)), language))) < len(text_of(card))


def test_who_is_mentioned_is_called_by_a_name_that_nothing_is_read_into() -> None:
    card = draw(NudgeCard(s.board(W), 0, 0, (HOSTILE, replace(HOSTILE, id="t:0b", name="***"))), "en")
    assert lint(card, user_words=(HOSTILE.name,), edited=True, dialog=False) == []
    assert [(one["text"], one["mentioned"]["id"]) for one in card["msteams"]["entities"]] == [
        ("<at>Eve xhttps://evil.example all</at>", "0a"), ("<at>?</at>", "0b"),
    ]
    assert all(one["text"] in text_of(card) for one in card["msteams"]["entities"])
    many = tuple(Person(f"t:{number}", f"P{number}", joined=True) for number in range(23))
    crowd = draw(NudgeCard(s.board(W), 0, 0, many), "en")
    assert len(crowd["msteams"]["entities"]) == 20 and "… and 3 more" in text_of(crowd)
    over = draw(NudgeCard(s.board(W), -1, 0, many), "en")
    assert "P1" not in text_of(over) and "entities" not in over["msteams"]


def test_of_an_anonymous_step_a_group_is_reminded_without_names() -> None:
    w = replace(W, groups=(Group(2, tuple(W.people)[:1]),))
    card = draw(NudgeCard(s.board(w), 0, 2), "en")
    assert "Group 2" in text_of(card) and "answer" in buttons_of(card)
    assert not any(person.name in text_of(card) for person in w.people.values())


@pytest.mark.parametrize(("nudges", "said"), [
    ((), ""),
    ((Nudge(W.opened_at, 0),), ""),
    ((Nudge(W.opened_at, 1, people=2),), ""),
    ((Nudge(W.opened_at, 0, group=1, people=2),), ""),
    ((Nudge(W.opened_at, 0, people=2),), "A private reminder is on its way to 2 people."),
    ((Nudge(W.opened_at, 0, people=2, reached=2),), "2 people were reminded privately."),
    (
        (Nudge(W.opened_at, 0, people=19, reached=17, unreached=("a", "b")),),
        "17 people were reminded privately. 2 people could not be reached so and are mentioned in the conversation.",
    ),
])
def test_the_consoles_say_what_came_of_it(nudges: tuple[Nudge, ...], said: str) -> None:
    found = reminded(replace(W, nudges=nudges), 0, words("en"))
    assert [getattr(one, "text", "") for one in found] == ([said] if said else [])
    assert reminded(replace(W, nudges=nudges, status=Status.CLOSED), 0, words("en")) == []
