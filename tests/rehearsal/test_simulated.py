"""Simulated people join, answer, read refusals, come back after a crash, and know what they were told was kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from random import Random

import pytest
import pytest_asyncio

from rehearsal.participant import pause
from rehearsal.server import Room
from rehearsal.simulated import Simulation
from rehearsal.world import Unknown
from tests.rehearsal.echo import EchoBot, card_of, text_block
from tests.rehearsal.table import PLACE, Body, Table


@pytest_asyncio.fixture
async def table(bot: EchoBot) -> AsyncIterator[Table]:
    yield Table(bot)


def simulated(room: Room, count: int, language: str | None = "pl", seed: int = 1) -> Simulation:
    return Simulation(room, PLACE, None, count, language, "fast", seed)


def board(room: Room, simulation: Simulation) -> dict[tuple[str, int], Body]:
    """What the people were told was kept: the last of each person and step."""
    return {
        (room.world.member(one.person).mri, int(one.step)): one.values for one in simulation.acknowledged
    }


async def test_they_join_and_answer_each_step_and_know_what_was_kept(room: Room, table: Table) -> None:
    simulation = simulated(room, 25, None, seed=2)
    await simulation.start()
    await table.opens(1)
    await simulation.settled(20)
    await table.opens(2)
    await simulation.settled(20)
    await simulation.stop()

    assert board(room, simulation) == table.kept
    assert simulation.unsure == []
    assert len(table.joined) == 25
    state = simulation.state()
    assert state["joined"] == state["people"] == 25
    assert state["answered"] == len(table.kept) == 50 - state["skipped"]
    assert 40 <= state["answered"] < 50
    assert state["running"] is False
    assert len(simulation.acknowledged) > len(table.kept), "somebody changed an answer"
    assert table.refusals == state["refused"] > 0, "somebody gave a dot too many and was told"
    assert {one.prompts for one in simulation.acknowledged} == {("notes", "board", "vote")}
    assert not room.world.refusals


async def test_what_already_stands_in_the_conversation_counts(room: Room, table: Table) -> None:
    await table.opens(1)
    simulation = simulated(room, 3)
    await simulation.start()
    assert simulation.state()["running"] is True
    await simulation.settled(10)
    await simulation.stop()
    assert board(room, simulation) == table.kept != {}


async def test_they_write_less_after_a_refusal_and_give_up_after_three(room: Room, table: Table) -> None:
    table.longest = 100
    await table.opens(1)
    simulation = simulated(room, 12)
    await simulation.start()
    await simulation.settled(20)
    assert table.refusals > 0
    assert board(room, simulation) == table.kept != {}
    assert max(len(value) for values in table.kept.values() for value in values.values()) <= 100

    before, table.longest = table.refusals, 0
    await table.opens(2)
    await simulation.settled(20)
    await simulation.stop()
    assert {step for _, step in table.kept} == {1}
    assert 0 < table.refusals - before <= 4 * 12


async def test_they_press_again_until_the_bot_is_back(room: Room, table: Table, bot: EchoBot) -> None:
    simulation = simulated(room, 6)
    await simulation.start()
    await table.opens(1)
    table.wrong = 10
    await simulation.settled(30)
    await simulation.stop()
    assert table.wrong == 0
    assert board(room, simulation) == table.kept != {}
    assert simulation.unsure == []


async def test_an_answer_that_got_lost_is_said_to_be_unsure(room: Room, table: Table, bot: EchoBot) -> None:
    await table.opens(1)
    simulation = simulated(room, 8)
    await simulation.start()
    await simulation.settled(20)
    known = len(simulation.acknowledged)
    await table.opens(2)
    sending = asyncio.get_running_loop().create_future()

    def loses(activity: Body) -> Body | None:
        answer = Table.hears(table, activity)
        if activity["name"] == "task/submit":
            bot.status = 500
            if not sending.done():
                sending.set_result(None)
        return answer

    bot.on_invoke = loses
    await asyncio.wait_for(sending, 10)
    await simulation.stop()

    assert len(simulation.acknowledged) == known
    unsure = {(room.world.member(one.person).mri, int(one.step)): one.values for one in simulation.unsure}
    second = {key: values for key, values in table.kept.items() if key[1] == 2}
    assert second
    assert second.items() <= unsure.items()


async def test_what_is_not_confirmed_is_sent_again_as_it_was(room: Room, table: Table) -> None:
    table.doubtful = 4
    await table.opens(1)
    simulation = simulated(room, 5)
    await simulation.start()
    await simulation.settled(20)
    await simulation.stop()
    assert table.doubtful == 0
    assert simulation.record.unconfirmed == 4
    assert board(room, simulation) == table.kept != {}
    assert simulation.unsure == []


async def test_who_fell_behind_the_news_reads_everything_anew(room: Room, table: Table) -> None:
    simulation = simulated(room, 3)
    await simulation.start()
    room.world.feed.close()
    await asyncio.sleep(0)
    await table.opens(1)
    await simulation.settled(10)
    await simulation.stop()
    assert len(table.joined) == 3
    assert board(room, simulation) == table.kept != {}


async def test_a_card_that_is_taken_away_offers_nothing(room: Room, table: Table) -> None:
    await table.opens(1)
    status, _ = await table.bot.call("DELETE", f"conversations/{PLACE}/activities/{table.card}")
    assert status in (200, 202, 204)
    simulation = simulated(room, 3)
    await simulation.start()
    await simulation.settled(5)
    await simulation.stop()
    assert not table.joined


async def test_a_crowd_has_a_known_speed_and_place(room: Room) -> None:
    with pytest.raises(ValueError, match="slowly"):
        Simulation(room, PLACE, None, 1, "pl", "slowly", 1)
    with pytest.raises(Unknown):
        Simulation(room, "nowhere", None, 1, "pl", "fast", 1)


@pytest.mark.parametrize(("speed", "least", "most"), [("fast", 0, 0.3), ("human", 5, 60)])
def test_people_take_their_time(speed: str, least: float, most: float) -> None:
    for slow in (False, True):
        taken = [pause(speed, Random(seed), slow) for seed in range(300)]
        assert least <= min(taken) < max(taken) <= most
    assert sum(pause(speed, Random(seed), True) > pause(speed, Random(seed), False) for seed in range(300)) > 200


async def test_in_one_thread_only_what_is_in_it(room: Room, table: Table) -> None:
    await table.opens(1)
    elsewhere = await table.bot.post_card(PLACE, card_of(text_block("Another thread")))
    simulation = Simulation(room, PLACE, elsewhere, 3, "en", "fast", 1)
    await simulation.start()
    await simulation.settled(5)
    await simulation.stop()
    assert not table.joined
    assert not table.kept


async def test_a_second_crowd_of_the_same_seed_has_other_names(room: Room, table: Table) -> None:
    await table.opens(1)
    names = []
    for _ in range(2):
        simulation = simulated(room, 8, seed=7)
        await simulation.start()
        await simulation.settled(20)
        await simulation.stop()
        names += [one.persona.name for one in simulation.participants]
    assert len(set(names)) == 16
