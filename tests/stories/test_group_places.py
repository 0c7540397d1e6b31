"""Groups in conversations of their own: a whole session in both languages, and whatever can go wrong there."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from rehearsal.hands import Answer
from rehearsal.happenings import Happenings
from tests.chat import CHANNEL, Session, bot, label
from tests.stories.acts import clicks, console, element, ends, leads, said, says, sends, stored
from tests.stories.script import images, shows
from tests.stories.sessions import SHORT
from tests.stories.test_groups import forms
from tests.stories.test_instances import two
from workshop import commands as c
from workshop.model import Ended
from workshop.refusals import Reason, Refused
from workshop.service import Done

ONE, TWO, CHAT, PRIVATE = "Group 1", "Group 2", "Workshop team", "Organisers (private)"
NO_FACILITATOR = (
    "Only a facilitator can give a group its own conversation, and you facilitate no workshop that is going on."
)
HERE = {"en": "group {n} here", "pl": "grupa {n} tutaj"}
BOUND = {"en": "This conversation is group 1's own now", "pl": "Ta rozmowa należy teraz do grupy 1 warsztatu"}
NAMED = {"en": "Group", "pl": "Grupa"}


async def grouped(room: Session, language: str = "en", plan: str = "kolb-taster-15") -> None:
    """Four people in two groups, in the lobby."""
    await room.opens(language=language, plan=plan)
    await room.joins("james", "liga", "ivan", "guest")
    await forms(room, way="count", number="2")


async def binds(room: Session, number: int, place: str, language: str = "en") -> list[str]:
    answered = await says(room, "anna", f"@Kolbot {HERE[language].format(n=number)}", place)
    await room.settles()
    return answered


async def members(room: Session, number: int) -> list[str]:
    """Who is in a group, by the names that the room calls them."""
    w = (await stored(room))[0]
    short = {member.name: name for name, member in room.room.world.people.items()}
    group = next(one for one in w.groups if one.number == number)
    return [short[w.people[person].name] for person in group.members]


def there(room: Session, place: str) -> list[list[str]]:
    """The words of every card of the bot's in a conversation, oldest first; sentences are no cards."""
    return [seen.texts() for seen in room.person("anna", place).cards()]


def board(room: Session, place: str, language: str) -> list[str]:
    """The words of the newest board card of a group."""
    titles = tuple(label(title, language) + " · " for title in ("The board", "The record of this workshop"))
    return [words for words in there(room, place) if words[0].startswith(titles)][-1]


async def posted_as_stored(room: Session) -> None:
    """Every message that is remembered hangs, and nothing is behind."""
    await room.settles()
    posts = await room.bot.publisher._posts.posts_of((await stored(room))[0].id)
    assert {post.state for post in posts} == {"posted"}
    known = [post.activity_id for post in posts]
    assert len(set(known)) == len(known) and set(known) <= set(room.room.world.messages)
    assert await room.bot.publisher._posts.behind() == []


@pytest.mark.parametrize("language", ["en", "pl"])
async def test_a_whole_session_in_conversations_of_their_own(room: Session, language: str) -> None:
    await grouped(room, language)
    assert (await binds(room, 1, ONE, language))[0].startswith(BOUND[language])
    await binds(room, 2, CHAT, language)
    places = {**dict.fromkeys(await members(room, 1), ONE), **dict.fromkeys(await members(room, 2), CHAT)}
    for place, number in ((ONE, 1), (CHAT, 2)):
        assert there(room, place)[-1][0] == f"{NAMED[language]} {number}"
    await leads(room, label("Start", "pl"))
    steps = SHORT[language]
    for number, step in enumerate(steps, 1):
        for place in (ONE, CHAT):
            assert any(step.title in words for words in there(room, place)), (step.title, there(room, place))
        for who, given in step.given.items():
            form = (await clicks(room, who, label("Answer", language), places[who])).dialog
            assert form is not None
            answer = await sends(form, **given)
            assert element(answer.dialog, "receipt"), answer.texts()
        await room.settles()
        if number < len(steps):
            await leads(room, label("Next: {step}", "pl").partition("{")[0])
        else:
            await ends(room)
    last = steps[-1].given
    for who, given in last.items():
        mine, other = (ONE, CHAT) if places[who] == ONE else (CHAT, ONE)
        assert shows(board(room, mine, language), given["C5"]), "its own group's board has it"
        assert not shows(board(room, other, language), given["C5"]), "another group's has not"
        assert shows(room.board(), given["C5"]), "all of them are at home"
    for place in (ONE, CHAT):
        assert board(room, place, language)[0].startswith(label("The record of this workshop", language))
        assert not any(images(seen) for seen in room.person("anna", place).cards()), "the picture is for all"
    await posted_as_stored(room)
    # The conversation is free again.
    assert "2" in (await says(room, "liga", "@Kolbot new", CHAT))[0] or there(room, CHAT)[-1]


