"""The queue of a moderated prompt: counted in the console, let through or hidden in the moderator's dialog."""

from __future__ import annotations

from dataclasses import replace

from cards import draw
from tests.cards.lint import lint
from tests.cards.walk import inputs_of, text_of
from tests.dialogs.talk import Talk, shown, why
from tests.workshop.session import ONE_COLUMN, asks, plan_of, step
from workshop.views import AnswerForm, Console, ModerateForm

MODERATED = plan_of([step("notes", replace(asks("N", "notes", ONE_COLUMN), moderated=True))], [], [], [])


async def test_entries_wait_are_let_through_and_no_longer_counted() -> None:
    talk = await Talk(MODERATED).starts()
    form = shown(await talk.turn("ivan", "answer"), AnswerForm)
    assert "A moderator reads it first" in text_of(draw(form, "en"))
    await talk.turn("ivan", "submit", **{"a.N.all": "kind\nrude\nmild"})
    console = shown(await talk.turn("anna", "console"), Console)
    assert console.waiting == 3 and "3 entries wait for a moderator." in text_of(draw(console, "en"))
    page = shown(await talk.turn("anna", "moderate"), ModerateForm)
    card = draw(page, "en")
    assert lint(card, user_words=(), edited=False, dialog=True) == []
    assert len(inputs_of(card)["approved"]["choices"]) == 3 and "waits for you" in text_of(card)
    by_words = {entry.words: entry.id for entry in page.entries}
    shown_ids = list(by_words.values())
    done = await talk.turn(
        "anna",
        "moderated",
        shown=shown_ids,
        was=[],
        approved=f"{by_words['kind']},{by_words['rude']},forged",
        hidden=by_words["rude"],
    )
    assert why(shown(done, Console)) == "moderated"
    assert talk.w.approved == {by_words["kind"]} and talk.w.hidden == {by_words["rude"]}, "hiding wins"
    later = shown(await talk.turn("anna", "moderate"), ModerateForm)
    assert [entry.words for entry in later.entries if entry.waiting] == ["mild"]
    assert shown(await talk.turn("anna", "console"), Console).waiting == 1
