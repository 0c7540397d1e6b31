"""The tab in Teams: which workshops it shows to whom, in which language; what a revoked right does."""

from __future__ import annotations

import asyncio

import pytest

from tests.chat import Session
from tests.stories.acts import says, stored
from tests.stories.test_group_places import TWO, binds, members
from tests.web.tabs import tab, token
from tests.web.test_board import WORDS, written
from tests.web.test_console import started
from web.tickets import TICKET_LASTS

GENERAL = "General"


async def test_the_tab_of_a_channel_shows_the_one_workshop_that_runs_there(room: Session) -> None:
    await written(room)
    workshop, _ = await stored(room)
    async with tab(room, "ivan") as ivan:
        came = await ivan.chooses(locale="bg-BG")
        assert came.status == 200 and came.said["language"] == "bg"
        assert came.said["open"] == {"workshop": workshop.id, "page": "board"}, "nothing to choose"
        opened = await ivan.opens(workshop.id)
        assert opened.status == 200 and set(opened.said) == {"ticket", "page", "title", "bar", "shows"}
        assert "Set-Cookie" not in opened.headers and opened.headers["Cache-Control"] == "no-store"
        assert "Панел за водене" not in opened.said["bar"], "who only takes part has one page"
        async with ivan.streams() as stream:
            assert await stream.next() == "parts"
            assert "Таблото" in stream.words
            assert WORDS["james"].encode() not in stream.bytes, "not shown yet"
            await room.types("anna", "@Kolbot close")
            await stream.until(WORDS["james"])
    async with tab(room, "anna") as anna:
        opened = await anna.opens(workshop.id, "moderation")
        bar = opened.said["bar"]
        assert [bar.count(f'data-to="{page}"') for page in ("board", "console", "moderation")] == [1, 1, 1]
        assert bar.count('aria-current="page"') == 1 and "Panel prowadzenia" in bar
        async with anna.streams() as stream:
            await stream.until(WORDS["james"])
        assert (await anna.presses("undo_theme", w=workshop.id)).status == 200, "no confirmation beside the sign-in"
        moderate = (await anna.opens(workshop.id, "console")) and await anna.presses("moderate")
        assert "/open/" in moderate.said["link"], "from page to page as everywhere"


async def test_where_there_is_a_choice_it_is_given_and_where_there_is_none_it_is_said(room: Session) -> None:
    await room.opens(title="First")
    await room.joins("ivan")
    await room.types("anna", "@Kolbot start")
    await room.types("anna", "@Kolbot finish")
    await room.opens(title='<b>"Second"</b>')
    await room.joins("ivan")
    await room.opens(title="Third", language="pl")
    third, _ = await stored(room)
    async with tab(room, "ivan") as ivan:
        here = (await ivan.chooses()).said
        assert "open" not in here, "two of them run"
        html = here["html"]
        second, first = html.index("&lt;b&gt;&#34;Second"), html.index("First")
        assert second < first, "what runs stands first"
        assert "Third" not in html, "which he has not joined"
        assert "Работилници в този разговор" in html and "data-list" not in html
        assert html.count("data-open") == 2
        mine = (await ivan.chooses("")).said
        assert "Вашите работилници" in mine["html"] and "open" not in mine
        none = (await ivan.chooses(GENERAL)).said
        assert "Не участвате в нито една работилница в този разговор." in none["html"] and "First" not in none["html"]
        assert 'data-list="all"' in none["html"], "the way to the others"
        refused = await ivan.opens(third.id)
        assert refused.status == 403 and "Не участвате в тази работилница" in refused.said["said"]
        assert (await ivan.opens("no-such-workshop")).status == 403
    async with tab(room, "anna") as anna:
        assert "Third" in (await anna.chooses()).said["html"], "who leads it sees it without having joined"
    async with tab(room, "guest") as guest:
        nothing = (await guest.chooses("", locale="hu-HU")).said
        assert nothing["language"] == "hu" and "Ön még egyetlen workshopon sem vesz részt." in nothing["html"]
        assert "data-open" not in nothing["html"]
        # A page that says it is in another conversation, or nonsense, is shown no more for it.
        for place in ("19:nowhere@thread.tacv2", "'; drop table workshops; --", "%"):
            came = await guest.asks_as("enter", f"Bearer {token(room, 'guest')}", conversation=place)
            assert came.status == 200 and "data-open" not in came.said["html"], place


