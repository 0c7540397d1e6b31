"""Results as drawings: of every kind, in every scheme, with nothing over anything else and the same content as text."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from drawings import design
from drawings.prompt import PromptPicture, prompt_picture, prompts_picture
from drawings.prompts import DRAWINGS
from locales import words
from tests.drawings.boards import board, items
from tests.drawings.boxes import faults, texts as boxes_of
from tests.drawings.samples import SVG, drawn, squeezed
from workshop.groupwork import Case, GroupName
from workshop.plan import Reveal, as_written
from workshop.prompts import KINDS
from workshop.prompts.choice import Bar, ChoiceResult
from workshop.prompts.commitment import CommitmentResult
from workshop.prompts.figures import figures
from workshop.prompts.form import FormResult
from workshop.prompts.matrix import MatrixResult, Spot
from workshop.prompts.notes import Column, Note, NotesResult
from workshop.prompts.rating import RatingResult
from workshop.prompts.scale import ScaleResult
from workshop.prompts.text import Quote, TextResult
from workshop.prompts.vote import Dots, VoteResult
from workshop.prompts.words import Word, WordsResult
from workshop.tally import PromptBoard

HOSTILE = (
    "<script>alert(1)</script>",
    "'; DROP TABLE answers; -- [x](https://evil.example) {{DATE()}} <at>everyone</at>",
    "😀 🇵🇱 \u202eevil\u202c ]]> &amp; \x00",
    "Ш" * 280,
    "שלום לכולם, מתחילים בקטן.",
    "e" + "\u0301" * 80,
    " ",
)


def pictured(
    shown: PromptBoard, *, language: str = "pl", palette: design.Palette = design.LIGHT, width: float = 960
) -> PromptPicture:
    made = prompt_picture(shown, stage=1, say=words(language), otherwise="en", palette=palette, width=width)
    assert faults(made.svg) == []
    root = ElementTree.fromstring(made.svg)
    assert root[1].text == made.text
    assert float(root.get("height", 0)) == made.height
    return made


def result_of(kind: str, result: object, **changed: object) -> PromptBoard:
    return replace(board(kind, "pl"), result=result, **changed)  # type: ignore[arg-type]


def test_every_kind_has_its_drawing() -> None:
    assert set(DRAWINGS) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_result_is_drawn_and_told_in_every_scheme_and_both_alphabets(kind: str) -> None:
    for language, people, palette in (("pl", 12, design.LIGHT), ("bg", 40, design.DARK), ("pl", 120, design.CONTRAST)):
        shown = board(kind, language, people)
        made = pictured(shown, language=language, palette=palette)
        colours = set(re.findall("#[0-9A-F]{6}", made.svg))
        own = set(re.findall("#[0-9A-F]{6}", repr(palette)))
        assert colours <= own
        assert squeezed(shown.prompt.text[language]) in drawn(made.svg)
        assert shown.prompt.text[language] in made.text
        # What is told of figures is drawn too, and the other way round: every longer drawn word is in the text.
        told = squeezed(made.text)
        missing = [one for one in re.findall(r"\w{7,}", " ".join(texts(made.svg))) if one not in told]
        assert set(missing) <= {"Działanie", "Действие"}
    assert pictured(board(kind, "bg")) == pictured(board(kind, "bg"))
    pictured(board(kind, "pl"), width=480)


def texts(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_may_not_be_seen_is_not_drawn(kind: str) -> None:
    """The board leaves such results out; the drawing then says how many answers there are, and why they do not show."""
    full = board(kind, "pl")
    hidden = replace(full, result=None, why_not="unrevealed", answered=7)
    made = pictured(hidden)
    assert "7 odpowiedzi; będą widoczne po zamknięciu kroku" in made.text
    by_hand = replace(hidden, prompt=replace(full.prompt, reveal=Reveal.BY_FACILITATOR))
    assert "gdy" in pictured(by_hand).text
    few = replace(full, result=None, why_not="few", answered=2, prompt=replace(full.prompt, anonymous=True))
    assert "Anonimowo" in pictured(few).text
    for shown in (made, pictured(few)):
        assert len(shown.text.splitlines()) == 3
        assert len(texts(shown.svg)) <= 6


def test_a_kind_without_a_drawing_is_a_list_of_what_it_came_to() -> None:
    full = board("vote", "pl")
    unknown = replace(full, prompt=replace(full.prompt, kind="mood"), strongest=items("pl"))
    made = pictured(unknown)
    assert "2. Rozmowa z odchodzącym i jedna strona zapisu" in made.text
    assert "2.Rozmowazodchodzącymijednastronazapisu" in drawn(made.svg)


def test_a_cloud_of_two_hundred_words_is_whole_and_long_ones_are_cut_with_a_sign() -> None:
    cloud = tuple(Word(str(at), f"słowo{at} {'żółć' * (at % 4)}".strip(), max(1, 60 - at)) for at in range(200))
    made = pictured(result_of("words", WordsResult(200, cloud)))
    assert all(squeezed(word.words) in drawn(made.svg) for word in cloud)
    sizes = {
        "".join(one.itertext()): float(one.get("font-size", 0))
        for one in ElementTree.fromstring(made.svg).iter(f"{SVG}text")
    }
    assert sizes["słowo0"] > sizes["słowo20"] > sizes["słowo199 żółćżółćżółć"] >= 19
    long = tuple(Word(str(at), "Ш" * (30 * at + 5), 9 - at) for at in range(6))
    made = pictured(result_of("words", WordsResult(9, long)))
    assert "…" in drawn(made.svg)
    assert "Ш" * 155 in made.text
    assert "Brak słów." in pictured(result_of("words", WordsResult(0, ()))).text


@pytest.mark.parametrize("columns", [1, 2, 4])
def test_five_hundred_notes_are_told_and_as_many_drawn_as_one_can_scroll(columns: int) -> None:
    notes = tuple(Note(str(at), "Ź" * 280 if at == 3 else f"Notatka numer {at}", "Ala") for at in range(500))
    found = tuple(Column(str(at), {"pl": f"Kolumna {at}"}, notes if at == 0 else ()) for at in range(columns))
    made = pictured(result_of("notes", NotesResult(500, found)))
    assert "Notatka numer 499" in made.text
    assert "420" in drawn(made.svg)
    assert "Notatkanumer499" not in drawn(made.svg)
    assert drawn(made.svg).count("Ź") == 280


def test_columns_stand_one_below_the_other_where_they_would_break_words() -> None:
    found = tuple(Column(name, {"pl": name}, (Note(name, "Министерство на управлението", ""),)) for name in "ABC")
    for width, beside in ((960.0, True), (480.0, False)):
        drawing = boxes_of(pictured(result_of("notes", NotesResult(3, found)), width=width).svg)
        names = [next(box for box in drawing if box.text == name) for name in "ABC"]
        assert len({box.top for box in names}) == (1 if beside else 3), width
        assert len({box.left for box in names}) == (3 if beside else 1), width
        assert sum(box.text.startswith("Министерство") for box in drawing) == 3, "no word is broken"


def test_equal_notes_are_one_with_how_many_and_whose_they_are() -> None:
    notes = tuple(Note(str(at), "Zaufanie" if at % 2 else " zaufanie ", f"Osoba {at}") for at in range(5))
    text = pictured(result_of("notes", NotesResult(5, (Column("a", {"pl": "x"}, notes),)))).text
    assert "×5" in text
    assert "Osoba 2 …" in text
    assert text.casefold().count("zaufanie") == 1


def test_hostile_words_are_shown_and_do_nothing() -> None:
    quotes = tuple(Quote(str(at), text, text[:20]) for at, text in enumerate(HOSTILE))
    notes = tuple(Note(str(at), text, text[:20]) for at, text in enumerate(HOSTILE))
    dots = tuple(Dots(str(at), as_written(text), at, at, 1) for at, text in enumerate(HOSTILE))
    bars = tuple(Bar(str(at), as_written(text), at, own=True) for at, text in enumerate(HOSTILE))
    for shown in (
        result_of("text", TextResult(7, quotes)),
        result_of("notes", NotesResult(7, (Column("a", {"pl": "x"}, notes), Column("b", {"pl": "y"}, notes)))),
        result_of("vote", VoteResult(7, dots)),
        result_of("choice", ChoiceResult(7, bars)),
        result_of("words", WordsResult(7, tuple(Word(text, text, 1) for text in HOSTILE))),
    ):
        made = pictured(shown)
        tags = {one.tag.removeprefix(SVG) for one in ElementTree.fromstring(made.svg).iter()}
        assert tags <= {"svg", "title", "desc", "rect", "circle", "g", "path", "text", "tspan", "line"}
        assert not any(sign in made.svg + made.text for sign in "\u202e\u202c\x00")
        assert "<script" not in made.svg


def test_bars_are_as_long_as_what_they_show() -> None:
    """One row's words must not make its bar shorter than another's."""
    labels = ("A", "B", "C", "D")
    counts = (200, 100, 1, 0)
    bars = tuple(Bar(label, as_written(label), n) for label, n in zip(labels, counts, strict=True))
    made = pictured(result_of("choice", ChoiceResult(301, bars)))
    found = [
        float(one.get("width", 0))
        for one in ElementTree.fromstring(made.svg).iter(f"{SVG}rect")
        if one.get("height") == "24" and one.get("rx") == "4"
    ]
    assert found[0] == pytest.approx(2 * found[1], abs=0.02)
    assert found[2] == 3
    assert len(found) == 3
    assert found[0] > 350


def test_too_few_for_figures_are_not_given_any() -> None:
    full = board("rating", "pl")
    assert isinstance(full.result, RatingResult)
    few = replace(full.result, people=2, after=figures([4, 9], 1, 10), before=None, shift=None, pairs=2)
    made = pictured(replace(full, result=few))
    assert "mediana" not in made.text
    assert "Odpowiedzi z pierwszego razu nie można pokazać." in made.text
    of_groups = replace(full.prompt, per_group=True)
    assert "grup" in pictured(replace(full, result=few, prompt=of_groups)).text
    assert "grup" in pictured(replace(full, prompt=of_groups)).text
    once = replace(full.prompt, again="")
    assert "Podane liczby" in pictured(replace(full, prompt=once)).text


def test_items_in_the_same_place_stand_beside_each_other() -> None:
    axes = {"pl": "efekt"}, {"pl": "wykonalność"}
    dots = tuple((4, 4) for _ in range(9))
    same = figures([4] * 9, 1, 10)
    spots = tuple(Spot(str(at), as_written(f"Rzecz {at}"), dots, same, same, (False, False), 5, 1) for at in range(20))
    few = Spot("few", as_written("Rzadka"), ((1, 10),), figures([1], 1, 10), figures([10], 1, 10), None, 1, 21)
    full = board("matrix", "pl")
    made = pictured(replace(full, result=MatrixResult(9, (*spots, few), axes, 10)))
    assert "Rzadka: 1 osoba · (1, 10)" in made.text
    pictured(replace(full, result=MatrixResult(9, spots, axes, 10), prompt=replace(full.prompt, per_group=True)))


def test_nothing_asked_about_and_nothing_said_is_no_fault() -> None:
    for kind, empty in (
        ("scale", ScaleResult(0, (), 5)),
        ("matrix", MatrixResult(0, (), ({"pl": "a"}, {"pl": "b"}), 5)),
        ("form", FormResult(0, (), ())),
        ("commitment", CommitmentResult(0, 0, ())),
        ("text", TextResult(0, ())),
        ("vote", VoteResult(0, ())),
        ("choice", ChoiceResult(0, ())),
        ("notes", NotesResult(0, (Column("a", {"pl": "x"}, ()),))),
    ):
        pictured(result_of(kind, empty))


@pytest.mark.parametrize("kind", ["vote", "ranking", "points"])
def test_groups_are_counted_as_groups_and_ties_are_said(kind: str) -> None:
    full = board(kind, "pl")
    tied = tuple(replace(item, place=1) for item in full.result.items)  # type: ignore[union-attr]
    shown = replace(full, result=replace(full.result, items=tied), prompt=replace(full.prompt, per_group=True))  # type: ignore[type-var]
    text = pictured(shown).text
    assert "ex aequo" in text
    assert "grup" in text


def test_a_case_and_a_group_are_named() -> None:
    case = Case("k", as_written("Brak czasu na szkolenia"), "p1")
    quotes = (Quote("1", "Zacząć.", GroupName("group:2/1", 1)), Quote("2", "Skończyć.", GroupName("group:2/1", 2)))
    made = pictured(replace(result_of("text", TextResult(1, quotes)), case=case))
    assert "Brak czasu na szkolenia" in made.text
    assert squeezed("Brak czasu na szkolenia") in drawn(made.svg)
    assert "Zacząć. · Grupa 2\n" in made.text
    assert "Skończyć. · Grupa 2 (" in made.text


def test_a_case_with_its_solutions_is_one_picture() -> None:
    case = Case("k", as_written("Brak czasu na szkolenia"), "p1")
    boards = [replace(board(kind, "pl"), case=case) for kind in ("form", "text", "choice")]
    made = prompts_picture(boards, stage=2, say=words("pl"), otherwise="en")
    assert faults(made.svg) == []
    assert made.text.count("Brak czasu na szkolenia") == drawn(made.svg).count("Brakczasunaszkolenia") == 1
    assert made.text.startswith("Brak czasu")
    for one in boards:
        assert squeezed(one.prompt.text["pl"]) in drawn(made.svg)
        assert one.prompt.text["pl"] in made.text
    two = [boards[0], replace(boards[1], case=replace(case, key="l", label=as_written("Brak zgody")))]
    apart = prompts_picture(two, stage=2, say=words("pl"), otherwise="en").text
    assert "Brak zgody" in apart
    assert "Brak czasu na szkolenia" in apart


def test_a_moderators_translation_stands_first_and_the_original_below_it() -> None:
    into = {"pl": "Dni otwarte"}
    both = (Note("e", "Open days", "Ann", into), Note("f", "Desks", ""))
    notes = NotesResult(2, (Column("c", {"en": "C"}, both, ()),))
    made = pictured(result_of("notes", notes))
    assert "Dni otwarte · tłumaczenie osoby moderującej; w oryginale: Open days · Ann" in made.text.splitlines()
    assert "Open days · Ann" in pictured(result_of("notes", notes), language="lv").text.splitlines()
    text = TextResult(1, (Quote("e", HOSTILE[0], "", {"pl": HOSTILE[4]}),))
    assert f"{HOSTILE[4]} · tłumaczenie" in pictured(result_of("text", text)).text
    form = board("form", "pl").result
    assert isinstance(form, FormResult)
    told = replace(form.blocks[0], filled=(replace(form.blocks[0].filled[0], into=into),))
    assert "Dni otwarte · tłumaczenie" in pictured(result_of("form", replace(form, blocks=(told,)))).text
    made_up = board("commitment", "pl").result
    assert isinstance(made_up, CommitmentResult)
    shown = replace(made_up, shown=(replace(made_up.shown[0], into=into),))
    assert "Dni otwarte · tłumaczenie osoby moderującej" in pictured(result_of("commitment", shown)).text
