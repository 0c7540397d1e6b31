"""The moderation page: who gets in, what two moderators at once see, what it never holds, how large it can become."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

from tests.chat import Session, label, session
from tests.conftest import COUNTED
from tests.dialogs.talk import Talk
from tests.stories.acts import clicks, gives, says, stored
from tests.stories.test_anonymous import TEMPLATE
from tests.web.test_access import WHO, link, set_up
from tests.web.test_console import started
from tests.web.visit import Browser, Stream, browser
from tests.workshop.paper import START
from tests.workshop.session import DOTS, ONE_COLUMN, OPTIONS, TEXT, asks, plan_of, step
from web.moderation import PAGE, QUEUE, ModerationPage
from web.opened import Parts, Seen
from web.tickets import LINK_LASTS, TICKET_LASTS
from workshop.brought import Brought
from workshop.passes import Pass
from workshop.plan import QUESTIONS, Item, Source, as_written

MAY = ("facilitator", "moderator")
MODERATED = TEMPLATE.replace("anonymous: true, moderated", "moderated")


@asynccontextmanager
async def moderating(room: Session, who: str) -> AsyncIterator[tuple[Browser, Stream]]:
    """Somebody's page, opened as the console does it."""
    async with browser(await room.console(who)) as page:
        await page.enters()
        page.link = (await page.presses("moderate")).said["link"]
        page.page = "moderation"
        assert (await page.enters()).said["title"]
        async with page.streams() as stream:
            assert await stream.next() == "parts"
            yield page, stream


def sends(html: str) -> list[dict[str, Any]]:
    """What the buttons of some HTML send, in order."""
    return [json.loads(unescape(data)) for data in re.findall(r'data-act="([^"]*)"', html)]


def row(stream: Stream, words: str, part: str = "list") -> str:
    """The HTML of one entry; "" where it is not there."""
    return next((row for row in stream.parts.get(part, "").split("<li ")[1:] if f">{words}</span>" in row), "")


async def test_role_by_state_of_the_link(room: Session, record_property: Callable[[str, object], None]) -> None:
    workshop = await set_up(room)
    tried = 0
    for role in WHO:
        leads = role in MAY
        async with browser(await link(room, workshop, role, "moderation")) as page:
            page.page = "moderation"
            assert [(await page.looks()).status for _ in range(2)] == [200, 200], role
            assert (await page.enters()).status == 200, role
            if leads:
                async with page.streams() as stream:
                    assert await stream.next() == "parts", role
            else:
                assert (await page.tries()).status == 403, role
            assert (await page.presses("undo_theme", w=workshop.id)).status == (200 if leads else 403), role
            assert (await page.presses("next", w=workshop.id)).status == (400 if leads else 403), role
            if leads:
                assert (await page.presses("undo_theme", w="another")).status == 403
            page.page = "console"
            assert (await page.presses("next", w=workshop.id)).status == 403, "a ticket is for one page"
            page.page = "moderation"
            assert [(await page.looks()).status, (await page.asks("POST", page.link)).status] == [410, 410], role
            assert (await page.leaves()).status == 200
            assert [(await page.tries()).status, (await page.presses("undo_theme")).status] == [401, 401], role
            tried += 10 + leads
        async with browser(await link(room, workshop, role)) as page:
            assert (await page.enters()).status == 200
            page.page = "moderation"
            assert [(await page.tries()).status, (await page.presses("undo_theme")).status] == [403, 403], role
            tried += 2
    for role in WHO:
        late = await link(room, workshop, role, "moderation")
        async with browser(await link(room, workshop, role, "moderation")) as page, browser(late) as other:
            page.page = "moderation"
            assert (await page.enters()).status == 200
            room.clock.now += LINK_LASTS
            assert [(await other.looks()).status, (await other.enters()).status] == [410, 410], role
            room.clock.now += TICKET_LASTS
            assert [(await page.tries()).status, (await page.presses("undo_theme")).status] == [401, 401], role
            tried += 5
    record_property(COUNTED, f"moderation page: {tried} combinations of role, address and state of the link")