async def test_a_groups_own_conversation_shows_the_groups_board(room: Session) -> None:
    await room.opens()
    await room.joins("ivan", "james", "liga")
    async with tab(room, "anna") as anna:
        await anna.opens((await stored(room))[0].id, "console")
        await anna.presses("form_groups", way="count", number="2")
    await binds(room, 2, TWO)
    workshop, _ = await stored(room)
    (theirs, *_) = await members(room, 2)
    place = room.room.world.conversation(TWO).id
    async with tab(room, theirs) as page:
        assert (await page.chooses(TWO)).said["open"] == {"workshop": workshop.id, "page": "board"}
        opened = await page.opens(workshop.id, conversation=place)
        assert opened.said["shows"] == {"group": "2"}
        async with page.streams("?group=2") as stream:
            assert await stream.next() == "parts" and 'value="2" selected' in stream.words
        assert (await page.opens(workshop.id)).said["shows"] == {}, "at home all are shown"


async def test_the_language_that_somebody_has_chosen_wins_over_their_teams(room: Session) -> None:
    await started(room)
    await says(room, "ivan", "@Kolbot language English")
    async with tab(room, "ivan") as ivan:
        came = await ivan.chooses(locale="bg-BG")
        assert came.said["language"] == "en" and "All your workshops" not in came.said["html"]
        wrong = await ivan.asks_as("enter", None, locale="lv-LV")
        assert wrong.status == 401 and "netika pieņemta" in wrong.said["said"], "whom nobody knows: their Teams'"


async def test_what_a_tab_sends_is_asked_for_its_shape(room: Session) -> None:
    await started(room)
    async with tab(room, "ivan") as ivan:
        header = {"Authorization": f"Bearer {token(room, 'ivan')}"}
        url = f"{ivan.pages}/tab/enter"
        for body in (b"", b"[]", b"{", b'{"conversation": 1}', b'{"locale": ["pl"]}', b'{"page": "%s"}' % (b"x" * 201)):
            came = await ivan.asks("POST", url, data=body, headers=header)
            assert came.status == 400 and came.said["said"], body
        assert (await ivan.asks("POST", url, data=b" " * 5000, headers=header)).status == 413
        assert (await ivan.asks("GET", url, headers=header)).status == 405
        often = await asyncio.gather(*(ivan.asks_as("enter", header["Authorization"]) for _ in range(100)))
        assert {came.status for came in often} == {200, 429}, "all at once is too often"
    async with tab(room, "james") as james:
        assert (await james.chooses()).status == 200, "nobody else feels it"


async def test_who_is_un_named_loses_the_page_and_keeps_what_they_still_may(room: Session) -> None:
    await started(room)
    await says(room, "anna", "@Kolbot moderator @James Carter @Marta Nowak")
    await says(room, "anna", "@Kolbot remove moderator @Marta Nowak")
    workshop, _ = await stored(room)
    async with tab(room, "guest") as guest:
        assert "data-key" not in (await guest.chooses()).said["html"], "who is nothing any more has nothing here"
        assert (await guest.opens(workshop.id)).status == 403
    async with tab(room, "james") as james:
        assert (await james.opens(workshop.id, "moderation")).status == 200
        async with james.streams() as stream:
            assert await stream.next() == "parts"
            await says(room, "anna", "@Kolbot remove moderator @James Carter")
            while (event := await stream.next()) == "parts":
                pass
            assert event == "gone"
        assert (await james.tries()).status == 403
        assert (await james.opens(workshop.id, "moderation")).status == 403
        opened = await james.opens(workshop.id, "board")
        assert opened.status == 200 and "moderation" not in opened.said["bar"]
        await james.leaves()
        assert (await james.tries()).status == 401, "a tab that is closed gives its ticket back"
        await james.opens(workshop.id)
        room.clock.now += TICKET_LASTS
        assert (await james.tries()).status == 401
        assert (await james.opens(workshop.id)).status == 200
        async with james.streams() as stream:
            assert await stream.next() == "parts", "the tab signs in anew by itself"


@pytest.mark.parametrize("kept_in", ["sqlite"], indirect=True)
async def test_without_entra_nobody_is_let_in_and_nothing_is_lost(room: Session) -> None:
    await started(room)
    async with tab(room, "ivan") as ivan:
        room.room.faults.add("keys", "refuse", status=503)
        came = await ivan.chooses(locale="bg-BG")
        assert came.status == 503 and "входът на Microsoft не отговаря" in came.said["said"]
        assert int(came.headers["Retry-After"]) >= 1
