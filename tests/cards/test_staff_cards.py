"""Opening, moderating, picking, confirming, choosing a language, and the short cards: all states, hostile words too."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cards import draw, title_of
from cards.confirm import confirm_message
from cards.moderate import cut, weight
from locales import LANGUAGES, words
from tests.cards.lint import lint
from tests.cards.staging import HOSTILE, PLAN, Staged, buttons_of, opened, size_of, verbs_of, walk, words_of
from workshop.model import Lit
from workshop.plan import Item, as_written
from workshop.refusals import Reason, Refused
from workshop.said import Said, Sentence, Spoken
from workshop.views import (
    Confirm,
    Ending,
    Entry,
    LanguageForm,
    ModerateForm,
    NewForm,
    Notice,
    Opener,
    PickForm,
    View,
    Welcome,
)

W = opened().workshop
TEXT = W.plan.prompts["later"]
VOTE = W.plan.prompts["dots"]
OPENERS = ("new", "join", "language", "facilitate", "board", "summary")
REFUSED = Refused(Reason.STALE, {"who": HOSTILE, "command": "open"})


def the_input(card: object, id: str) -> dict[str, Any]:
    return next(part for part in walk(card) if part.get("id") == id)


def entries(n: int, said: str = HOSTILE) -> tuple[Entry, ...]:
    return tuple(Entry(f"{i:016x}", said, TEXT if i < n // 2 else VOTE, i % 3 == 0) for i in range(n))


def items(n: int, said: str = HOSTILE) -> tuple[Item, ...]:
    return tuple(Item(f"{i:012x}", as_written(said), "notes", n - i) for i in range(n))


def views(sentence: Sentence | None) -> list[View]:
    people = tuple((f"t/{n}", HOSTILE) for n in range(100))
    return [
        NewForm((PLAN,), "pl", HOSTILE, "staged", people, ("t/3",), sentence),
        NewForm((PLAN, replace(PLAN, id="other", languages=("en", "bg"))), "hu", members=people[:3], sentence=sentence),
        ModerateForm(W, entries(20), 1, 3, sentence),
        ModerateForm(W, (), 0, 1, sentence),
        PickForm(W, VOTE, items(25), ("000000000003",), sentence),
        LanguageForm(("en", "pl"), "pl", W, sentence),
        LanguageForm(("en", "pl"), "bg", None, sentence),
        Confirm("finish", W, sentence),
        Confirm("cancel", W, sentence),
        Confirm("extend", W, sentence, {"minutes": 5}),
        *(Confirm("next", W, sentence, ending=ending) for ending in (Ending(None), Ending(0), Ending(1, 12))),
        Notice(sentence or Spoken(Said.OPENED), W),
        Notice(sentence or Spoken(Said.OPENED)),
        Welcome(),
        *(Opener(verb, w) for verb in OPENERS for w in (None, W)),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sentence", [None, REFUSED, Spoken(Said.NOT_CONFIRMED), Spoken(Said.MODERATED)])
def test_every_card_in_every_state(sentence: Sentence | None, language: str) -> None:
    typed = (HOSTILE, "https://evil.example")
    for view in views(sentence):
        dialog = not isinstance(view, Opener | Welcome | Notice)
        assert lint(draw(view, language), user_words=typed, edited=False, dialog=dialog) == []
        assert 0 < len(title_of(view, language)) <= 60
        if isinstance(view, Confirm):
            asked = confirm_message(view, words(language))
            assert lint(asked, user_words=typed, edited=False, dialog=False) == []


def test_a_refusal_and_good_news_can_be_told_apart() -> None:
    for sentence, id in ((REFUSED, "refusal"), (Spoken(Said.NOT_STORED), "refusal"), (Spoken(Said.PICKED), "said")):
        for view in (NewForm((PLAN,), "en", sentence=sentence), PickForm(W, VOTE, items(3), (), sentence)):
            assert draw(view, "en")["body"][0]["id"] == id


# ---- opening ------------------------------------------------------------------------------------------------------


def test_the_form_that_opens_gives_back_what_was_typed() -> None:
    people = (("t/1", "Ana"), ("t/2", "Ben"))
    card = draw(NewForm((PLAN,), "pl", HOSTILE, "staged", people, ("t/2", "t/9")), "en")
    assert the_input(card, "title")["value"] == HOSTILE
    assert the_input(card, "title")["maxLength"] > 140 + 1000
    assert the_input(card, "plan")["value"] == "staged"
    assert the_input(card, "plan")["choices"] == [{"title": "Staged · 32 minutes", "value": "staged"}]
    assert the_input(card, "language")["value"] == "pl"
    assert the_input(card, "reserves")["value"] == "t/2"
    assert the_input(card, "reserves")["isMultiSelect"] is True
    assert buttons_of(card)["Open the workshop"]["data"] == {"verb": "open"}


def test_a_language_that_no_template_has_becomes_one_that_it_has() -> None:
    card = draw(NewForm((PLAN,), "hu", plan="gone"), "en")
    assert the_input(card, "language")["value"] == "en"
    assert the_input(card, "plan")["value"] == "staged"
    assert "value" not in the_input(card, "title")
    assert "name more facilitators later" in words_of(card)


def test_a_long_list_of_people_is_one_to_search_in() -> None:
    people = tuple((f"t/{n}", f"Person {n}") for n in range(7))
    assert the_input(draw(NewForm((PLAN,), "en", members=people), "en"), "reserves")["style"] == "filtered"
    assert the_input(draw(NewForm((PLAN,), "en", members=people[:6]), "en"), "reserves")["style"] == "expanded"


# ---- moderating ---------------------------------------------------------------------------------------------------


def test_a_page_of_entries_in_full_with_what_is_hidden_ticked() -> None:
    card = draw(ModerateForm(W, entries(4), 1, 3), "en")
    hidden = the_input(card, "hidden")
    assert hidden["value"] == "0000000000000000,0000000000000003"
    assert [found["value"] for found in hidden["choices"]] == [f"{i:016x}" for i in range(4)]
    assert words_of(card).count("https://evil.example") == 4
    assert words_of(card).count(" — hidden") == 2
    assert words_of(card).count("Question later?") == words_of(card).count("Which?") == 1
    save = buttons_of(card)["Save this page"]["data"]
    ids = [f"{i:016x}" for i in range(4)]
    assert save == {"verb": "moderated", "w": "w1", "page": 1, "shown": ids, "was": [ids[0], ids[3]], "lit": ""}
    assert buttons_of(card)["Newer, without saving"]["data"]["page"] == 0
    assert buttons_of(card)["Older, without saving"]["data"]["page"] == 2


def test_a_single_page_has_no_neighbours_and_an_empty_one_says_so() -> None:
    assert verbs_of(draw(ModerateForm(W, entries(1)[:0] + entries(2)[1:], 0, 1), "en")) == ["moderated", "console"]
    empty = draw(ModerateForm(W, (), 0, 1), "en")
    assert verbs_of(empty) == ["console"]
    assert "Nobody has written anything yet." in words_of(empty)


def test_what_its_author_took_back_is_marked_and_not_translated() -> None:
    asked = replace(W, plan=PLAN)
    prompt = replace(TEXT, id=next(iter(PLAN.prompts)))
    entry = replace(entries(1)[0], asked=True, hidden=False, prompt=prompt)
    card = draw(ModerateForm(asked, (entry,), 0, 1), "en")
    assert "withdrawn, still asked about" in words_of(card) and "translate" not in verbs_of(card)


def test_one_of_those_that_everybody_sees_can_be_shown_large() -> None:
    many = [replace(entry, shown=n > 1) for n, entry in enumerate(entries(4, "Words"))]
    card = draw(ModerateForm(W, tuple(many), 0, 1), "en")
    large = the_input(card, "large")
    assert [found["value"] for found in large["choices"]] == [many[2].id, many[3].id] and "value" not in large
    lit = replace(W, lit=Lit(TEXT.id, many[3].id))
    card = draw(ModerateForm(lit, tuple(many), 0, 1), "en")
    assert (the_input(card, "large")["value"], the_input(card, "large")["choices"][-1]["value"]) == (many[3].id, "none")
    assert buttons_of(card)["Save this page"]["data"]["lit"] == many[3].id
    elsewhere = the_input(draw(ModerateForm(lit, tuple(many[:1]), 1, 2), "en"), "large")
    assert [found["title"] for found in elsewhere["choices"]] == ["nothing any more"] and "value" not in elsewhere


@pytest.mark.parametrize("said", ["🦉" * 4000, '"\\\n' * 1333, "a" * 4000])
def test_twenty_long_entries_fit_into_a_card(said: str) -> None:
    many = tuple(replace(entry, shown=True) for entry in entries(20, said))
    card = draw(ModerateForm(W, many, 0, 1), "en")
    assert size_of(card) < 80 * 1024
    assert "…" in words_of(card)


def test_cutting_keeps_as_much_as_the_budget_takes() -> None:
    assert cut("Ana", 100) == "Ana"
    for said in ("a" * 500, "🦉" * 500, '"' * 500):
        kept = cut(said, 100)
        assert weight(kept) <= 100
        assert weight(kept) > 70
        assert kept.endswith("…")


# ---- picking ------------------------------------------------------------------------------------------------------


def test_candidates_in_full_with_the_picked_ticked() -> None:
    card = draw(PickForm(W, VOTE, items(25), ("000000000003", "gone")), "en")
    assert the_input(card, "picked")["value"] == "000000000003"
    assert len(the_input(card, "picked")["choices"]) == 25
    assert buttons_of(card)["Take these"]["data"] == {"verb": "picked", "w": "w1", "prompt": "dots"}
    assert buttons_of(card)["Back to the console"]["associatedInputs"] == "none"  # nothing has to be picked to leave
    assert "at most 20" in words_of(card)


def test_what_weighs_nothing_shows_no_weight() -> None:
    card = draw(PickForm(W, VOTE, (Item("k", as_written("Plain")),), ()), "en")
    assert " — " not in words_of(card)
    assert "value" not in the_input(card, "picked")


@pytest.mark.parametrize("said", ["🦉" * 280, '"' * 280, "Short"])
def test_hundreds_of_candidates_are_cut_but_never_what_is_picked(said: str) -> None:
    found = items(500, said)
    card = draw(PickForm(W, VOTE, found, (found[-1].key,)), "en")
    assert size_of(card) < 80 * 1024
    keys = [shown["value"] for shown in the_input(card, "picked")["choices"]]
    assert keys[0] == found[0].key
    assert keys[-1] == found[-1].key
    assert f"… and {500 - len(keys)} more" in words_of(card)


# ---- confirming ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["finish", "cancel", "next", "extend"])
def test_yes_carries_the_moves_that_the_question_was_asked_at(verb: str) -> None:
    extra = {"minutes": 7} if verb == "extend" else {}
    view = Confirm(verb, W, None if verb in ("finish", "cancel") else REFUSED, extra)
    expected = {"verb": verb, "w": "w1", "moves": W.moves, "sure": True, **extra}
    dialog = list(buttons_of(draw(view, "en")).values())
    assert [button["type"] for button in dialog] == ["Action.Submit"] * 2
    assert dialog[0]["data"] == expected
    assert dialog[1]["data"] == {"verb": "console", "w": "w1"}
    message = buttons_of(confirm_message(view, words("en")))
    assert len(message) == 1
    (yes,) = message.values()
    assert yes["type"] == "Action.Execute"
    assert yes["verb"] == verb
    assert yes["data"] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_last_next_it_is_said_what_the_picture_would_have(language: str) -> None:
    say = words(language)
    view = Confirm("next", W, ending=Ending(10, 2))
    assert title_of(view, language) == say("Finish the workshop?")
    assert list(buttons_of(draw(view, language))) == [say("Yes, finish it"), say("No, back to the console")]
    assert list(buttons_of(confirm_message(view, say))) == [say("Yes, finish it")]
    told = words_of(draw(view, "en"))
    assert "posts the closing picture: 10 sentences, 2 hidden. After" in told
    assert "Once more" not in told
    assert "1 sentence, 0 hidden." in words_of(draw(replace(view, ending=Ending(1)), "en"))
    without = words_of(draw(replace(view, ending=Ending(None)), "en"))
    assert "posts the closing picture. After" in without
    hides = "not revealed yet"
    assert (hides in told) == (hides in words_of(draw(Confirm("finish", W), "en")))
    assert hides in told


# ---- short cards --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", OPENERS)
def test_an_opener_fetches_its_dialog(verb: str) -> None:
    (button,) = buttons_of(draw(Opener(verb, W), "en")).values()
    assert button["data"] == {"msteams": {"type": "task/fetch"}, "verb": verb, "w": "w1"}
    (bare,) = buttons_of(draw(Opener(verb), "en")).values()
    assert bare["data"] == {"msteams": {"type": "task/fetch"}, "verb": verb}


def test_an_opener_of_an_answer_is_about_the_step_that_was_open() -> None:
    (button,) = buttons_of(draw(Opener("answer", W), "en")).values()
    assert button["data"] | {"msteams": None} == {
        "msteams": None, "verb": "answer", "w": "w1", "step": 0, "stage": "knowledge",
    }  # fmt: skip
    (waiting,) = buttons_of(draw(Opener("answer", Staged().workshop), "en")).values()
    assert "step" not in waiting["data"]


def test_the_welcome_says_what_to_type() -> None:
    card = draw(Welcome(), "en")
    assert "@Kolbot new" in words_of(card)
    assert verbs_of(card) == ["new", "help"]
    assert buttons_of(card)["What can I do?"]["type"] == "Action.Execute"


def test_languages_are_named_in_themselves_too() -> None:
    form = the_input(draw(LanguageForm(("en", "pl"), "pl"), "en"), "language")
    assert form["value"] == "pl"
    assert [found["title"] for found in form["choices"]] == ["English", "polski · Polish"]
    assert "value" not in the_input(draw(LanguageForm(("en", "pl"), "bg"), "en"), "language")


def test_a_notice_shows_whose_it_is() -> None:
    assert words_of(draw(Notice(Spoken(Said.OPENED), Staged("Trip").workshop), "en")).startswith("Trip")