async def test_two_moderators_see_what_the_other_does(room: Session) -> None:
    await started(room, "ivan", "james", "liga")
    await says(room, "anna", "@Kolbot moderator @Līga Ozola")
    await gives(room, "ivan", K1="Open days\nThe boss is a fool")
    await gives(room, "james", K1="open days\nMentoring")
    await gives(room, "liga", K1="Checklists")
    async with moderating(room, "anna") as (anna, hers), moderating(room, "liga") as (liga, theirs):
        assert "Proszę nie udostępniać tego ekranu." not in theirs.words, "each in their own language"
        assert "lang" not in theirs.words and "Līga" not in theirs.words and "James" not in hers.words
        rude = row(theirs, "The boss is a fool")
        hide, _ = sends(rude)
        done = await anna.presses(**sends(row(hers, "The boss is a fool"))[0])
        assert done.said == {"said": "1 wpis jest teraz ukryty.", "kind": "status", "close": True}
        await theirs.until("paslēpts")
        assert 'class="entry hidden"' in theirs.words and ">paslēpts<" in row(theirs, "The boss is a fool")
        late = await liga.presses(**hide)
        assert late.said["said"] == label("It is so already; nothing was changed.", "lv")
        # Themes: put by one, renamed by both, undone by the one who sees them as they are.
        of = re.search(r'data-of="([^"]*)"', hers.parts["tools"])
        assert of
        same = row(hers, "Open days") or row(hers, "open days")
        both = json.loads(unescape(re.findall(r'data-entries="([^"]*)"', same)[0]))
        assert len(both) == 2, "the same words are one row"
        put = await anna.presses("put_into_theme", of=of[1], entries=both, into="new", called="Dni <b>")
        assert put.said["said"] == "2 notatki należą teraz do tematu."
        await theirs.until("Dni &lt;b&gt; · 2")
        theme = re.findall(r'<option data-key="(theme:\d+)"', theirs.parts["themes"])[0]
        assert (await liga.presses("rename_theme", of=of[1], theme=theme, name="Dienas", was="Dni <b>")).said["close"]
        await hers.until("Dienas · 2")
        stale = await anna.presses("rename_theme", of=of[1], theme=theme, name="Dni", was="Dni <b>")
        assert (stale.said["kind"], "„Dienas”" in stale.said["said"]) == ("alert", True)
        old = await anna.presses("undo_theme", of=of[1], mark="as it was long ago")
        assert old.said["kind"] == "alert"
        mark = re.findall(r'data-mark="([^"]*)"', hers.parts["tools"])[0]
        assert (await anna.presses("undo_theme", of=of[1], mark=mark)).said["kind"] == "status"
        await theirs.until("Dni &lt;b&gt; · 2")
        sheet = (await anna.presses("suggest_themes", of=of[1])).said["sheet"]
        assert sheet["html"]
        # Restored by the other; and then one of them is a moderator no more.
        restore, _ = sends(row(theirs, "The boss is a fool"))
        assert (await liga.presses(**restore)).said["kind"] == "status"
        while "hidden" in row(hers, "The boss is a fool").split(">")[0]:
            await hers.next()
        assert not (await stored(room))[0].hidden
        await says(room, "anna", "@Kolbot remove moderator @Līga Ozola")
        while (event := await theirs.next()) == "parts":
            pass
        assert event == "gone" and (await liga.presses(**hide)).status == 403
        back = await anna.presses("console")
        assert "/pages/open/" in back.said["link"]


async def test_the_queue_is_let_through_and_new_entries_come(tmp_path: Path, kept_in: str) -> None:
    (tmp_path / "quiet.yaml").write_text(MODERATED, encoding="utf-8")
    async with session(tmp_path, PAGES="on", TEMPLATES=str(tmp_path)) as room:
        await started(room, plan="quiet")
        await gives(room, "ivan", N1="loud", A1="to be seen")
        async with moderating(room, "anna") as (anna, stream):
            assert "1 entry waits for a moderator." in stream.parts["queue"]
            approve, hide, _ = sends(row(stream, "to be seen", "queue"))
            await gives(room, "james", A1="<script>alert(1)</script> rude")
            await stream.until("2 entries wait for a moderator.")
            assert "<script" not in stream.words and "&lt;script&gt;alert(1)&lt;/script&gt; rude" in stream.words
            assert (await anna.presses(**approve)).said["said"] == "1 entry can be seen now."
            await stream.until("1 entry waits for a moderator.")
            assert not row(stream, "to be seen", "queue")
            assert (await anna.presses(**hide)).said["said"] == "1 entry is hidden now.", "what is seen can be hidden"
            workshop, _ = await stored(room)
            assert len(workshop.approved) == 1 and len(workshop.hidden) == 1


