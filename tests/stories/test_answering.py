"""Giving an answer: the form, the receipt, changing one's mind, being late, not having joined."""

from __future__ import annotations

from tests.chat import Session, label
from tests.stories.acts import (
    K1,
    board,
    clicks,
    element,
    form_of,
    gives,
    leads,
    practices,
    receipt,
    refusal,
    sends,
    stored,
    then,
    values,
    votes,
)

NEXT = label("Next: {step}", "pl").partition("{")[0]
LATE = label("Take late answers", "pl")
WITHDRAW = "Withdraw"


async def started(room: Session, *people: str, plan: str = "kolb-taster-15") -> None:
    """A workshop at its first step."""
    await room.opens(plan=plan)
    await room.joins(*people)
    await leads(room, label("Start", "pl"))


async def test_the_receipt_is_word_for_word(room: Session) -> None:
    await started(room, "james")
    answer = await gives(room, "james", K1="  Open   days  \n\n\nA *shared* [calendar](x)\n")
    assert receipt(answer) == [
        "Which good practices at work do you remember?",
        "Practice",
        "• Open days",
        "• A *shared* [calendar](x)",
    ]
    assert await practices(room) == [["Open days", "A *shared* [calendar](x)"]]


async def test_the_form_is_filled_with_what_was_given(room: Session) -> None:
    await started(room, "james")
    first = await form_of(room, "james")
    assert first.values() == {}
    assert first.buttons() == ["Send"]
    await sends(first, K1="Open days")
    second = await form_of(room, "james")
    assert second.values() == {K1: "Open days"}
    assert second.buttons() == ["Replace my answer", WITHDRAW]
    assert receipt(await sends(second, K1="Open days\nChecklists"))[-2:] == ["• Open days", "• Checklists"]
    assert len(await practices(room)) == 1, "changed, not added"


async def test_change_from_the_receipt(room: Session) -> None:
    await started(room, "james")
    answer = await gives(room, "james", K1="Open days")
    assert answer.dialog is not None
    back = await answer.dialog.presses("Change answer")
    assert back.dialog is not None
    assert back.dialog.values() == {K1: "Open days"}
    assert receipt(await sends(back.dialog, K1="Mentoring"))[-1] == "• Mentoring"
    assert await practices(room) == [["Mentoring"]]


async def test_a_change_that_was_refused_is_still_a_change(room: Session) -> None:
    await started(room, "james")
    await gives(room, "james", K1="Open days")
    refused = await sends(await form_of(room, "james"), K1="a\nb\nc\nd")
    assert refusal(refused) == (
        "1 field has to be changed: beside it stands what is wrong. Nothing was recorded; your text is still here. "
        "Your earlier answer still counts."
    )
    assert refused.dialog is not None and refused.dialog.buttons() == ["Replace my answer", WITHDRAW]
    assert await practices(room) == [["Open days"]]
    assert receipt(await sends(refused.dialog, K1="Mentoring"))[-1] == "• Mentoring"


async def test_withdrawn_is_gone(room: Session) -> None:
    await started(room, "james")
    await gives(room, "james", K1="Open days")
    form = await form_of(room, "james")
    done = await form.presses(WITHDRAW)
    assert "Your answers to this step are withdrawn." in done.texts()
    assert await practices(room) == []
    assert (await form_of(room, "james")).buttons() == ["Send"]


async def test_the_receipt_says_when_others_see_it(room: Session) -> None:
    await started(room, "james")
    few = "Results show from 3 answers on."
    assert then(await gives(room, "james", K1="Open days")) == [f"Everybody sees this when the step closes. {few}"]
    await leads(room, label("Close the step", "pl"))
    await leads(room, LATE)
    dialog = (await clicks(room, "james", "Answer")).dialog
    assert dialog is not None
    assert then(await sends(dialog, K1="Mentoring")) == [f"Everybody sees this at once. {few}"]


