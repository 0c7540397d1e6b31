"""What moderators write of entries in other languages: who reads it, and what becomes of it when the entry changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.workshop.paper import ANNA, Paper, names, reason
from tests.workshop.session import DOTS, ONE_COLUMN, OPTIONS, TEXT, asks, plan_of, step
from workshop import commands as c
from workshop.plan import Source, in_language
from workshop.prompts.commitment import CommitmentRules
from workshop.prompts.form import FormField, FormRules
from workshop.prompts.notes import NotesResult
from workshop.prompts.words import WordsRules
from workshop.refusals import Reason, Refused
from workshop.spotlight import spotlight
from workshop.tally import highlights
from workshop.translating import in_all_languages, lacking
from workshop.translations import Whose, first_into, labelled, limit_of

FORM = FormRules((FormField("what", {"en": "What"}, 500, True, False),))
PLAN = replace(
    plan_of(
        [
            step(
                "notes",
                asks("N", "notes", ONE_COLUMN),
                asks("A", "notes", ONE_COLUMN, anonymous=True),
                asks("T", "text", TEXT),
                asks("F", "form", FORM),
                asks("C", "commitment", CommitmentRules(2, 0, True)),
                asks("W", "words", WordsRules(3, 60)),
            ),
            step("vote", asks("V", "vote", DOTS, Source("N"))),
        ],
        [step("own", asks("O", "choice", replace(OPTIONS, own=True)))],
        [],
        [],
    ),
    languages=("en", "lv", "pl"),
)
COMMITS = {"1.what": "ask", "1.by": date(2026, 1, 2).isoformat(), "shown": "true"}


def written() -> Paper:
    paper = Paper(PLAN).opens().joins("ivan", "eva", "ola").starts()
    paper.says("ivan", N=["open days", "mentors"], A=["secret"], T="a long\nstory", F={"what": "this"}, C=COMMITS)
    paper.says("eva", N=["Open days", "desks"], A=["other"], W="cloud")
    paper.says("ola", A=["third"])
    return paper


def into(
    paper: Paper, prompt: str, who: str, said: str, words: str, language: str = "lv", was: str = "", by: str = ANNA
) -> object:
    entries = (paper.entry(prompt, who, said),)
    command = c.TranslateEntry(workshop="w1", by=by, entries=entries, language=language, words=words, was=was)
    return paper.do(command)


def read(paper: Paper, prompt: str, language: str = "lv") -> list[str]:
    """The notes of a prompt as a reader of this language sees them, once revealed."""
    result = paper.shown(prompt).result
    assert isinstance(result, NotesResult)
    return [first_into((note.into,), language) or note.words for note in result.columns[0].notes]


def test_readers_of_the_language_see_it_first_and_the_original_stays() -> None:
    paper = written()
    assert names(into(paper, "N", "ivan", "mentors", "  mentori \u202e ")) == ["EntryTranslated"]  # type: ignore[arg-type]
    assert into(paper, "N", "ivan", "mentors", "mentori", was="mentori") == (), "twice is once"
    paper.closes()
    assert read(paper, "N") == ["open days", "mentori", "Open days", "desks"]
    assert read(paper, "N", "pl") == ["open days", "mentors", "Open days", "desks"]
    assert paper.shown("N").result.columns[0].notes[1].words == "mentors"  # type: ignore[union-attr]
    paper.themes("N", People=["mentors"])
    theme = paper.shown("N").result.columns[0].themes[0]  # type: ignore[union-attr]
    assert theme.notes[0].into == {"lv": "mentori"}, "in its theme too"
    into(paper, "N", "ivan", "mentors", "opiekunowie", "pl")
    assert (read(paper, "N")[1], read(paper, "N", "pl")[1]) == ("mentori", "opiekunowie")
    into(paper, "N", "ivan", "mentors", "", was="mentori")
    assert (read(paper, "N")[1], read(paper, "N", "pl")[1]) == ("mentors", "opiekunowie"), "the other one stays"
    into(paper, "N", "ivan", "mentors", "", "pl", was="opiekunowie")
    assert paper.w.translations == {}


def test_what_is_hidden_has_no_translation_for_anybody() -> None:
    paper = written().closes()
    into(paper, "N", "ivan", "mentors", "mentori")
    paper.hides(paper.entry("N", "ivan", "mentors"))
    assert "mentori" not in str(paper.board().stages)
    assert "mentori" not in str(paper.board(everything=True).stages)
    paper.restores(paper.entry("N", "ivan", "mentors"))
    assert read(paper, "N")[1] == "mentori"


def test_not_revealed_and_too_few_say_nothing_in_any_language() -> None:
    paper = written()
    into(paper, "A", "ivan", "secret", "noslēpums")
    into(paper, "N", "ivan", "mentors", "mentori")
    assert "mentori" not in str(paper.board().stages)
    paper.closes().allows_late()
    assert "noslēpums" in read(paper, "A")
    paper.withdraws("eva")
    assert paper.shown("A").result is None
    assert reason(into(paper, "A", "ivan", "secret", "slepeni", was="noslēpums")) == Reason.UNKNOWN_ENTRY  # type: ignore[arg-type]


@pytest.mark.parametrize("change", ["anew", "withdrawn", "left out"])
def test_what_its_author_changes_has_no_translation_any_more(change: str) -> None:
    paper = written()
    into(paper, "N", "ivan", "mentors", "mentori")
    into(paper, "N", "ivan", "open days", "atvērtās durvis")
    into(paper, "N", "eva", "desks", "galdi")
    into(paper, "A", "ivan", "secret", "noslēpums")
    match change:
        case "anew":
            happened = paper.says("ivan", N=["open days", "Mentors!"], A=["secret"], T="another")
            left = {"atvērtās durvis", "galdi", "noslēpums"}
        case "left out":
            happened = paper.says("ivan", T="another")
            left = {"galdi"}
        case _:
            happened = paper.withdraws("ivan")
            left = {"galdi"}
    assert names(happened)[-1] == "TranslationsLost"  # type: ignore[arg-type]
    assert {one.words for found in paper.w.translations.values() for one in found.into.values()} == left
    again = paper.says("eva", N=["Open days", "desks"], A=["other"])
    assert "TranslationsLost" not in names(again), "the same once more loses nothing"  # type: ignore[arg-type]


def test_the_same_words_of_several_people_are_translated_together() -> None:
    paper = written()
    both = (paper.entry("N", "ivan", "open days"), paper.entry("N", "eva", "Open days"), "gone", )
    command = c.TranslateEntry(workshop="w1", by=ANNA, entries=both, language="lv", words="atvērtās durvis")
    assert names(paper.do(command)) == ["EntryTranslated"]  # type: ignore[arg-type]
    paper.withdraws("ivan")
    paper.closes()
    assert read(paper, "N") == ["atvērtās durvis", "desks"]
    assert paper.w.translations[both[1]].whose == Whose("eva")


def test_what_is_wrong_is_said() -> None:
    paper = written()
    assert reason(into(paper, "N", "eva", "desks", "galdi", by="eva")) == Reason.ONLY_MODERATORS  # type: ignore[arg-type]
    assert reason(into(paper, "N", "eva", "desks", "stalai", "lt")) == Reason.UNKNOWN_LANGUAGE  # type: ignore[arg-type]
    assert reason(into(paper, "W", "eva", "cloud", "mākonis")) == Reason.UNKNOWN_ENTRY  # type: ignore[arg-type]
    long = into(paper, "N", "eva", "desks", "ā" * 281)
    assert isinstance(long, Refused) and (long.facts["why"], long.facts["limit"]) == ("long", 280)
    assert names(into(paper, "N", "eva", "desks", "ā" * 280)) == ["EntryTranslated"]  # type: ignore[arg-type]
    late = into(paper, "N", "eva", "desks", "galdi")
    assert isinstance(late, Refused) and (late.facts["why"], late.facts["now"]) == ("changed", "ā" * 280)
    assert limit_of("ő" * 1000) == 1500


def test_every_kind_that_shows_words_shows_their_translation() -> None:
    paper = written()
    for prompt, said in (("T", "a long\nstory"), ("F", "this"), ("C", "ask")):
        into(paper, prompt, "ivan", said, f"{said} lv")
    paper.closes()
    results = {one.prompt.id: one.result for one in paper.board().stages[0].steps[0].prompts}
    assert results["T"].quotes[0].into == {"lv": "a long\nstory lv"}  # type: ignore[union-attr]
    assert results["F"].blocks[0].filled[0].into == {"lv": "this lv"}  # type: ignore[union-attr]
    assert results["C"].shown[0].into == {"lv": "ask lv"}  # type: ignore[union-attr]
    paper.next().next()
    paper.says("ivan", O={"": "", "own": "Perhaps"})
    into(paper, "O", "ivan", "Perhaps", "Varbūt")
    paper.closes()
    bars = paper.shown("O").result.bars  # type: ignore[union-attr]
    assert [in_language(bar.label, "lv") for bar in bars] == ["Yes", "No", "Varbūt (Perhaps)"]


def test_what_is_put_to_a_vote_is_read_in_the_readers_language() -> None:
    paper = written()
    into(paper, "N", "eva", "desks", "galdi")
    assert "galdi (desks)" in [in_language(one.label, "lv") for one in highlights(paper.board(True).stages[0], 9)]
    paper.next()
    items = in_all_languages(paper.w, paper.w.shown_items("V"))
    assert [in_language(one.label, "lv") for one in items] == ["open days", "mentors", "galdi (desks)"]
    assert paper.items("V") == ["open days", "mentors", "desks"], "kept as it was written"
    paper.dots("ivan", "V", desks=2)
    paper.closes()
    bars = paper.shown("V").result.items  # type: ignore[union-attr]
    assert in_language(bars[0].label, "lv") == "galdi (desks)"
    paper.hides(paper.entry("N", "eva", "desks"))
    assert "galdi" not in str(paper.board().stages[0].steps[1])


def test_a_label_of_the_template_stays_as_it_is() -> None:
    label = {"en": "Yes", "lv": "Jā"}
    assert labelled(label, ("e",), lambda entry: {"lv": "cits"}) is label
    told = {"one": {"lv": "viens"}, "two": {"lv": "divi", "pl": "dwa"}}.get
    found = labelled({"": "1", "lv": "old"}, ("one", "two", "three"), told)
    assert found == {"": "1", "lv": "viens (1)", "pl": "dwa (1)"}


def test_it_is_shown_large_in_the_readers_language_too() -> None:
    paper = written().closes()
    into(paper, "N", "ivan", "mentors", "mentori")
    paper.do(c.SpotlightEntry(workshop="w1", by=ANNA, entry=paper.entry("N", "ivan", "mentors")))
    light = spotlight(paper.w, paper.kept.values())
    assert light is not None and (light.words, light.into) == ("mentors", {"lv": "mentori"})


def test_a_page_of_the_board_has_room_for_both() -> None:
    paper = written()
    paper.closes()
    before = {one.prompt.id: one.result.per_page for one in paper.board().stages[0].steps[0].prompts if one.result}
    for prompt, said in (("N", "mentors"), ("T", "a long\nstory")):
        into(paper, prompt, "ivan", said, "ā" * 280)
    after = {one.prompt.id: one.result.per_page for one in paper.board().stages[0].steps[0].prompts if one.result}
    assert after["N"] == before["N"] // 2 and before["T"] == after["T"] == 30


def test_a_theme_is_called_as_a_moderator_called_it() -> None:
    paper = written().themes("N", People=["mentors", "desks"])
    into(paper, "N", "ivan", "mentors", "mentori")
    paper.next()
    items = in_all_languages(paper.w, paper.w.shown_items("V"))
    assert [in_language(one.label, "lv") for one in items] == ["People", "open days"]
    assert lacking(paper.w, items, paper.kept.values()) == {}, "everybody reads English"


def test_what_not_everybody_can_read_is_counted_by_language() -> None:
    paper = Paper(PLAN).opens().joins("ivan", "eva").joins("liga", language="lv").joins("pia", "olek", language="pl")
    paper.starts()
    paper.says("ivan", N=["desks"], A=["anon 1"], T="no item")
    paper.says("liga", N=["galdi", "Desks"], A=["anon 2"])
    paper.says("pia", N=["biurka"], A=["anon 3"])
    paper.next()
    items = paper.w.shown_items("V")

    def lacks() -> dict[str, int]:
        return dict(lacking(paper.w, items, paper.kept.values()))

    assert lacks() == {"en": 2, "lv": 1, "pl": 2}
    into(paper, "N", "pia", "biurka", "galdi divi")
    into(paper, "N", "pia", "biurka", "desks two", "en")
    assert lacks() == {"en": 1, "pl": 2}
    into(paper, "N", "ivan", "desks", "biurka", "pl")
    into(paper, "N", "liga", "galdi", "tables", "en")
    assert lacks() == {"pl": 1}
    options = tuple(replace(item, label={"en": "x"}) for item in items)
    assert lacking(paper.w, options, paper.kept.values()) == {}, "the template's own options have their languages"
