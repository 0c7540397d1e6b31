"""Wrong carry-over and a wrong summary in a template, each with the line and the words of its refusal."""

from __future__ import annotations

import pytest

from tests.templates.trial import RIGHT, refusal

OPTIONS = RIGHT[RIGHT.index("            options:") : RIGHT.index("  - id: experience")]

ENDING = RIGHT[RIGHT.index("          - id: E1") :]


def ratings(settings: str, again: str, first: str = "rating", second: str = "rating") -> str:
    """The ending of RIGHT with two ratings (or other kinds): settings of the first, and of the one asked again."""
    head, tail = ENDING[: ENDING.index("            kind:")], ENDING[ENDING.index("  - id: conclusions") :]
    between, text = tail[: tail.index("            kind:")], "            text: {en: How sure, pl: Na ile}\n"
    return f"{head}            kind: {first}\n{text}{settings}{between}            kind: {second}\n{text}{again}"


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
        "            reveal: by_facilitator",
        "            from: K1",
        54,
        "prompt E1 is of kind text, which does not ask about items; right would be: prompt E1 without "
        "“from”, or one of the kinds checklist, choice,",
    ),
    "quotes of a prompt that is none": (
        "            reveal: by_facilitator",
        "            quotes: [A1, A9]",
        54,
        "no prompt has the id “A9”; right would be: one of K1, A1, A2",
    ),
    "quotes, where nothing was asked before": (
        "            text: {en: Which, pl: Które}\n",
        "            text: {en: Which, pl: Które}\n            quotes: [A9]\n",
        17,
        "no prompt has the id “A9”; right would be: no “quotes”: nothing is asked before this one",
    ),
    "quotes of itself": (
        "            reveal: by_facilitator",
        "            quotes: [E1]",
        54,
        "prompt E1 quotes E1, which is not asked in an earlier step; right would be: an earlier prompt, or no “quotes”",
    ),
    "quotes of a later prompt": (
        "            reveal: by_facilitator",
        "            quotes: [C1]",
        54,
        "prompt E1 quotes C1, which is not asked in an earlier step",
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
    "scale of nothing": (
        ENDING,
        ratings("", "", first="scale"),
        51,
        "prompt E1 has nothing to ask about; right would be: “rows:” with two or more, or “from:” with the id",
    ),
    "one end of a scale": (
        ENDING,
        ratings("            ends: {low: {en: No, pl: Nie}}\n", ""),
        54,
        "“ends” of prompt E1 lacks “high”; right would be: “high:” with a text in en, pl",
    ),
    "three ends of a scale": (
        ENDING,
        ratings("            ends: {low: {en: N, pl: N}, high: {en: T, pl: T}, middle: {en: M, pl: M}}\n", ""),
        54,
        "“ends” of prompt E1 has no “middle”; right would be: one of low, high",
    ),
    "ends of a scale as one text": (
        ENDING,
        ratings("            ends: from no to yes\n", ""),
        54,
        "“ends” of prompt E1 is “from no to yes”; right would be: keys with values (low, high)",
    ),
    "a matrix without axes": (
        ENDING,
        ratings("            options: {a: {en: A, pl: A}}\n", "", first="matrix"),
        51,
        "prompt E1 lacks “axes”; right would be: “axes:” with x and y, each with its text",
    ),
    "rows and from too": (
        ENDING,
        ratings("            from: K1\n            rows: {a: {en: A, pl: A}}\n", "", first="checklist"),
        54,
        "prompt E1 has rows of its own and “from” too; right would be: one of the two",
    ),
    "a rating asked again that is none": (
        ENDING,
        ratings("", "            again: K1\n"),
        64,
        "prompt C1 asks K1 again, which is not asked for the first time, by the same kind, in an earlier step; "
        "right would be: “E1”",
    ),
    "nothing that could be asked again": (
        ENDING,
        ratings("            again: C1\n", ""),
        54,
        "prompt E1 asks C1 again, which is not asked for the first time, by the same kind, in an earlier step; "
        "right would be: no “again”: nothing like it is asked before",
    ),
    "asked again by nothing": (
        ENDING,
        ratings("", '            again: ""\n'),
        64,
        "prompt C1 asks  again, which is not asked",
    ),
    "a text asked again": (
        "            reveal: by_facilitator",
        "            again: K1",
        54,
        "prompt E1 has no “again”; right would be: one of",
    ),
    "asked again, only once anonymous": (
        ENDING,
        ratings("            anonymous: true\n", "            again: E1\n"),
        65,
        "of prompt C1 and E1, which it asks again, only one is anonymous; right would be: the same “anonymous”",
    ),
    "asked again on another scale": (
        ENDING,
        ratings("", "            again: E1\n            high: 5\n"),
        64,
        "prompt C1 has another scale or other ends than E1, which it asks again; right would be: the same settings",
    ),
    "items from a rating": (
        ENDING,
        ratings("", "            from: E1\n", second="vote"),
        64,
        "E1 is of kind rating, which gives nothing to ask about later; right would be: a prompt of another kind",
    ),
    "two on the summary": (
        "            reveal: by_facilitator",
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
