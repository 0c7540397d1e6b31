"""What one gave before stands above the question that builds on it: for oneself alone, in a refused form too."""

from __future__ import annotations

from dataclasses import replace

from cards import draw
from tests.cards.walk import parts, text_of
from tests.dialogs.talk import Talk, shown
from tests.workshop.session import CARRIED, DOTS, NOTES, TEXT, asks, plan_of, step
from workshop.plan import Source
from workshop.prompts.kind import item_key
from workshop.tally import board_of
from workshop.views import AnswerForm, BoardPage, Receipt, StageCard

FIT = replace(asks("A", "text", TEXT), quotes=("N", "T", "V"))
QUOTING = plan_of(
    [
        step("notes", asks("N", "notes", NOTES), asks("T", "text", TEXT, anonymous=True)),
        step("vote", asks("V", "vote", DOTS, Source("N"))),
    ],
    [step("fit", FIT, asks("B", "choice", CARRIED, Source("V")))],
    [],
    [],
)


async def fitting() -> Talk:
    talk = await Talk(QUOTING).starts()
    await talk.turn("ivan", "submit", **{"a.N.good": "desk\nmap", "a.T.": "a secret"})
    await talk.turn("eva", "submit", **{"a.N.good": "hers"})
    await talk.next()
    await talk.turn("ivan", "submit", **{f"a.V.{item_key('map')}": "2"})
    return await talk.next()


async def test_the_form_quotes_what_the_same_person_gave_and_nobody_else_s() -> None:
    talk = await fitting()
    form = shown(await talk.turn("ivan", "answer"), AnswerForm)
    assert [(one.prompt.id, dict(one.value or {})) for one in form.forms[0].quoted] == [
        ("N", {"good": ["desk", "map"]}),
        ("T", {"text": "a secret"}),
        ("V", {"dots": {item_key("map"): 2}}),
    ]
    assert form.forms[1].quoted == ()
    words = text_of(draw(form, "en"))
    assert "What you gave before; only you see it here" in words and "a secret" in words and "hers" not in words
    hers = shown(await talk.turn("eva", "answer"), AnswerForm)
    assert [one.prompt.id for one in hers.forms[0].quoted] == ["N"]
    theirs = shown(await talk.turn("ola", "answer"), AnswerForm)
    assert theirs.forms[0].quoted == () and "gave before" not in text_of(draw(theirs, "en"))


async def test_a_refused_form_quotes_it_too() -> None:
    talk = await fitting()
    form = shown(await talk.turn("ivan", "submit", **{"a.A.": "x" * 1001}), AnswerForm)
    assert [one.prompt.id for one in form.forms[0].quoted] == ["N", "T", "V"]
    assert form.forms[0].given == {"": "x" * 1001}


async def test_in_groups_form_and_receipt_have_the_group_s_items() -> None:
    vote = replace(step("vote", asks("V", "vote", DOTS, Source("N"))), in_groups=True)
    talk = await Talk(plan_of([step("notes", asks("N", "notes", NOTES)), vote], [], [], [])).opens()
    await talk.turn("anna", "form_groups", way="count", number="3")
    await talk.turn("anna", "start", moves=talk.w.moves)
    for who in ("ivan", "eva"):
        await talk.turn(who, "submit", **{"a.N.good": f"{who}'s"})
    await talk.next()
    assert "each group works on what it gave itself" in text_of(draw(_stage(talk), "en"))
    form = shown(await talk.turn("ivan", "answer"), AnswerForm)
    assert [item.label[""] for item in form.forms[0].items] == ["ivan's"]
    nothing = shown(await talk.turn("ola", "answer"), AnswerForm)
    assert nothing.forms == (), "her group gave nothing"
    assert "your group gave nothing" in text_of(draw(nothing, "en"))
    assert [data["verb"] for data in buttons(draw(nothing, "en"))] == []
    hers = shown(await talk.turn("eva", "submit", **{f"a.V.{key(form)}": "1"}), AnswerForm)
    assert [item.label[""] for item in hers.forms[0].items] == ["eva's"], "his is none of hers"
    done = shown(await talk.turn("ivan", "submit", **{f"a.V.{key(form)}": "2"}), Receipt)
    assert [item.label[""] for item in done.recorded[0].items] == ["ivan's"]
    await talk.turn("anna", "close", moves=talk.w.moves)
    page = shown(await talk.turn("ola", "board", group="1", page=1), BoardPage)
    assert page.board.group == 1
    assert "Whose answers" in str(draw(page, "en")) and "Whose answers" not in str(draw(await _ungrouped(talk), "en"))


async def test_the_page_of_a_group_says_that_what_is_anonymous_is_of_all() -> None:
    talk = await fitting()
    for who in ("ola", "zoe"):
        await talk.turn(who, "joined")
        await talk.turn("anna", "late", allowed=True)
        await talk.turn(who, "submit", step=0, **{"a.T.": f"{who} in secret"})
    await talk.turn("anna", "form_groups", way="count", number="2")
    pages = [shown(await talk.turn("ola", "board", group="1", page=number), BoardPage) for number in (0, 1)]
    of = {page.page.prompt.prompt.id: text_of(draw(page, "en")) for page in pages if page.page}
    assert "Anonymous, so of all groups together." in of["T"] and "together" not in of["N"]
    assert "ola in secret" in of["T"] and "a secret" in of["T"]


def buttons(card: object) -> list[dict[str, object]]:
    return [part["data"] for part in parts(card) if "data" in part]


def key(form: AnswerForm) -> str:
    return form.forms[0].items[0].key


def _stage(talk: Talk) -> StageCard:
    return StageCard(board_of(talk.w, ()), 0)


async def _ungrouped(talk: Talk) -> BoardPage:
    await talk.turn("anna", "dissolve_groups")
    return shown(await talk.turn("ola", "board"), BoardPage)