async def test_two_prompts_and_one_of_them_emptied(room: Session) -> None:
    """What was given and is now empty is taken back; the rest stays."""
    await started(room, "james", "liga", "ivan")
    for who in ("james", "liga", "ivan"):
        await gives(room, who, K1=f"The practice of {who}")
    await leads(room, NEXT)
    await votes(room, "james", {"The practice of liga": 2})
    await votes(room, "ivan", {"The practice of liga": 1})
    await votes(room, "liga", {"The practice of james": 1})
    await leads(room, NEXT)
    await gives(room, "james", A1="The practice of liga", A2="On Monday")
    form = await form_of(room, "james")
    assert {field.id: field.value for field in form.inputs()}["a.A2."] == "On Monday"
    assert receipt(await sends(form, A2="")) == [
        "Which one would help with your challenge?",
        "• The practice of liga",
        "The smallest version you could start next week:",
        "no answer",
    ]
    assert await values(room, "A2") == []
    assert len(await values(room, "A1")) == 1


async def test_one_answer_of_two_kinds(room: Session) -> None:
    """An option and own words at once are one too many; the form comes back with both."""
    await started(room, "james", "liga", "ivan")
    for who in ("james", "liga", "ivan"):
        await gives(room, who, K1="Open days")
    await leads(room, NEXT)
    for who in ("james", "liga", "ivan"):
        await votes(room, who, {"Open days": 1})
    await leads(room, NEXT)
    refused = await sends(await form_of(room, "james"), A1="Open days", A1_own="A walk", A2="Now")
    assert "1 field has to be changed" in refusal(refused)
    assert (
        "⚠ You chose an option and wrote something else too. To give your own words, choose “Something else”; to give "
        "the option, empty this field."
    ) in refused.texts()
    assert refused.dialog is not None
    assert {field.id: field.value for field in refused.dialog.inputs()}["a.A1.own"] == "A walk"
    assert await values(room, "A1") == [] and await values(room, "A2") == []
    # Either way out, without letting go of a radio button.
    own = {"chosen": [], "own": "A walk"}
    assert receipt(await sends(refused.dialog, A1="Something else (write it below)"))[1] == "• A walk"
    assert await values(room, "A1") == [own]
    second = await sends(await form_of(room, "liga"), A1="Open days", A1_own="A walk", A2="Now")
    assert second.dialog is not None
    assert receipt(await sends(second.dialog, A1_own=""))[1] == "• Open days"
    assert [one["own"] for one in await values(room, "A1")] == ["A walk", ""]
    # Another day: an option after all. What was typed then is still there, and does not get in the way.
    changed = await form_of(room, "james")
    there = {field.id: field.value for field in changed.inputs()}
    assert (there["a.A1."], there["a.A1.own"]) == ("*", "A walk")
    assert receipt(await sends(changed, A1="Open days"))[1] == "• Open days"
    back = await sends(await form_of(room, "james"), A1="Something else (write it below)", A1_own="A longer walk")
    assert receipt(back)[1] == "• A longer walk"
    # After a refusal of something else in the form it is still known what was left over.
    once = await sends(await form_of(room, "james"), A1="Open days", A2="x" * 2000)
    assert "1 field has to be changed" in refusal(once) and once.dialog is not None
    assert receipt(await sends(once.dialog, A2="Now"))[1] == "• Open days"


async def test_not_joined_meets_the_notice_then_joins_then_answers(room: Session) -> None:
    await started(room)
    first = await clicks(room, "james", "Answer")
    assert first.dialog is not None
    assert first.dialog.title == "Join the workshop"
    words = first.dialog.texts()
    assert "One moment before your answer: please read this and join. Your form comes next." in words
    assert "Before you join: what happens to what you write" in words
    assert not (await stored(room))[0].joined, "looking is not joining"
    second = await first.dialog.presses("Join")
    assert second.dialog is not None
    assert second.dialog.title == "Good practices"
    assert receipt(await sends(second.dialog, K1="Open days"))[-1] == "• Open days"
    assert [person.name for person in (await stored(room))[0].joined] == ["James Carter"]


async def test_others_answers_are_hidden_until_the_step_closes(room: Session) -> None:
    await started(room, "james", "liga", "ivan")
    for who in ("james", "liga", "ivan"):
        await gives(room, who, K1=f"Secret of {who}")
    await room.settles()
    assert "3 answers, shown when the step closes" in board(room)
    assert "Secret" not in room.words("liga")
    page = (await clicks(room, "liga", "Board")).dialog
    assert page is not None
    assert not [words for words in page.texts() if "Secret" in words]
    await leads(room, label("Close the step", "pl"))
    assert {words for words in board(room) if "Secret" in words} == {
        f"• Secret of {w}" for w in ("james", "liga", "ivan")
    }


