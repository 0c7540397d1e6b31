"""What a template asks per group: right ones are read, wrong ones refused with the line and what would be right."""

from __future__ import annotations

import pytest

from templates import from_source, read
from tests.templates.test_wrong_cases import WITH
from tests.templates.test_wrong_links import ENDING, ratings
from tests.templates.trial import RIGHT, refusal

STORY = "        title: {en: Story, pl: Historia}\n        minutes: 5\n        prompts:\n          - id: E1\n"
IN_GROUPS = STORY.replace("        prompts:\n", "        in_groups: true\n        prompts:\n")
PER_GROUP = IN_GROUPS + "            per: group\n"
NAMED = "            reveal: by_facilitator\n            anonymous: true\n"
ENDS = "        title: {en: Sentence, pl: Zdanie}\n        minutes: 5\n        prompts:\n          - id: C1\n"

# name: (what stands in RIGHT, what stands there instead, line of the refusal, how its words begin)
WRONG: dict[str, tuple[str, str, int, str]] = {
    "asked per something": (
        "            reveal: by_facilitator",
        "            per: groups",
        54,
        "“per” of prompt E1 is “groups”; right would be: “group”",
    ),
    "written in some language": (
        "            reveal: by_facilitator",
        "            write_in: owm",
        54,
        "“write_in” of prompt E1 is “owm”; right would be: “own”",
    ),
    "asked per group where no groups work": (
        NAMED,
        "            per: group\n",
        54,
        "prompt E1 is asked per group, but its step is not held in groups; right would be: “in_groups: true” on the "
        "step, or no “per”",
    ),
    "asked per group and anonymous": (
        STORY,
        PER_GROUP,
        57,
        "prompt E1 is asked per group and anonymous, but everybody in the group knows what it answers; right would be: "
        "“per: person”, or no “anonymous”",
    ),
    "asked per group with somebody's challenge": (
        ENDS,
        ENDS.replace("        prompts:\n", "        in_groups: true\n        prompts:\n")
        + "            per: group\n            quotes_challenge: true\n",
        66,
        "prompt C1 is asked per group, but shows the challenge of one person; right would be: “per: person”, or no "
        "“quotes_challenge”",
    ),
    "asked again, only once per group": (
        ENDING,
        ratings("", "            again: E1\n            per: group\n"),
        64,
        "of prompt C1 and E1, which it asks again, only one is asked per group; right would be: the same “per” for",
    ),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", WRONG)
def test_is_refused_with_its_line_and_what_would_be_right(name: str) -> None:
    before, after, line, words = WRONG[name]
    assert before in RIGHT, "the table names what stands in the right one"
    assert refusal(RIGHT.replace(before, after, 1)).startswith(f"trial.yaml:{line}: {words}")


@pytest.mark.parametrize("by", ["owner", "peers"])
def test_some_of_a_group_are_not_asked_for_all_of_it(by: str) -> None:
    story = "        case: true\n        prompts:\n          - id: E1\n"
    assert story in WITH
    given = WITH.replace(story, "        in_groups: true\n" + story + "            per: group\n")
    words = (
        f"prompt E1 is asked per group, but only of some in it (“by: {by}”); right would be: “per: person”, or no “by”"
    )
    assert words in refusal(given.replace(NAMED, f"            by: {by}\n"))


def test_cases_are_not_about_what_a_group_wrote() -> None:
    first = "        title: {en: Remember, pl: Pamięć}\n        minutes: 5\n        prompts:\n          - id: K1\n"
    given = WITH.replace(
        first,
        first.replace("        prompts:\n", "        in_groups: true\n        prompts:\n") + "            per: group\n",
    )
    words = "the cases are about what is written in K1, which is asked per group, so nobody could be asked"
    assert words in refusal(given)


def test_what_is_right_is_read_and_stored() -> None:
    plan = read(RIGHT.replace(STORY, PER_GROUP).replace(NAMED, ""), "trial.yaml")
    assert plan.prompts["E1"].per_group and plan.asks_groups
    assert from_source(plan.source) == plan
    each = read(RIGHT.replace(NAMED, "            per: person\n"), "trial.yaml")
    assert not each.prompts["E1"].per_group and not each.asks_groups
    assert from_source(each.source) == each
    sentence = read(
        RIGHT.replace(
            ENDS,
            ENDS.replace("        prompts:\n", "        in_groups: true\n        prompts:\n")
            + "            per: group\n",
        ),
        "trial.yaml",
    )
    assert sentence.prompts["C1"].per_group, "a group's sentence may be on the closing picture"
