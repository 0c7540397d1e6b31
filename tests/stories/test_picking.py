"""More practices than a vote takes: the facilitator picks. And answers that only the facilitator reveals."""

from __future__ import annotations

from rehearsal.hands import Dialog
from tests.chat import Session, label
from tests.stories.acts import board, clicks, console, form_of, gives, items_of, leads, refusal, said, starting, stored
from tests.stories.script import shows

NEXT = label("Next: {step}", "pl").partition("{")[0]
PLAIN_NEXT = label("Next", "pl")
PICK = label("Pick what it is about", "pl")
VOTE_ON = label("Take these", "pl")


async def crowded(room: Session) -> None:
    """Twenty-four different practices of eight people."""
    await room.opens()
    people = await room.room.add_people([(f"Person {number}", "en") for number in range(8)])
    await room.joins(*people)
    await leads(room, label("Start", "pl"))
    for number, who in enumerate(people):
        await gives(room, who, K1="\n".join(f"Practice {number}{line}" for line in "abc"))


async def picks(room: Session) -> Dialog:
    answer = await starting(await console(room), PICK)
    assert answer.dialog is not None, answer.texts()
    return answer.dialog


def keys(offered: list[tuple[str, str]], *wanted: str) -> list[str]:
    """The keys of the candidates with these words."""
    return [key for title, key in offered if any(words in title for words in wanted)]


async def test_next_closes_and_asks_to_pick(room: Session) -> None:
    await crowded(room)
    told = said(await leads(room, PLAIN_NEXT))
    assert (await stored(room))[0].status == "closed", "the step is closed, the vote is not open yet"
    assert told == label(
        "The step is closed. What comes next has more candidates than it takes: pick which ones, then press Next.",
        "pl",
    )
    assert PICK in (await console(room)).buttons()
    form = await picks(room)
    offered = next(field for field in form.inputs() if field.id == "picked").choices
    assert len(offered) == 24
    answer = await form.fills(picked=keys(offered, "Practice 0a", "Practice 1b", "Practice 2c")).presses(VOTE_ON)
    assert said(answer)
    await leads(room, NEXT)
    (who, *_) = [name for name in room.room.world.people if name.startswith("person-")]
    assert set(items_of(await form_of(room, who))) == {"Practice 0a", "Practice 1b", "Practice 2c"}


async def test_twenty_one_are_too_many(room: Session) -> None:
    await crowded(room)
    await leads(room, PLAIN_NEXT)
    form = await picks(room)
    offered = next(field for field in form.inputs() if field.id == "picked").choices
    before = await stored(room)
    answer = await form.fills(picked=[key for _, key in offered[:21]]).presses(VOTE_ON)
    assert "21" in refusal(answer) and "20" in refusal(answer)
    assert answer.dialog is not None
    kept = next(field for field in answer.dialog.inputs() if field.id == "picked").value
    assert len(kept.split(",")) == 21, "what was ticked is still ticked"
    assert await stored(room) == before
    done = await answer.dialog.fills(picked=[key for _, key in offered[:20]]).presses(VOTE_ON)
    assert said(done)


async def test_typed_next_without_a_pick_says_what_to_do(room: Session) -> None:
    await crowded(room)
    await room.types("anna", "@Kolbot next")
    await room.types("anna", "@Kolbot next")
    assert "Next: a vote. There are 24 candidates, and at most 20 are taken. Pick which ones first." in room.words()
    assert (await stored(room))[0].status == "closed"


async def test_what_was_picked_was_hidden_meanwhile(room: Session) -> None:
    """A candidate that a moderator hides while the form is open is not on the vote."""
    await crowded(room)
    await leads(room, PLAIN_NEXT)
    form = await picks(room)
    offered = next(field for field in form.inputs() if field.id == "picked").choices
    moderating = await starting(await console(room), label("Moderate", "pl"))
    assert moderating.dialog is not None
    hidden = next(field for field in moderating.dialog.inputs() if field.id == "hidden").choices[0]
    words = next(f"Practice {n}{c}" for n in range(8) for c in "abc" if f"Practice {n}{c}" in hidden[0])
    await moderating.dialog.fills(hidden=[hidden[1]]).presses(label("Save this page", "pl"))
    others = [name for name in ("Practice 0a", "Practice 7c", "Practice 3b") if name != words]
    mine = keys(offered, words, *others)
    await form.fills(picked=mine).presses(VOTE_ON)
    again = await picks(room)
    assert not [title for title, _ in next(f for f in again.inputs() if f.id == "picked").choices if words in title]
    await again.fills(picked=keys(offered, *others)).presses(VOTE_ON)
    await leads(room, NEXT)
    assert words not in items_of(await form_of(room, "person-8"))


async def test_revealed_by_the_facilitator_and_by_nobody_else(room: Session) -> None:
    await room.opens(plan="peer-learning-session")
    await room.joins("james")
    await leads(room, label("Start", "pl"))
    while "C3" not in {prompt.id for prompt in (await place(room)).step.prompts}:
        await leads(room, NEXT)
    await gives(room, "james", C3="By Friday I will call Maria", C4="Then I will write")
    await leads(room, label("Close the step", "pl"))
    assert "1 answer, shown when the facilitator reveals it" in board(room)
    assert "Maria" not in room.words()
    lead = await console(room)
    reveal = label("Reveal: {question}", "pl").partition("{")[0]
    assert len([title for title in lead.buttons() if title.startswith(reveal)]) == 2
    done = await starting(lead, reveal)
    assert said(done) == label("Everybody can see these answers now.", "pl")
    await room.settles()
    assert shows(board(room), "By Friday I will call Maria — James Carter")
    assert not shows(board(room), "Then I will write"), "the other question is not revealed"
    assert len([title for title in (await console(room)).buttons() if title.startswith(reveal)]) == 1


async def place(room: Session):  # type: ignore[no-untyped-def]
    here = (await stored(room))[0].place
    assert here is not None
    return here


async def test_the_summary_of_everything_is_for_those_who_lead(room: Session) -> None:
    await room.opens(plan="kolb-taster-15")
    await room.joins("james", "liga", "ivan")
    await leads(room, label("Start", "pl"))
    for who in ("james", "liga", "ivan"):
        await gives(room, who, K1=f"Practice of {who}")
    everything = await starting(await console(room), label("Everything so far", "pl"))
    assert "• Practice of james" in everything.texts()
    await room.types("anna", "@Kolbot summary")
    assert "Practice of james" not in room.words(), "typed, it never puts them into the conversation"
    answer = await clicks(room, "james", "See everything so far")
    assert answer.text == "Only a facilitator or a moderator can do this. Facilitators here: Anna Kowalska."
