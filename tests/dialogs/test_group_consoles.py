"""Leading one group: its console, its commands by button and typed, who is named for it, what its people are asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards import draw, title_of
from cards.sentences import sentence
from cards.standing import where
from locales import LANGUAGES, words
from tests.cards.lint import lint
from tests.cards.walk import buttons_of, parts, text_of
from tests.dialogs.talk import Talk, facts, said, shown, why
from tests.workshop import caseload
from tests.workshop.session import TEXT, asks, step
from tests.workshop.test_apart import AFTER, FIRST, OUTSIDE, SECOND, THIRD, grouped as grouped_on_paper, plan
from workshop import commands as c
from workshop.plan import Plan
from workshop.prompts.kind import item_key
from workshop.said import Said, Spoken
from workshop.service import Done
from workshop.tally import board_of
from workshop.views import (
    AnswerForm,
    BoardPage,
    Confirm,
    Console,
    GroupConsole,
    GroupsForm,
    Help,
    NudgeCard,
    Receipt,
    StageCard,
)
from workshop.wall import wall


async def grouped(made: Plan | None = None) -> Talk:
    """Ivan and Eva are group 1, Ola group 2; all are at the first step that is held in groups."""
    talk = await Talk(made or plan()).opens()
    formed = c.FormGroups(workshop=talk.w.id, by="anna", groups=(("ivan", "eva"), ("ola",)))
    assert isinstance(await talk.kolbot.workshops.do(formed), Done)
    await talk.turn("anna", "start", moves=talk.w.moves)
    return await talk.next()


async def led() -> Talk:
    """As `grouped`; Ola leads group 2, and both groups have written something."""
    talk = await grouped()
    assert said(await talk.types("anna", "group_facilitator", mentioned=("ola",))) == "group_facilitator_named"
    for who in ("ivan", "ola"):
        await talk.turn(who, "submit", **{"a.F.all": who})
    return talk


def at(talk: Talk, group: int) -> tuple[int, str]:
    view = talk.w.for_group(group)
    return view.at, view.status.value


# ---- who leads


async def test_naming_by_mention_for_one_s_own_group_for_another_and_no_longer() -> None:
    talk = await grouped()
    reply = await talk.types("anna", "group_facilitator", mentioned=("ola", "ivan"), delivery="d1")
    assert (said(reply), facts(reply)) == ("group_facilitator_named", {"who": "Ola, Ivan", "of": 0})
    reply = await talk.types("anna", "group_facilitator", group=2, mentioned=("ivan",))
    assert facts(reply) == {"who": "Ivan", "of": 2}
    assert [group.facilitators for group in talk.w.groups] == [("ivan",), ("ola", "ivan")]
    assert said(await talk.types("anna", "group_facilitator", group=2, mentioned=("ivan",))) == "already_so"
    reply = await talk.types("anna", "no_group_facilitator", mentioned=("ivan",))
    assert (said(reply), facts(reply)) == ("group_facilitator_dropped", {"who": "Ivan", "of": 0}), "of both"
    dropped = await talk.types("anna", "no_group_facilitator", group=2, mentioned=("ola",))
    assert said(dropped) == "group_facilitator_dropped"
    assert [group.facilitators for group in talk.w.groups] == [(), ()]
    assert said(await talk.types("anna", "no_group_facilitator", mentioned=("ola",))) == "already_so"
    gone = sentence(Spoken(Said.GROUP_FACILITATOR_DROPPED, {"who": "Ivan", "of": 0}), words("en"))
    assert gone == "Not leading a group any more: Ivan."
    of_one = sentence(Spoken(Said.GROUP_FACILITATOR_DROPPED, {"who": "Ola", "of": 2}), words("en"))
    assert of_one == "Not leading Group 2 any more: Ola."


@pytest.mark.parametrize(
    ("who", "more", "why_not"),
    [
        ("anna", {}, "mention_somebody"),
        ("anna", {"mentioned": ("stranger",)}, "stranger"),
        ("anna", {"mentioned": ("anna",)}, "which_group"),
        ("anna", {"mentioned": ("ola",), "group": 9}, "unknown_group"),
        ("ivan", {"mentioned": ("ivan",)}, "only_facilitators"),
    ],
)
async def test_naming_that_is_refused(who: str, more: dict[str, object], why_not: str) -> None:
    talk = await grouped()
    assert said(await talk.types(who, "group_facilitator", **more)) == why_not
    assert not any(group.facilitators for group in talk.w.groups)


async def test_without_a_workshop_or_groups_nobody_is_named() -> None:
    assert said(await Talk().types("anna", "group_facilitator", mentioned=("ola",))) == "no_workshop"
    assert said(await Talk().turn("anna", "group_console", group=1)) == "no_workshop"
    talk = await Talk().opens()
    assert said(await talk.types("anna", "group_facilitator", mentioned=("ola",))) == "no_groups"


async def test_naming_in_the_form_of_the_groups() -> None:
    talk = await grouped()
    ola = str(list(talk.w.people).index("ola"))
    form = shown(await talk.turn("anna", "lead_group", person=ola, group="1"), GroupsForm)
    assert (why(form), form.sentence.facts) == ("group_facilitator_named", {"who": "Ola", "of": 1})  # type: ignore[union-attr]
    assert talk.w.groups[0].facilitators == ("ola",)
    words = text_of(draw(form, "en"))
    assert "Group 1 · 2 people · led by: Ola" in words
    assert "lead_group" in buttons_of(draw(form, "en")) and "unlead_group" in buttons_of(draw(form, "en"))
    form = shown(await talk.turn("anna", "move_to_group", person=ola, group="new"), GroupsForm)
    assert "Still leading Group 1: Ola." in text_of(draw(form, "en"))
    for group, reason in (("new", "unknown_group"), ("", "unknown_group")):
        assert why(shown(await talk.turn("anna", "lead_group", person=ola, group=group), GroupsForm)) == reason
    assert why(shown(await talk.turn("anna", "lead_group", person="", group="1"), GroupsForm)) == "not_in_workshop"
    form = shown(await talk.turn("anna", "unlead_group", person=ola, group="1"), GroupsForm)
    assert why(form) == "group_facilitator_dropped" and talk.w.groups[0].facilitators == ()


async def test_what_ends_with_groups_that_are_formed_anew_or_dissolved_is_said() -> None:
    for verb in ("form_groups", "dissolve_groups"):
        talk = await led()
        await talk.turn("anna", "next", group=2, moves=talk.w.moves)
        form = shown(await talk.turn("anna", verb, way="count", number="2"), GroupsForm)
        words = text_of(draw(form, "en"))
        assert "Groups that went at their own pace are where all are." in words
        assert "Nobody facilitates a group any more; where somebody shall, name them again." in words
        assert talk.w.courses == {} and not any(group.facilitators for group in talk.w.groups)


# ---- the console of a group


async def test_a_group_facilitator_s_facilitate_is_their_group_s_console() -> None:
    talk = await led()
    view = shown(await talk.turn("ola", "facilitate"), GroupConsole)
    assert (view.stands.number, view.stands.people, view.upcoming) == (2, 1, talk.w.plan.places[SECOND])
    assert view.may == {c.Next, c.Back, c.Close, c.Extend, c.Pause, c.Nudge}
    assert (view.whole, view.others, view.silent) == (False, (), None), "an anonymous prompt: nobody is named"
    assert title_of(view, "en") == "Console of Group 2"
    found = buttons_of(draw(view, "en"))
    assert {"next", "close", "back", "extend", "pause", "nudge", "group_console"} == set(found)
    assert found["next"]["group"] == 2 and found["next"]["moves"] == talk.w.moves
    view = shown(await talk.turn("ola", "next", group=2, moves=talk.w.moves), GroupConsole)
    assert why(view) == "step_opened" and "Group 2: Open now: “Second”." in text_of(draw(view, "en"))
    assert (at(talk, 1), at(talk, 2)) == ((FIRST, "open"), (SECOND, "open"))
    assert view.silent == ("Ola",) and view.stands.answered == 0
    names = shown(await talk.turn("ola", "group_console", group=2, names=True), GroupConsole)
    assert "Ola" in text_of(draw(names, "en")) and "Hide names" in str(draw(names, "en"))
    await talk.turn("ola", "submit", step=SECOND, **{f"a.V.{item_key('ola')}": "1"})
    again = shown(await talk.turn("ola", "group_console", group=2), GroupConsole)
    assert (again.silent, again.stands.answered) == ((), 1)


async def test_before_the_start_there_is_nothing_to_do_for_a_group_and_later_what_to_read_aloud() -> None:
    made = plan()
    first = replace(
        made.stages[0].steps[FIRST], say={"en": "Please write alone."}, prompts=made.places[FIRST].step.prompts[:1]
    )
    steps = (made.stages[0].steps[0], first, *made.stages[0].steps[2:])
    talk = await Talk(replace(made, stages=(replace(made.stages[0], steps=steps), *made.stages[1:]))).opens()
    await talk.kolbot.workshops.do(c.FormGroups(workshop=talk.w.id, by="anna", groups=(("ivan", "eva"), ("ola",))))
    lobby = draw(shown(await talk.turn("anna", "group_console", group=2), GroupConsole), "en")
    assert "next" not in buttons_of(lobby) and "Now all groups go together" in text_of(lobby)
    await talk.turn("anna", "start", moves=talk.w.moves)
    await talk.next()
    card = draw(shown(await talk.turn("anna", "group_console", group=2), GroupConsole), "en")
    assert "Please write alone." in text_of(card) and "1 person has not answered yet." in text_of(card)
    await talk.turn("ola", "submit", **{"a.F.all": "words"})
    card = draw(shown(await talk.turn("anna", "group_console", group=2), GroupConsole), "en")
    assert "not answered" not in text_of(card) and "answered: 1 of 1" in text_of(card)


def test_a_course_without_a_time_is_said_without_one() -> None:
    w = replace(grouped_on_paper().w, closes_at=None)
    assert where(2, w, words("en")) == "Group 2: “First”"


async def test_others_are_told_who_may() -> None:
    talk = await led()
    for who, group in (("ivan", 2), ("ola", 1)):
        for verb in ("group_console", "next", "pause"):
            reply = await talk.turn(who, verb, group=group, moves=talk.w.moves)
            assert said(reply) == "only_group_facilitators"
            assert facts(reply)["who"] == ("Anna, Ola" if group == 2 else "Anna")
    assert said(await talk.turn("ivan", "facilitate")) == "only_facilitators"
    assert said(await talk.turn("anna", "group_console", group=7)) == "unknown_group"
    assert said(await talk.turn("ola", "finish", moves=talk.w.moves)) == "only_facilitators"


async def test_every_command_of_a_group_s_console_is_that_group_s() -> None:
    talk = await led()

    async def does(verb: str, **more: object) -> str:
        moves = talk.w.for_group(2).moves
        return why(shown(await talk.turn("ola", verb, group=2, moves=moves, **more), GroupConsole))

    assert await does("next") == "step_opened"
    assert await does("extend", minutes=5) == "extended"
    assert await does("pause") == "paused" and await does("resume") == "resumed"
    assert await does("nudge") == "nobody_silent", "she is the only one, and asks for it herself"
    assert await does("close") == "step_closed" and await does("reopen") == "step_opened"
    assert await does("next") == "step_opened" and at(talk, 2) == (THIRD, "open")
    view = shown(await talk.turn("ola", "group_console", group=2), GroupConsole)
    assert view.upcoming is None and "Close the step and wait for the others" in str(draw(view, "en"))
    assert await does("next") == "group_waits_now" and await does("next") == "group_through"
    assert await does("back") == "step_opened" and at(talk, 2) == (SECOND, "open")
    assert at(talk, 1) == (FIRST, "open")


async def test_typed_without_a_number_a_group_facilitator_means_their_own_group() -> None:
    talk = await led()
    reply = await talk.later(minutes=1).types("ola", "next")
    assert (said(reply), facts(reply)["for_group"]) == ("step_opened", 2)
    confirm = shown(await talk.types("ola", "next"), Confirm)
    assert confirm.extra["group"] == 2 and confirm.workshop.at == SECOND
    assert buttons_of(draw(confirm, "en"))["group_console"]["group"] == 2
    assert said(await talk.types("anna", "next", group=1)) == "step_opened"
    await talk.types("anna", "group_facilitator", group=1, mentioned=("ola",))
    assert said(await talk.later(minutes=1).types("ola", "next")) == "only_facilitators", "which of the two?"
    view = shown(await talk.turn("ola", "facilitate"), GroupConsole)
    assert (view.stands.number, view.others) == (1, (2,))


async def test_a_group_facilitator_is_offered_what_they_may_in_help() -> None:
    talk = await led()
    assert "facilitate" in shown(await talk.types("ola", "help"), Help).verbs
    assert "facilitate" not in shown(await talk.types("ivan", "help"), Help).verbs
    assert {"group_facilitator", "no_group_facilitator"} <= set(shown(await talk.types("anna", "help"), Help).verbs)
    alone = await Talk().opens()
    assert "group_facilitator" not in shown(await alone.types("anna", "help"), Help).verbs


# ---- the console of all


async def test_the_console_of_all_says_where_groups_are_and_who_would_be_cut_off() -> None:
    talk = await led()
    console = shown(await talk.turn("anna", "console"), Console)
    assert (console.leads, console.apart, console.cut_off) == ((1, 2), (), ())
    assert [button["data"]["group"] for button in _all(draw(console, "en"), "group_console")] == [1, 2]
    await talk.turn("anna", "next", group=2, moves=talk.w.moves)
    console = shown(await talk.turn("anna", "console"), Console)
    assert [stands.number for stands in console.apart] == [1, 2] and console.by_group == ()
    words = text_of(draw(console, "en"))
    assert "Group 1: “First”, open until" in words and "Group 2: “Second”, open until" in words
    assert "answered: 0 of 1" in words
    for _ in range(2):
        await talk.next()
    await talk.turn("anna", "extend", group=2, minutes=20, moves=talk.w.for_group(2).moves)
    console = shown(await talk.turn("anna", "console"), Console)
    assert console.upcoming is not None and console.upcoming.number == AFTER and console.cut_off == (2,)
    assert "Group 2 is still at “Third”: going on takes everybody along." in text_of(draw(console, "en"))
    await talk.next()
    assert talk.w.courses == {} and talk.w.at == AFTER
    console = shown(await talk.turn("anna", "console"), Console)
    assert _all(draw(console, "en"), "group_console") == [], "all together: no group alone"
    group = shown(await talk.turn("anna", "group_console", group=2), GroupConsole)
    assert group.may == frozenset() and group.whole
    assert "Now all groups go together: nothing can be done for one of them alone." in text_of(draw(group, "en"))


def _all(card: object, verb: str) -> list[dict[str, dict[str, object]]]:
    found = [part for part in parts(card) if str(part.get("type", "")).startswith("Action.")]
    return [button for button in found if button["data"].get("verb") == verb]


async def test_those_of_other_groups_are_not_among_the_silent_of_all() -> None:
    talk = await grouped()
    for who in ("ivan", "ola"):
        await talk.turn(who, "submit", **{"a.F.all": who})
    await talk.next()
    await talk.turn("anna", "extend", group=2, minutes=5, moves=talk.w.moves)
    console = shown(await talk.turn("anna", "console"), Console)
    assert console.silent == ("Ivan", "Eva")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_consoles_are_cards_that_teams_takes(language: str) -> None:
    talk = await led()
    moves = talk.w.moves
    cards = []
    for verb in ("next", "pause", "resume", "close"):
        reply = await talk.turn("ola", verb, group=2, moves=talk.w.for_group(2).moves)
        cards.append(draw(shown(reply, GroupConsole), language))
        cards.append(draw(shown(await talk.turn("anna", "console"), Console), language))
    board = board_of(talk.w, ())
    cards.append(draw(StageCard(board, 0), language))
    assert moves and all(lint(card, user_words=(), edited=False, dialog=True) == [] for card in cards[:-1])
    assert lint(cards[-1], user_words=(), edited=True, dialog=False) == []


# ---- the people of a group


async def test_answer_on_everybody_s_card_leads_to_the_group_s_step() -> None:
    talk = await led()
    await talk.turn("ola", "next", group=2, moves=talk.w.moves)
    form = shown(await talk.turn("ola", "answer", step=FIRST), AnswerForm)
    assert (form.place.number, form.workshop.closes_at) == (SECOND, talk.w.for_group(2).closes_at)
    assert shown(await talk.turn("ivan", "answer", step=FIRST), AnswerForm).place.number == FIRST
    receipt = await talk.turn("ola", "submit", step=SECOND, **{f"a.V.{item_key('ola')}": "2"})
    assert shown(receipt, Receipt).place.number == SECOND
    assert said(await talk.turn("ola", "answer", step=OUTSIDE)) == "step_over", "an old card stays old"
    refused = shown(await talk.turn("ola", "submit", step=FIRST, **{"a.F.all": "late"}), AnswerForm)
    assert why(refused) == "step_over" and refused.sentence.facts["open"] == "Second"  # type: ignore[union-attr]


async def test_the_board_of_one_s_own_group_shows_what_it_has_closed() -> None:
    talk = await led()
    await talk.turn("ola", "next", group=2, moves=talk.w.moves)
    own = shown(await talk.turn("ola", "board", group=2, page=1), BoardPage)
    first = own.board.stages[0].steps[FIRST].prompts[0]
    assert (own.board.workshop.seen_by, first.why_not) == (2, "")
    other = shown(await talk.turn("ivan", "board", group=2, page=1), BoardPage)
    assert other.board.stages[0].steps[FIRST].prompts[0].why_not == "unrevealed", "others wait until all may see it"
    everything = shown(await talk.turn("anna", "summary", group=2, page=1), BoardPage)
    assert everything.board.workshop.seen_by == 2


async def test_the_stage_card_says_where_groups_are_and_a_reminder_is_the_group_s() -> None:
    talk = await led()
    await talk.turn("ola", "next", group=2, moves=talk.w.moves)
    await talk.turn("anna", "nudge", group=2, moves=talk.w.for_group(2).moves)
    report = c.ReportNudge(workshop=talk.w.id, by=c.SYSTEM, number=0, reached=0, unreached=("ola",))
    reminded = shown(await talk.turn("ola", "group_console", group=2), GroupConsole)
    assert "A private reminder is on its way to 1 person." in text_of(draw(reminded, "en"))
    await talk.kolbot.workshops.do(report)
    reminded = shown(await talk.turn("ola", "group_console", group=2), GroupConsole)
    told = "0 people were reminded privately. 1 person could not be reached so and is mentioned in the conversation."
    assert told in text_of(draw(reminded, "en"))
    await talk.turn("anna", "close", moves=talk.w.moves)
    hung = {each.slot: each.view for each in wall(board_of(talk.w, talk.memory.kept[talk.w.id].values()))}
    stage = next(view for slot, view in hung.items() if isinstance(view, StageCard))
    words = text_of(draw(stage, "en"))
    assert "Group 2: “Second”, open until" in words and "Group 1" not in words
    assert "answer" in buttons_of(draw(stage, "en")), "somebody can still answer"
    nudge = hung["nudge:0"]
    assert isinstance(nudge, NudgeCard) and nudge.group == 2
    card = draw(nudge, "en")
    assert "A reminder: “Second” is open" in text_of(card) and "<at>Ola</at>" in text_of(card)
    assert [one["mentioned"]["name"] for one in card["msteams"]["entities"]] == ["Ola"]
    assert buttons_of(card)["answer"]["step"] == SECOND
    await talk.turn("anna", "next", group=2, moves=talk.w.for_group(2).moves)
    hung = {each.slot: each.view for each in wall(board_of(talk.w, ()))}
    assert "This reminder is over." in text_of(draw(hung["nudge:0"], "en"))
    await talk.turn("anna", "dissolve_groups")
    hung = {each.slot: each.view for each in wall(board_of(talk.w, ()))}
    assert "This reminder is over." in text_of(draw(hung["nudge:0"], "en"))


async def test_a_group_s_console_of_groups_that_are_no_more() -> None:
    talk = await led()
    await talk.turn("ola", "next", group=2, moves=talk.w.moves)
    await talk.turn("anna", "dissolve_groups")
    assert said(await talk.turn("anna", "group_console", group=2)) == "unknown_group"
    assert said(await talk.turn("ola", "group_console", group=2)) == "only_group_facilitators"


async def test_a_case_is_on_its_group_s_console_and_each_group_s_turn_on_everybody_s_card() -> None:
    talk = await grouped(caseload.plan(in_groups=True))
    key = item_key("mud")
    await talk.turn("anna", "back", moves=talk.w.moves)
    await talk.turn("ivan", "submit", **{"a.A5.all": "mud"})
    await talk.turn("ola", "submit", **{"a.A5.all": "time"})
    await talk.next()
    await talk.turn("ivan", "submit", **{f"a.A7.{key}": "2"})
    await talk.turn("ola", "submit", **{f"a.A7.{item_key('time')}": "2"})
    await talk.next()
    for who, obstacle in (("ivan", "mud"), ("ola", "time")):
        await talk.turn(who, "answer_case", case=item_key(obstacle), agreed=True)
    await talk.next()
    view = shown(await talk.turn("anna", "group_console", group=1), GroupConsole)
    assert "mud" in text_of(draw(view, "en")) and view.silent is not None
    await talk.turn("anna", "next", group=1, moves=talk.w.moves)
    assert talk.w.for_group(1).at == caseload.HELPED
    card = text_of(draw(StageCard(board_of(talk.w, ()), 2), "en"))
    assert "Group 1: “Helped”" in card


async def test_a_group_that_is_through_with_its_cases_has_no_turn_on_everybody_s_card() -> None:
    made = caseload.plan(in_groups=True)
    later = replace(step("later", asks("L", "text", TEXT)), in_groups=True)
    third = replace(made.stages[2], steps=(*made.stages[2].steps, later))
    paper = caseload.voted(
        replace(made, stages=(*made.stages[:2], third, made.stages[3])), (("ivan", "eva"), ("ola", "zoe"))
    )
    paper.says("ola", A7={item_key("time"): "1"})
    paper.next()
    for who, said_of in (("ivan", "mud"), ("ola", "time")):
        caseload.answers_case(paper, who, said_of)
    caseload.drops(paper)
    paper.next()
    for _ in range(3):
        paper.alone(c.Next, 2)
        paper.says("zoe", caseload.HELPED, E4=["a clock"])
    assert paper.w.for_group(2).at == caseload.AFTER and paper.at == caseload.TOLD
    card = text_of(draw(StageCard(paper.board(), 2), "en"))
    assert "Group 2: “Later”" in card and card.count("tells") <= 1