async def test_a_private_channel_is_said_at_home_and_the_work_goes_on(room: Session) -> None:
    await grouped(room, "pl")
    assert await binds(room, 2, PRIVATE, "pl") == [], "nothing can be posted there"
    assert there(room, PRIVATE) == []
    said_at_home = [words for words in (seen.texts() for seen in room.person("anna").cards(root=room.root))
                    if any("kanały prywatne nie dopuszczają botów" in word for word in words)]  # fmt: skip
    assert len(said_at_home) == 1
    assert (await stored(room))[0].bindings[0].ended is Ended.REFUSED
    await leads(room, label("Start", "pl"))
    await room.settles()
    tried = len(room.room.world.messages)
    await room.settles()
    assert len(room.room.world.messages) == tried
    form = (await clicks(room, "liga", label("Answer", "pl"))).dialog
    assert element((await sends(form, K1="Działa dalej")).dialog, "receipt")  # type: ignore[arg-type]
    await posted_as_stored(room)


async def test_a_private_channel_that_is_opened_up_later_works(room: Session) -> None:
    await grouped(room)
    await binds(room, 2, PRIVATE)
    assert (await binds(room, 2, TWO))[0].startswith("This conversation is group 2's own now")
    assert there(room, TWO)[-1][0] == "Group 2"


async def test_the_wrong_person_the_wrong_place_and_the_wrong_number(room: Session) -> None:
    await grouped(room)
    assert await says(room, "james", "@Kolbot group 2 here", TWO) == [
        "Only a facilitator can do this. Facilitators here: Anna Kowalska."
    ]
    assert await says(room, "zsofi", "@Kolbot csoport 2 itt", TWO) == [label(NO_FACILITATOR, "hu")]
    assert await binds(room, 5, TWO) == ["Nie ma takiej grupy. Grupy w tym warsztacie: 1, 2."], "in Anna's language"
    assert (await binds(room, 2, CHANNEL))[0].startswith("A workshop is held in this conversation itself.")
    await binds(room, 2, CHAT)
    assert (await binds(room, 1, CHAT))[0].startswith("This conversation is group 2's own, in “")
    assert (await says(room, "liga", "@Kolbot new", CHAT))[0].startswith("This conversation is group 2's own, in “")
    assert await binds(room, 2, CHAT) == ["It is so already; nothing was changed."]
    assert [one.place for one in (await stored(room))[0].bindings] == [room.room.world.conversation(CHAT).id]
    assert await says(room, "anna", "@Kolbot gruop 2 here", TWO) == [
        "Kolbot nie zna tego polecenia. Czy chodziło o „grupa 2 tutaj”?"
    ]


async def test_whoever_forges_the_form_is_refused_like_whoever_types(room: Session) -> None:
    await grouped(room)
    w = (await stored(room))[0]
    card = there_card(room)
    for who, why in (("james", "Only a facilitator can do this."), ("zsofi", label(NO_FACILITATOR, "hu"))):
        pressed = await room.room.press(who, card, _submit(verb="bind", choice=f"{w.id}/1"), {})
        assert why in " ".join(room.person(who, CHAT).answer(pressed).texts())
        pressed = await room.room.press(who, card, _submit(verb="unbind", w=w.id, unbound="1"), {})
        assert room.person(who, CHAT).answer(pressed).texts()
    assert (await stored(room))[0].bindings == ()


def there_card(room: Session) -> str:
    """A card of the bot's to press in."""
    return room.person("anna").cards(root=room.root)[-1].id


def _submit(**data: object) -> dict[str, object]:
    return {"type": "Action.Submit", "data": {"msteams": {"type": "task/fetch"}, **data}}


