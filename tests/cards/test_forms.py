"""The dialogs of a participant: answering, the receipt, joining; what was typed is always still there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from cards import draw, elements as el, title_of
from cards.elements import card, harmless, said as said_by
from cards.prompts import PROMPT_CARDS
from locales import LANGUAGES, words
from tests.cards import sample as s
from tests.cards.lint import lint
from tests.cards.walk import buttons_of, ids_of, inputs_of, parts, text_of
from workshop.model import Status, Value, Workshop
from workshop.plan import Item, Prompt, WriteIn, as_written, in_language
from workshop.prompts import kind_of
from workshop.prompts.notes import NotesRules
from workshop.refusals import Problem, Reason, Refused, Wrong
from workshop.said import Said, Sentence, Spoken
from workshop.views import AnswerForm, JoinForm, PromptForm, Receipt, Recorded

ALL = tuple(s.PLAN.prompts.values())
W = s.workshop(Status.OPEN, 0)


def asked(prompt: Prompt, given: Mapping[str, str] | None = None, *problems: Problem) -> PromptForm:
    return PromptForm(prompt, W.items.get(prompt.id, ()), given or {}, problems)


def form(
    *forms: PromptForm, w: Workshop = W, answered: bool = False, sentence: Sentence | None = None, language: str = "en"
) -> dict[str, object]:
    me = s.person(0, challenge=s.CHALLENGE)
    return draw(AnswerForm(w, s.place(0), me, forms, answered, sentence), language)


def checked(card: dict[str, object]) -> dict[str, object]:
    assert lint(card, user_words=s.TYPED, edited=False, dialog=True) == []
    return card


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_asked_filled_and_refused_in_a_way_that_teams_takes(language: str) -> None:
    filled = [asked(prompt, kind_of(prompt).unparse(prompt, s.VALUES[prompt.id])) for prompt in ALL]
    wrong = [
        asked(prompt, {"": s.NOTE, "good": s.NOTE, "own": s.NOTE}, *(Problem(prompt.id, "", w, 9, 5) for w in Wrong))
        for prompt in ALL
    ]
    for forms in (filled, wrong, [asked(prompt) for prompt in ALL]):
        checked(form(*forms, language=language))
    refused = Refused(Reason.STEP_OVER, {"open": "Rest", "who": s.NAME})
    checked(form(*filled, answered=True, sentence=refused, language=language))
    recorded = tuple(Recorded(prompt, W.items.get(prompt.id, ()), s.VALUES[prompt.id]) for prompt in ALL)
    checked(draw(Receipt(W, s.place(0), recorded), language))
    checked(draw(JoinForm(W, s.person(0, challenge=s.CHALLENGE, institution=s.NOTE), 0, refused), language))


def test_the_button_carries_what_was_asked() -> None:
    data = buttons_of(form(asked(s.PRACTICES), asked(s.DOUBT), asked(s.READY), asked(s.DOTS)))["submit"]
    assert (data["w"], data["step"], data["stage"]) == ("w1", 0, "knowledge")
    assert data["prompts"] == [
        {
            "id": "practices",
            "kind": "notes",
            "required": False,
            "anonymous": False,
            "columns": ["good", "hard"],
            "max_chars": 280,
            "max_notes": 5,
        },
        {"id": "doubt", "kind": "text", "required": False, "anonymous": True, "max_chars": 1000, "lines": True},
        {"id": "ready", "kind": "choice", "required": False, "anonymous": False, "most": 1, "own": True,
         "max_chars": 140, "other": "*"},
        {"id": "dots", "kind": "vote", "required": True, "anonymous": False, "dots": 3, "per_item": 2},
    ]


def test_fields_are_named_labelled_and_limited() -> None:
    inputs = inputs_of(form(*(asked(prompt) for prompt in ALL)))
    assert list(inputs) == [
        *("a.practices.good", "a.practices.hard", "a.doubt.", "a.ready.", "a.ready.own"),
        *("a.dots.k0", "a.dots.k1", "a.dots.k2", "a.dots.k3", "a.picked.", "a.words.", "a.noted.all"),
    ]
    assert inputs["a.doubt."]["maxLength"] > 1000 + 1000, "Teams would cut what is pasted, and the receipt confirm it"
    assert inputs["a.ready.own"]["maxLength"] > 140 + 1000
    assert (inputs["a.practices.good"]["label"], inputs["a.practices.hard"]["label"]) == ("Good", "Hard")
    assert inputs["a.practices.good"]["isMultiline"] is True
    assert inputs["a.dots.k2"]["label"] == "Item 3"
    assert [(choice["value"], choice["title"]) for choice in inputs["a.dots.k2"]["choices"]] == [
        ("0", "0 dots"),
        ("1", "1 dot"),
        ("2", "2 dots"),
    ]
    assert inputs["a.ready."]["style"] == "expanded"
    assert inputs["a.ready."]["isMultiSelect"] is False
    assert inputs["a.picked."]["isMultiSelect"] is True
    assert inputs["a.picked."]["label"] == "Choose at most 2"
    assert inputs["a.words."]["isRequired"] is True
    assert inputs["a.noted.all"]["isRequired"] is True
    assert "isRequired" not in inputs["a.doubt."]
    assert "isRequired" not in inputs["a.dots.k0"], "zero dots on one item is right"


@pytest.mark.parametrize(
    ("columns", "notes", "said"),
    [
        (1, 1, "One note of at most 1,000 characters."),
        (1, 3, "One note per line: at most 3 notes of at most 1,000 characters each."),
        (2, 1, "In each field one note of at most 1,000 characters."),
        (2, 3, "In each field one note per line: at most 3 notes of at most 1,000 characters each."),
    ],
)
def test_the_limits_of_notes_are_said_once(columns: int, notes: int, said: str) -> None:
    names = tuple((f"c{n}", s.both(f"Column {n}")) for n in range(columns))
    card = form(asked(replace(s.PRACTICES, rules=NotesRules(names, 1000, notes))))
    assert text_of(card).count(said) == 1
    assert [field["label"] for field in inputs_of(card).values()] == [f"Column {n}" for n in range(columns)]


def test_fields_are_filled_with_what_was_given_however_wrong() -> None:
    given = {"": "x" * 15_000}
    inputs = inputs_of(
        form(
            asked(s.DOUBT, given),
            asked(s.PRACTICES, {"good": "A\nB"}),
            asked(s.READY, {"": "no,gone", "own": s.NOTE}),
            asked(s.DOTS, {"k0": "2", "k1": "many", "k2": " "}),
        )
    )
    assert inputs["a.doubt."]["value"] == "x" * 15_000
    assert inputs["a.doubt."]["maxLength"] == 15_000, "what is given back must not be cut by the client"
    assert inputs["a.practices.good"]["value"] == "A\nB"
    assert inputs["a.ready."]["value"] == "no"
    assert inputs["a.ready.own"]["value"] == s.NOTE
    assert [inputs[f"a.dots.k{n}"]["value"] for n in range(3)] == ["2", "0", "0"]


def test_a_problem_stands_right_above_its_field_and_the_refusal_on_top() -> None:
    problems = (Problem("practices", "hard", Wrong.TOO_MANY, 7, 5), Problem("practices", "gone", Wrong.NOT_AN_OPTION))
    own = Problem("ready", "own", Wrong.TOO_LONG, 200, 140)
    dots = (Problem("dots", "", Wrong.TOO_MANY_DOTS, 5, 3), Problem("dots", "k1", Wrong.TOO_MANY_DOTS_ON_ONE, 3, 2))
    refused = Refused(Reason.WRONG_ANSWERS, problems=problems)
    card = form(asked(s.PRACTICES, {}, *problems), asked(s.READY, {}, own), asked(s.DOTS, {}, *dots), sentence=refused)
    assert ids_of(card) == ["refusal"]
    order = [part.get("id") or part["inlines"][0]["text"] for part in parts(card) if _problem_or_field(part)]
    assert order == [
        "⚠ This is not one of the options. Please choose from the list.",
        "a.practices.good",
        "⚠ These are 7 entries; at most 5 are taken.",
        "a.practices.hard",
        "a.ready.",
        "⚠ This has 200 characters; at most 140 fit.",
        "a.ready.own",
        "⚠ You gave 5 dots; all together you have 3.",
        "a.dots.k0",
        "⚠ You gave this 3 dots; one item takes at most 2.",
        "a.dots.k1",
        "a.dots.k2",
        "a.dots.k3",
    ]


def _problem_or_field(part: dict[str, object]) -> bool:
    if str(part.get("type", "")).startswith("Input."):
        return True
    inlines = part.get("inlines")
    return isinstance(inlines, list) and len(inlines) == 1 and inlines[0]["text"].startswith("⚠ ")


def test_an_unknown_outcome_is_no_refusal() -> None:
    assert ids_of(form(asked(s.DOUBT), sentence=Spoken(Said.NOT_CONFIRMED))) == ["unconfirmed"]
    assert ids_of(form(asked(s.DOUBT), sentence=Spoken(Said.NOT_STORED))) == ["refusal"]
    assert ids_of(draw(JoinForm(W, s.person(0), None, Spoken(Said.NOT_CONFIRMED)), "en")) == ["unconfirmed"]


def test_the_form_says_who_sees_what_and_quotes_the_challenge_where_asked() -> None:
    text = text_of(form(*(asked(prompt) for prompt in ALL)))
    assert text.count("Your challenge: Challenge **Bold**") == 1
    assert "Think of yours" in text
    assert "Shown with your name. Everybody sees it when the step closes; facilitators and moderators before." in text
    assert "Kept with your name; the board shows only how many. Everybody sees it at once." in text
    assert "Anonymous: nobody ever sees who wrote it. Everybody sees it when the facilitator reveals it" in text
    assert "Results show from 3 answers on." in text
    assert "An answer is needed here." in text
    assert "Open until {{TIME(" in text
    without = draw(AnswerForm(W, s.place(2), s.person(0), (asked(s.PICKED),)), "en")
    assert "Your challenge" not in text_of(without)
    assert "Open until" not in text_of(without), "the form of another step than the open one"


@pytest.mark.parametrize(("language", "own", "shared"), [
    ("en", "Please write in your own language.", "Please write in the language of the workshop: English."),
    ("pl", "Proszę pisać we własnym języku.", "Proszę pisać w języku warsztatu: angielski."),
])
def test_each_question_that_wants_words_says_in_which_language(language: str, own: str, shared: str) -> None:
    for prompt, n in ((s.PRACTICES, 1), (s.DOUBT, 1), (s.READY, 1), (s.DOTS, 0)):
        assert text_of(form(asked(prompt), language=language)).count(own) == n, prompt.id
        theirs = replace(prompt, write_in=WriteIn.WORKSHOP)
        assert text_of(form(asked(theirs), language=language)).count(shared) == n, prompt.id
    alone = replace(W, plan=replace(W.plan, languages=("en",)))
    assert own not in text_of(form(asked(s.DOUBT), w=alone)), "there is no other language"


def test_withdrawing_is_offered_to_those_who_answered_and_needs_no_right_field() -> None:
    assert "withdraw" not in buttons_of(form(asked(s.WORDS)))
    card = form(asked(s.WORDS), answered=True)
    button = next(part for part in parts(card) if part.get("data", {}).get("verb") == "withdraw")
    assert button["associatedInputs"] == "none"
    assert button["data"]["step"] == 0


def test_options_that_teams_would_read_signs_in_stand_whole_above_their_choices() -> None:
    card = checked(form(asked(s.PICKED)))
    assert f"1. {s.NOTE[:10]}" in text_of(card)
    titles = [choice["title"] for choice in inputs_of(card)["a.picked."]["choices"]]
    assert titles[0].startswith("1 · Note Bold clickhttps://evil.example Ana DATE")
    assert "1. Yes" not in text_of(form(asked(s.READY)))


def test_what_looks_like_a_list_is_none_in_a_choice() -> None:
    listed = PromptForm(s.READY, (Item("a", as_written("1. one")), Item("b", as_written("- two"))), {})
    titles = [choice["title"] for choice in inputs_of(form(listed))["a.ready."]["choices"]]
    assert titles == ["1 · 1. one", "2 · - two", "Something else (write it below)"]
    assert harmless("1. one") == "\N{WORD JOINER}1. one"
    assert len(harmless("x" * 500)) == 120


def test_marks_do_not_pile_up_over_the_lines_around_them() -> None:
    assert text_of(card([said_by("Z" + "\u0301" * 90 + " ę\u0301 é")])) == "Z" + "\u0301" * 4 + " ę\u0301 é"


def test_a_choice_without_items_has_only_its_own_field_and_a_required_one_says_so() -> None:
    bare = PromptForm(s.READY, (), {})
    assert list(inputs_of(form(bare))) == ["a.ready.own"]
    must = replace(s.PICKED, required=True)
    assert inputs_of(form(asked(must)))["a.picked."]["errorMessage"] == "Please choose one."


def test_something_else_is_an_option_where_one_only_can_be_given() -> None:
    titles = {choice["value"]: choice["title"] for choice in inputs_of(form(asked(s.READY)))["a.ready."]["choices"]}
    assert titles["*"] == "Something else (write it below)"
    for other in (replace(s.READY, rules=replace(s.READY.rules, most=2)), s.PICKED):
        choices = inputs_of(form(asked(other)))[f"a.{other.id}."]["choices"]
        assert "*" not in [choice["value"] for choice in choices]
    mine = form(asked(s.READY, {"": "*", "own": "mine too", "was": "mine"}), asked(s.DOUBT))
    assert inputs_of(mine)["a.ready."]["value"] == "*"
    assert buttons_of(mine)["submit"]["a.ready.was"] == "mine"
    assert "a.ready.was" not in buttons_of(form(asked(s.READY)))["submit"]


def test_items_of_a_prompt_that_has_no_fields_for_them_stand_above_it() -> None:
    card = checked(form(PromptForm(s.DOUBT, s.carried(2), {})))
    assert "1. Note" in text_of(card)
    assert "from 2 people" in text_of(card)


SEEN = {
    "practices": "Everybody sees this when the step closes.",
    "doubt": "Everybody sees this when the step closes.",
    "ready": "Everybody sees the result at once.",
    "dots": "Everybody sees the result when the step closes.",
    "picked": "Everybody sees the result when a facilitator shows it.",
    "words": "Everybody sees this when the step closes.",
    "noted": "Everybody sees this when the step closes.",
}
"""When others see an answer to each of the sample's questions."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_prepared_of_a_receipt_is_what_the_typed_elements_make_of_it(language: str) -> None:
    say = words(language)
    for values in (s.VALUES, {}, s.VALUES):  # the second drawing of a part is another than the first
        recorded = tuple(Recorded(prompt, W.items.get(prompt.id, ()), values.get(prompt.id)) for prompt in ALL)
        told = el.line(say("✓ Your answer is recorded. This is what is stored:"), weight="Bolder")
        body: list[el.Element] = [el.box([told], style="good", id="receipt")]
        for one in recorded:
            asks = in_language(one.prompt.text, language, W.language)
            lines: list[el.Element] = [el.line(asks, weight="Bolder")]
            if one.value is None:
                lines.append(el.line(say("no answer"), subtle=True))
            else:
                lines += PROMPT_CARDS[one.prompt.kind].recorded(one, say, W.language)
                then = say(SEEN[one.prompt.id])
                if one.prompt.anonymous:
                    then += " " + say.plural("Results show from {n} answer on.", "Results show from {n} answers on.", 3)
                lines.append(el.line(then, subtle=True, size="Small", id=f"then.{one.prompt.id}"))
            body.append(el.box(lines, separator=True))
        change = el.submit(say("Change answer"), "change", w=W.id, step=s.place(0).number)
        assert draw(Receipt(W, s.place(0), recorded), language) == el.card(body, [change], language)


