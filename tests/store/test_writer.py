"""What is acknowledged is stored, once, in order, however many ask at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from store.failures import NotWritten
from store.heart import Heartbeat
from store.tables import answers, audit, deliveries
from store.writer import LONGEST_QUEUE, MOST_IN_A_BATCH, QUIET_ROUNDS, NoLedger, Writer
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, HOME, PLAN, START, TENANT, after, gave, joined, opened, read_plan
from workshop import commands as c, events as e
from workshop.delivery import Delivery
from workshop.model import Status
from workshop.prompts import kind_of
from workshop.refusals import Reason, Refused
from workshop.service import Change, Done, NotStored


async def test_500_answers_at_once_are_all_acknowledged_and_all_stored(stored: Stored) -> None:
    people = [f"p{number}" for number in range(500)]
    await stored.done(opened())
    await asyncio.gather(*(stored.done(joined(person)) for person in people))
    await stored.done(Change(c.Start(workshop="w1", by=ANA), START))
    before = (await stored.workshop()).revision

    changes = [gave(person, f"note of {person}", doubt=f"doubt {person}") for person in people]
    outcomes = await asyncio.gather(*(stored.writer.change(change) for change in changes))

    assert all(isinstance(outcome, Done) for outcome in outcomes)
    kept = {answer.author: answer.value for answer in await stored.answers("practices")}
    assert kept == {person: {"all": [f"note of {person}"]} for person in people}
    assert {str(answer.value["text"]) for answer in await stored.answers("doubt")} == {f"doubt {p}" for p in people}
    assert (await stored.workshop()).revision == before + 500


async def test_what_one_round_of_the_loop_brings_is_committed_together(engine: Engine, stored: Stored) -> None:
    people = [f"p{number}" for number in range(MOST_IN_A_BATCH + 6)]
    await stored.begin(*people)
    told = Told()
    writer = Writer(engine, read_plan, ledger=told)

    await asyncio.gather(*(writer.change(gave(person, "note")) for person in people))
    await writer.change(gave("p0", "another"))
    await writer.close()

    assert told.batches == [MOST_IN_A_BATCH, 6, 1]


async def test_who_comes_a_few_rounds_of_the_loop_later_is_committed_with_the_first(
    engine: Engine, stored: Stored
) -> None:
    people = [f"p{number}" for number in range(5)]
    await stored.begin(*people)
    told = Told()
    writer = Writer(engine, read_plan, ledger=told)

    async def later(number: int) -> None:
        for _ in range(number * (QUIET_ROUNDS - 1)):
            await asyncio.sleep(0)
        await writer.change(gave(people[number], "note"))

    await asyncio.gather(*map(later, range(len(people))))
    await writer.close()

    assert told.batches == [len(people)]


async def test_a_stream_without_end_is_stored_as_it_comes(engine: Engine, stored: Stored) -> None:
    await stored.begin("jan")
    told = Told()
    writer = Writer(engine, read_plan, ledger=told)
    asked = [writer.change(gave("jan", "first"))]
    while not asked[0].done() and len(asked) < LONGEST_QUEUE:
        asked.append(writer.change(gave("jan", f"note {len(asked)}")))
        for _ in range(QUIET_ROUNDS - 1):  # never quiet for long enough
            await asyncio.sleep(0)
    assert asked[0].done()
    await asyncio.gather(*asked)
    await writer.close()

    assert sum(told.batches) == len(asked)


async def test_whoever_comes_when_too_many_wait_is_told_at_once_that_nothing_was_stored(
    engine: Engine, stored: Stored
) -> None:
    await stored.begin("jan")
    told = Told()
    writer = Writer(engine, read_plan, ledger=told)
    waiting = [writer.change(gave("jan", "note")) for _ in range(LONGEST_QUEUE)]

    one_more = writer.change(gave("jan", "never stored"))
    with pytest.raises(NotWritten):
        await writer.write(lambda connection: None)

    assert one_more.result() == NotStored(certain=True)
    assert told.failures == [True]
    for one in waiting[1:]:
        one.cancel()  # whoever asked is gone; what they asked for is not
    assert isinstance(await waiting[0], Done)
    assert isinstance(await writer.change(gave("jan", "there is room again")), Done)
    await writer.close()


class Told(NoLedger):
    """What the ledger was told: how many changes were committed together, and which were not stored for certain."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.failures: list[bool] = []

    def changed(self, outcomes: Sequence[Done | Refused], seconds: float) -> None:
        self.batches.append(len(outcomes))

    def not_stored(self, certain: bool) -> None:
        self.failures.append(certain)


async def test_the_same_delivery_twice_has_one_effect(stored: Stored) -> None:
    await stored.begin("jan")
    first = await stored.done(gave("jan", "one", delivery="activity 1"))
    await stored.done(gave("jan", "two", delivery="activity 2"))

    again = await stored.done(gave("jan", "one", delivery="activity 1"))

    assert not first.repeated and again.repeated and again.events == ()
    assert again.workshop == await stored.workshop()
    assert [answer.value for answer in await stored.answers("practices")] == [{"all": ["two"]}]


