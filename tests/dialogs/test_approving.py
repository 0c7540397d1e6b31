"""The queue of a moderated prompt: counted in the console, let through or hidden in the moderator's dialog."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cards import draw
from tests.cards.lint import lint
from tests.cards.walk import inputs_of, text_of
from tests.dialogs.talk import Talk, shown, why
from tests.workshop.session import ONE_COLUMN, asks, plan_of, step
from workshop.service import NotStored
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


async def test_two_moderators_at_once_and_an_author_who_changes_their_mind() -> None:
    """What is done is told kind by kind; what is not, because others were faster, is told too."""
    talk = await Talk(MODERATED).starts()
    await talk.turn("ivan", "submit", **{"a.N.all": "kind\nrude\nmild\nlong"})
    page = shown(await talk.turn("anna", "moderate"), ModerateForm)
    ids = {entry.words: entry.id for entry in page.entries}

    async def presses(words: str, **more: Any) -> Console:
        chosen = [ids[word] for word in words.split()]
        data = {name: ",".join(ids[word] for word in value.split()) for name, value in more.items() if name != "was"}
        was = [ids[word] for word in more.get("was", "").split()]
        return shown(await talk.turn("anna", "moderated", shown=chosen, was=was, **data), Console)

    def told(view: Console) -> str:
        return text_of(draw(view, "en")).split("\n")[0]

    assert "1 entry is hidden now." in told(await presses("rude", hidden="rude"))
    assert why(await presses("rude", hidden="rude")) == "already_so", "drawn before the other pressed"
    stale = await presses("rude", approved="rude")
    assert (why(stale), talk.w.approved) == ("hidden_meanwhile", frozenset())
    assert "1 entry was hidden by somebody else meanwhile and stays hidden." in told(stale)
    await talk.turn("ivan", "submit", **{"a.N.all": "kind\nrude\nmild"})
    assert why(await presses("long", hidden="long")) == "unknown_entry"
    some = await presses("kind rude mild long", approved="kind rude long", hidden="mild")
    for words in ("1 entry can be seen now.", "1 entry is hidden now.", "1 entry is not there", "stays hidden"):
        assert words in told(some), words
    assert (talk.w.approved, talk.w.hidden) == ({ids["kind"]}, {ids["rude"], ids["mild"]})
    assert "2 entries are no longer hidden." in told(await presses("rude mild", was="rude mild"))
    assert why(await presses("kind", hidden="", was="")) == "nothing_to_change"
    talk.memory.fails = NotStored(certain=True)
    assert why(await presses("kind", hidden="kind")) == "not_stored"