@pytest.mark.no_cover
@pytest.mark.parametrize("who", ["", s.NAME])
@pytest.mark.parametrize("prefix", ["", "• ", "3. ", s.EVIL])
@pytest.mark.parametrize("weight", [None, "Bolder"])
@pytest.mark.parametrize("spacing", [None, "Small"])
def test_what_somebody_said_is_a_rich_text_of_runs(
    who: str, prefix: str, weight: el.Weight | None, spacing: el.Spacing | None
) -> None:
    for typed in (s.NOTE, "other words"):
        runs = [el.run(prefix, subtle=True)] if prefix else []
        runs.append(el.run(typed, weight=weight))
        if who:
            runs.append(el.run(f" — {who}", subtle=True, size="Small"))
        made = el.said(typed, who=who, prefix=prefix, weight=weight, spacing=spacing)
        assert el.as_data(made) == el.as_data(el.rich(*runs, spacing=spacing))
        assert el.card([made]) == el.card([el.rich(*runs, spacing=spacing)])


def test_the_receipt_repeats_word_for_word() -> None:
    values: dict[str, Value] = {
        "ready": {"chosen": ["no", "gone"], "own": s.NOTE},
        "dots": {"dots": {"k1": 2}},
        "practices": {"hard": [s.NOTE, "two"]},
    }
    recorded = tuple(
        Recorded(p, W.items.get(p.id, ()), values.get(p.id)) for p in (s.READY, s.DOTS, s.PRACTICES, s.DOUBT)
    )
    card = checked(draw(Receipt(W, s.place(0), recorded), "en"))
    assert ids_of(card) == ["receipt"]
    text = text_of(card)
    assert f"Are you ready?\n• No\n• {s.NOTE}\n" in text
    assert f"2 dots · {s.NOTE} 1\n" in text
    assert f"Hard\n• {s.NOTE}\n• two\n" in text
    assert text.endswith("What do you doubt?\nno answer")
    assert buttons_of(card) == {"change": {"verb": "change", "w": "w1", "step": 0}}
    nothing = Recorded(s.DOTS, (Item("k9", as_written("?")),), {"dots": None})
    damaged = Recorded(s.READY, (), {"chosen": None, "own": ""})
    checked(draw(Receipt(W, s.place(0), (nothing, damaged)), "en"))


