"""Buttons pressed too late, twice, by the wrong person, with forged data: each has its sentence and changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from rehearsal.hands import Answer
from tests.chat import Session, label
from tests.stories.acts import clicks, console, element, form_of, gives, leads, refusal, sends, starting, stored
from workshop.model import Answer as Given
from workshop.model import Workshop

NEXT = label("Next: {step}", "pl").partition("{")[0]
COURSE = ("start", "next", "back", "reopen", "close", "extend", "pause", "resume", "finish", "cancel", "nudge")
STAFF = ("late", "reveal", "pick", "picked", "moderate", "moderated", "takeover", "facilitator", "moderator")
PARTICIPANTS = ("join", "joined", "answer", "submit", "change", "withdraw", "board", "summary", "language", "chosen")
OTHERS = ("new", "open", "facilitate", "console", "stage", "help")
ONLY = "Only a facilitator can do this. Facilitators here: Anna Kowalska."
MODERATORS = "Only a facilitator or a moderator can do this. Facilitators here: Anna Kowalska."


async def started(room: Session, *people: str) -> None:
    await room.opens()
    await room.joins(*people)
    await leads(room, label("Start", "pl"))


async def forges(room: Session, name: str, data: dict[str, Any], kind: str = "fetch") -> Answer:
    """Somebody's client sends this as if it came from a button of the newest card: fetch, execute or plain submit."""
    card = next(seen for seen in reversed(room.person(name).cards(root=room.root)) if not seen.deleted)
    action: dict[str, Any] = {"type": "Action.Submit", "data": {"msteams": {"type": "task/fetch"}, **data}}
    if kind == "execute":
        action = {"type": "Action.Execute", "verb": data.get("verb"), "data": data}
    if kind == "submit":
        action = {"type": "Action.Submit", "data": data}
    return room.person(name).answer(await room.room.press(name, card.id, action, {}))


async def state(room: Session) -> tuple[Workshop, Sequence[Given]]:
    """Everything that is stored of the workshop."""
    return await stored(room)


async def test_answer_from_the_card_of_a_closed_step(room: Session) -> None:
    await started(room, "james")
    old = room.card("james", "Answer")
    await leads(room, label("Close the step", "pl"))
    before = await state(room)
    answer = await room.person("james").clicks(old, "Answer", stale=True)
    assert answer.text == "This step is closed and takes no more answers."
    assert await state(room) == before


async def test_answer_from_a_card_of_an_earlier_step(room: Session) -> None:
    await started(room, "james")
    old = room.card("james", "Answer")
    await leads(room, NEXT)
    answer = await room.person("james").clicks(old, "Answer", stale=True)
    assert answer.text == "This step is closed and takes no more answers. Open now: “A first small step”."


@pytest.mark.parametrize("end", ["finish", "cancel"])
async def test_buttons_of_what_has_ended(room: Session, end: str) -> None:
    await started(room, "james", "liga")
    await gives(room, "james", K1_practice="Open days")
    card, form = room.card("james", "Answer"), await form_of(room, "james")
    lead = await console(room)
    await room.person("anna").says(f"@Kolbot {end}", root=room.root)
    await clicks(room, "anna", "Yes, finish it" if end == "finish" else "Yes, cancel it")
    await room.settles()
    before = await state(room)
    over = "The workshop is finished." if end == "finish" else "The workshop was cancelled."
    answers = f"{over} It takes no more answers."
    assert (await room.person("james").clicks(card, "Answer", stale=True)).text == answers
    late = await sends(form, K1_practice="Too late")
    assert refusal(late) == answers
    assert late.dialog is not None and late.dialog.values() == {"a.K1.practice": "Too late"}
    joining = await room.person("ivan").clicks(card, room.join_label(), stale=True)
    assert joining.text == f"{over} Nobody can join any more."
    assert refusal(await starting(lead, NEXT))
    withdrawn = await forges(room, "james", {"verb": "withdraw", "w": before[0].id, "step": 0})
    assert withdrawn.text
    assert await state(room) == before


async def test_buttons_of_another_conversations_workshop(room: Session) -> None:
    """The card's data is carried into another thread, as a client can be made to do."""
    await started(room, "james")
    first, root = (await stored(room))[0].id, room.root
    await room.opens(title="Another")
    before = await state(room)
    for verb in ("answer", "join", "facilitate", "board", "next", "submit", "joined", "cancel", "summary"):
        answer = await forges(room, "anna", {"verb": verb, "w": first, "step": 0, "moves": 1})
        assert answer.text == label(
            "This belongs to a workshop in another conversation. Please use the buttons there.", "pl"
        ), verb
    assert await state(room) == before
    room.root = root
    assert (await stored(room))[0].at == 0


