"""Forged data: a facilitator's verb by a participant, another person's id, wrong types, unknown verbs, invokes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chat import Session, label
from tests.stories.acts import K1, forges, form_of, gives, leads, stored

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


@pytest.mark.parametrize("kind", ["fetch", "execute"])
async def test_a_participant_sends_the_facilitators_verbs(room: Session, kind: str) -> None:
    await started(room, "james")
    before = await stored(room)
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
    assert await stored(room) == before


async def test_another_persons_id_in_the_data(room: Session) -> None:
    """Whose answer it is, is said by Teams' token, never by the data."""
    await started(room, "james", "liga")
    workshop, _ = await stored(room)
    liga = next(person.id for person in workshop.joined if person.name == "Līga Ozola")
    anna = next(person.id for person in workshop.facilitators)
    names = ("by", "who", "person", "id", "from", "author", "name")
    data = {"verb": "submit", "w": workshop.id, "step": 0, K1: "Written by James"}
    await forges(room, "james", {**data, **dict.fromkeys(names, liga)})
    assert (await form_of(room, "liga")).values() == {}
    assert (await form_of(room, "james")).values() == {K1: "Written by James"}
    assert (await forges(room, "james", {"verb": "next", "w": workshop.id, **dict.fromkeys(names, anna)})).text == ONLY


WRONG = [None, True, -1, 0, 7, 2**63, 1.5, "", "1", "1e9", [1], {"a": 1}, "\x00", "x" * 5_000]
"""Where a number, a text or a list of keys should be."""


@pytest.mark.parametrize("kind", ["fetch", "execute"])
async def test_wrong_types_everywhere(room: Session, kind: str) -> None:
    """Every verb with every field of every wrong type: an answer each time, never a bug, never a change of course."""
    await started(room, "james")
    before = (await stored(room))[0]
    fields = ("step", "moves", "minutes", "page", "shown", "hidden", "prompt", "picked", "sure", "allowed", "names")
    for verb in (*COURSE, *STAFF, *PARTICIPANTS, *OTHERS):
        for value in WRONG[:: 1 if kind == "fetch" else 4]:
            data = {"verb": verb, "w": before.id, **dict.fromkeys(fields, value), "language": value, "title": value}
            answer = await forges(room, "james", {**data, "reserves": value, "institution": value}, kind)
            told = " ".join(answer.texts())
            assert answer.kind in ("message", "dialog", "card"), (verb, value, answer)
            assert "something went wrong" not in told, (verb, value, told)
    after, given = await stored(room)
    assert (after.moves, after.at, after.status, after.hidden, after.picked) == (
        before.moves,
        before.at,
        before.status,
        before.hidden,
        before.picked,
    )
    assert not given


async def test_unknown_verbs(room: Session) -> None:
    await started(room, "james")
    before = await stored(room)
    sentence = "Kolbot does not know this command. Type “help” to see what you can do here."
    for verb in ("", "nothing", "__class__", "\x00", "x" * 10_000, None, 7, ["next"], {"a": 1}):
        assert (await forges(room, "james", {"verb": verb, "w": before[0].id})).text == sentence, verb
        if isinstance(verb, str) and verb:
            assert (await forges(room, "james", {"verb": verb, "w": before[0].id}, "execute")).text == sentence, verb
    assert await stored(room) == before


INVOKES: list[tuple[str | None, object]] = [
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
]


async def test_unknown_invokes_are_not_implemented(room: Session) -> None:
    await started(room, "james")
    before = await stored(room)
    fetch = next(sent.activity for sent in reversed(room.room.sent) if sent.activity.get("name") == "task/fetch")
    for number, (name, value) in enumerate(INVOKES):
        strange = {**fetch, "id": f"f:strange-{number}", "name": name, "value": value}
        assert (await room.room.redeliver(strange)).status == 501, (name, value)
    assert await stored(room) == before


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
    await gives(room, "james", K1="Something private")
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
            data = {"verb": verb, "w": w, "step": 0, K1: "Something private", "prompt": "K4"}
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
    before = await stored(room)
    fetch = next(sent.activity for sent in reversed(room.room.sent) if sent.activity.get("name") == "task/submit")
    assert fetch["from"]["name"] == "Anna Kowalska"
    twin = {**fetch["from"], "tenantId": "99999999-9999-4999-8999-999999999999"}
    data = {"verb": "next", "w": before[0].id, "moves": before[0].moves}
    delivery = await room.room.redeliver({**fetch, "id": "f:twin", "from": twin, "value": {"data": data}})
    assert "Anna Kowalska" in delivery.body["task"]["value"], "who may"
    assert await stored(room) == before
