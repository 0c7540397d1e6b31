"""Help lists words and buttons that fit each other; the command words differ within a language."""

from __future__ import annotations

import pytest

from cards import draw, title_of
from cards.help import COMMAND_WORDS, has_button
from dialogs import ALL
from locales import LANGUAGES, words
from tests.cards.lint import lint
from tests.cards.staging import HOSTILE, Staged, buttons_of, opened, verbs_of, walk, words_of
from workshop.views import Help, Meant

EVERY = tuple(COMMAND_WORDS)


def test_every_word_has_a_verb_that_is_answered() -> None:
    assert set(COMMAND_WORDS) <= set(ALL.verbs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_verbs_share_a_word(language: str) -> None:
    said = [word(words(language)) for word in COMMAND_WORDS.values()]
    assert len(set(said)) == len(said)
    assert all(1 <= len(word.split()) <= 3 for word in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_lists_each_with_what_it_does(language: str) -> None:
    view = Help(EVERY, opened().workshop)
    card = draw(view, language)
    text = words_of(card)
    assert all(word(words(language)) in text for word in COMMAND_WORDS.values())
    assert len([part for part in walk(card) if part.get("type") == "ColumnSet"]) == len(EVERY)
    assert lint(card, user_words=(), edited=False, dialog=False) == []
    assert len(title_of(view, language)) <= 60


MENTIONED = {
    "facilitator", "moderator", "reserve", "no_facilitator", "no_moderator", "no_reserve", "group_facilitator",
    "no_group_facilitator",
}  # fmt: skip
"""They need somebody to be mentioned, which no button can do."""


def test_what_opens_a_dialog_fetches_and_what_acts_executes() -> None:
    workshop = opened().workshop
    found = buttons_of(draw(Help(EVERY, workshop), "en"))
    assert set(verbs_of(draw(Help(EVERY, workshop), "en"))) == set(EVERY) - MENTIONED - {"help"}
    for verb in ("new", "join", "answer", "facilitate", "summary", "language"):
        button = found[COMMAND_WORDS[verb](words("en")).capitalize()]
        assert button["type"] == "Action.Submit"
        assert button["data"]["msteams"] == {"type": "task/fetch"}
        assert button["data"]["w"] == "w1"
    for verb in ("start", "next", "back", "reopen", "close", "pause", "resume", "nudge", "finish", "cancel"):
        button = found[verb.capitalize()]
        assert button["type"] == "Action.Execute"
        assert button["verb"] == verb
        assert button["data"] == {"verb": verb, "w": "w1", "moves": workshop.moves}
        assert button["fallback"]["type"] == "Action.Submit"
    for title in ("Stage", "Board", "Take over"):
        assert found[title]["type"] == "Action.Execute"
        assert "moves" not in found[title]["data"]
    assert found["Extend 5"]["data"]["minutes"] == 5
    assert found["Answer"]["data"]["step"] == 0
    assert found["Answer"]["data"]["stage"] == "knowledge"


def test_in_the_lobby_there_is_no_stage_to_answer_in() -> None:
    data = buttons_of(draw(Help(("answer",), Staged().workshop), "en"))["Answer"]["data"]
    assert data["step"] == -1
    assert "stage" not in data


def test_without_a_workshop_only_what_needs_none_has_a_button() -> None:
    card = draw(Help(("new", "next", "language", "help", "something else"), None), "en")
    assert verbs_of(card) == ["new", "language"]
    assert "something else" not in words_of(card)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_probably_meant_has_its_button(language: str) -> None:
    say, w = words(language), opened().workshop
    for verb in EVERY:
        for workshop in (w, None):
            card = draw(Meant(verb, workshop), language)
            told = say("Kolbot does not know this command. Did you mean “{command}”?", command=COMMAND_WORDS[verb](say))
            assert words_of(card).split("\n")[0] == told
            assert verbs_of(card) == ([verb] if has_button(verb, workshop) else []), verb
            assert not lint(card, user_words=(HOSTILE,), edited=False, dialog=False)
    assert {verb for verb in EVERY if not has_button(verb, w)} == MENTIONED
    assert buttons_of(draw(Meant("next", w), "en"))["Next"]["data"]["moves"] == w.moves
    assert title_of(Meant("new"), language) == say("Workshop")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workshop_in_another_post_is_told_first(language: str) -> None:
    card = draw(Help(("new", "help"), None, HOSTILE), language)
    assert "refusal" in [element.get("id") for element in card["body"]][:2]
    assert not lint(card, user_words=(HOSTILE, "https://evil.example"), edited=False, dialog=False)
