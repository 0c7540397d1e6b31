"""What people do in these stories. Only `leads` lets the publisher catch up: time passes while it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rehearsal.hands import Answer, Dialog, texts
from tests.chat import CHANNEL, Session, called, label
from workshop.model import Answer as Given, Workshop

K1 = "a.K1.practice"
"""The field of the first question."""
SEND = ("Send", "Replace my answer")


async def form_of(room: Session, name: str) -> Dialog:
    """Somebody presses Answer and reads the form."""
    answer = await clicks(room, name, label("Answer", room.shared_language()))
    assert answer.dialog is not None, answer.texts()
    return answer.dialog


async def clicks(room: Session, name: str, title: str, place: str = CHANNEL, **inputs: Any) -> Answer:
    """Somebody presses a button of the newest card that has it."""
    return await room.person(name, place).clicks(room.card(name, title, place), title, inputs=inputs)


def fields(dialog: Dialog, given: Mapping[str, Any]) -> dict[str, Any]:
    """Words by the end of a field's id: "K2_what" is `a.K2.what`, "C5" is `a.C5.`, "K1" the first field of K1."""
    ids: dict[str, str] = {}
    for field in dialog.inputs():
        _, prompt, part = field.id.split(".", 2)
        ids.setdefault(prompt, field.id)
        ids[f"{prompt}_{part}"] = field.id
    return {ids[name]: value for name, value in given.items()}


async def sends(dialog: Dialog, **given: Any) -> Answer:
    """Fill in the form and send it, whatever its button is called today."""
    return await dialog.fills(fields(dialog, given)).presses(called(dialog, *SEND))


async def gives(room: Session, name: str, **given: Any) -> Answer:
    """Open the form, fill it in, send it, and be told that it is recorded."""
    answer = await sends(await form_of(room, name), **given)
    assert element(answer.dialog, "receipt"), answer.texts()
    return answer


async def votes(room: Session, name: str, dots: Mapping[str, int]) -> Answer:
    """Dots by the words of the items."""
    dialog = await form_of(room, name)
    answer = await sends(dialog, **dots_of(dialog, dots))
    assert element(answer.dialog, "receipt"), answer.texts()
    return answer


def dots_of(dialog: Dialog, dots: Mapping[str, int]) -> dict[str, str]:
    """The fields of a vote, found by the numbered words that stand beside them."""
    listed = items_of(dialog)
    ids = [field.id.removeprefix("a.").replace(".", "_") for field in dialog.inputs()]
    return {ids[listed.index(words)]: str(number) for words, number in dots.items()}


def items_of(dialog: Dialog) -> list[str]:
    """What the form lists by number, in order."""
    words = dialog.texts()
    found: list[str] = []
    while numbered := [text for text in words if text.startswith(f"{len(found) + 1}. ")]:
        found.append(numbered[0].removeprefix(f"{len(found) + 1}. "))
    return found


async def console(room: Session, name: str = "anna") -> Dialog:
    """The console as it is now."""
    answer = await clicks(room, name, label("Facilitate", room.shared_language()))
    assert answer.dialog is not None, answer.texts()
    return answer.dialog


async def leads(room: Session, title: str, name: str = "anna") -> Answer:
    """Open the console, press the button that begins with these words, and let everybody see what came of it."""
    answer = await starting(await console(room, name), title)
    await room.settles()
    return answer


async def ends(room: Session, name: str = "anna") -> Answer:
    """Go on after the last step: the console asks first, and is told yes."""
    asked = await starting(await console(room, name), label("Finish the workshop", room.person(name).language))
    assert asked.dialog is not None
    answer = await starting(asked.dialog, label("Yes, finish it", room.person(name).language))
    await room.settles()
    return answer


async def starting(dialog: Dialog, title: str) -> Answer:
    """Press the button that begins with these words."""
    found = [there for there in dialog.buttons() if there.startswith(title)]
    assert found, f"no {title!r} among {dialog.buttons()}"
    return await dialog.presses(found[0])


