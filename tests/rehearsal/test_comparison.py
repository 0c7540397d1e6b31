"""The comparison finds every way in which a board can differ from what people were told was kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rehearsal.asked import asked_in
from rehearsal.comparison import Verdict, compare, posted
from rehearsal.participant import Submitted
from rehearsal.question import Asked
from rehearsal.reading import all_fields, fill
from rehearsal.shown import read_board
from rehearsal.wording import cleaned

Body = dict[str, Any]
NAMES = {"p1": "Jan Nowak", "p2": "Līga Ozola", "p3": "Nagy Zsófia"}
FRUIT = (("k1", "apples"), ("k2", "pears"), ("k3", "plums"))


def rich(*runs: str) -> Body:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": run} for run in runs]}


def bold(text: str) -> Body:
    return {"type": "TextBlock", "text": text, "weight": "Bolder"}


def note(words: str, who: str = "") -> Body:
    return rich("• ", words, *([f" — {who}"] if who else []))


def bar(label: str, number: str) -> Body:
    return {"type": "Container", "items": [rich(label, f"  {number}")]}


def page(prompt: str, *body: Body, number: int = 0, pages: int = 1) -> Body:
    data = {"verb": "board", "w": "w1", "prompt": prompt, "number": number, "pages": pages, "page": number}
    heading = {"type": "TextBlock", "text": "Knowledge", "weight": "Bolder", "style": "heading"}
    return {
        "type": "AdaptiveCard", "version": "1.5", "lang": "en",
        "body": [rich("A workshop"), heading, bold("What?"), *body],
        "actions": [{"type": "Action.Submit", "title": "Refresh", "data": data}],
    }


def submitted(person: str, *asked: Asked, step: str = "1") -> Submitted:
    prompts = tuple(dict.fromkeys(one.prompt for one in asked))
    values = {f"a.{one.prompt}.{one.part}": one.value for one in asked if one.value}
    return Submitted(person, "w1", step, "knowledge", prompts, values, 0.0, asked)


def text(value: str, prompt: str = "T") -> Asked:
    return Asked(prompt, "text", "", value, lines=True)


def notes(value: str, column: int = 0) -> Asked:
    return Asked("N", "notes", "ab"[column], value, lines=True, column=column)


def vote(key: str, dots: str) -> Asked:
    return Asked("V", "vote", key, dots, items=((key, dict(FRUIT)[key]),))


def choice(value: str, language: str = "en", own: str = "") -> tuple[Asked, Asked]:
    items = tuple((key, words if language == "en" else f"{words} po polsku") for key, words in FRUIT)
    chosen = Asked("C", "choice", "", value, items=items, language=language)
    return chosen, Asked("C", "choice", "own", own, language=language)


def check(given: list[Submitted], *pages: Body, unsure: tuple[Submitted, ...] = ()) -> Verdict:
    return compare(given, unsure, read_board(pages), NAMES)


TEXTS = [
    submitted("p1", text("One  thing ")), submitted("p2", text("Another\n\n\n\nthing")), submitted("p3", text("X")),
]


def test_equal_texts_are_equal() -> None:
    verdict = check(TEXTS, page("T", note("One thing", "Jan Nowak"), note("Another\n\nthing")), page("T", note("X")))
    assert verdict.wrong == ()
    assert verdict.compared == {"T": 3}


@pytest.mark.parametrize(("shown", "wrong"), [
    (("One thing", "X"), ("missing 'another thing'",)),
    (("One thing", "Another\n\nthing", "X", "X"), ("too much 'x'",)),
    (("One thing", "Another\n\nthing", "X ×2"), ("too much 'x'",)),
    (("One thinq", "Another\n\nthing", "X"), ("missing 'one thing'", "too much 'one thinq'", "in just these letters")),
    (("One thing", "Another\n\nthing", "X", "Hello"), ("too much 'hello'", "nobody wrote 'Hello'")),
    (("One thing", "Another thing", "X"), ("nobody wrote 'Another thing' in just these letters",)),
    (("One thing", "Another\n\nthing", "x"), ("nobody wrote 'x' in just these letters",)),
    ((), ("missing 'one", "missing 'another", "missing 'x'")),
])
def test_texts_that_differ(shown: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    verdict = check(TEXTS, page("T", *(note(words) for words in shown)))
    assert len(verdict.wrong) == len(wrong)
    for sentence, part in zip(verdict.wrong, wrong, strict=True):
        assert part in sentence


def test_the_wrong_signature_is_seen() -> None:
    verdict = check(TEXTS, page("T", note("One thing", "Līga Ozola"), note("Another\n\nthing"), note("X")))
    assert [sentence for sentence in verdict.wrong if "signed 'Līga Ozola'" in sentence] == list(verdict.wrong) != []


@pytest.mark.parametrize(("group", "signed", "right"), [
    (0, "Wszyscy razem", True), (0, "Everybody together", True), (0, "Līga Ozola", False), (0, "Grupa 1", False),
    (2, "2. csoport", True), (2, "Group 1", False), (2, "Wszyscy razem", False),
])
def test_a_group_signs_by_its_number_and_all_together_without(group: int, signed: str, right: bool) -> None:
    verdict = check([submitted("p1", replace(text("Ours"), group=group))], page("T", note("Ours", signed)))
    assert [sentence for sentence in verdict.wrong if "is signed" in sentence] == list(verdict.wrong)
    assert bool(verdict.wrong) != right


def test_only_the_last_of_a_person_counts() -> None:
    given = [*TEXTS, submitted("p3", text("Y"))]
    kept = (note("One thing"), note("Another\n\nthing"))
    assert check(given, page("T", *kept, note("Y"))).wrong == ()
    assert check(given, page("T", *kept, note("X"), note("Y"))).wrong[0] == "T: too much 'x'"


def test_an_unsure_answer_may_count_or_not_and_nothing_else() -> None:
    unsure = submitted("p3", text("Y"), text("second", "U"))
    kept = (note("One thing"), note("Another\n\nthing"))
    before = page("T", *kept, note("X"))
    after = page("T", *kept, note("Y"))
    assert check(TEXTS, before, unsure=(unsure,)).wrong == ()
    assert check(TEXTS, after, page("U", note("second")), unsure=(unsure,)).wrong == ()
    both = check(TEXTS, page("T", *kept, note("X"), note("Y")), unsure=(unsure,))
    assert both.wrong
    neither = check(TEXTS, page("T", *kept), unsure=(unsure,))
    assert neither.wrong


def test_notes_by_column_and_folded_together() -> None:
    given = [
        submitted("p1", notes(" soup \nsoup\n\nbread"), notes("water", 1)),
        submitted("p2", notes("Soup."), notes("", 1)),
        submitted("p3", notes("cheese ×2")),
    ]
    first = (bold("Eat"), note("soup ×2", "Jan Nowak, Līga Ozola"), note("bread"), note("cheese ×2"))
    good = page("N", *first, bold("Drink"), note("water"))
    assert check(given, good).wrong == ()
    assert check(given, good).compared == {"N": 5}
    elsewhere = page("N", *first, note("water"), bold("Drink"))
    assert len(check(given, elsewhere).wrong) == 2
    once = page("N", bold("Eat"), note("soup"), note("bread"), note("cheese ×2"), bold("Drink"), note("water"))
    assert check(given, once).wrong == ("N: missing 'soup'",)
    other = (bold("Eat"), note("SOUP ×2"), note("bread"), note("cheese ×2"), bold("Drink"), note("water"))
    assert "nobody wrote 'SOUP'" in check(given, page("N", *other)).wrong[0]


VOTES = [
    submitted("p1", vote("k1", "2"), vote("k2", "1"), vote("k3", "")),
    submitted("p2", vote("k1", "1"), vote("k2", "0"), vote("k3", "")),
    submitted("p3", vote("k1", "0"), vote("k2", "1"), vote("k3", "")),
]


def test_dots_are_counted() -> None:
    good = page("V", bar("1. apples", "3 dots · from 2 people"), bar("2. pears", "2 dots"), bar("3. plums", "0 dots"))
    assert check(VOTES, good).wrong == ()
    more = page("V", bar("1. apples", "4 dots"), bar("2. pears", "2 dots"), bar("3. plums", "0 dots"))
    assert check(VOTES, more).wrong == ("V: missing 'k1' with 3", "V: too much 'k1' with 4")
    swapped = page("V", bar("1. apples", "2 dots"), bar("2. pears", "3 dots"), bar("3. plums", "0 dots"))
    assert len(check(VOTES, swapped).wrong) == 4
    less = page("V", bar("1. apples", "3 dots"), bar("2. pears", "2 dots"))
    assert check(VOTES, less).wrong == ("V: missing 'k3' with 0",)
    other = page("V", bar("1. apples", "3 dots"), bar("2. bears", "2 dots"), bar("3. plums", "0 dots"))
    assert check(VOTES, other).wrong == ("V: missing 'k2' with 2", "V: too much 'bears' with 2")


def test_choices_in_any_language_and_own_words() -> None:
    given = [
        submitted("p1", *choice("k1,k2", "pl")),
        submitted("p2", *choice("k1", "en")),
        submitted("p3", *choice("", "en", own="Cherries")),
    ]
    bars = [bar("apples", "2 votes · 67%"), bar("pears", "1 vote"), bar("plums", "0 votes")]
    own = bar("Cherries (own words)", "1 vote")
    assert check(given, page("C", *bars, own)).wrong == ()
    assert check(given, page("C", *bars)).wrong == ("C: missing 'cherries' with 1",)
    assert len(check(given, page("C", *bars, bar("Cherrys (own words)", "1 vote"))).wrong) == 2
    assert len(check(given, page("C", *bars, bar("Cherries (own words)", "2 votes"))).wrong) == 2


def test_own_words_that_are_an_option_count_for_it() -> None:
    given = [submitted("p1", *choice("k1", own="Apples ")), submitted("p2", *choice("", own="PEARS."))]
    bars = [bar("apples", "1 vote"), bar("pears", "1 vote"), bar("plums", "0 votes")]
    assert check(given, page("C", *bars)).wrong == ()
    assert check(given, page("C", *bars, bar("PEARS (own words)", "1 vote"))).wrong == ("C: too much 'pears' with 1",)


def test_what_a_card_does_so_that_nothing_is_read_into_words_makes_no_difference() -> None:
    given = [submitted("p1", text("<at>all</at> {{DATE()}} <b> <at"))]
    assert check(given, page("T", note("‹at›all‹/at› {\u2060{DATE()}} <b> ‹at"))).wrong == ()
    assert check(given, page("T", note("all {{DATE()}} <b>"))).wrong != ()


def test_too_few_answers_show_nothing_and_what_nobody_gave_is_foreign() -> None:
    named = [submitted("p1", text("secret")), submitted("p2", text("secret too"))]
    assert len(check(named, page("T")).wrong) == 2, "only what is anonymous stays unseen"
    few = [replace(one, asked=tuple(replace(asked, anonymous=True) for asked in one.asked)) for one in named]
    assert check(few, page("T")).wrong == ()
    assert len(check(few, page("T", note("secret"))).wrong) == 1
    (foreign,) = check([], page("T", note("Boo"))).wrong
    assert foreign == "T: 'Boo' is on the board, and nobody was told that it was kept"
    assert len(check([], page("V", bar("apples", "2 dots"), bar("pears", "0 dots"))).wrong) == 1


def in_case(card: Body, case: str) -> Body:
    return {**card, "actions": [{**one, "data": {**one["data"], "case": case}} for one in card["actions"]]}


def test_what_was_said_in_one_case_is_looked_for_in_that_case() -> None:
    given = [replace(one, case=case) for one, case in zip(TEXTS, ("c1", "c2", "c1"), strict=True)]
    again = replace(submitted("p2", text("Only here")), case="c1")
    first = page("T", note("One thing"), note("X"), note("Only here"))
    second = page("T", note("Another\n\nthing"))
    right = check([*given, again], in_case(first, "c1"), in_case(second, "c2"))
    assert (right.wrong, right.compared) == ((), {"T#c1": 3, "T#c2": 1})
    swapped = check([*given, again], in_case(first, "c2"), in_case(second, "c1"))
    assert "T#c1: missing 'one thing'" in swapped.wrong
    together = check([*given, again], page("T", note("Another\n\nthing"), note("One thing"), note("X")))
    assert "T#c2: missing 'another thing'" in together.wrong


def test_a_form_that_nobody_filled_in_in_the_language_of_the_board() -> None:
    filled = Asked("F", "form", "b", "Soup", column=1, language="pl", label="Drugie (do 140 znaków)")
    given = [submitted("p1", filled)]
    assert check(given, page("F", rich("Second: ", "Soup"))).wrong == ()
    assert len(check(given, page("F", rich("Second: ", "Bread"))).wrong) == 2
    first = replace(filled, part="a", column=0, value="Soup")
    both = [*given, submitted("p2", first, replace(filled, value="Bread"))]
    right = [rich("Second: ", "Soup"), rich("First: ", "Soup"), rich("Second: ", "Bread")]
    assert check(both, page("F", *right)).wrong == ()
    assert check(both, page("F", *right[:2], rich("Third: ", "Bread"))).wrong != ()


def test_a_page_without_a_prompt_holds_nothing() -> None:
    card = page("T", note("X"))
    assert read_board([replace_actions(card, [])]) == {}


def replace_actions(card: Body, actions: list[Body]) -> Body:
    return {**card, "actions": actions}


def test_people_remember_what_a_form_called_its_items() -> None:
    card = {"type": "AdaptiveCard", "lang": "pl", "body": [
        rich("1. ", "a *starry* apple"), rich("2. ", "a pear"),
        {"type": "Input.ChoiceSet", "id": "a.C.", "label": "Choose", "choices": [
            {"title": "1. a starry apple", "value": "k1"}, {"title": "2. a pear", "value": "k2"},
        ]},
        {"type": "Input.Text", "id": "a.C.own", "label": "Own"},
        {"type": "ColumnSet", "columns": [
            {"type": "Column", "items": [rich("1. ", "plums")]},
            {"type": "Column", "items": [{"type": "Input.ChoiceSet", "id": "a.V.k3", "label": "Dots for item 1",
                                          "choices": [{"title": "0", "value": "0"}, {"title": "1", "value": "1"}]}]},
        ]},
        {"type": "Input.Text", "id": "a.N.b", "label": "Second", "isMultiline": True},
        {"type": "Input.Text", "id": "elsewhere", "label": "Of no prompt"},
    ]}
    hints = {"prompts": [
        {"id": "C", "kind": "choice"}, {"id": "V", "kind": "vote"}, {"id": "N", "kind": "notes", "columns": ["a", "b"]},
    ]}
    fields = fill(all_fields(card), {"a.C.": "k1", "a.V.k3": "1", "a.N.b": "water"})
    assert asked_in(card, fields, hints) == (
        Asked(
            "C", "choice", "", "k1", items=(("k1", "a *starry* apple"), ("k2", "a pear")), language="pl", label="Choose"
        ),
        Asked("C", "choice", "own", "", language="pl", label="Own"),
        Asked("V", "vote", "k3", "1", items=(("k3", "plums"),), language="pl", label="Dots for item 1"),
        Asked("N", "notes", "b", "water", lines=True, column=1, language="pl", label="Second"),
    )


def test_something_else_is_no_item_of_a_form() -> None:
    choices = [{"title": "One", "value": "k1"}, {"title": "Something else", "value": "*"}]
    card = {"type": "AdaptiveCard", "lang": "en", "body": [
        {"type": "Input.ChoiceSet", "id": "a.C.", "label": "Which?", "choices": choices},
        {"type": "Input.Text", "id": "a.C.own", "label": "Own"},
    ]}
    fields = fill(all_fields(card), {"a.C.": "*", "a.C.own": "mine"})
    chosen, own = asked_in(card, fields, {"prompts": [{"id": "C", "kind": "choice", "other": "*"}]})
    assert (chosen.items, chosen.value, own.value) == ((("k1", "One"),), "", "mine")


def test_what_a_form_quotes_is_no_item_of_it() -> None:
    quotation = {"type": "Container", "style": "emphasis", "items": [rich("2. Ask the director", "")]}
    states = [{"title": "in place", "value": "in_place"}]
    card = {"type": "AdaptiveCard", "lang": "en", "body": [
        rich("1. grupa", ": Anna"), quotation,
        {"type": "Input.ChoiceSet", "id": "a.L.legal", "label": "Legal basis", "choices": states},
    ]}
    fields = fill(all_fields(card), {"a.L.legal": "in_place"})
    (asked,) = asked_in(card, fields, {"prompts": [{"id": "L", "kind": "checklist"}]})
    assert asked.items == (("legal", "Legal basis"),)


@pytest.mark.parametrize(("typed", "kept"), [
    ("  a \t b  ", "a b"), ("a\r\nb\rc", "a\nb\nc"), ("a\n\n\n\nb", "a\n\nb"), ("e\u0301", "é"),
    ("a\u202eb\u200f", "ab"), ("a\x00b\x07", "ab"), ("👩\u200d🔬", "👩\u200d🔬"), ("\n \n", ""),
    ("<at>all</at> {{DATE()}}", "<at>all</at> {{DATE()}}"),
])
def test_words_are_cleaned_as_a_reader_would(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


def test_a_changed_submit_is_another() -> None:
    changed = replace(TEXTS[0], asked=(text("Else"),))
    assert check([changed, *TEXTS[1:]], page("T", note("One thing"), note("Another\n\nthing"), note("X"))).wrong


LONG = "x" * 300


@pytest.mark.parametrize(("body", "wrong"), [
    ((note("One"), note("x" * 279 + "…"), bar("1. apples", "3 dots")), []),
    ((note("One"), note("x" * 278 + "y…"), bar("1. apples", "3 dots")), ["is on no page"]),
    ((note("Onf"), note("One"), bar("1. apples", "2 dots")), ["'Onf' is on no page", "'apples' has 2"]),
    ((note(LONG),), []),
    ((note("One"), note("Three"), note("Three ×3")), ["'Three ×3' is on no page"]),
    ((note("Two"), bar("an option in another language", "7 votes")), ["nothing of what was said to T"]),
])
def test_the_posted_card_says_nothing_else_than_the_pages(body: tuple[Body, ...], wrong: list[str]) -> None:
    shown = read_board([
        page("T", note("One"), note("Three ×2"), note(LONG)),
        page("U", note("Two")) if wrong[:1] == ["nothing of what was said to T"]
        else page("V", bar("1. apples", "3 dots")),
    ])
    found = posted(page("", *body), shown)
    assert len(found) == len(wrong)
    for sentence, part in zip(found, wrong, strict=True):
        assert part in sentence
