"""From one cycle to the next in a channel: by the button of the record what is open comes along, and no secret."""

from __future__ import annotations

import pytest

from rehearsal.hands import Dialog
from tests.chat import Session, label
from tests.stories.acts import clicks, console, form_of, leads, sends, starting, stored

NEXT = label("Next", "pl")


async def commits(room: Session, name: str, prompt: str, what: str, shown: bool) -> None:
    form = await form_of(room, name)
    given = {f"{prompt}_1.what": what, f"{prompt}_1.by": "2026-01-31", f"{prompt}_shown": "true" if shown else "false"}
    await sends(form, **given)


def there(dialog: Dialog | None) -> Dialog:
    assert dialog is not None
    return dialog


@pytest.mark.parametrize("language", ["en", "pl"])
async def test_commitments_come_along_and_each_finds_their_own(room: Session, language: str) -> None:
    await room.opens(plan="open-space-close", language=language)
    await room.joins("james", "liga", institution="Ministry")
    await leads(room, label("Start", "pl"))
    prompt = next(one.id for one in (await stored(room))[0].plan.prompts.values() if one.kind == "commitment")
    while all(one.id != prompt for one in (await stored(room))[0].place.step.prompts):  # type: ignore[union-attr]
        await leads(room, NEXT)
    await commits(room, "james", prompt, "One desk for all", True)
    await commits(room, "liga", prompt, "A talk with my head", False)
    await (await starting(await console(room), label("Finish now …", "pl"))).dialog.presses(  # type: ignore[union-attr]
        label("Yes, finish it", "pl")
    )
    await room.settles()
    form = there((await clicks(room, "anna", label("A second cycle …", language))).dialog)
    assert form.values()["second"] == "true" and form.values()["plan"] == "kolb-second-cycle-60"
    await form.fills(language=language).presses(label("Open the workshop", "pl"))
    await room.settles()
    workshop, _ = await stored(room)
    assert workshop.brought is not None and not workshop.joined
    joining = there((await clicks(room, "james", room.join_label())).dialog)
    assert joining.values()["institution"] == "Ministry", "filled in; joined anew"
    await room.joins("james", "liga")
    await leads(room, label("Start", "pl"))
    for name, own, other in (("james", "One desk for all", "A talk"), ("liga", "A talk with my head", "no such")):
        asked = await form_of(room, name)
        words = " ".join(asked.texts())
        assert "One desk for all" in words and own in words and other not in words
    assert "A talk with my head" not in " ".join(room.words("james"))
