"""A whole session with the real bot as a program of its own, killed on the way; and what is said when it goes wrong."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from rehearsal.bot_process import BotFailed, BotProcess
from rehearsal.play import Options, Played, main, play, summary

TASTER = "kolb-taster-15"


FIVE = ("en", "pl", "bg", "lv", "hu")


async def test_a_session_is_played_and_the_board_equals_what_was_acknowledged(tmp_path: Path) -> None:
    told: list[str] = []
    options = Options(people=10, seed=3, plan=TASTER, language="pl", crash=1, languages=FIVE)
    played = await play(options, tmp_path, told.append)
    assert played.wrong == [], "\n".join([summary(options, played), *played.wrong])
    assert (played.people, played.steps, played.kills) == (10, 6, 1)
    assert 40 <= played.acknowledged <= 80
    assert set(played.compared) == {"K1", "K4", "A1", "A2", "E3", "C1", "C5"}
    assert all(played.compared.values())
    assert "10 people are in" in told
    assert any(line.startswith("kill -9 number 1") for line in told)
    assert "equal, word for word" in summary(options, played)
    assert set(played.different) == set(FIVE)
    assert min(played.different.values()) > 100, "every language's readers read much, and all of it in theirs"
    assert f"lines read             {played.read} by people" in summary(options, played)


async def test_a_session_is_played_while_everything_goes_wrong(tmp_path: Path) -> None:
    told: list[str] = []
    options = Options(people=4, seed=2, plan=TASTER, crash=1, faults=True, late=3, again=2)
    played = await play(options, tmp_path, told.append)
    assert played.wrong == [], "\n".join([summary(options, played), *played.wrong, *told])
    assert (played.people, played.steps, played.kills) == (4, 6, 1)
    assert played.budgets == []
    assert played.settled > 0
    assert len(played.faults) > 3
    assert "the board was right" in summary(options, played)
    assert "the faults are over" in told


def test_what_went_wrong_is_said_and_the_exit_code_is_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--people", "1", "--plan", "no-such-plan"], tmp_path) == 1
    said = capsys.readouterr().out
    assert "the session did not come to its end" in said
    assert "no-such-plan" in said
    assert "log and database" in said


@pytest.mark.parametrize("wrong", [
    ["--people", "0"], ["--people", "many"], ["--speed", "slowly"], ["--lobby"], ["--languages", "en,de"],
])
def test_the_command_line_is_checked(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2
    assert wrong[0] in capsys.readouterr().err


async def test_a_bot_that_does_not_come_up_shows_its_log(tmp_path: Path) -> None:
    bot = BotProcess(tmp_path, "https://teams.example")
    try:
        with pytest.raises(BotFailed, match="REHEARSAL_URL"):
            await bot.start()
        assert not bot.running
    finally:
        await bot.stop()


async def test_a_bot_that_was_never_started_can_be_stopped(tmp_path: Path) -> None:
    bot = BotProcess(tmp_path, "http://127.0.0.1:1")
    bot.kill()
    await asyncio.gather(bot.gone(), bot.stop())
    assert bot.errors() == []
    assert "nothing" in bot.tail()


def test_a_summary_says_what_is_wrong() -> None:
    played = Played(people=3, steps=6, acknowledged=12, answering=2.0, compared={"K1": 7}, budgets=["too many"])
    played.wrong = ["K1: missing 'soup'", "too many"]
    said = summary(Options(people=3, plan=TASTER), played)
    assert "12 (6.0/s)" in said
    assert "7 (K1 7)" in said
    assert "budgets         too many" in said
    assert "WRONG: 2" in said
