"""Whom the bot has met and where it reaches them; meeting them again costs no write."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.conversations import Conversation, Conversations, PersonKnown
from store.tables import conversations as conversations_table, persons
from tests.store.conftest import Stored
from tests.store.small_workshop import START, after

URL = "https://smba.example/emea/"


@pytest.fixture
def known(stored: Stored) -> Conversations:
    return Conversations(stored.writer, stored.reader)


async def test_a_conversation_is_remembered_changed_and_forgotten(known: Conversations) -> None:
    await known.remember("19:a", URL, "tenant", "28:bot", "channel", "General")
    assert await known.address("19:a") == Conversation("19:a", URL, "tenant", "28:bot", "channel", "General")
    await known.remember("19:a", "https://elsewhere/", "tenant", "28:bot", "channel", "General")
    found = await known.address("19:a")
    assert found is not None and found.service_url == "https://elsewhere/"
    await known.forget("19:a")
    assert await known.address("19:a") is None
    await known.remember("19:a", "https://elsewhere/", "tenant", "28:bot", "channel", "General")
    assert await known.address("19:a") is not None


async def test_a_conversation_goes_with_its_threads(known: Conversations) -> None:
    for key in ("19:a", "19:a;messageid=1", "19:ab", "19:_"):
        await known.remember(key, URL, "tenant", "28:bot", "channel")
    await known.forget("19:_")
    await known.forget("19:a")
    assert [await known.address(key) is None for key in ("19:a", "19:a;messageid=1", "19:ab")] == [True, True, False]
    await known.remember("19:a;messageid=1", URL, "tenant", "28:bot", "channel")
    assert await known.address("19:a;messageid=1") is not None, "it is news again"


async def test_where_teams_has_moved_all_of_the_tenant_is_reached(known: Conversations) -> None:
    new = "https://elsewhere/"
    await known.remember("19:a", URL, "t", "28:bot", "channel")
    await known.remember("19:b", URL, "t", "28:bot", "channel")
    await known.remember("19:far", "https://far/", "t", "28:bot", "channel")
    await known.remember("19:other", URL, "another", "28:bot", "channel")
    await known.meet("t/jan", "29:x", "Jan", "t", "pl", URL)
    await known.remember("19:a", new, "t", "28:bot", "channel")
    found = [await known.address(key) for key in ("19:a", "19:b", "19:far", "19:other")]
    assert [each and each.service_url for each in found] == [new, new, "https://far/", URL]
    jan = await known.person("t/jan")
    assert jan is not None and jan.service_url == new, "for a private chat too"
    await known.remember("19:b", URL, "t", "28:bot", "channel")
    back = await known.address("19:a")
    assert back is not None and back.service_url == URL, "and back again: the newest counts"


async def test_what_has_not_changed_is_not_written_again(known: Conversations, engine: Engine) -> None:
    await known.remember("19:a", URL, "tenant", "28:bot", "channel")
    await known.meet("t/jan", "29:x", "Jan", "t", "pl", URL)
    with engine.begin() as connection:
        connection.execute(sa.delete(conversations_table))
        connection.execute(sa.delete(persons))
    await known.remember("19:a", URL, "tenant", "28:bot", "channel")
    await known.meet("t/jan", "29:x", "Jan", "t", "pl", URL)
    await known.meet("t/jan", "29:x", "Jan", "t", None, URL)
    assert await known.address("19:a") is None and await known.person("t/jan") is None
    await known.meet("t/jan", "29:x", "Jan K.", "t", "pl", URL)
    assert await known.person("t/jan") == PersonKnown("t/jan", "29:x", "Jan K.", "t", "pl", URL)


async def test_a_chosen_language_counts_whatever_teams_says_later(known: Conversations) -> None:
    await known.meet("t/jan", "29:x", "Jan", "t", None, URL)
    assert (await _language(known)) is None
    await known.meet("t/jan", "29:x", "Jan", "t", "pl", URL)
    assert (await _language(known)) == "pl"
    await known.meet("t/jan", "29:y", "Jan", "t", None, URL)
    assert (await _language(known)) == "pl"
    await known.choose_language("t/jan", "lv", START)
    await known.meet("t/jan", "29:y", "Jan", "t", "en", URL)
    assert (await _language(known)) == "lv"


async def test_nobody_is_nobody(known: Conversations) -> None:
    assert await known.person("t/nobody") is None
    await known.choose_language("t/nobody", "pl", START)
    assert await known.person("t/nobody") is None


async def test_who_has_chosen_lately_is_told_to_whoever_asks(known: Conversations) -> None:
    for number in range(3):
        await known.meet(f"t/{number}", "29:x", "Jan", "t", "pl", URL)
        await known.choose_language(f"t/{number}", "lv", after(10 * number))
    assert await known.chosen_since(after(10)) == {"t/1": "lv", "t/2": "lv"}
    await known.meet("t/2", "29:y", "Jan", "t", "en", URL)
    await known.choose_language("t/1", "bg", after(30))
    assert await known.chosen_since(after(20)) == {"t/1": "bg", "t/2": "lv"}
    assert await known.chosen_since(after(31)) == {}


async def _language(known: Conversations) -> str | None:
    person = await known.person("t/jan")
    assert person is not None
    return person.language


async def test_of_many_people_only_those_who_were_met_are_known(known: Conversations) -> None:
    await known.meet("t/jan", "29:x", "Jan", "t", "pl", URL)
    await known.meet("t/eva", "29:y", "Eva", "t", None, URL)
    await known.choose_language("t/jan", "lv", START)
    assert await known.met(["t/jan", "t/eva", "t/ola"]) == {"t/jan": ("29:x", "lv"), "t/eva": ("29:y", None)}
    assert await known.met([]) == {}


async def test_a_time_zone_is_kept_until_another_is_said(known: Conversations) -> None:
    await known.meet("t/jan", "29:x", "Jan", "t", "pl", URL)
    assert await known.zones(["t/jan", "t/eva"]) == {}
    await known.meet("t/jan", "29:x", "Jan", "t", "pl", URL, "Europe/Warsaw")
    await known.meet("t/jan", "29:x", "Jan K.", "t", None, URL)
    assert await known.zones(["t/jan", "t/eva"]) == {"t/jan": "Europe/Warsaw"}
    await known.meet("t/jan", "29:x", "Jan K.", "t", "pl", URL, "Europe/Sofia")
    assert await known.zones(["t/jan"]) == {"t/jan": "Europe/Sofia"}
