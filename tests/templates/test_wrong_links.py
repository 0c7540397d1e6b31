"""Wrong carry-over and a wrong summary in a template, each with the line and the words of its refusal."""

from __future__ import annotations

import pytest

from tests.templates.trial import RIGHT, refusal

OPTIONS = RIGHT[RIGHT.index("            options:") : RIGHT.index("  - id: experience")]

# name: (what stands in RIGHT, what stands there instead, line of the refusal, how its words begin)
WRONG: dict[str, tuple[str, str, int, str]] = {
    "from a prompt that is none": (
        "            from: K1",
        "            from: K2",
        34,
        "no prompt has the id “K2”; right would be: “K1”",
    ),
    "from a later prompt": (
        "            from: K1",
        "            from: C1",
        34,
        "prompt A1 takes its items from C1, which is not asked in an earlier step; right would be: “K1”",
    ),
    "from the same step": (
        "            from: K1",
        "            from: A2",
        34,
        "prompt A1 takes its items from A2, which is not asked in an earlier step; right would be: “K1”",
    ),
    "from itself": (
        "            from: K1",
        "            from: A1",
        34,
        "prompt A1 takes its items from A1, which is not asked in an earlier step; right would be: “K1”",
    ),
    "from, where nothing was asked before": (
        "            kind: notes\n            text: {en: Which, pl: Które}\n            columns:\n         "
        "     what: {en: What, pl: Co}\n              where: {en: Where, pl: Gdzie}",
        "            kind: vote\n            text: {en: Which, pl: Które}\n            from: A2",
        17,
        "prompt K1 takes its items from A2, which is not asked in an earlier step; right would be: "
        "“from” in a later step: nothing is asked before this one",
    ),
    "from, for a kind that takes nothing": (
        "            reveal: live",
        "            from: K1",
        54,
        "prompt E1 is of kind text, which does not ask about items; right would be: prompt E1 without "
        "“from”, or one of the kinds choice,",
    ),
    "from and options": (
        "            options:",
        "            from: K1\n            options:",
        41,
        "prompt A2 has options of its own and “from” too; right would be: one of the two",
    ),
    "top without from": (
        "            from: K1\n",
        "",
        34,
        "prompt A1 has “top” without “from”; right would be: “from” with the id of an earlier prompt, or no “top”",
    ),
    "a vote on nothing": (
        "            from: K1\n            top: 5\n",
        "",
        31,
        "prompt A1 has nothing to ask about; right would be: “from:” with the id of an earlier prompt",
    ),
    "a choice of nothing": (
        OPTIONS,
        "",
        38,
        "prompt A2 has nothing to ask about; right would be: “options:” with two or more, or “from:” "
        "with the id of an earlier prompt",
    ),
    "two on the summary": (
        "            reveal: live",
        "            max_chars: 100\n            on_summary: true",
        68,
        "C1 is on the summary, and E1 is already; right would be: “on_summary: true” on one prompt",
    ),
    "notes on the summary": (
        "            columns:",
        "            on_summary: true\n            columns:",
        17,
        "K1 is on the summary, but of kind notes; right would be: a prompt of kind text",
    ),
    "too long for the summary": (
        "            max_chars: 140",
        "            max_chars: 141",
        66,
        "C1 is on the summary, and its max_chars is 141; right would be: “max_chars: 140” or less",
    ),
    "as long as it likes on the summary": (
        "            max_chars: 140\n",
        "",
        66,
        "C1 is on the summary, and its max_chars is 1000; right would be: “max_chars: 140” or less",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_is_refused_with_its_line_and_what_would_be_right(name: str) -> None:
    before, after, line, words = WRONG[name]
    assert before in RIGHT, "the table names what stands in the right one"
    assert refusal(RIGHT.replace(before, after, 1)).startswith(f"trial.yaml:{line}: {words}")