async def test_the_help_of_a_facilitator_has_a_button_for_it(room: Session) -> None:
    await grouped(room)
    await says(room, "anna", "@Kolbot help", CHAT)
    form = (await clicks(room, "anna", label("A group's own conversation", "pl"), CHAT)).dialog
    assert form is not None
    (field,) = form.inputs()
    assert [title for title, _ in field.choices] == ["Grupa 1", "Grupa 2"]
    answer = await form.fills({"choice": field.choices[0][1]}).presses(label("Make it the group's own", "pl"))
    await room.settles()
    assert "Ta rozmowa należy teraz do grupy 1" in " ".join(answer.texts())
    assert there(room, CHAT)[-1][0] == "Group 1"


async def test_it_is_ended_in_the_groups_dialog(room: Session) -> None:
    await grouped(room)
    await binds(room, 2, CHAT)
    links = [action for action in urls(room) if "/l/chat/" in action]
    assert links == [
        "https://teams.microsoft.com/l/chat/19%3Aworkshopteam00000000000000000000%40thread.v2/conversations"
        f"?tenantId={room.room.world.tenant}"
    ]
    dialog = (await (await console(room)).presses(label("Groups …", "pl"))).dialog
    assert dialog is not None
    answer: Answer = await dialog.fills({"unbound": "2"}).presses(label("End its own conversation", "pl"))
    await room.settles()
    assert said(answer) == label("The group has no conversation of its own any more: it works here.", "pl")
    assert "This conversation is not the group's own any more; the workshop goes on elsewhere." in there(room, CHAT)[-1]
    assert urls(room) == []
    await posted_as_stored(room)


def urls(room: Session) -> list[str]:
    """Where the links of the card "who is where" lead."""
    cards = [seen.card for seen in room.person("anna").cards(root=room.root)]
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if node.get("type") == "Action.OpenUrl":
                found.append(str(node["url"]))
            for inner in node.values():
                walk(inner)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(cards)
    return found


async def test_what_is_typed_there_works_there(room: Session) -> None:
    await grouped(room)
    await binds(room, 2, CHAT)
    await leads(room, label("Start", "pl"))
    at_home = len(room.person("anna").cards(root=room.root))
    for word in ("stage", "board"):
        assert await says(room, "liga", f"@Kolbot {word}", CHAT) == ["The card is posted again below."]
        await room.settles()
        assert any("further down" in text for words in there(room, CHAT) for text in words)
    assert len(room.person("anna").cards(root=room.root)) == at_home
    assert "stage" in await says(room, "liga", "@Kolbot help", CHAT)
    assert "Answer" in (await says(room, "liga", "@Kolbot answer", CHAT))
    assert await says(room, "anna", "@Kolbot nudge", CHAT) == [
        "Group 2: A reminder is posted in the conversation."
    ]
    await room.settles()
    assert any(text.startswith("A reminder: ") for words in there(room, CHAT) for text in words)
    assert len(room.person("anna").cards(root=room.root)) == at_home, "the others are not reminded"
    await posted_as_stored(room)


async def test_removed_from_there_the_home_is_told_once_and_the_work_goes_on(room: Session) -> None:
    await grouped(room)
    await binds(room, 1, ONE)
    await binds(room, 2, TWO)
    await leads(room, label("Start", "pl"))
    await Happenings(room.room).removes_bot(TWO)
    await room.settles()
    Happenings(room.room).deletes(ONE)
    await leads(room, label("Close the step", "pl"))
    await room.settles()
    for number in (1, 2):
        told = [text for text in room.words().split("\n") if f"can no longer post in group {number}'s own" in text]
        assert len(told) == 1, told
    assert [one.ended for one in (await stored(room))[0].bindings] == [Ended.GONE, Ended.GONE]
    await Happenings(room.room).removes_bot(TWO)
    await room.settles()
    assert len([text for text in room.words().split("\n") if "can no longer post in group 2's own" in text]) == 1
    await leads(room, label("Next: {step}", "pl").partition("{")[0])


async def test_groups_formed_anew_leave_their_conversations(room: Session) -> None:
    await grouped(room)
    await binds(room, 2, CHAT)
    await forms(room, way="count", number="2")
    assert "This conversation is not the group's own any more; the workshop goes on elsewhere." in there(room, CHAT)[-1]
    assert (await says(room, "james", "@Kolbot stage", CHAT))[0].startswith("There is no workshop here.")
    await says(room, "james", "@Kolbot new", CHAT)
    answer = await room.clicks("james", "Open a workshop", CHAT)
    await room.presses(answer.dialog, "Open the workshop", plan="kolb-taster-15", language="en", title="Another")
    assert any("Another" in words for words in there(room, CHAT))


