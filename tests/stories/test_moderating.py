"""Hiding an entry takes it off the card, what is carried over and the picture; restoring puts it back."""

from __future__ import annotations

from locales import LANGUAGES, words
from rehearsal.hands import Answer, Dialog
from tests.chat import Session, label
from tests.stories.acts import (
    board,
    clicks,
    console,
    ends,
    form_of,
    gives,
    items_of,
    leads,
    refusal,
    said,
    says,
    starting,
    stored,
    votes,
)
from tests.stories.script import images, shows

NEXT = label("Next: {step}", "pl").partition("{")[0]
CLOSE = label("Close the step", "pl")
SAVE = {language: label("Save this page", language) for language in LANGUAGES}


async def gathered(room: Session) -> None:
    """Three people's practices, one of them rude, the step closed."""
    await room.opens()
    await room.joins("james", "liga", "ivan")
    await leads(room, label("Start", "pl"))
    await gives(room, "james", K1="Open days\nThe boss is a fool")
    await gives(room, "liga", K1="Open days")
    await gives(room, "ivan", K1="Checklists")
    await leads(room, CLOSE)


async def form(room: Session, name: str = "anna") -> Dialog:
    answer = await starting(await console(room, name), label("Moderate", room.person(name).language))
    assert answer.dialog is not None, answer.texts()
    return answer.dialog


async def hides(room: Session, text: str, name: str = "anna") -> Answer:
    """Tick the entries that say this, beside those that are ticked already, and save."""
    dialog = await form(room, name)
    field = next(field for field in dialog.inputs() if field.id == "hidden")
    ticked = [value for value in field.value.split(",") if value]
    found = [value for title, value in field.choices if text in title]
    assert found, field.choices
    save = next(title for title in dialog.buttons() if title in SAVE.values())
    answer = await dialog.fills(hidden=[*ticked, *found]).presses(save)
    await room.settles()
    return answer


async def restores_all(room: Session) -> Answer:
    dialog = await form(room)
    answer = await dialog.fills(hidden=[]).presses(SAVE["pl"])
    await room.settles()
    return answer


async def test_hidden_from_the_card_at_once(room: Session) -> None:
    await gathered(room)
    assert shows(board(room), "The boss is a fool")
    answer = await hides(room, "The boss is a fool")
    one = words("pl").plural("{n} entry is hidden now.", "{n} entries are hidden now.", 1)
    assert said(answer) == one
    assert "The boss is a fool" not in room.words()
    page = (await clicks(room, "james", "Board")).dialog
    assert page is not None
    assert "fool" not in " ".join(page.texts())
    assert shows(board(room), "Open days ×2"), "the rest stays"


async def test_restored_is_there_again(room: Session) -> None:
    await gathered(room)
    await hides(room, "The boss is a fool")
    await restores_all(room)
    assert shows(board(room), "The boss is a fool")
    nothing = await restores_all(room)
    assert said(nothing) == label("There was nothing to change.", "pl")


async def test_hidden_is_not_carried_to_the_vote(room: Session) -> None:
    await gathered(room)
    await hides(room, "The boss is a fool")
    await leads(room, NEXT)
    assert "fool" not in room.words()
    assert set(items_of(await form_of(room, "james"))) == {"Open days", "Checklists"}


async def test_hidden_while_it_is_voted_on(room: Session) -> None:
    """Dots on it do not come back by another way: not on the board, not as a choice of the next stage."""
    await gathered(room)
    await leads(room, NEXT)
    await votes(room, "james", {"The boss is a fool": 2, "Open days": 1})
    await votes(room, "liga", {"The boss is a fool": 1, "Checklists": 2})
    await votes(room, "ivan", {"Open days": 2})
    await hides(room, "The boss is a fool")
    assert "fool" not in room.words()
    assert "The boss is a fool" not in items_of(await form_of(room, "liga"))
    await leads(room, NEXT)
    assert "fool" not in room.words()
    offered = [title for field in (await form_of(room, "james")).inputs() for title, _ in field.choices]
    assert sorted(offered) == ["Checklists", "Open days", "Something else (write it below)"]