async def test_a_translation_is_written_on_the_page_and_read_on_the_board(room: Session) -> None:
    """By one moderator; another one's page has it at once, late presses keep what they typed; hidden, it is nowhere."""
    await started(room, "ivan", "james", "liga")
    await says(room, "anna", "@Kolbot moderator @Līga Ozola")
    await gives(room, "ivan", K1="Open days")
    await gives(room, "james", K1="open days\nMentoring")
    await gives(room, "liga", K1="Checklists")
    await says(room, "anna", "@Kolbot close")
    await room.settles()
    hostile = "<img src=x onerror=alert(1)> \u202eDni **otwarte**"
    board = (await clicks(room, "liga", label("Board", room.shared_language()))).dialog
    assert board is not None
    async with (
        moderating(room, "anna") as (anna, hers),
        moderating(room, "liga") as (liga, theirs),
        browser(board) as page,
    ):
        await page.enters()
        entry = row(hers, "Open days") or row(hers, "open days")
        asks = sends(entry)[-1]
        sheet = (await anna.presses(**asks)).said["sheet"]
        assert (sheet["title"], sheet["html"].count('name="to.')) == (label("Translate an entry", "pl"), 5)
        (save,) = [data for data in sends(sheet["html"]) if data["verb"] == "translated"]
        async with page.streams(page="board") as stream:
            done = await anna.presses(**save, **{"to.lv": hostile, "to.bg": "Отворени врати"})
            assert done.said["said"] == label("The translations are kept as you wrote them.", "pl")
            assert done.said["close"]
            await theirs.until("&lt;img src=x onerror=alert(1)&gt; Dni **otwarte**")
            assert "<img" not in theirs.words and "\u202e" not in theirs.words and 'lang="bg"' in theirs.words
            late = await liga.presses(**save, **{"to.lv": "Atvērtās durvis"})
            html = late.said["sheet"]["html"]
            assert 'value="Atvērtās durvis"' in html or ">Atvērtās durvis</textarea>" in html
            await stream.until("&lt;img src=x onerror=alert(1)&gt; Dni **otwarte**")
            assert "Отворени" not in stream.words, "who reads Latvian gets no other language"
            assert label("translated by a moderator", "lv") in stream.words
            hide, *_ = sends(row(theirs, "Open days") or row(theirs, "open days"))
            await liga.presses(**hide)
            while "otwarte" in stream.words:
                assert await stream.next() == "parts"


def drawn(talk: Talk, answers: Any, **options: str) -> Parts:
    given = Pass(talk.w.id, "anna", "moderation", "en", START)
    page = ModerationPage()
    assert page.key(talk.w, given, options) is not None
    return page.draw(Seen(talk.w, tuple(answers), START), given, options)


async def test_a_question_that_all_have_answered_stays_small() -> None:
    """Five hundred notes in one column, hostile, long, in all alphabets; the page holds one page of them."""
    asked = replace(asks("N", "notes", ONE_COLUMN), moderated=True)
    plan = plan_of([step("notes", asked, asks("T", "text", TEXT))], [], [], [])
    talk = await Talk(plan).starts()
    assert "Nobody has written anything here yet." in drawn(talk, ())["list"]
    notes = ["ż" * 280, "👩‍👩‍👧‍👦 e\u0301\u0327 \u202eafter", '"><img src=x onerror=alert(1)>']
    notes.append("{{ 7*7 }} {{TIME(2026-11-22T09:00:00Z)}}")
    for number in range(25):
        mine = [f"note {number} {n} " + "ő" * 200 for n in range(20)] if number else notes
        await talk.turn(f"person{number}", "joined", language="en")
        await talk.turn(f"person{number}", "submit", **{"a.N.all": "\n".join(mine)})
    _, answers = await talk.memory.answers(talk.w.id) or (None, ())
    parts = drawn(talk, answers)
    whole = "".join(parts.values())
    assert len(whole.encode()) < 220_000
    assert whole.count('data-key="e-') == PAGE and whole.count('data-key="q-') == QUEUE
    assert f"{484 - QUEUE} more follow." in whole and "Page 1 of 10" in whole
    every = "".join(part for page in range(10) for part in drawn(talk, answers, sheet="0", page=str(page)).values())
    assert "ż" * 280 in every and "👩‍👩‍👧‍👦" in every and "&#34;&gt;&lt;img src=x onerror=alert(1)&gt;" in every
    assert "<img" not in every and "{{ 7*7 }} {{TIME" in every and "<time" not in every
    assert not re.search(r"Person\d|person\d", every), "nobody's name, and nobody's id"
    assert drawn(talk, answers, page="999999")["list"] == drawn(talk, answers, page="9")["list"]
    other = drawn(talk, answers, sheet="1")
    assert "themes" not in other and "Put them into" not in other["tools"]


