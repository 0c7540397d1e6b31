"""A posted board that says anything else than the store is seen, and since when it has said the same."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.watching import LOOKS_EVERY, differences, is_board, until_right, whole

Body = dict[str, Any]


def rich(*runs: str) -> Body:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": run} for run in runs]}


def line(text: str, **more: str) -> Body:
    return {"type": "TextBlock", "text": text, **more}


def asks(question: str) -> Body:
    return line(question, weight="Bolder")


def box(question: str, *lines: Body) -> Body:
    return {"type": "Container", "items": [asks(question), *lines]}


def board(*body: Body, verbs: tuple[str, ...] = ("board",)) -> Body:
    actions = [{"type": "Action.Submit", "title": verb, "data": {"verb": verb}} for verb in verbs]
    heading = line("The board", weight="Bolder", style="heading")
    return {"type": "AdaptiveCard", "body": [heading, rich("A workshop · 3 people"), *body], "actions": actions}


def page(prompt: str, question: str, *lines: Body) -> Body:
    heading = line("Knowledge · Notes", weight="Bolder", style="heading")
    refresh = {"type": "Action.Submit", "title": "Refresh", "data": {"verb": "board", "prompt": prompt}}
    return {"type": "AdaptiveCard", "body": [rich("A workshop"), heading, asks(question), *lines], "actions": [refresh]}


LONG = "a long sentence " * 20
NOTES = (rich("• ", "soup ×2", " — Jan"), rich("• ", LONG))
STORE = whole([
    page("K1", "What?", line("3 answers"), NOTES[0], line("… and 1 more")),
    page("K1", "What?", line("3 answers"), NOTES[1]),
    page("K2", "Which?", line("2 answers"), rich("1. apples", "  3 dots"), rich("2. pears", "  0 dots")),
    page("K3", "Why?", line("1 answer, shown when the step closes")),
])
WHAT = box("What?", line("3 answers"), *NOTES)
WHICH = box("Which?", line("2 answers"), rich("1. apples", "  3 dots"), rich("2. pears", "  0 dots"))
IN_ONE_LINE = rich("What?", "  3 answers")
IN_ONE_LINE["inlines"][0]["weight"] = "Bolder"
WHY = box("Why?", line("1 answer, shown when the step closes"))


def of_case(part: Body, who: str) -> Body:
    """The same with the case that it was asked in before the question."""
    name, at = ("body", 2) if "body" in part else ("items", 0)
    head = {"type": "Container", "items": [rich(f"Case 1 · {who}"), rich("mud")]}
    actions = [{**one, "data": {**one["data"], "case": who}} for one in part.get("actions", [])]
    return {**part, name: [*part[name][:at], head, *part[name][at:]], "actions": actions}


def test_cases_stand_there_each_with_its_own_or_all_of_them_in_one_line() -> None:
    said = (line("1 answer"), NOTES[0])
    store = whole([
        of_case(page("E4", "How?", *said), "Ivan"), page("K1", "What?", line("3 answers"), *NOTES),
        of_case(page("E4", "How?", line("2 answers"), NOTES[1]), "Eva"),
    ])
    assert [section.plain for section in store] == [("1 answer",), ("3 answers",), ("2 answers",)]
    ivan, eva = (of_case(box("How?", *lines), "X") for lines in (said, (line("2 answers"), NOTES[1])))
    assert differences(board(ivan, WHAT, eva), store) == []
    assert differences(board(eva, WHAT, ivan), store) != []
    folded = {**box("How?", line("3 answers"), line("… in 2 cases")), "id": "folded.E4"}
    assert differences(board(WHAT, folded), store) == []
    assert differences(board(folded), store) != []


@pytest.mark.parametrize("shown", [
    (WHAT, WHICH, WHY),
    (WHAT, line("A stage", weight="Bolder", style="heading"), WHICH, line("A step was skipped."), WHY),
    (box("What?", line("3 answers"), NOTES[0], rich("• ", LONG[:100] + "…")), WHICH, WHY),
    (box("What?", line("3 answers"), NOTES[0], line("… and 1 more")), WHICH, WHY),
    (WHAT, line("… and more: there is no room for it here.")),
    (WHY, WHICH, WHAT),
    (WHICH, WHY, WHAT),
    (box("What?", line("3 answers · the newest first"), NOTES[0], line("… and 1 more")), WHICH, WHY),
    ({"type": "Container", "items": [IN_ONE_LINE]}, WHICH, WHY),
    (WHAT, box("Which?", line("2 answers"), {
        "type": "Container", "fallback": {"type": "Container", "items": WHICH["items"][2:]},
        "items": [{"type": "Chart.HorizontalBar"}, *WHICH["items"][2:]],
    }), WHY),
])
def test_a_board_that_says_the_same_with_less_room_is_right(shown: tuple[Body, ...]) -> None:
    assert differences(board(*shown), STORE) == []


@pytest.mark.parametrize(("shown", "wrong"), [
    ((), ["the board has 0 questions in its order, the store 3"]),
    ((WHAT, WHICH), ["the board has 2 questions in its order, the store 3"]),
    ((box("What?", line("2 answers · the newest first"), *NOTES), WHICH, WHY), ["the board says ('2 answers"]),
    ((WHAT, WHICH, box("How?", line("1 answer"))), ["'How?' is on the board and not in the store"]),
    ((WHICH, WHAT, WHY), ["the board has 3 questions in its order, the store 3"]),
    ((box("What?", line("2 answers"), *NOTES), WHICH, WHY), ["the board says ('2 answers',), the store"]),
    ((box("What?", line("3 answers"), NOTES[0]), WHICH, WHY), ["a long sentence", "is in the store and not"]),
    ((box("What?", line("3 answers"), *NOTES, NOTES[0]), WHICH, WHY), ["soup ×2  — Jan' is on the board and not"]),
    ((box("What?", line("3 answers"), NOTES[0], rich("• ", "tea")), WHICH, WHY), ["tea' is on the board", LONG[:20]]),
    ((box("What?", line("3 answers"), *NOTES, line("Hm")), WHICH, WHY), ["'Hm' is on the board"]),
    ((box("What?", line("3 answers"), NOTES[0], rich("• ", "b…")), WHICH, WHY), ["b…' is on the board", LONG[:20]]),
    ((WHAT, box("Which?", line("2 answers"), rich("1. apples", "  2 dots"), rich("2. pears", "  0 dots")), WHY),
     ["1. apples   2 dots' is on the board", "1. apples   3 dots' is in the store"]),
])
def test_a_board_that_stays_behind_is_seen(shown: tuple[Body, ...], wrong: list[str]) -> None:
    found = differences(board(*shown), STORE)
    assert found
    assert all(part in " ".join(found) for part in wrong), found


def test_entries_that_share_a_line_may_share_it_otherwise() -> None:
    one, two = rich("• ", "soup", "  ·  ", "tea"), rich("• ", "bread", "  ·  ", "milk ×2")
    store = whole([page("K1", "What?", line("3 answers"), one, two)])
    other = rich("• ", "bread", "  ·  ", "soup", "  ·  ", "tea")
    assert differences(board(box("What?", line("3 answers"), other, rich("• ", "milk ×2"))), store) == []
    assert differences(board(box("What?", line("3 answers"), other, rich("• ", "milk"))), store) != []


def test_no_board_is_no_board() -> None:
    assert differences(None, STORE) == ["there is no board"]


@pytest.mark.parametrize(("card", "it_is"), [
    (board(WHAT), True),
    (board(WHAT, verbs=("board", "facilitate")), True),
    (board(WHAT, verbs=("board", "facilitate", "new")), True),
    (board(WHAT, verbs=("answer", "board", "facilitate")), False),
    (board(WHAT, verbs=()), False),
    (board(line("This board goes on further down.")), False),
])
def test_the_board_is_known_by_what_stands_on_it(card: Body, it_is: bool) -> None:
    assert is_board(card) is it_is


RIGHT, BEHIND = board(WHAT, WHICH, WHY), board(WHAT, WHICH)


async def looked(boards: list[Body], limit: float = 20.0, known_at: float = 0.0) -> tuple[float | None, list[str]]:
    """What comes of looking at these boards one after the other, the last of them for ever."""
    now, left = [0.0], list(boards)

    async def pause(seconds: float) -> None:
        now[0] += seconds

    found = await until_right(
        lambda: left.pop(0) if len(left) > 1 else left[0], lambda: STORE if now[0] >= known_at else None, limit, 3.0,
        clock=lambda: now[0], pause=pause,
    )
    return found.seconds, found.wrong


async def test_it_is_right_from_the_first_look_after_which_it_stays_so() -> None:
    assert await looked([RIGHT]) == (0.0, [])
    assert await looked([BEHIND] * 4 + [RIGHT]) == (4 * LOOKS_EVERY, [])
    flapping = [BEHIND, RIGHT, RIGHT, BEHIND, RIGHT]
    assert await looked(flapping) == (4 * LOOKS_EVERY, [])
    assert await looked([BEHIND, BEHIND, RIGHT], known_at=2.0) == (2 * LOOKS_EVERY, []), "earlier looks count"


async def test_a_board_that_is_never_right_says_how_it_differs() -> None:
    seconds, wrong = await looked([RIGHT, BEHIND])
    assert seconds is None
    assert wrong == ["the board has 2 questions in its order, the store 3"]
    late = [BEHIND] * int(20 / LOOKS_EVERY) + [RIGHT]
    assert await looked(late) == (None, ["the board was right only at the very end"])
    assert (await looked(late, limit=23))[0] == 20
    assert await looked([RIGHT], known_at=99) == (None, ["nobody could read the store"])
