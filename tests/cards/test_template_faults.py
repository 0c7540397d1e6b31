"""What is wrong with a template: in English just what the loader says, elsewhere in the reader's language."""

from __future__ import annotations

import functools
import re

import pytest

from cards.sentences import sentence
from cards.template_faults import FAULTS, in_words, place
from locales import words
from templates import Fault, WrongTemplate, read
from templates.wrong import SENTENCES
from tests.templates.test_refusals import ELSEWHERE, TABLES
from tests.templates.trial import RIGHT
from workshop.refusals import Reason, Refused

EN, PL = words("en"), words("pl")


ROWS = {name: row for table in TABLES for name, row in table.items()}


@functools.cache
def wrong_one(name: str) -> WrongTemplate:
    before, after, _, _ = ROWS[name]
    with pytest.raises(WrongTemplate) as refused:
        read(RIGHT.replace(before, after, 1), "trial.yaml")
    return refused.value


@pytest.mark.parametrize("name", ROWS)
def test_in_english_it_is_what_the_loader_says(name: str) -> None:
    wrong = wrong_one(name)
    if wrong.code in FAULTS:
        # A count is written as the language writes numbers.
        what, right = in_words(EN, wrong.code, wrong.params) or ("", "")
        assert (what.replace(",", ""), right) == (wrong.what.replace(",", ""), wrong.right)


def test_every_fault_is_told_and_tried() -> None:
    assert FAULTS.keys() == {str(fault) for fault in Fault}
    assert FAULTS.keys() - {wrong_one(name).code for name in ROWS} == {str(fault) for fault in ELSEWHERE}
    for fault in ELSEWHERE:
        what, right = SENTENCES[fault]
        facts: dict[str, str | int] = dict.fromkeys(re.findall(r"{(\w+)}", what + right), "x")
        facts |= {name: 7 for name in ("size", "most") if name in facts}
        assert in_words(EN, str(fault), facts) == (what.format_map(facts), right.format_map(facts))
    assert in_words(EN, "from another release", {}) is None


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ROWS)
def test_in_polish_nothing_of_it_is_english(name: str) -> None:
    wrong = wrong_one(name)
    what, right = in_words(PL, wrong.code, wrong.params) or ("", "")
    english = {"with", "or", "the", "one", "each", "without", "nothing", "earlier", "which", "its", "is", "an", "ids"}
    assert not english & set(re.findall(r"\w+", re.sub(r"„[^”]*”|\([^)]*\)", "", f"{what} {right}")))


@pytest.mark.parametrize(
    ("english", "polish"),
    [
        ("“minutes” of step pause", "„minutes” (krok pause)"),
        ("“text” of prompt K1 in “pl”", "„text” (pytanie K1), język „pl”"),
        ("columns “what” of prompt K1", "columns „what” (pytanie K1)"),
        ("prompt 2 of step pause", "pytanie 2 (krok pause)"),
        ("“about” of the template", "„about” (szablon)"),
        ("stage knowledge", "etap knowledge"),
        ("a list", "lista"),
        ("“a list”", "„a list”"),
        ("stage", "etap"),
        ("an entry of languages", "wpis na liście languages"),
    ],
)
def test_places_are_said_too(english: str, polish: str) -> None:
    assert place(EN, english) == english
    assert place(PL, english) == polish


def test_a_whole_refusal_in_polish() -> None:
    wrong = wrong_one("minutes as words")
    facts: dict[str, str | int] = {"what": wrong.what, "right": wrong.right, "at_line": 22, "fault": str(wrong.code)}
    facts |= {f"of_{name}": fact for name, fact in wrong.params.items()}
    assert sentence(Refused(Reason.WRONG_TEMPLATE, facts), PL) == (
        "Szablonu nie można użyć. Wiersz 22: „minutes” (krok pause) to „ten”. "
        f"Poprawnie: liczba całkowita od 1 do {wrong.params['high']}, bez cudzysłowu."
    )
    facts["fault"] = "from another release"
    assert "is “ten”" in sentence(Refused(Reason.WRONG_TEMPLATE, facts), PL)