async def test_where_only_votes_are_given_it_says_so() -> None:
    """Whoever has voted there has written nothing; where an own option can be written somebody may still do it."""
    plan = plan_of(
        [
            step("notes", asks("N", "notes", ONE_COLUMN)),
            step("vote", asks("V", "vote", DOTS, Source("N")), asks("C", "choice", OPTIONS)),
            step("own", asks("O", "choice", replace(OPTIONS, own=True))),
        ],
        [], [], [],
    )  # fmt: skip
    talk = await Talk(plan).starts()
    await talk.turn("ivan", "submit", **{"a.N.all": "Open days"})
    for _ in range(2):
        await talk.next()
    _, answers = await talk.memory.answers(talk.w.id) or (None, ())
    votes = "Here people only vote, choose or rate: no words are written, so there is nothing to moderate."
    unwritten = "Nobody has written anything here yet."
    for sheet, said, unsaid in (("1", votes, unwritten), ("2", votes, unwritten), ("3", unwritten, votes)):
        shown = drawn(talk, answers, sheet=sheet)["list"]
        assert said in shown and unsaid not in shown, sheet
    assert "Open days" in drawn(talk, answers, sheet="0")["list"]


async def test_nothing_of_an_anonymous_question_below_the_minimum() -> None:
    plan = plan_of([step("notes", asks("N", "notes", ONE_COLUMN, anonymous=True))], [], [], [])
    talk = await Talk(plan).starts()
    for who in ("ivan", "eva", "ola"):
        _, answers = await talk.memory.answers(talk.w.id) or (None, ())
        assert "Secret" not in "".join(drawn(talk, answers).values())
        await talk.turn(who, "submit", **{"a.N.all": f"Secret of one of three {len(who)}"})
    _, answers = await talk.memory.answers(talk.w.id) or (None, ())
    assert drawn(talk, answers)["list"].count("Secret of one of three") == 2, "the same words are one row"
    assert not re.search("ivan|eva|ola", "".join(drawn(talk, answers).values()), re.I)


async def test_what_is_only_asked_about_any_more_stands_there_too() -> None:
    """Taken back by its author, and brought from an earlier cycle: both can be hidden."""
    plan = plan_of(
        [
            step("notes", asks("N", "notes", ONE_COLUMN)),
            step("vote", asks("V", "vote", DOTS, Source("N")), asks("Q", "vote", DOTS, Source(QUESTIONS))),
        ],
        [], [], [],
    )  # fmt: skip
    talk = await Talk(plan).starts()
    for who in ("ivan", "eva"):
        await talk.turn(who, "submit", **{"a.N.all": f"words of {who[0]}."})
    brought = Brought("Earlier", (), (Item("q", as_written("Why?"), QUESTIONS, 1),))
    talk.memory.workshops = {talk.w.id: replace(talk.w, brought=brought)}
    await talk.next()
    await talk.turn("anna", "late", allowed="true")
    await talk.turn("ivan", "withdraw", step=0)
    _, answers = await talk.memory.answers(talk.w.id) or (None, ())
    notes, earlier = drawn(talk, answers, sheet="0")["list"], drawn(talk, answers, sheet="5")["list"]
    (taken,) = [one for one in notes.split("<li ") if "words of i." in one]
    assert "withdrawn, still asked about" in taken and [data["verb"] for data in sends(taken)] == ["moderated"]
    assert "from the earlier cycle: Earlier (1 entry)" in notes and "Why?" in earlier and "Earlier" in earlier
    hide, translate = sends(earlier)
    assert (translate["verb"], hide["hidden"]) == ("translate", "questions:q")
    await talk.turn("anna", "moderated", **hide)
    await talk.turn("anna", "moderated", **sends(taken)[0])
    assert len(talk.w.hidden) == 2 and "hidden" in drawn(talk, answers, sheet="5")["list"]
