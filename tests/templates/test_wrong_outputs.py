"""Outcomes that a template names: read, taken by later questions under their name, and refused where they are wrong."""

from __future__ import annotations

import pytest

from templates import from_source, read
from templates.editing import StillNeeded, edited
from tests.templates.trial import RIGHT, refusal
from workshop.drafts import Changes
from workshop.plan import COMMITMENTS, QUESTIONS, Output, OutputType, Source

KNOW = "    aim: {en: Know, pl: Wiedzieć}\n"
ACT = "    aim: {en: Act, pl: Działać}\n"
SHOWN = "            reveal: by_facilitator\n"
LIVE = "    aim: {en: Live, pl: Przeżyć}\n"


def out(words: str, after: str = KNOW) -> tuple[str, str]:
    return after, f"{after}    outputs: {words}\n"


# name: (what stands in RIGHT, what stands there instead, line of the refusal, how its words begin)
WRONG: dict[str, tuple[str, str, int, str]] = {
    "outputs as a list": (*out("[K1]"), 9, "“outputs” of stage knowledge is a list; right would be: keys with values"),
    "no output": (*out("{}"), 9, "“outputs” of stage knowledge has 0 entries; right would be: 1 to 10"),
    "an output that is no mapping": (*out("{all: K1}"), 9, "outputs “all” of stage knowledge is “K1”; right would be"),
    "an output without from": (
        *out("{all: {top: 3}}"),
        9,
        "outputs “all” of stage knowledge lacks “from”; right would",
    ),
    "an output with more": (*out("{all: {from: K1, most: 3}}"), 9, "outputs “all” of stage knowledge has no “most”"),
    "a name that is none": (*out("{a b: {from: K1}}"), 9, "“a b” cannot be an id"),
    "a name that is taken by what was there before": (
        *out("{questions: {from: K1}}"),
        9,
        "“questions” cannot be the name of an output: it means what is there before the first question; "
        "right would be: another name, such as open_questions",
    ),
    "a name that a prompt has": (
        *out("{A2: {from: K1}}"),
        9,
        "the id “A2” is taken by another prompt in line 39; right would be: an id of its own",
    ),
    "an unknown type": (
        *out("{all: {from: K1, type: question}}"),
        9,
        "“type” of outputs “all” of stage knowledge is “question”; right would be: “questions”",
    ),
    "an output of no prompt": (*out("{all: {from: K9}}"), 9, "no prompt has the id “K9”; right would be: “K1”"),
    "an output of another output": (*out("{all: {from: K1}, more: {from: all}}"), 9, "no prompt has the id “all”"),
    "an output of a later stage": (
        *out("{all: {from: A1}}"),
        9,
        "outputs “all” of stage knowledge takes A1, which its own stage does not ask; right would be: “K1”",
    ),
    "an output of what cannot be carried": (
        "            kind: text\n            text: {en: Tell, pl: Opowieść}\n",
        "            kind: rating\n            text: {en: Tell, pl: Opowieść}\n",
        0,
        "",
    ),
    "commitments of another kind": (
        *out("{all: {from: K1, type: commitments}}"),
        9,
        "outputs “all” of stage knowledge is of type commitments, but K1 is of kind notes; right would be: a prompt of",
    ),
}
RATED = WRONG.pop("an output of what cannot be carried")


@pytest.mark.no_cover
@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_outputs_is_refused(name: str) -> None:
    before, after, line, words = WRONG[name]
    assert refusal(RIGHT.replace(before, after, 1)).startswith(f"trial.yaml:{line}: {words}")


def test_what_cannot_be_carried_and_a_name_used_twice() -> None:
    rated = RIGHT.replace(*RATED[:2]).replace("            anonymous: true\n", "")
    before, after = out("{all: {from: E1}}", LIVE)
    assert "E1 is of kind rating, which gives nothing to ask about later" in refusal(rated.replace(before, after))
    nothing = refusal(rated.replace(*out("{all: {from: E9}}", LIVE)))
    assert "right would be: no output: this stage asks nothing that could be carried over" in nothing
    first, second = out("{all: {from: K1}}"), out("{all: {from: A1}}", ACT)
    twice = RIGHT.replace(*first).replace(*second)
    assert "the id “all” is taken by another output in line 9" in refusal(twice)


def test_later_questions_take_an_outcome_by_its_name() -> None:
    named = RIGHT.replace(*out("{best: {from: K1, top: 3}}")).replace("from: K1\n", "from: best\n")
    plan = read(named.replace(SHOWN, "            quotes: [best, K1]\n"), "t.yaml")
    assert plan.stages[0].outputs == plan.outputs == (Output("best", Source("K1", 3), OutputType.ITEMS),)
    assert plan.prompts["A1"].source == Source("K1", 3, "best"), "the smaller of the two"
    assert plan.prompts["E1"].quotes == ("K1",)
    assert from_source(plan.source) == plan
    known = refusal(named.replace("from: best", "from: bst"))
    assert "no prompt has the id “bst”; right would be: “best”" in known
    itself = RIGHT.replace(*out("{best: {from: A1}}", ACT)).replace("from: K1\n            top: 5", "from: best")
    assert "prompt A1 takes its items from A1, which is not asked in an earlier step" in refusal(itself)


def test_what_the_earlier_cycle_left_can_be_taken_and_quoted() -> None:
    for source in (COMMITMENTS, QUESTIONS):
        plan = read(RIGHT.replace("from: K1\n", f"from: {source}\n"), "t.yaml")
        assert plan.prompts["A1"].source == Source(source, 5)
    quoted = read(RIGHT.replace(SHOWN, "            quotes: [commitments]\n"), "t.yaml")
    assert quoted.prompts["E1"].quotes == (COMMITMENTS,)


def test_cases_can_be_about_an_outcome_by_its_name() -> None:
    cases = (
        RIGHT.replace(*out("{top: {from: A1}}", ACT))
        .replace(LIVE, LIVE + "    cases: {from: top, most: 2}\n")
        .replace(
            "        title: {en: Story, pl: Historia}\n",
            "        title: {en: Story, pl: Historia}\n        case: true\n",
        )
    )
    plan = read(cases, "t.yaml")
    assert plan.stages[2].cases is not None and plan.stages[2].cases.source.prompt == "A1"
    assert plan.case_root == "K1"


def test_a_step_left_out_takes_its_outcome_with_it_unless_a_later_one_needs_it() -> None:
    named = RIGHT.replace(*out("{best: {from: K1}}")).replace(
        "from: K1\n            top", "from: best\n            top"
    )
    plan = read(named, "t")
    with pytest.raises(StillNeeded):
        edited(plan.source, Changes(minutes={"remember": 0}))
    more = (
        "      - {id: more, title: {en: M, pl: M}, minutes: 5, prompts: [{id: K2, kind: text, text: {en: T, pl: T}}]}\n"
    )
    two = RIGHT.replace(*out("{other: {from: K1}, rest: {from: K2}}")).replace(
        "  - id: action\n", more + "  - id: action\n"
    )
    left = edited(read(two, "t").source, Changes(minutes={"more": 0}))
    assert [output.name for output in left.outputs] == ["other"]
    alone = RIGHT.replace(*out("{rest: {from: K2}}")).replace("  - id: action\n", more + "  - id: action\n")
    assert edited(read(alone, "t").source, Changes(minutes={"more": 0})).outputs == ()
