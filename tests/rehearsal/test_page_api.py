"""The page's side of the room, as a browser uses it: JSON over HTTP and the stream of events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import jwt
import orjson
import pytest_asyncio

from rehearsal.hands import Person
from rehearsal.people import GROUP_CHAT, PEER_LEARNING
from rehearsal.server import Room
from tests.rehearsal.echo import EchoBot, card_message, card_of, dialog, execute, opens, shows, text_block

CHANNEL = PEER_LEARNING.id


class Browser:
    """One open page, as one person."""

    def __init__(self, room: Room, session: aiohttp.ClientSession) -> None:
        self.url = room.url
        self.session = session

    async def get(self, path: str) -> Any:
        async with self.session.get(self.url + path) as response:
            return await response.json()

    async def post(self, path: str, body: Any, **headers: str) -> tuple[int, Any]:
        async with self.session.post(self.url + path, json=body, headers=headers) as response:
            return response.status, await response.json()

    async def events(
        self, person: str, into: list[tuple[str, Any]], ready: asyncio.Event, enough: int = 0
    ) -> None:
        """Collects events; ends by itself after `enough` of them."""
        async with self.session.get(f"{self.url}/api/events?as={person}") as response:
            ready.set()
            kind = ""
            async for line in response.content:
                if line.startswith(b"event: "):
                    kind = line[7:].strip().decode()
                elif line.startswith(b"data: "):
                    into.append((kind, orjson.loads(line[6:])))
                    if len(into) == enough:
                        return


@pytest_asyncio.fixture
async def browser(room: Room) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession() as session:
        yield Browser(room, session)


async def test_the_room_describes_itself(room: Room, bot: EchoBot, browser: Browser) -> None:
    body = await browser.get("/api/room")
    assert body["bot"]["name"] == "Kolbot"
    assert [person["id"] for person in body["people"]] == [
        "anna", "ivan", "liga", "zsofi", "james", "guest", "outsider",
    ]
    assert body["people"][3]["first"] == "Zsófia"
    kinds = [place["kind"] for place in body["conversations"]]
    assert (kinds.count("channel"), kinds.count("groupchat"), kinds.count("personal")) == (7, 2, 6)
    assert body["simulation"] == {"running": False, "people": 0, "answered": 0}


async def test_say_press_and_dialog(room: Room, bot: EchoBot, browser: Browser) -> None:
    said = {
        "as": "anna", "conversation": CHANNEL, "root": None, "text": "<at>Kolbot</at> new",
        "mentions": [room.described()["bot"]["id"]],
    }
    status, body = await browser.post("/api/say", said)
    assert (status, body["status"], body["message"]["from"]["id"]) == (200, 202, "anna")
    assert bot.heard[-1]["text"] == "<at>Kolbot</at> new"
    card = card_of(actions=[execute("Join", "join", n=1), opens("Answer")])
    name = await bot.post_card(CHANNEL, card)
    bot.on_invoke = lambda activity: shows(card_of(text_block("in")))
    press = {"as": "ivan", "message": name, "action": card["actions"][0], "inputs": {"typed": "x"}}
    assert (await browser.post("/api/press", press))[1]["kind"] == "card"
    assert bot.heard[-1]["value"]["action"]["data"] == {"n": 1, "typed": "x"}
    mine = (await browser.get(f"/api/messages?conversation={CHANNEL}&as=ivan"))["messages"][-1]
    assert mine["attachments"][0]["content"]["body"][0]["text"] == "in"
    bot.on_invoke = lambda activity: dialog("Title", card_of(actions=[{"type": "Action.Submit", "title": "OK"}]))
    press = {"as": "ivan", "message": name, "action": card["actions"][1], "inputs": {}}
    opened = (await browser.post("/api/press", press))[1]
    assert (opened["kind"], opened["dialog"]["title"]) == ("dialog", "Title")
    path = f"/api/dialogs/{opened['dialog']['id']}"
    assert (await browser.post(path + "/submit", {"as": "anna", "data": {}}))[0] == 404
    bot.on_invoke = lambda activity: None
    assert (await browser.post(path + "/submit", {"as": "ivan", "data": {"a": "1"}}))[1] == {"kind": "closed"}
    assert bot.heard[-1]["value"]["data"] == {"a": "1"}
    assert (await browser.post(path + "/close", {"as": "ivan"}))[0] == 404


async def test_each_stream_holds_what_its_person_may_know(room: Room, bot: EchoBot, browser: Browser) -> None:
    heard: dict[str, list[tuple[str, Any]]] = {"anna": [], "ivan": []}
    tasks = []
    for person, into in heard.items():
        ready = asyncio.Event()
        tasks.append(asyncio.create_task(browser.events(person, into, ready, 7 if person == "anna" else 4)))
        await ready.wait()
    anna = room.world.member("anna")
    only = {"type": "message", "text": "for anna", "recipient": {"id": anna.mri}}
    await bot.call("POST", f"conversations/{CHANNEL}/activities?isTargetedActivity=true", only)
    chat = room.world.chat_with(anna).id
    await bot.call("POST", f"conversations/{chat}/activities", {"type": "message", "text": "private"})
    room.world.toast("anna", "toast")
    await bot.call("POST", f"conversations/{GROUP_CHAT.id}/activities", {"type": "typing"})
    await bot.call("POST", f"conversations/{GROUP_CHAT.id}/activities", card_message(card_of({"type": "Blink"})))
    await bot.call("POST", f"conversations/{GROUP_CHAT.id}/activities", {"type": "message", "text": "for all"})
    await room.add_people([("Jan Nowak", "pl")])
    async with asyncio.timeout(5):
        await asyncio.gather(*tasks)
    assert [kind for kind, _ in heard["anna"]] == [
        "message", "message", "toast", "typing", "refused", "message", "room",
    ]
    assert [kind for kind, _ in heard["ivan"]] == ["typing", "refused", "message", "room"]
    assert "Blink" in heard["ivan"][1][1]["why"]
    assert heard["ivan"][3][1]["people"][-1]["name"] == "Jan Nowak"


async def test_an_open_page_refreshes_the_card_that_names_its_person(
    room: Room, bot: EchoBot, browser: Browser
) -> None:
    into: list[tuple[str, Any]] = []
    ready = asyncio.Event()
    page = asyncio.create_task(browser.events("ivan", into, ready))
    await ready.wait()
    bot.on_invoke = lambda activity: shows(card_of(text_block("yours")))
    refresh = {"action": execute("R", "r"), "userIds": [room.world.member("ivan").mri]}
    name = await bot.post_card(CHANNEL, card_of(text_block("all"), refresh=refresh))
    ivan = Person(room, "ivan")
    await room.until(lambda: ivan.now(name).texts() == ["yours"])
    page.cancel()
    await asyncio.gather(page, return_exceptions=True)


async def test_wrong_requests_get_a_reason(room: Room, bot: EchoBot, browser: Browser) -> None:
    for path, body, status in (
        ("/api/say", {"as": "nobody", "conversation": CHANNEL, "text": "x"}, 404),
        ("/api/say", {"as": "anna", "conversation": "nowhere", "text": "x"}, 404),
        ("/api/say", {"as": "anna", "conversation": CHANNEL, "text": "x", "root": "1"}, 404),
        ("/api/say", {"as": "anna", "conversation": CHANNEL, "text": "x", "mentions": ["ivan"]}, 404),
        ("/api/say", {"as": "anna", "conversation": CHANNEL, "text": 7}, 400),
        ("/api/say", ["anna"], 400),
        ("/api/press", {"as": "anna", "message": "1", "action": {}, "inputs": {}}, 404),
        ("/api/press", {"as": "anna", "message": "1", "action": "x", "inputs": {}}, 400),
        ("/api/people", {"name": " ", "language": "pl"}, 400),
        ("/api/simulate", {"conversation": CHANNEL, "count": 5000}, 400),
    ):
        got, answer = await browser.post(path, body)
        assert (got, bool(answer["error"])) == (status, True), (path, body, answer)
    assert (await browser.post("/api/people", {"name": "Zoë", "language": "en"}))[1]["name"] == "Zoë"


async def test_a_tab_is_told_who_opens_it_and_where(room: Room, bot: EchoBot, browser: Browser) -> None:
    told = await browser.get(f"/api/tab?as=ivan&conversation={CHANNEL}")
    assert (told["conversation"], told["kind"], told["locale"]) == (CHANNEL, "channel", "bg-bg")
    assert str(room.link.url) == told["bot"] + "/api/messages"
    claims = jwt.decode(told["token"], options={"verify_signature": False})
    ivan = room.world.people["ivan"]
    assert (claims["tid"], claims["oid"], claims["scp"]) == (ivan.tenant, ivan.object_id, "access_as_user")
    assert (await browser.get("/api/tab?as=ivan"))["conversation"] == ""
    for wrong in ("as=nobody", f"conversation={CHANNEL}", "as=ivan&conversation=nowhere"):
        assert (await browser.get(f"/api/tab?{wrong}"))["error"]


async def test_simulated_people_come_and_go(room: Room, bot: EchoBot, browser: Browser) -> None:
    body = {"conversation": CHANNEL, "root": None, "count": 3, "language": "pl", "speed": "fast", "seed": 1}
    status, state = await browser.post("/api/simulate", body)
    assert (status, state["running"], state["people"]) == (200, True, 3)
    described = await browser.get("/api/room")
    assert sum(person["simulated"] for person in described["people"]) == 3
    async with browser.session.delete(browser.url + "/api/simulate") as response:
        assert (await response.json())["running"] is False


async def test_pages_of_other_sites_cannot_play_in_the_room(room: Room, bot: EchoBot, browser: Browser) -> None:
    body = {"as": "anna", "conversation": CHANNEL, "text": "x"}
    assert (await browser.post("/api/say", body, Origin="http://evil.example"))[0] == 403
    assert (await browser.post("/api/say", body, Host="evil.example"))[0] == 403
    async with browser.session.post(browser.url + "/api/say", data=orjson.dumps(body)) as response:
        assert response.status == 400
    assert (await browser.post("/api/say", body, Origin=room.url))[0] == 200


async def test_the_room_closes_while_a_page_is_open(room: Room, browser: Browser) -> None:
    ready = asyncio.Event()
    page = asyncio.create_task(browser.events("anna", [], ready))
    await ready.wait()
    async with asyncio.timeout(5):
        await room.stop()
    await asyncio.gather(page, return_exceptions=True)