def elements(node: Any) -> Iterator[dict[str, Any]]:
    """Everything in a card that has a type or an id."""
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from elements(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from elements(inner)


def element(dialog: Dialog | None, name: str) -> str:
    """The words of the element with this id; empty where there is none."""
    if dialog is None:
        return ""
    return next((" ".join(texts(found)) for found in elements(dialog.card) if found.get("id") == name), "")


def refusal(answer: Answer) -> str:
    """The sentence that says why; it has to be there."""
    said = element(answer.dialog, "refusal")
    assert said, answer.texts()
    return said.removeprefix("⚠ ")


def said(answer: Answer) -> str:
    """What the console says that was done; it has to be there."""
    words = element(answer.dialog, "said")
    assert words, answer.texts()
    return words.removeprefix("✓ ")


def receipt(answer: Answer) -> list[str]:
    """What was recorded, line by line, without when others see it and the button below."""
    assert element(answer.dialog, "receipt"), answer.texts()
    assert answer.dialog is not None
    thens = then(answer)
    return [line for line in answer.dialog.texts()[2:-1] if line not in thens]


def then(answer: Answer) -> list[str]:
    """When others see what was recorded, as the receipt says it."""
    assert answer.dialog is not None
    found = [part for part in elements(answer.dialog.card) if str(part.get("id", "")).partition(".")[0] == "then"]
    return [" ".join(texts(part)) for part in found]


async def stored(room: Session) -> tuple[Workshop, tuple[Given, ...]]:
    """The thread's newest workshop and its answers, as they are in the database."""
    home = f"{room.room.world.conversation(CHANNEL).id};messageid={room.root}"
    found = await room.bot.reader.newest_in(room.room.world.tenant, home)
    assert found is not None, "no workshop in this thread"
    read = await room.bot.reader.answers(found.id)
    assert read is not None
    return read


async def values(room: Session, prompt: str) -> list[Mapping[str, object]]:
    """Every answer to a prompt, as it is stored."""
    return [answer.value for answer in (await stored(room))[1] if answer.prompt == prompt]


def listed(value: Mapping[str, object]) -> list[str]:
    """All words of a stored answer that is made of lists."""
    return [str(words) for part in value.values() if isinstance(part, list) for words in part]


async def practices(room: Session) -> list[list[str]]:
    """What each answer to the first question holds, as it is stored."""
    return [listed(value) for value in await values(room, "K1")]


async def says(room: Session, name: str, text: str, place: str = CHANNEL) -> list[str]:
    """Type something in the thread; the words of what the bot answered there."""
    before = {seen.id for seen in room.person(name, place).messages()}
    root = room.root if place == CHANNEL else None
    await room.person(name, place).says(text, root=root)
    return [
        word
        for seen in room.person(name, place).messages(root=root)
        if seen.id not in before and seen.by_bot
        for word in seen.texts()
    ]


def board(room: Session, name: str = "anna") -> list[str]:
    """The words of the newest board card."""
    titles = [label(title, room.shared_language()) for title in ("The board", "The record of this workshop")]
    cards = [seen.texts() for seen in room.person(name).cards(root=room.root)]
    return [words for words in cards if words[0] in titles][-1]


async def whole_board(room: Session, name: str) -> list[str]:
    """The words of the board as a dialog, from its first page to its last (in English)."""
    page = (await clicks(room, name, label("Board", room.shared_language()))).dialog
    while page is not None and "Previous page" in page.buttons():
        page = (await page.presses("Previous page")).dialog
    assert page is not None
    there = page.texts()
    while page is not None and "Next page" in page.buttons():
        page = (await page.presses("Next page")).dialog
        there += page.texts() if page else []
    return there


async def forges(room: Session, name: str, data: dict[str, Any], kind: str = "fetch") -> Answer:
    """Somebody's client sends this as if it came from a button of the newest card: fetch, execute or plain submit."""
    card = next(seen for seen in reversed(room.person(name).cards(root=room.root)) if not seen.deleted)
    action: dict[str, Any] = {"type": "Action.Submit", "data": {"msteams": {"type": "task/fetch"}, **data}}
    if kind == "execute":
        action = {"type": "Action.Execute", "verb": data.get("verb"), "data": data}
    if kind == "submit":
        action = {"type": "Action.Submit", "data": data}
    return room.person(name).answer(await room.room.press(name, card.id, action, {}))
