"""Who gets into a page by what: every role, every address, every state of a link; counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.chat import Session
from tests.conftest import COUNTED
from tests.stories.acts import says, stored
from tests.web.visit import Browser, Came, browser
from web.said import No
from web.tickets import LINK_LASTS, TICKET_LASTS
from workshop.model import Workshop

WHO = {
    "facilitator": "Anna Kowalska",
    "moderator": "Līga Ozola",
    "group facilitator": "Nagy Zsófia",
    "participant": "Иван Петров",
    "stranger": "nobody here",
}
MAY = ("facilitator", "moderator", "group facilitator")


async def set_up(room: Session) -> Workshop:
    await room.opens()
    await room.joins("ivan", "james", "zsofi")
    await says(room, "anna", "@Kolbot moderator @Līga Ozola")
    async with browser(await room.console()) as page:
        await page.enters()
        formed = await page.presses("form_groups", way="count", number="2")
        assert formed.status == 200, formed.text
    await says(room, "anna", "@Kolbot group facilitator @Nagy Zsófia")
    workshop, _ = await stored(room)
    assert any(group.facilitators for group in workshop.groups), "a group has a facilitator"
    return workshop


async def link(room: Session, workshop: Workshop, role: str, page: str = "console") -> str:
    """A link as the bot would give it, to whoever has this role."""
    named = (id for id, person in workshop.people.items() if person.name == WHO[role])
    return await room.bot.site.links.link(page, workshop.id, next(named, f"{workshop.tenant}:nobody"), "pl")


async def every_address(page: Browser, workshop: Workshop) -> dict[str, Came]:
    """Everything behind the door, each once, by a browser with a ticket, or with none or a wrong one."""
    picture = await page.asks("GET", f"{page.pages}/console/picture/a3.svg", headers=page.bearer)
    return {"stream": await page.tries(), "act": await page.presses("console", w=workshop.id), "picture": picture}


async def test_role_by_address_by_state_of_the_link(
    room: Session, record_property: Callable[[str, object], None]
) -> None:
    workshop = await set_up(room)
    tried = 0
    for role in WHO:
        leads = role in MAY
        # Fresh: looked at as often as anybody likes, a scanner first; then spent once.
        async with browser(await link(room, workshop, role)) as page:
            looks = [(await page.looks()).status for _ in range(3)]
            assert looks == [200, 200, 200], role
            assert (await page.enters()).status == 200, role
            if leads:
                async with page.streams() as stream:
                    assert await stream.next() == "parts", role
            else:
                assert (await page.tries()).status == 403, role
            assert (await page.presses("console", w=workshop.id)).status == (200 if leads else 403), role
            # Spent: the link is over for everybody, the ticket goes on; then it is given back.
            again = [await page.looks(), await page.asks("POST", page.link)]
            assert [came.status for came in again] == [410, 410], role
            foreign = await page.presses("console", w="another")
            assert foreign.status == 403, role
            assert (await page.leaves()).status == 200
            assert [came.status for came in (await page.tries(), await page.presses("console"))] == [401, 401], role
            tried += 3 + 1 + 2 + 2 + 1 + 3
        # A byte changed, cut short, of another sort, for another page.
        good = await link(room, workshop, role)
        for wrong in (good[:-1] + ("A" if good[-1] != "A" else "B"), good[:-1], good.rpartition("/")[0] + "/../x"):
            async with browser(wrong) as page:
                assert [(await page.looks()).status, (await page.enters()).status] == [404, 404], role
                page.ticket = wrong.rpartition("/")[2]
                assert [came.status for came in (await every_address(page, workshop)).values()] == [401] * 3, role
                tried += 5
        async with browser(good) as page:
            page.ticket = good.rpartition("/")[2]
            assert (await page.tries()).status == 401, "a link is no ticket"
            tried += 1
        async with browser(await link(room, workshop, role, page="board")) as page:
            assert (await page.enters()).status == 200
            assert [came.status for came in (await every_address(page, workshop)).values()] == [403] * 3, role
            tried += 4
    # In time: links first, then tickets.
    for role in WHO:
        late = await link(room, workshop, role)
        async with browser(await link(room, workshop, role)) as page:
            assert (await page.enters()).status == 200
            room.clock.now += LINK_LASTS
            async with browser(late) as other:
                over = [await other.looks(), await other.enters()]
                assert [came.status for came in over] == [410, 410], role
                assert over[1].said["why"] == No.LINK_OVER
            room.clock.now += TICKET_LASTS
            came = await page.tries()
            assert (came.status, came.said["why"]) == (401, No.TICKET_OVER), role
            assert (await page.presses("console", w=workshop.id)).status == 401
            tried += 5
    record_property(COUNTED, f"pages: {tried} combinations of role, address and state of the link")


async def test_what_is_refused_is_said_in_the_readers_language(room: Session) -> None:
    await room.opens()
    dialog = await room.console()
    async with browser(dialog) as page:
        await page.enters()
        assert "Ten link został już użyty." in (await page.looks()).text, "Anna reads Polish"
        polish = {"Accept": "text/html", "Accept-Language": "xx,hu;q=0.9,en;q=0.8"}
        nowhere = await page.asks("GET", f"{page.pages}/open/nothing-at-all", headers=polish)
        assert nowhere.status == 404 and '<html lang="hu">' in nowhere.text
        assert "Ez a hivatkozás sehová sem vezet" in nowhere.text
        for method, path, status in (
            ("GET", "/", 404),
            ("GET", "/nothing", 404),
            ("GET", "/console/../../etc/passwd", 404),
            ("POST", "/console", 405),
            ("DELETE", "/console/act", 405),
            ("GET", "/console/act", 405),
            ("PUT", "/open/abc", 405),
        ):
            came = await page.asks(method, page.pages + path, headers={"Accept-Language": "lv"})
            if path.endswith("passwd"):
                assert came.status == 404
                continue
            assert came.status == status, (method, path)
            assert came.said["said"] and "Kolbot" not in came.said["said"]
        sent = [b"", b"[]", b"{", b'{"data": {}}', b'{"data": {}, "id": "a"}']
        sent += [b'{"data": {"verb": "join"}, "id": "12345678"}']
        for body in sent:
            came = await page.asks("POST", f"{page.pages}/console/act", data=body, headers=page.bearer)
            assert came.status == 400, body
            assert came.said["said"].startswith("Strona wysłała coś niezrozumiałego")
        large = await page.asks("POST", f"{page.pages}/console/act", data=b"x" * 200_000, headers=page.bearer)
        assert large.status == 413
        assert (await page.tries("?group=<script>")).status == 400


async def test_a_hundred_requests_a_second_hurt_nobody_else(room: Session) -> None:
    await room.opens()
    dialog, other = await room.console(), await room.console()
    async with browser(dialog) as page, browser(other) as second:
        await page.enters()
        async with page.streams() as stream:
            assert await stream.next() == "parts"
            statuses = [(await page.presses("console")).status for _ in range(100)]
            assert statuses == [200] * statuses.count(200) + [429] * statuses.count(429), "the clock stands still"
            assert 20 <= statuses.count(200) <= 40
            refused = await page.presses("console")
            assert refused.status == 429 and int(refused.headers["Retry-After"]) >= 1
            assert refused.said["said"].startswith("That was very often in a short time. Please wait")
            assert (await second.enters()).status == 200, "another page does not feel it"
            assert (await second.presses("console")).status == 200
            room.clock.passes(seconds=int(refused.headers["Retry-After"]))
            assert (await page.presses("console")).status == 200, "and it goes on by itself"
            await room.types("anna", "@Kolbot start")
            await stream.until("Dobre praktyki")


@pytest.mark.parametrize("kept_in", ["sqlite"], indirect=True)
async def test_every_answer_says_where_it_may_be_shown(room: Session) -> None:
    await room.opens()
    async with browser(await room.console()) as page:
        html = (await page.looks()).text
        await page.enters()
        files = [part.split('"')[0] for part in html.split('"/pages/')[1:]]
        static = [f"{page.pages}/{file}" for file in files if file.startswith("static/")]
        assert len(static) == 5
        asked = [(await page.asks("GET", url)) for url in [*static, f"{page.pages}/console", f"{page.pages}/nothing"]]
        async with page.streams() as stream:
            asked.append(Came(200, dict(stream.response.headers), ""))
        asked.append(await page.presses("console"))
        for came in asked:
            policy = came.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "unsafe" not in policy
            assert policy.endswith(f"frame-ancestors {room.room.url}"), "a rehearsal's pages stand in the room"
            assert came.headers["X-Content-Type-Options"] == "nosniff"
            assert came.headers["Referrer-Policy"] == "no-referrer"
            assert "Set-Cookie" not in came.headers, "a browser that blocks them misses nothing"
            kept = came.headers["Cache-Control"]
            assert ("immutable" in kept) == (came in asked[:5]) and ("no-store" in kept) == (came not in asked[:5])
        assert [came.status for came in asked] == [200] * 6 + [404, 200, 200]
        stale = await page.asks("GET", static[0].replace("/static/", "/static/0"))
        assert stale.status == 404
