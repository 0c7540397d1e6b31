"""Cases in a template: right ones are read, wrong ones refused with the line and what would be right."""

from __future__ import annotations

import pytest

from templates import read
from templates.loader import from_source
from tests.templates.trial import RIGHT, refusal
from workshop.plan import Asked, Cases, Source

STAGE = "  - id: experience\n    aim: {en: Live, pl: Przeżyć}\n"
STORY = "        title: {en: Story, pl: Historia}\n        minutes: 5\n"
WITH = RIGHT.replace(STAGE, STAGE + "    cases: {from: A1, most: 2}\n").replace(STORY, STORY + "        case: true\n")
SECOND = (
    "      - id: {id}\n        title: {{en: More, pl: Więcej}}\n        minutes: 5\n{case}        prompts:\n"
    "          - {{id: {prompt}, kind: text, text: {{en: More, pl: Więcej}}}}\n"
)
ENDS = "  - id: conclusions\n"

# name: (what stands in RIGHT, what stands there instead, line of the refusal, how its words begin)
WRONG: dict[str, tuple[str, str, int, str]] = {
    "by without a case": (
        "            reveal: by_facilitator",
        "            by: owner",
        54,
        "prompt E1 asks only some, but its step is of no case; right would be: “case: true” on the step, or no “by”",
    ),
    "by somebody unknown": (
        "            reveal: by_facilitator",
        "            by: owners",
        54,
        "“by” of prompt E1 is “owners”; right would be: “owner”",
    ),
    "a case step in a stage without cases": (
        STORY,
        STORY + "        case: true\n",
        47,
        "step story is of a case, but its stage does not say of which; right would be: “cases: {from: …, most: 3}” on",
    ),
    "cases without a step": (
        STAGE,
        STAGE + "    cases: {from: A1}\n",
        46,
        "stage experience has cases, but no step that is held about them; right would be: “case: true” on its steps",
    ),
    "a break in a case": (
        "        break: true",
        "        break: true\n        case: true",
        24,
        "step pause is a break and has case",
    ),
}

FURTHER: dict[str, tuple[str, str, str]] = {
    "about a prompt that is none": ("from: A1, most", "from: A9, most", "the cases are about A9, which is not asked"),
    "about itself": ("from: A1, most", "from: E1, most", "the cases are about E1, which is not asked in an earlier"),
    "about options": ("from: A1, most", "from: A2, most", "the cases are about what is written in A2, which has items"),
    "about what is anonymous": (
        "            kind: notes\n",
        "            kind: notes\n            anonymous: true\n",
        "the cases are about what is written in K1, which is anonymous, so nobody could be asked",
    ),
    "asked of the owner alone without a name": (
        "            reveal: by_facilitator",
        "            reveal: by_facilitator\n            by: owner",
        "prompt E1 is anonymous and asks the owner of the case alone, so everybody would know who answered; right",
    ),
    "of too many": ("most: 2", "most: 7", "“most” of cases of stage experience is 7; right would be: a whole number"),
    "with a word unknown": ("most: 2", "moist: 2", "cases of stage experience has no “moist”; right would be: “most”"),
    "of two stages": (
        "    aim: {en: End, pl: Koniec}\n",
        "    aim: {en: End, pl: Koniec}\n    cases: {from: A1}\n",
        "stage conclusions has cases, but no step",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_is_refused_with_its_line_and_what_would_be_right(name: str) -> None:
    before, after, line, words = WRONG[name]
    assert before in RIGHT, "the table names what stands in the right one"
    assert refusal(RIGHT.replace(before, after, 1)).startswith(f"trial.yaml:{line}: {words}")


@pytest.mark.no_cover
@pytest.mark.parametrize("name", FURTHER)
def test_wrong_cases_are_refused(name: str) -> None:
    before, after, words = FURTHER[name]
    assert before in WITH
    assert words in refusal(WITH.replace(before, after, 1))


def test_right_cases_are_read_and_stored() -> None:
    plan = read(WITH.replace("            reveal: by_facilitator", "            by: peers"), "trial.yaml")
    assert plan.stages[2].cases == Cases(Source("A1"), 2) and plan.case_root == "K1"
    assert plan.prompts["E1"].by is Asked.PEERS and [place.step.id for place in plan.case_places] == ["story"]
    assert from_source(plan.source) == plan
    assert read(RIGHT, "trial.yaml").case_root == ""


def test_case_steps_stand_together_and_in_one_stage() -> None:
    apart = SECOND.format(id="talk", case="", prompt="E2") + SECOND.format(
        id="again", case="        case: true\n", prompt="E3"
    )
    assert "step again is of a case, but a step between is not" in refusal(WITH.replace(ENDS, apart + ENDS))
    twice = WITH.replace("    aim: {en: End, pl: Koniec}\n", "    aim: {en: End, pl: Koniec}\n    cases: {from: A1}\n")
    more = SECOND.format(id="more", case="        case: true\n", prompt="C2")
    assert "stage conclusions has cases, and another stage has them already" in refusal(twice + more)


def test_before_the_first_question_there_is_nothing_to_have_cases_about() -> None:
    start = "    aim: {en: Know, pl: Wiedzieć}\n"
    first = RIGHT.replace(start, start + "    cases: {from: K9}\n").replace(
        "        title: {en: Remember, pl: Pamięć}\n", "        title: {en: Remember, pl: Pamięć}\n        case: true\n"
    )
    assert "right would be: cases in a later stage: nothing is asked before these" in refusal(first)