async def test_of_two_workshops_the_facilitator_is_asked_which(room: Session) -> None:
    await grouped(room)
    first = (await stored(room))[0]
    await room.opens(title="Second")
    await room.joins("james", "liga")
    await forms(room, way="count", number="2")
    assert await says(room, "anna", "@Kolbot group 2 here", CHAT) == [
        label("Whose own conversation is this to be? There is more than one workshop with such a group.", "pl"),
        label("Choose", "pl"),
    ]
    form = (await clicks(room, "anna", label("Choose", "pl"), CHAT)).dialog
    assert form is not None
    (field,) = form.inputs()
    titles = [title for title, _ in field.choices]
    assert sorted(titles) == sorted([f"Grupa 2 · {first.title_in('pl')}", "Grupa 2 · Second"])
    answer = await form.fills({"choice": field.choices[titles.index("Grupa 2 · Second")][1]}).presses(
        label("Make it the group's own", "pl")
    )
    await room.settles()
    assert "„Second”" in " ".join(answer.texts())
    assert "Second" in there(room, CHAT)[-1]


async def test_after_a_restart_all_goes_on(room: Session, tmp_path: Path) -> None:
    await grouped(room)
    await binds(room, 2, CHAT)
    await leads(room, label("Start", "pl"))
    before = len(there(room, CHAT))
    async with bot(room.room, tmp_path, room.clock) as again:
        later = Session(room.room, again, room.clock, room.root)
        form = (await clicks(later, "liga", "Answer", CHAT if "liga" in await members(room, 2) else CHANNEL)).dialog
        assert element((await sends(form, K1="After the restart")).dialog, "receipt")  # type: ignore[arg-type]
        await later.settles()
        await leads(later, label("Close the step", "pl"))
        assert len(there(room, CHAT)) == before, "nothing is posted twice"
        await posted_as_stored(later)


async def test_two_instances_one_conversation_one_owner(tmp_path: Path) -> None:
    """A group of a workshop and new workshops want the same chat at once, at two instances."""
    async with two(tmp_path) as room:
        await grouped(room)
        await says(room, "anna", "@Kolbot help", CHAT)
        w, place = (await stored(room))[0], room.room.world.conversation(CHAT).id
        assert room.other is not None
        services = [one.bot.clockwork._workshops for one in (room, room.other)]
        bind = c.BindGroup(workshop=w.id, by=w.opened_by, tenant=w.tenant, place=place, group=2)
        opens = [
            c.Open(
                workshop=f"other{number}", by=w.opened_by, tenant=w.tenant, home=place, plan=w.plan, title="Other",
                language="en", secret="ab" * 32,
            )
            for number in range(3)
        ]  # fmt: skip
        commands: list[c.AnyCommand] = [bind, opens[0], opens[1], bind, opens[2], bind]
        asked = [services[number % 2].do(command) for number, command in enumerate(commands)]
        outcomes = await asyncio.gather(*asked)
        done = [outcome for outcome in outcomes if isinstance(outcome, Done) and outcome.events]
        assert len(done) == 1, outcomes
        for outcome in outcomes:
            known = isinstance(outcome, Refused) and outcome.reason in (Reason.ALREADY_OPEN, Reason.PLACE_TAKEN)
            assert known or isinstance(outcome, Done), outcome
        owner = done[0].workshop
        found = [await one.bot.reader.newest_in(w.tenant, place) for one in (room, room.other)]
        assert [one.id for one in found if one] == [owner.id] * 2
        await room.settles()
        assert len(there(room, CHAT)) == 2, "the help, and the first card of whose it is"
        # Given up by the one, it is the other's at the next try.
        giving_up = c.UnbindGroup(workshop=w.id, by=w.opened_by, group=2)
        if owner.id == w.id:
            await services[0].do(giving_up)
            again = await services[1].do(opens[0])
        else:
            await services[0].do(c.Cancel(workshop=owner.id, by=w.opened_by))
            again = await services[1].do(bind)
        assert isinstance(again, Done) and again.events