async def test_hidden_from_the_picture_after_the_end_and_restored_into_it(room: Session) -> None:
    await room.opens()
    await room.joins("james", "liga")
    await leads(room, label("Start", "pl"))
    for _ in range(4):
        await leads(room, NEXT)
    await gives(room, "james", C5="I take home nothing")
    await gives(room, "liga", C5="I take home a list")
    await ends(room)

    def told() -> str:
        cards = [seen for seen in room.person("ivan").cards(root=room.root) if images(seen)]
        assert len(cards) == 1, "one picture, edited in place"
        return str(images(cards[0])[0]["altText"])

    await says(room, "anna", "@Kolbot facilitate")
    before = len(room.person("ivan").cards(root=room.root))
    assert "I take home nothing" in told()
    await hides(room, "I take home nothing")
    assert "I take home nothing" not in told() and "I take home a list" in told()
    assert not shows(board(room), "I take home nothing")
    await restores_all(room)
    assert "I take home nothing" in told()
    assert len(room.person("ivan").cards(root=room.root)) == before, "nothing is posted anew"


async def test_a_moderator_moderates_and_leads_nothing(room: Session) -> None:
    await gathered(room)
    await says(room, "anna", "@Kolbot moderator @Līga Ozola")
    await hides(room, "Checklists", "liga")
    assert not shows(board(room), "Checklists")
    assert await says(room, "liga", "@Kolbot next") == [
        "Only a facilitator can do this. Facilitators here: Anna Kowalska."
    ]


async def test_moderators_see_what_is_not_revealed_yet_and_no_names(room: Session) -> None:
    await room.opens()
    await room.joins("james", "liga", "ivan")
    await leads(room, label("Start", "pl"))
    for who in ("james", "liga", "ivan"):
        await gives(room, who, K1=f"Practice {len(who)} {who[0]}")
    there = (await form(room)).texts()
    assert any("Practice 5 j" in text for text in there)
    assert not any("James" in text or "Līga" in text for text in there)


async def test_an_author_changes_what_was_hidden(room: Session) -> None:
    """Other words are another note, which is not hidden; the same words stay hidden."""
    await room.opens()
    await room.joins("james", "liga", "ivan")
    await leads(room, label("Start", "pl"))
    await gives(room, "james", K1="The boss is a fool")
    await gives(room, "liga", K1="Open days")
    await gives(room, "ivan", K1="Checklists")
    await hides(room, "The boss is a fool")
    await gives(room, "james", K1="The boss is a fool\nFlexible hours")
    await leads(room, CLOSE)
    assert "fool" not in room.words()
    assert shows(board(room), "Flexible hours")


async def test_two_moderators_do_not_undo_each_other(room: Session) -> None:
    """Both have the form open; the second to save hides something else, and restores nothing that the first hid."""
    await gathered(room)
    slow = await form(room)
    await hides(room, "The boss is a fool")
    field = next(field for field in slow.inputs() if field.id == "hidden")
    await slow.fills(hidden=[value for title, value in field.choices if "Checklists" in title]).presses(SAVE["pl"])
    await room.settles()
    assert not shows(board(room), "Checklists")
    assert "fool" not in room.words()


async def test_what_its_author_withdrew_meanwhile(room: Session) -> None:
    await room.opens()
    await room.joins("james", "liga", "ivan")
    await leads(room, label("Start", "pl"))
    await gives(room, "james", K1="The boss is a fool")
    await gives(room, "liga", K1="Open days")
    await gives(room, "ivan", K1="Checklists")
    dialog = await form(room)
    field = next(field for field in dialog.inputs() if field.id == "hidden")
    mine = await form_of(room, "james")
    await mine.presses(next(title for title in mine.buttons() if title.startswith("Withdraw")))
    found = [value for title, value in field.choices if "fool" in title]
    answer = await dialog.fills(hidden=found).presses(SAVE["pl"])
    assert refusal(answer) == label("This entry is not there any more: its author has changed or withdrawn it.", "pl")
    assert not (await stored(room))[0].hidden


async def test_many_pages(room: Session) -> None:
    """Twenty-five entries are two pages; what is saved on one page leaves the other as it is."""
    await room.opens()
    names = await room.room.add_people([(f"Person {number}", "en") for number in range(9)])
    await room.joins(*names)
    await leads(room, label("Start", "pl"))
    for number, who in enumerate(names):
        await gives(room, who, K1="\n".join(f"Practice {number}-{line}" for line in range(3)))
    await leads(room, CLOSE)
    first = await form(room)
    assert len(next(field for field in first.inputs() if field.id == "hidden").choices) == 20
    older = await first.presses(label("Older, without saving", "pl"))
    assert older.dialog is not None
    field = next(field for field in older.dialog.inputs() if field.id == "hidden")
    assert len(field.choices) == 7
    await older.dialog.fills(hidden=[field.choices[0][1]]).presses(SAVE["pl"])
    assert len((await stored(room))[0].hidden) == 1
    again = await form(room)
    await again.presses(SAVE["pl"])
    assert len((await stored(room))[0].hidden) == 1