async def test_the_same_delivery_twice_in_one_batch_has_one_effect(stored: Stored) -> None:
    await stored.begin("jan")
    outcomes = await stored.in_one_batch(gave("jan", "one", delivery="x"), gave("jan", "two", delivery="x"))

    assert [outcome.repeated for outcome in outcomes if isinstance(outcome, Done)] == [False, True]
    assert [answer.value for answer in await stored.answers("practices")] == [{"all": ["one"]}]


async def test_a_redelivered_open_gives_the_workshop_that_the_first_opened(stored: Stored) -> None:
    first, second = opened("first"), opened("second")
    await stored.done(Change(first.command, START, Delivery("activity")))

    again = await stored.done(Change(second.command, START, Delivery("activity")))

    assert again.repeated and again.workshop.id == "first"
    assert await stored.reader.workshop("second") is None


async def test_a_refusal_leaves_no_mark_and_no_trace(stored: Stored) -> None:
    await stored.begin("jan")
    before = await stored.workshop()
    refused = await stored.writer.change(gave("eve", "not joined", delivery="activity"))

    assert isinstance(refused, Refused) and refused.reason is Reason.JOIN_FIRST
    assert await stored.workshop() == before
    assert stored.count(deliveries) == 0
    await stored.done(joined("eve"))
    assert not (await stored.done(gave("eve", "joined", delivery="activity"))).repeated


async def test_a_command_to_no_workshop_is_refused(stored: Stored) -> None:
    refused = await stored.writer.change(gave("jan", "x", workshop="nowhere"))
    assert refused == Refused(Reason.NO_WORKSHOP)


async def test_a_poisoned_command_harms_no_other_in_its_batch(stored: Stored) -> None:
    await stored.begin("jan", "eva", "ola")
    poisoned = gave("eva", "never", delivery="no text \ud800")

    outcomes = await stored.in_one_batch(gave("jan", "a"), poisoned, gave("ola", "b"))

    assert isinstance(outcomes[0], Done) and isinstance(outcomes[2], Done)
    assert isinstance(outcomes[1], UnicodeEncodeError)
    assert {answer.author for answer in await stored.answers("practices")} == {"jan", "ola"}


async def test_a_constraint_that_one_breaks_harms_no_other(stored: Stored) -> None:
    await stored.begin("jan")
    other_home = opened("w1", home="elsewhere")

    outcomes = await stored.in_one_batch(gave("jan", "a"), other_home, gave("jan", "b"))

    assert isinstance(outcomes[0], Done) and isinstance(outcomes[2], Done)
    assert outcomes[1] == NotStored(certain=True)
    assert [answer.value for answer in await stored.answers("practices")] == [{"all": ["b"]}]


async def test_next_in_one_batch_with_answers_carries_all_of_them_over(stored: Stored) -> None:
    await stored.begin("jan", "eva", "ola")
    await stored.done(gave("jan", "kept", "dropped"))

    outcomes = await stored.in_one_batch(
        gave("eva", "kept"),
        gave("jan", "kept"),
        gave("ola", "late note"),
        Change(c.WithdrawAnswers(workshop="w1", by="ola", step=0), START),
        gave("ola", "last note"),
        Change(c.Next(workshop="w1", by=ANA), after(60)),
        gave("ola", "too late", now=after(61)),
    )

    moved = outcomes[5]
    assert isinstance(moved, Done) and moved.workshop.at == 1
    items = moved.workshop.items["dots"]
    assert [(item.label[""], item.weight) for item in items] == [("kept", 2), ("last note", 1)]
    assert isinstance(outcomes[6], Refused)
    # In the order first given: who takes back and gives again stands last.
    assert [answer.author for answer in await stored.answers("practices")] == ["jan", "eva", "ola"]


async def test_two_next_in_one_batch_see_each_other(stored: Stored) -> None:
    await stored.begin("jan")
    await stored.done(gave("jan", "note"))
    moves = (await stored.workshop()).moves
    button = Change(c.Next(workshop="w1", by=ANA, moves=moves), after(60))

    first, second = await stored.in_one_batch(button, button)

    assert isinstance(first, Done) and isinstance(second, Refused) and second.reason is Reason.STALE
    assert (await stored.workshop()).at == 1


async def test_an_empty_field_takes_the_earlier_answer_back(stored: Stored) -> None:
    await stored.begin("jan")
    await stored.done(gave("jan", "note", remark="first", doubt="hm"))
    await stored.done(gave("jan", "note"))

    assert await stored.answers("remark") == [] and await stored.answers("doubt") == []
    assert stored.count(answers) == 1


async def test_a_conversation_has_one_live_workshop(stored: Stored) -> None:
    outcomes = await stored.in_one_batch(
        opened("a"),
        opened("b"),
        Change(c.Cancel(workshop="a", by=ANA), START),
        opened("c", now=after(1)),
        opened("elsewhere", home="other"),
    )

    assert [type(outcome) for outcome in outcomes] == [Done, Refused, Done, Done, Done]
    newest = await stored.reader.newest_in(TENANT, HOME)
    assert newest is not None and newest.id == "c"
    refused = await stored.writer.change(opened("d"))
    assert isinstance(refused, Refused) and refused.reason is Reason.ALREADY_OPEN


