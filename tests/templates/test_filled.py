"""Templates of the kinds ranking, points, form, commitment, choices: what is read, kept as it was, and refused."""

from __future__ import annotations

from textwrap import indent

import pytest

from templates import read
from tests.templates.trial import RIGHT, refusal
from workshop.plan import Item
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.commitment import CommitmentRules
from workshop.prompts.form import FormField, FormRules
from workshop.prompts.points import PointsRules
from workshop.prompts.ranking import RankingRules

TEXT = RIGHT[RIGHT.index("            kind: text") : RIGHT.index("  - id: conclusions")]
LINE = RIGHT[: RIGHT.index(TEXT)].count("\n") + 1
"""Of `kind:`, in prompt E1."""
TEXTS = "{en: Tell, pl: Opowieść}"
ONE_LANGUAGE = ("languages: [en, pl]", "languages: [en]")


def template(settings: str) -> str:
    """The small template with another prompt E1: from its kind on."""
    return RIGHT.replace(TEXT, indent(f"{settings.strip()}\ntext: {TEXTS}\n", " " * 12))


def rules(settings: str) -> object:
    """How its settings are read; what is kept of it is read the same again."""
    plan = read(template(settings), "trial.yaml")
    assert read(plan.source, "kept.json").prompts == plan.prompts
    return plan.prompts["E1"].rules


NOW = Item("now", {"en": "Now", "pl": "Teraz"})
LATER = Item("later", {"en": "Later", "pl": "Później"})
OPTIONS = "options: {now: {en: Now, pl: Teraz}, later: {en: Later, pl: Później}}"


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (f"kind: ranking\n{OPTIONS}", RankingRules((NOW, LATER), 20, 0)),
        ("kind: ranking\nfrom: A1\nmost: 3\nleast: 3", RankingRules((), 3, 3)),
        (f"kind: points\n{OPTIONS}", PointsRules((NOW, LATER), 100)),
        ("kind: points\nfrom: A1\ntotal: 10", PointsRules((), 10)),
        ("kind: commitment", CommitmentRules(2, 0, False)),
        ("kind: commitment\nmost: 3\nwithin_days: 30\nshown: true", CommitmentRules(3, 30, True)),
        (f"kind: choices\n{OPTIONS}\nown: true", ChoiceRules((NOW, LATER), 3, True)),
        (
            "kind: form\nfields: {what: {en: What, pl: Co}}",
            FormRules((FormField("what", {"en": "What", "pl": "Co"}, 500, True, False),)),
        ),
        (
            "kind: form\nfields:\n  label: {en: What, pl: Co}\n"
            "  who: {label: {en: Who, pl: Kto}, required: true, lines: false, max_chars: 80}",
            FormRules(
                (
                    FormField("label", {"en": "What", "pl": "Co"}, 500, True, False),
                    FormField("who", {"en": "Who", "pl": "Kto"}, 80, False, True),
                )
            ),
        ),
    ],
)
def test_settings_are_read_and_kept(settings: str, expected: object) -> None:
    assert rules(settings) == expected


def test_with_one_language_a_plain_string_is_a_label() -> None:
    plain = """\
        id: plain
        languages: [en]
        title: T
        about: A
        stages:
    """
    stages = "".join(
        f"  - {{id: {stage}, aim: A, steps: [{{id: {stage}, title: T, minutes: 5, prompts: [{{id: P{number}, "
        "kind: form, text: Q, fields: {what: What, who: {label: Who}}}]}]}\n"
        for number, stage in enumerate(("knowledge", "action", "experience", "conclusions"))
    )
    plan = read("\n".join(line.strip() for line in plain.splitlines()) + "\n" + stages, "plain.yaml")
    fields = (FormField("what", {"en": "What"}, 500, True, False), FormField("who", {"en": "Who"}, 500, True, False))
    assert plan.prompts["P0"].rules == FormRules(fields)


WRONG: dict[str, tuple[str, int, str]] = {
    "no fields": (
        "kind: form",
        -1,
        "prompt E1 lacks “fields”; right would be: “fields:” with 1 to 6 ids, each with its label",
    ),
    "seven fields": (
        "kind: form\nfields:\n" + "".join(f"  f{n}: {TEXTS}\n" for n in range(7)),
        1,
        "“fields” of prompt E1 has 7 entries; right would be: 1 to 6",
    ),
    "fields as a list": (
        "kind: form\nfields: [what, who]",
        1,
        "“fields” of prompt E1 is a list; right would be: keys with values (an id, a colon, its label)",
    ),
    "a field without a label": (
        "kind: form\nfields:\n  what: {max_chars: 5}",
        2,
        "fields “what” of prompt E1 lacks “label”; right would be: “label:” with a text in en, pl",
    ),
    "a field with a setting that there is not": (
        f"kind: form\nfields:\n  what: {{label: {TEXTS}, most: 5}}",
        2,
        "fields “what” of prompt E1 has no “most”; right would be: one of label, max_chars, lines, required",
    ),
    "a field with too much room": (
        f"kind: form\nfields:\n  what:\n    label: {TEXTS}\n    max_chars: 2001",
        4,
        "“max_chars” of fields “what” of prompt E1 is 2001; right would be: a whole number from 1 to 2000",
    ),
    "a field with an id that is none": (
        f"kind: form\nfields:\n  a field: {TEXTS}",
        2,
        "“a field” cannot be an id; right would be: letters a–z, digits, _ and -",
    ),
    "a label in one language": (
        "kind: form\nfields:\n  what: {label: What}",
        2,
        "“label” of fields “what” of prompt E1 is one text, but the template has 2 languages",
    ),
    "more needed than there are places": (
        f"kind: ranking\n{OPTIONS}\nmost: 2\nleast: 3",
        3,
        "“least” of prompt E1 is 3; right would be: a whole number from 0 to 2",
    ),
    "nothing to order": (
        "kind: ranking",
        -1,
        "prompt E1 has nothing to ask about; right would be: “options:” with two or more, or “from:” with the id",
    ),
    "a total that nobody can spread": (
        "kind: points\nfrom: A1\ntotal: 5",
        2,
        "“total” of prompt E1 is 5; right would be: a whole number from 10 to 1000",
    ),
    "too many commitments": (
        "kind: commitment\nmost: 4",
        1,
        "“most” of prompt E1 is 4; right would be: a whole number from 1 to 3",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_is_refused_with_its_line_and_what_would_be_right(name: str) -> None:
    settings, below, words = WRONG[name]
    assert refusal(template(settings)).startswith(f"trial.yaml:{LINE + below}: {words}")
