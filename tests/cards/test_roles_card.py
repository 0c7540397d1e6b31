"""The form of who has which role: everybody with Remove, the picker, and what was refused still chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards import draw, title_of
from cards.sentences import sentence
from locales import LANGUAGES, words
from tests.cards.lint import lint
from tests.cards.walk import buttons_of, inputs_of, parts, text_of
from tests.workshop.paper import ANNA, Paper, opened
from workshop.model import Person, Status
from workshop.refusals import Reason, Refused
from workshop.views import RolesForm

HOSTILE = "<at>everyone</at> [x](https://evil.example) {{DATE(2026-01-01)}}"


def led() -> Paper:
    paper = opened().joins("lea").grouped(("ivan", "eva"), ("ola", "lea")).names_moderator("moni")
    paper.leads("lea", 2)
    return paper


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_a_card_that_teams_takes(language: str) -> None:
    w = led().w
    w = replace(w, people={**w.people, "eve": Person("eve", HOSTILE, facilitator=True, reserve=True)})
    refused = Refused(Reason.OUTSIDE, {"who": "Max", "named": 1})
    for status in Status:
        for view in (
            RolesForm(replace(w, status=status), (("ivan", "Ivan"), ("eve", HOSTILE))),
            RolesForm(replace(w, status=status), (("ivan", "Ivan"),), ("ivan", "max"), "2", refused),
            RolesForm(replace(w, status=status), ()),
        ):
            card = draw(view, language)
            assert lint(card, user_words=(HOSTILE,), edited=False, dialog=True) == []
            assert len(title_of(view, language)) <= 60


def test_everybody_who_has_a_role_stands_under_it_with_a_button() -> None:
    card = draw(RolesForm(led().w, ()), "en")
    removals = [
        (part["data"]["role"], part["data"]["person"], part["tooltip"])
        for part in parts(card)
        if part.get("title") == "Remove"
    ]
    assert removals == [
        ("facilitator", ANNA, "Remove: Anna"), ("moderator", "moni", "Remove: Moni"), ("2", "lea", "Remove: Lea"),
    ]  # fmt: skip
    lines = text_of(card).splitlines()
    assert lines.index("Facilitators") < lines.index("Anna") < lines.index("Moderators") < lines.index("Moni")
    assert "Facilitators of Group 2" in lines and "Reserves" not in lines
    assert "console" in buttons_of(card)


def test_the_picker_is_teams_own_with_those_who_are_known_beside_it() -> None:
    view = RolesForm(led().w, (("ivan", "Ivan"),), ("ivan", "max"), "2", Refused(Reason.OUTSIDE, {"who": "Max"}))
    person, role = inputs_of(draw(view, "en")).values()
    assert person["choices.data"] == {
        "type": "Data.Query", "dataset": "graph.microsoft.com/users?scope=currentContext",
    }  # fmt: skip
    assert (person["choices"], person["value"]) == ([{"title": "Ivan", "value": "ivan"}], "ivan")
    assert [one["value"] for one in role["choices"]] == ["facilitator", "moderator", "reserve", "1", "2"]
    assert role["value"] == "2"
    ended = inputs_of(draw(replace(view, workshop=replace(view.workshop, status=Status.FINISHED)), "en"))["role"]
    assert ([one["value"] for one in ended["choices"]], ended["value"]) == (["moderator"], "moderator")


def test_of_very_many_the_first_are_shown() -> None:
    w = opened().w
    many = {f"m{number}": Person(f"m{number}", f"Moderator {number}", moderator=True) for number in range(500)}
    card = draw(RolesForm(replace(w, people={**w.people, **many}), ()), "en")
    assert len([part for part in parts(card) if part.get("title") == "Remove"]) == 30
    assert "… and 471 more" in text_of(card)


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (Refused(Reason.ONLY_RESERVES, {"reserves": "Rasa"}), "Only a reserve can take over. Reserves here: Rasa."),
        (
            Refused(Reason.ONLY_RESERVES, {"moderators": "Moni"}),
            "No reserve was named, so only a moderator can take over. Moderators here: Moni.",
        ),
        (
            Refused(Reason.OUTSIDE, {"who": "Max", "named": 0}),
            "Not in this conversation: Max. To take a role from somebody who has left, press “People and roles …” in "
            "the console. Nothing was changed.",
        ),
        (
            Refused(Reason.OUTSIDE, {"who": "Max", "named": 1}),
            "Not in this conversation: Max. Add them to it first. Nobody was named.",
        ),
    ],
)
def test_a_refusal_says_who_or_what_would_do(refused: Refused, told: str) -> None:
    assert sentence(refused, words("en")) == told