@pytest.mark.parametrize("forged", ["nobody", "", "\x00", "' OR 1=1 --", "x" * 100_000, None, 7, ["a"], {"a": 1}])
async def test_a_workshop_that_there_is_not(room: Session, forged: object) -> None:
    """Without a workshop that it names, a button is about the one that is here; a made-up one is told apart."""
    await started(room, "james")
    before = await state(room)
    answer = await forges(room, "james", {"verb": "next", "w": forged, "moves": before[0].moves})
    made_up = isinstance(forged, str) and forged.strip("\x00")
    assert answer.text == (
        "There is no workshop here. To open one, type in a channel or group chat: @Kolbot new" if made_up else ONLY
    )
    assert await state(room) == before


async def test_twice_within_fifty_milliseconds(room: Session) -> None:
    """The same press sent twice at the same moment, each as an activity of its own: one effect each."""
    await started(room, "james", "liga", "ivan")
    form = await form_of(room, "james")
    await asyncio.gather(*(sends(form, K1_practice="Open days") for _ in range(2)))
    assert len((await stored(room))[1]) == 1
    lead = await console(room)
    answers = await asyncio.gather(*(starting(lead, NEXT) for _ in range(5)))
    assert (await stored(room))[0].at == 2, "the vote had too few to vote on; one step further, not five"
    assert len([answer for answer in answers if element(answer.dialog, "said")]) == 1
    assert len([answer for answer in answers if element(answer.dialog, "refusal")]) == 4


async def test_joining_at_once_from_two_devices(room: Session) -> None:
    await room.opens()
    dialog = (await clicks(room, "james", room.join_label())).dialog
    assert dialog is not None
    data = {"verb": "joined", "w": (await stored(room))[0].id, "language": "en"}
    await asyncio.gather(*(room.room.submit_dialog("james", dialog.id, data) for _ in range(2)), return_exceptions=True)
    assert len((await stored(room))[0].joined) == 1


async def test_finishing_and_answering_at_once(room: Session) -> None:
    """Whichever comes first: the answer is in, or it is refused with its words; never told one and done the other."""
    await started(room, "james")
    form, lead = await form_of(room, "james"), await console(room)
    asked = (await starting(lead, label("Finish now …", "pl"))).dialog
    assert asked is not None
    sent, _ = await asyncio.gather(sends(form, K1_practice="Just now"), asked.presses(label("Yes, finish it", "pl")))
    kept = len((await stored(room))[1])
    assert kept == (1 if element(sent.dialog, "receipt") else 0)
    assert kept == 1 or (sent.dialog is not None and sent.dialog.values() == {"a.K1.practice": "Just now"})


@pytest.mark.parametrize("kind", ["fetch", "execute"])
async def test_a_participant_sends_the_facilitators_verbs(room: Session, kind: str) -> None:
    await started(room, "james")
    before = await state(room)
    for verb in (*COURSE, "late", "reveal"):
        data = {"verb": verb, "w": before[0].id, "moves": before[0].moves, "minutes": 5, "sure": True, "prompt": "C3"}
        answer = await forges(room, "james", {**data, "allowed": True}, kind)
        assert answer.text == ONLY, (verb, answer.texts())
    for verb in ("moderate", "moderated", "summary"):
        answer = await forges(room, "james", {"verb": verb, "w": before[0].id, "shown": ["a"], "hidden": "a"}, kind)
        assert answer.text == MODERATORS, (verb, answer.texts())
    for verb in ("facilitate", "console"):
        assert (await forges(room, "james", {"verb": verb, "w": before[0].id}, kind)).text == ONLY
    for verb in ("pick", "picked", "takeover"):
        assert (await forges(room, "james", {"verb": verb, "w": before[0].id, "prompt": "K4"}, kind)).text
    assert await state(room) == before


@pytest.mark.parametrize("who", ["by", "who", "person", "id", "from", "author", "name"])
async def test_another_persons_id_in_the_data(room: Session, who: str) -> None:
    """Whose answer it is, is said by Teams' token, never by the data."""
    await started(room, "james", "liga")
    workshop, _ = await stored(room)
    liga = next(person.id for person in workshop.joined if person.name == "Līga Ozola")
    data = {"verb": "submit", "w": workshop.id, "step": 0, "a.K1.practice": "Written by James", who: liga}
    await forges(room, "james", data)
    assert (await form_of(room, "liga")).values() == {}
    assert (await form_of(room, "james")).values() == {"a.K1.practice": "Written by James"}
    anna = next(person.id for person in workshop.facilitators)
    assert (await forges(room, "james", {"verb": "next", "w": workshop.id, who: anna})).text == ONLY


WRONG = [None, True, -1, 0, 7, 2**63, 1.5, "", "1", "1e9", [1], {"a": 1}, "\x00", "x" * 5_000]
"""Where a number, a text or a list of keys should be."""


