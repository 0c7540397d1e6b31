"""A whole workshop, from the lobby to the picture, by clicking."""

from __future__ import annotations

from tests.chat import Session


async def test_a_workshop_runs_from_lobby_to_picture(room: Session) -> None:
    await room.opens(plan="kolb-taster-15")
    await room.joins("ivan", "james", "liga")
    print(room.words())
    dialog = await room.console()
    print(dialog.texts(), dialog.buttons())
    answer = await room.course("Start")
    print(answer.texts())
    print(room.words())
    form = await room.form("ivan")
    print(form.texts(), [(f.id, f.label) for f in form.inputs()])
    assert 0