def test_joining_begins_with_the_notice_and_keeps_what_was_typed() -> None:
    person = s.person(0, language="pl", institution="Town", country="PL", role="Clerk", challenge="x" * 400)
    card = checked(draw(JoinForm(W, person, 3, Refused(Reason.TOO_LONG, {"field": "challenge"})), "en"))
    text = text_of(card)
    for said in (
        "What is stored:",
        "Why:",
        "Who sees it:",
        "How long: 60 days",
        "Anonymous answers:",
        "Your form comes next",
    ):
        assert said in text
    inputs = inputs_of(card)
    assert {name: field.get("value") for name, field in inputs.items()} == {
        "language": "pl",
        "institution": "Town",
        "country": "PL",
        "role": "Clerk",
        "challenge": "x" * 400,
    }
    assert [choice["title"] for choice in inputs["language"]["choices"]] == ["English", "Polski", "Български"]
    assert inputs["challenge"]["maxLength"] > 280 + 1000
    assert [inputs[name]["placeholder"] for name in ("role", "challenge")] == [
        "At most 140 characters",
        "At most 280 characters",
    ]
    assert ids_of(card) == ["refusal"]
    assert buttons_of(card) == {"joined": {"verb": "joined", "w": "w1", "step": 3}}


def test_joining_offers_the_readers_language_else_one_that_there_is() -> None:
    plain = draw(JoinForm(W, s.person(0, language="")), "pl")
    assert inputs_of(plain)["language"]["value"] == "pl"
    only = replace(W, plan=replace(s.PLAN, languages=("pl",)))
    assert inputs_of(draw(JoinForm(only, s.person(0, language="")), "en"))["language"]["value"] == "pl"
    none = replace(W, plan=replace(s.PLAN, languages=("xx",)))
    assert inputs_of(draw(JoinForm(none, s.person(0)), "en"))["language"]["value"] == "en"
    assert buttons_of(plain) == {"joined": {"verb": "joined", "w": "w1"}}


def test_dialogs_have_titles() -> None:
    assert title_of(AnswerForm(W, s.place(0), s.person(0), ()), "en") == "Collect"
    assert title_of(Receipt(W, s.place(0), ()), "en") == "Recorded"
    assert title_of(JoinForm(W, s.person(0)), "en") == "Join the workshop"
    long = replace(s.place(0), step=replace(s.place(0).step, title={"en": "T" * 140}))
    assert len(title_of(AnswerForm(W, long, s.person(0), ()), "en")) == 60


def test_lengths_that_are_whole_numbers_are_written_as_such() -> None:
    drawn = el.card([el.teams.ColumnSet(columns=[el.teams.Column(items=[], width=width) for width in (2.0, 1.5)])])
    assert json.dumps([column["width"] for column in drawn["body"][0]["columns"]]) == "[2, 1.5]"
