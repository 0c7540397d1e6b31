"""Translations come back as they were written, go with what their author takes back, and with the workshop."""

from __future__ import annotations

from datetime import timedelta

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.reader import Reader
from store.retention import Retention
from store.tables import audit, translations
from tests.store.cleaned import cleaned, everything, only_postgresql, only_sqlite
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, START, after, gave, read_plan
from workshop import commands as c
from workshop.model import Workshop, entry_id
from workshop.service import Change, Done, Outcome

HOSTILE = "„Zażółć” '; DROP TABLE answers; -- <b>👩‍👩‍👧</b>"


async def translates(stored: Stored, entry: str, words: str, was: str = "", seconds: float = 10) -> Outcome:
    command = c.TranslateEntry(workshop="w1", by=ANA, entries=(entry,), language="en", words=words, was=was)
    return await stored.writer.change(Change(command, after(seconds)))


async def read(engine: Engine) -> Workshop:
    fresh = Reader(engine, read_plan)
    found = await fresh.workshop("w1")
    fresh.close()
    assert found is not None
    return found


async def test_they_come_back_are_changed_and_go_with_their_entry(engine: Engine, stored: Stored) -> None:
    await stored.begin("jan", "eva")
    await stored.done(gave("jan", "one", "two"))
    (answer,) = await stored.answers("practices")
    one, two = (entry_id(answer, "all", words) for words in ("one", "two"))
    for entry, words in ((one, HOSTILE), (two, "dwa")):
        done = await translates(stored, entry, words)
        assert isinstance(done, Done) and done.events
    assert await read(engine) == done.workshop and done.workshop.translations[one].into["en"].words == HOSTILE
    changed = await translates(stored, two, "dwie", "dwa")
    assert isinstance(changed, Done) and await read(engine) == changed.workshop
    await stored.done(gave("jan", "two", "three", now=after(20)))
    left = await read(engine)
    assert {one.into["en"].words for one in left.translations.values()} == {"dwie"} == _words(engine)
    removed = await translates(stored, two, "", "dwie", 30)
    assert isinstance(removed, Done) and removed.workshop.translations == {} and _words(engine) == set()
    with engine.connect() as connection:
        rows = connection.execute(sa.select(audit.c.by, audit.c.action, audit.c.detail).order_by(audit.c.id)).all()
    told = [(by, orjson.loads(detail)) for by, action, detail in rows if action == "EntryTranslated"]
    assert [detail["kept"] for _, detail in told] == [True, True, True, False] and {by for by, _ in told} == {ANA}
    assert not any(action == "TranslationsLost" for _, action, _ in rows), "what people do for themselves is nobody's"
    assert "DROP" not in str(rows) and "dwie" not in str(rows)


async def test_in_one_batch_with_what_takes_it_away(engine: Engine, stored: Stored) -> None:
    """Translated, taken back and given again with the same words at once: there is none."""
    await stored.begin("jan", "eva")
    (answer,) = [(await stored.done(gave("jan", "one"))).events[0]]
    entry = entry_id((await stored.answers("practices"))[0], "all", "one")
    await translates(stored, entry, "jeden")
    assert _words(engine) == {"jeden"} and answer
    first = stored.writer.change(gave("jan", "other", now=after(21)))
    second = stored.writer.change(gave("jan", "one", now=after(22)))
    assert isinstance(await first, Done) and isinstance(await second, Done)
    assert _words(engine) == set() and (await read(engine)).translations == {}


async def test_they_are_erased_with_the_workshop(engine: Engine, stored: Stored) -> None:
    await stored.begin("jan", "eva")
    await stored.done(gave("jan", "one"))
    await translates(stored, entry_id((await stored.answers("practices"))[0], "all", "one"), "jeden")
    await stored.done(Change(c.Finish(workshop="w1", by=ANA), after(60)))
    assert (await read(engine)).translations and _words(engine) == {"jeden"}
    assert await Retention(stored.writer, lambda: START + timedelta(days=61), 60).tick() == 1
    assert _words(engine) == set()


PEOPLE = ("jan", "eva", "ola")


async def doubted(stored: Stored) -> None:
    """Each has said something anonymously, and it is translated, one after the other."""
    await stored.begin(*PEOPLE)
    for who in PEOPLE:
        await stored.done(gave(who, doubt=f"doubt of {who}"))
    entries = {entry_id(one, "", str(one.value["text"])): one.value["text"] for one in await stored.answers("doubt")}
    for entry, words in entries.items():
        assert isinstance(await translates(stored, entry, f"in English: {words}"), Done)


@only_postgresql
async def test_no_row_tells_when_it_was_written_after_the_end(engine: Engine, stored: Stored) -> None:
    def at_once() -> int:
        with engine.connect() as connection:
            return connection.execute(sa.text("SELECT count(DISTINCT xmin::text) FROM translations")).scalar_one()

    await doubted(stored)
    assert at_once() == 3
    await stored.done(Change(c.Finish(workshop="w1", by=ANA), after(60)))
    await cleaned(stored)
    assert at_once() == 1 and len(_words(engine)) == 3


@only_sqlite
async def test_what_was_translated_and_taken_back_is_nowhere_in_the_files_after_the_end(stored: Stored) -> None:
    await doubted(stored)
    await stored.done(gave("jan", doubt="another", now=after(20)))
    await stored.done(Change(c.Finish(workshop="w1", by=ANA), after(60)))
    before = await stored.workshop()
    await cleaned(stored)
    kept = [f"in English: doubt of {who}".encode() in everything(stored) for who in PEOPLE]
    assert kept == [False, True, True] and (await stored.workshop()).translations == before.translations


def _words(engine: Engine) -> set[str]:
    """What stands in the table."""
    with engine.connect() as connection:
        return set(connection.execute(sa.select(translations.c.words)).scalars())
