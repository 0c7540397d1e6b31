"""What a soak finds wrong, each planted once; and a small one with the real bot, two instances on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import URL

from rehearsal.comparison import compare
from rehearsal.faults import MIX
from rehearsal.figures import Asked, Figures
from rehearsal.hands import Person
from rehearsal.ordeal import of_the_room, ordeal, twins
from rehearsal.people import PEER_LEARNING
from rehearsal.postgres import PREFIX, clear_away
from rehearsal.server import Room
from rehearsal.shown import read_board
from rehearsal.soak import SOON, STALL, Run, judged, main, met, table
from tests.postgres import database, postgresql
from tests.rehearsal.echo import EchoBot
from tests.rehearsal.test_comparison import NAMES, TEXTS, note, page

__all__ = ["postgresql"]  # the fixture

ASKED = Asked(answers=60, kills=3, for_good=1)


def seen(**planted: Any) -> Figures:
    """Figures of a run in which all went well, but for what is planted."""
    good = Figures(people=11, steps=6, acknowledged=60, kills=3, died=1, right=[0.5, SOON], stall=STALL)
    return replace(good, **planted)


def test_a_run_in_which_all_holds_is_right() -> None:
    assert judged(ASKED, seen()) == []
    assert judged(ASKED, seen(grips=1, errors=['bot: "Not stored (1 at once): LockNotAvailable 55P03"'])) == []
    assert judged(ASKED, seen(grips=1, errors=['bot: "Not read: ConnectionTimeout"'])) == []
    assert judged(ASKED, seen(keyless=3, unsure=2, again=9, unconfirmed=4, faults={"5xx": 9})) == []


@pytest.mark.parametrize(("planted", "said"), [
    ({"missing": ["K1: 'soup' of Jan Nowak"]}, "acknowledged, and not in the store: K1: 'soup' of Jan Nowak"),
    ({"doubled": ["K1: 'soup' of Jan Nowak"]}, "in the store more often than it was given: K1: 'soup' of Jan Nowak"),
    ({"conversation": ["2 times more than 7 messages within 1 s"]}, "over Teams' budget for a conversation: 2 times"),
    ({"tenant": ["1 times more than 50 requests within 1 s"]}, "over Teams' budget for a tenant: 1 times more"),
    ({"right": [0.5, 5.5]}, "the board was right 5.5 s after the faults, not within 5 s"),
    ({"right": [None]}, "the board was right never after the faults"),
    ({"right": []}, "the board was never compared"),
    ({"behind": ["'What?': the board says 2"]}, "the board that never became right: 'What?': the board says 2"),
    ({"acknowledged": 59}, "only 59 of 60 answers were acknowledged"),
    ({"kills": 2}, "only 2 of 3 kills, and 1 of 1 deaths for good"),
    ({"died": 0}, "only 3 of 3 kills, and 0 of 1 deaths for good"),
    ({"kills_left": 1}, "only 3 of 3 kills"),
    ({"failures": Counter({500: 2})}, "the bot answered 500 (2 times)"),
    ({"stall": 1.01}, "a loop kept those who asked waiting for 1.01 s"),
    ({"errors": ["bot-1: bug 1f2e3d4c"], "grips": 1}, "in the log of bot-1: bug 1f2e3d4c"),
    ({"errors": ["bot: Not stored (1 at once)"]}, "in the log of bot: Not stored"),
    ({"wrong": ["a stale answer was taken"]}, "a stale answer was taken"),
])
def test_whatever_does_not_hold_is_said(planted: dict[str, Any], said: str) -> None:
    (sentence,) = judged(ASKED, seen(**planted))
    assert sentence.startswith(said)


def test_an_answer_that_is_gone_is_told_with_its_words_and_whose_they_are() -> None:
    verdict = compare(TEXTS, [], read_board([page("T", note("One thing"), note("X"))]), NAMES)
    assert verdict.missing == ("T: 'another thing' of Līga Ozola",)
    assert verdict.doubled == ()


def test_an_answer_that_counts_twice_is_told_with_its_words_and_whose_they_are() -> None:
    there = (note("One thing"), note("Another\n\nthing"), note("X ×2"))
    verdict = compare(TEXTS, [], read_board([page("T", *there)]), NAMES)
    assert verdict.missing == ()
    assert verdict.doubled == ("T: 'x' of Nagy Zsófia",)


def test_two_cards_that_look_alive_are_seen() -> None:
    card = {"body": [{"type": "TextBlock", "text": "Step 1"}], "actions": [{"title": "Answer"}]}
    moved = {**card, "body": [{"type": "TextBlock", "text": "In the place of another"}, *card["body"]]}
    pointer = {"body": [{"type": "TextBlock", "text": "↓ further down"}]}
    assert twins([card, moved, pointer, pointer]) == []
    assert twins([card, pointer, card]) == ["the same card stands there twice: 'Step 1'"]


def test_the_table_has_the_figures_side_by_side() -> None:
    bad = seen(missing=["K1: 'soup' of Jan Nowak"])
    runs = [Run("SQLite", ASKED, seen(), ()), Run("PostgreSQL", ASKED, bad, judged(ASKED, bad))]
    lines = [line.split("  ") for line in table(7, runs).splitlines()]
    rows = {cells[0]: [cell.strip() for cell in cells[1:] if cell.strip()] for cells in lines}
    assert rows["soak, seed 7"] == ["SQLite", "PostgreSQL"]
    assert rows["acknowledged, missing"] == ["0", "1"]
    assert rows["board right after the faults"] == ["0.5 s, 5.0 s"] * 2
    assert rows["verdict"] == ["all holds", "WRONG: 1"]


def test_what_was_met_is_told() -> None:
    run = Run("SQLite", ASKED, seen(faults={"slow": 2, "5xx": 1}, peaks="5 of 7 messages in 1 s"), ())
    assert met(run) == "SQLite: 5xx 1, slow 2\n  at most 5 of 7 messages in 1 s"
    assert met(Run("SQLite", ASKED, Figures(), ())) == "SQLite: no faults\n  at most no calls"


@pytest.mark.parametrize("wrong", [["--answers", "0"], ["--kills", "many"], ["--database", "mysql"], ["--people", "3"]])
def test_the_command_line_is_checked(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2
    assert wrong[0] in capsys.readouterr().err


@pytest.mark.parametrize(("answers", "people", "plan"), [
    (60, 11, "kolb-taster-15"), (150, 27, "kolb-taster-15"), (500, 36, "kolb-peer-learning-210"),
])
def test_so_many_people_give_the_answers(answers: int, people: int, plan: str) -> None:
    assert (Asked(answers).people, Asked(answers).plan) == (people, plan)


async def test_what_goes_beyond_the_budgets_is_told_by_whose_budget_it_is(room: Room, bot: EchoBot) -> None:
    room.budgets.clock = lambda: 0.0
    words = {"type": "message", "text": "hello", "textFormat": "plain"}
    for _ in range(9):
        await bot.call("POST", f"conversations/{PEER_LEARNING.id}/activities", words)
    for _ in range(60):
        await bot.call("POST", "conversations", {})
    figures = Figures()
    of_the_room(room, figures)
    assert figures.conversation == ["2 times more than 7 messages within 1 s"]
    assert figures.tenant == ["17 times more than 50 requests within 1 s"]
    assert not any("more than" in why for why in figures.wrong), "told once"


async def test_what_the_bot_answers_and_teams_would_refuse_is_counted(room: Room, bot: EchoBot) -> None:
    anna = Person(room, "anna")
    bot.status = 500
    await anna.says("@Kolbot hello")
    bot.status = 503
    await anna.says("@Kolbot hello")
    figures = Figures()
    of_the_room(room, figures)
    assert (figures.failures, figures.keyless) == ({500: 1}, 1)
    assert figures.wrong == ["refused as Teams would: message: the bot answered 500 (1 times)"]


def test_what_a_killed_soak_left_behind_is_cleared_away_and_what_is_in_use_stays(tmp_path: Path) -> None:
    over = subprocess.Popen([sys.executable, "-c", ""])
    over.wait()
    left, used, other = (tmp_path / name for name in (f"{PREFIX}{over.pid}", f"{PREFIX}{os.getpid()}", "another"))
    for folder in (left, used, other):
        folder.mkdir()
        (folder / "postmaster.pid").write_text(f"{os.getpid()}\n", "utf-8")
    clear_away(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted((used, other))


@pytest.fixture
def empty(postgresql: URL) -> Iterator[str]:
    with database(postgresql, empty=True) as address:
        yield address.replace("+psycopg", "")


async def test_two_instances_lose_nothing_double_nothing_and_keep_the_budgets(
    empty: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    told: list[str] = []
    asked = Asked(60, 3, seed=4, instances=2, database=empty, for_good=1, late=3, again=2, rates=MIX, stays=1)
    figures = await ordeal(asked, tmp_path, told.append)
    run = Run("PostgreSQL", asked, figures, judged(asked, figures))
    # How soon the board is right, and how long a loop stood still, is for the long runs to tell: the machine is shared.
    here = [why for why in run.wrong if not why.startswith(("the board was right", "a loop kept"))]
    assert here == [], "\n".join([table(4, [run]), *run.wrong, *told])
    assert None not in figures.right
    assert (figures.people, figures.steps, figures.kills, figures.died, figures.grips) == (11, 6, 3, 1, 1)
    assert (figures.freezes, figures.passed_on > 0) == (1, True)
    assert len(figures.faults) > 5
    record_property("counted", f"{figures.acknowledged} answers under faults, 4 kills of two instances: none lost")