async def test_a_finished_workshop_frees_its_conversation_in_the_same_batch(stored: Stored) -> None:
    await stored.done(opened("a"))
    outcomes = await stored.in_one_batch(Change(c.Cancel(workshop="a", by=ANA), START), opened("b", now=after(1)))
    assert all(isinstance(outcome, Done) for outcome in outcomes)


async def test_only_openers_open(engine: Engine) -> None:
    writer = Writer(engine, read_plan, frozenset({"someone/else"}))
    refused = await writer.change(opened())
    await writer.close()
    assert isinstance(refused, Refused) and refused.reason is Reason.MAY_NOT_OPEN


async def test_an_activity_without_a_command_comes_first_once(stored: Stored) -> None:
    await stored.begin("jan")
    assert await stored.writer.first_time("activity", START)
    assert not await stored.writer.first_time("activity", START)
    assert not (await stored.done(gave("jan", "x", delivery="activity"))).repeated


async def test_marks_older_than_a_day_are_cleared_and_younger_ones_kept(stored: Stored) -> None:
    heart = Heartbeat(stored.writer, "one")
    await stored.writer.first_time("old", START)
    await stored.writer.first_time("young", after(3600))
    await heart.beat(START + timedelta(days=1, minutes=1))

    assert await stored.writer.first_time("old", START)
    assert not await stored.writer.first_time("young", START)
    assert await stored.reader.last_seen() == START + timedelta(days=1, minutes=1)


async def test_the_trail_says_who_did_what_and_never_what_was_written(stored: Stored) -> None:
    await stored.begin("jan")
    await stored.done(gave("jan", "SECRET WORDS", remark="SECRET WORDS"))
    (answer,) = await stored.answers("remark")
    ((entry, _),) = kind_of(PLAN.prompts["remark"]).entries(PLAN.prompts["remark"], answer)
    await stored.done(Change(c.HideEntry(workshop="w1", by=ANA, entry=entry), START))
    await stored.done(Change(c.NameModerator(workshop="w1", by=ANA, people=(("jan", "Jan"),)), START))
    await stored.done(Change(c.Next(workshop="w1", by=ANA), after(60)))

    with stored.engine.connect() as connection:
        lines = connection.execute(audit.select().order_by(audit.c.id)).all()
    assert [line.action for line in lines] == [
        *("Opened", "PersonChanged", "StepOpened", "EntryHidden", "PersonChanged", "StepClosed", "StepOpened")
    ]
    assert all(line.by == ANA for line in lines)
    assert "SECRET" not in repr(lines)
    assert json.loads(lines[3].detail) == {"prompt": "remark", "entry": entry}


async def test_of_an_anonymous_entry_the_trail_does_not_say_which(stored: Stored) -> None:
    """The line has a time, and the entry's name could be made of the answer: together the answer would have a time."""
    await stored.begin("jan")
    await stored.done(gave("jan", "note", doubt="quiet"))
    (answer,) = await stored.answers("doubt")
    ((entry, _),) = kind_of(PLAN.prompts["doubt"]).entries(PLAN.prompts["doubt"], answer)
    await stored.done(Change(c.HideEntry(workshop="w1", by=ANA, entry=entry), START))
    await stored.done(Change(c.RestoreEntry(workshop="w1", by=ANA, entry=entry), START))
    with stored.engine.connect() as connection:
        lines = connection.execute(audit.select().order_by(audit.c.id)).all()[-2:]
    assert [line.action for line in lines] == ["EntryHidden", "EntryRestored"]
    assert [json.loads(line.detail) for line in lines] == [{"prompt": "doubt"}] * 2


async def test_nothing_joins_an_anonymous_answer_to_a_named_one_of_the_same_form(stored: Stored) -> None:
    await stored.begin("jan", "eva")
    for person in ("jan", "eva"):
        await stored.done(gave(person, "note", doubt="quiet", remark="loud"))

    with stored.engine.connect() as connection:
        quiet = connection.execute(answers.select().where(answers.c.prompt == "doubt")).mappings().all()
    assert {row["given"] for row in quiet} == {0}
    assert all(row["author"].startswith("anonymous:") for row in quiet)


async def test_the_key_of_the_pseudonyms_is_gone_with_the_end(stored: Stored) -> None:
    await stored.begin("jan")
    ended = await stored.done(Change(c.Finish(workshop="w1", by=ANA), after(9)))
    assert any(isinstance(event, e.Finished) for event in ended.events)
    workshop = await stored.workshop()
    assert workshop.secret is None and workshop.status is Status.FINISHED


@pytest.mark.parametrize(
    "words", ["'; DROP TABLE answers; --", "{{DATE()}}", "<at>everyone</at>", "a\x00b", "Zażółć 👩‍👩‍👧"]
)
async def test_hostile_words_are_kept_as_words(stored: Stored, words: str) -> None:
    await stored.begin("jan")
    await stored.done(gave("jan", remark=words))
    (answer,) = await stored.answers("remark")
    assert answer.value == {"text": words.replace("\x00", "")}