async def test_two_answers_to_an_anonymous_question_are_too_few_to_show(room: Session) -> None:
    await started(room, "james", "liga")
    for who in ("james", "liga"):
        await gives(room, who, K1=f"Secret of {who}")
    await leads(room, label("Close the step", "pl"))
    assert "2 answers, shown from 3 answers on" in board(room)
    assert "Secret" not in room.words()


async def test_answered_in_the_minute_of_grace(room: Session) -> None:
    """Two minutes, and one for whoever is typing; nobody's clock has closed the step yet."""
    await started(room, "james")
    closes = (await stored(room))[0].closes_at
    assert closes is not None
    form = await form_of(room, "james")
    room.clock.passes(seconds=(closes - room.clock.now).total_seconds() + 59)
    assert receipt(await sends(form, K1="Just in time"))[-1] == "• Just in time"


async def test_answered_after_the_grace_gives_the_text_back(room: Session) -> None:
    await started(room, "james")
    form = await form_of(room, "james")
    room.clock.passes(minutes=3)
    await room.ticks()
    late = await sends(form, K1="Too late")
    ask = "To answer all the same, please ask a facilitator to take late answers: Anna Kowalska."
    assert refusal(late) == f"This step is closed and takes no more answers. {ask}"
    assert late.dialog is not None and late.dialog.values() == {K1: "Too late"}
    assert await practices(room) == []
    assert not [seen for seen in room.person("james").cards(root=room.root) if "Answer" in seen.buttons()]


async def test_late_to_a_step_that_is_over_says_which_one_is_open(room: Session) -> None:
    await started(room, "james", "liga", "ivan")
    for who in ("james", "liga", "ivan"):
        await gives(room, who, K1="Open days")
    form = await form_of(room, "james")
    await leads(room, NEXT)
    late = await sends(form, K1="Too late")
    over = "This step is closed and takes no more answers. Open now: “What is worth trying”."
    ask = "To answer all the same, please ask a facilitator to take late answers: Anna Kowalska."
    assert refusal(late) == f"{over} {ask} Your earlier answer still counts."
    assert late.dialog is not None and late.dialog.values()[K1] == "Too late"
    assert ["Too late"] not in await practices(room)
    await leads(room, LATE)
    assert receipt(await sends(late.dialog))[-1] == "• Too late"


async def test_late_answers_where_the_facilitator_allows(room: Session) -> None:
    await started(room, "james")
    await leads(room, label("Close the step", "pl"))
    await leads(room, LATE)
    assert "This step is closed. Late answers are still taken." in room.words()
    assert receipt(await gives(room, "james", K1="Better late"))[-1] == "• Better late"
    await leads(room, label("Take no late answers", "pl"))
    assert not [seen for seen in room.person("james").cards(root=room.root) if "Answer" in seen.buttons()]


async def test_a_paused_step_still_takes_answers(room: Session) -> None:
    await started(room, "james")
    await leads(room, label("Pause", "pl"))
    room.clock.passes(minutes=60)
    await room.ticks()
    assert receipt(await gives(room, "james", K1="No hurry"))[-1] == "• No hurry"


async def test_the_own_challenge_stands_above_the_question(room: Session) -> None:
    await room.opens()
    await room.joins("james", challenge="Letters that *nobody* reads")
    await room.joins("liga", "ivan")
    await leads(room, label("Start", "pl"))
    for who in ("james", "liga", "ivan"):
        await gives(room, who, K1="Open days")
    await leads(room, NEXT)
    await leads(room, NEXT)
    form = await form_of(room, "james")
    assert "Your challenge: Letters that *nobody* reads" in form.texts()
    assert not [words for words in (await form_of(room, "liga")).texts() if "challenge: " in words]


async def test_the_answers_commit_is_not_known(room: Session) -> None:
    """The network loses Kolbot's answer: the dialog stays with its text; pressed again it counts once."""
    await started(room, "james")
    form = await form_of(room, "james")
    room.room.faults.add("invoke", "lose")
    lost = await sends(form, K1="Open days")
    assert lost.kind == "error"
    assert [refused.why for refused in room.room.world.refusals] == ["the answer was lost"]
    room.room.world.refusals.clear()
    again = await sends(form, K1="Open days")
    assert element(again.dialog, "receipt")
    assert await practices(room) == [["Open days"]]