@pytest.mark.parametrize("kind", ["fetch", "execute"])
async def test_wrong_types_everywhere(room: Session, kind: str) -> None:
    """Every verb with every field of every wrong type: an answer each time, never a bug, never a change of course."""
    await started(room, "james")
    before = (await state(room))[0]
    fields = ("step", "moves", "minutes", "page", "shown", "hidden", "prompt", "picked", "sure", "allowed", "names")
    for verb in (*COURSE, *STAFF, *PARTICIPANTS, *OTHERS):
        for value in WRONG[:: 1 if kind == "fetch" else 4]:
            data = {"verb": verb, "w": before.id, **dict.fromkeys(fields, value), "language": value, "title": value}
            answer = await forges(room, "james", {**data, "reserves": value, "institution": value}, kind)
            told = " ".join(answer.texts())
            assert answer.kind in ("message", "dialog", "card"), (verb, value, answer)
            assert "something went wrong" not in told, (verb, value, told)
    after, given = await state(room)
    assert (after.moves, after.at, after.status, after.hidden, after.picked) == (
        before.moves,
        before.at,
        before.status,
        before.hidden,
        before.picked,
    )
    assert not given


@pytest.mark.parametrize("verb", ["", "nothing", "__class__", "\x00", "x" * 10_000, None, 7, ["next"], {"a": 1}])
async def test_unknown_verbs(room: Session, verb: object) -> None:
    await started(room, "james")
    before = await state(room)
    sentence = "Kolbot does not know this command. Type “help” to see what you can do here."
    assert (await forges(room, "james", {"verb": verb, "w": before[0].id})).text == sentence
    if isinstance(verb, str) and verb:
        assert (await forges(room, "james", {"verb": verb, "w": before[0].id}, "execute")).text == sentence
    assert await state(room) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("composeExtension/query", {"commandId": "x"}),
        ("signin/verifyState", {"state": "1"}),
        ("adaptiveCard/action", {}),
        ("adaptiveCard/action", {"action": ["next"]}),
        ("task/fetch", None),
        ("task/submit", {"data": None}),
        ("task/submit", {"data": [1, 2]}),
        ("task/submit", "next"),
        ("", {}),
        (None, None),
    ],
)
async def test_unknown_invokes_are_not_implemented(room: Session, name: str | None, value: object) -> None:
    await started(room, "james")
    before = await state(room)
    fetch = next(sent.activity for sent in reversed(room.room.sent) if sent.activity.get("name") == "task/fetch")
    delivery = await room.room.redeliver({**fetch, "id": "f:strange", "name": name, "value": value})
    assert delivery.status == 501
    assert await state(room) == before


async def test_a_message_with_a_value_and_no_text(room: Session) -> None:
    """An old client sends Execute's fallback: a plain Submit. It counts, and the answer is a message."""
    await started(room, "james")
    data = {"verb": "next", "w": (await stored(room))[0].id, "moves": (await stored(room))[0].moves}
    await forges(room, "anna", data, "submit")
    await room.settles()
    assert (await stored(room))[0].at == 2
    before = len(room.room.world.messages)
    for value in ([1], "next", 7, None, {}, {"verb": ["x"]}, {"verb": "next"}, {"verb": "nonsense", "step": "x"}):
        pressed = room.room.activities.pressed(room.room.world.member("james"), _newest(room), value)
        assert (await room.room.redeliver(pressed)).taken, value
    assert len(room.room.world.messages) - before <= 4, "at most one sentence for each that says something"
    assert (await stored(room))[0].at == 2


async def test_a_plain_submit_never_shows_ones_own_words_to_all(room: Session) -> None:
    """A client without dialogs sends the button as a message; what comes back hangs in the channel for everybody."""
    await room.opens()
    await room.joins("james", institution="The secret service")
    await room.joins("liga", "ivan")
    await leads(room, label("Start", "pl"))
    await gives(room, "james", K1_practice="Something private")
    w = (await stored(room))[0].id
    for who in ("james", "anna"):
        for verb in (
            "answer",
            "change",
            "submit",
            "join",
            "joined",
            "console",
            "moderate",
            "moderated",
            "summary",
            "pick",
        ):
            data = {"verb": verb, "w": w, "step": 0, "a.K1.practice": "Something private", "prompt": "K4"}
            await forges(room, who, data, "submit")
    words = room.words("liga")
    assert "Something private" not in words
    assert "The secret service" not in words
    assert not [seen.texts() for seen in room.person("liga").cards(root=room.root) if seen.fields()]


def _newest(room: Session) -> Any:
    card = room.person("james").cards(root=room.root)[-1]
    return room.room.world.messages[card.id]


async def test_a_person_of_another_tenant_with_the_same_id(room: Session) -> None:
    """A person is tenant and object id together: the same object id from elsewhere is somebody else."""
    await started(room, "james")
    before = await state(room)
    fetch = next(sent.activity for sent in reversed(room.room.sent) if sent.activity.get("name") == "task/submit")
    assert fetch["from"]["name"] == "Anna Kowalska"
    twin = {**fetch["from"], "tenantId": "99999999-9999-4999-8999-999999999999"}
    data = {"verb": "next", "w": before[0].id, "moves": before[0].moves}
    delivery = await room.room.redeliver({**fetch, "id": "f:twin", "from": twin, "value": {"data": data}})
    assert "Anna Kowalska" in delivery.body["task"]["value"], "who may"
    assert await state(room) == before
