"""A facilitator changes a template before opening it, keeps it for the team, pastes another, and is told the time."""

from __future__ import annotations

import re

from locales import words
from rehearsal.hands import Answer, Dialog
from tests.chat import Session, label
from tests.stories.acts import clicks, element, form_of, refusal, said, stored
from tests.templates.test_editing import CASES

GROUP = "Workshop team"
TASTER = "kolb-taster-15"


async def opener(room: Session, name: str = "james", language: str = "en") -> Dialog:
    room.root = (await room.person(name).says("@Kolbot new")).id
    return shown(await clicks(room, name, label("Open a workshop", language)))


def shown(answer: Answer) -> Dialog:
    assert answer.dialog is not None, answer.texts()
    return answer.dialog


async def test_a_changed_agenda_is_what_everybody_gets(room: Session) -> None:
    form = (await opener(room)).fills(plan=TASTER, title="Mine", language="en", reserves=["Līga Ozola"])
    agenda = shown(await form.presses("See and change the agenda …"))
    first = next(field for field in agenda.inputs() if field.id.startswith("m."))
    assert agenda.title == "Agenda of the new workshop" and agenda.values()["title"] == "Mine"
    wrong = await agenda.fills({first.id: "soon"}).presses("See and change its questions …")
    assert "the minutes have to be a whole number" in refusal(wrong)
    assert shown(wrong).values()[first.id] == "soon"
    page = shown(await shown(wrong).fills({first.id: "11"}).presses("See and change its questions …"))
    assert page.title == first.label
    page.fills({"t.K1.en": "Which [practice](https://e.example)?", "n.K1.max_notes": "99"})
    wrong = await page.presses("Back to the agenda")
    assert "“max_notes” of prompt K1 is 99" in refusal(wrong)
    kept = await shown(wrong).fills({"n.K1.max_notes": "2"}).presses("Back to the agenda")
    assert said(kept) == "Your changes are kept for this agenda."
    back = shown(kept)
    assert (back.values()["title"], back.values()[first.id]) == ("Mine", "11")
    opened = await back.presses("Open the workshop")
    assert opened.text.startswith("The workshop is open.")
    await room.settles()
    workshop, _ = await stored(room)
    assert workshop.plan.places[0].step.minutes == 11
    assert [person.name for person in workshop.people.values() if person.reserve] == ["Līga Ozola"]
    assert "Mine" in room.words("james")
    await room.joins("james", "liga")
    console = await clicks(room, "james", "Facilitate")
    await room.presses(console.dialog, "Start")
    asked = await form_of(room, "james")
    assert "Which [practice] (https://e.example)?" in " ".join([*asked.texts(), *(f.label for f in asked.inputs())])
    room.clock.passes(minutes=13)
    late = shown(await clicks(room, "james", "Facilitate"))
    told = element(late, "timing")
    assert re.match(r"Behind the plan by [23] minutes; expected end: \{\{TIME\(", told), told
    assert any(re.match(r"Used so far: 1[34] minutes; planned up to here: 11 minutes\.", line) for line in late.texts())


async def test_groups_and_follow_up_are_changed_and_the_lobby_says_so(room: Session) -> None:
    form = (await opener(room)).fills(plan="kolb-peer-learning-90", title="Mine", language="pl")
    agenda = shown(await form.presses("See and change the agenda …"))
    page = shown(await agenda.presses("Groups and follow-up …"))
    assert page.values()["groups.size"] == "6" and page.values()["follow_up.check_in_days"] == "30, 60, 90"
    wrong = await page.fills({"groups.size": "3", "follow_up.check_in_days": "14"}).presses("Back to the agenda")
    assert "“min” of groups is 4. Right would be: a whole number from 1 to 3" in refusal(wrong)
    assert shown(wrong).values()["follow_up.check_in_days"] == "14"
    kept = await shown(wrong).fills({"groups.min": "2"}).presses("Back to the agenda")
    assert "Groups and follow-up are changed." in shown(kept).texts()
    await shown(kept).presses("Open the workshop")
    await room.settles()
    lobby = room.words("james")
    assert "Część warsztatu odbywa się w grupach po około 3 osoby." in lobby
    assert "plan wdrożenia w ciągu 14 dni; co wynikło ze zobowiązań: po 14 dniach" in lobby
    workshop, _ = await stored(room)
    assert workshop.plan.forming is not None and workshop.plan.forming.least == 2


async def test_the_team_s_own_is_offered_in_its_channel_only_and_can_go(room: Session) -> None:
    agenda = shown(await (await opener(room)).fills(plan=TASTER).presses("See and change the agenda …"))
    nameless = await agenda.presses("Keep it as a template of your own")
    assert "Please give the template a name" in refusal(nameless)
    kept = shown(await shown(nameless).fills(name="Our *way*").presses("Keep it as a template of your own"))
    asked = shown(await kept.fills(name="our *WAY*").presses("Keep it as a template of your own"))
    assert "Replace it" in asked.buttons()
    await asked.presses("Replace it")

    form = await opener(room, "liga", "lv")
    own = [title for title, _ in next(field for field in form.inputs() if field.id == "plan").choices][-1]
    assert own == label("Your own: {name} · {time}", "lv").format(name="our WAY", time=words("lv").minutes(15))
    await room.person("james", GROUP).says("@Kolbot new")
    elsewhere = shown(await clicks(room, "james", "Open a workshop", GROUP))
    assert not any("our WAY" in title for title, _ in next(f for f in elsewhere.inputs() if f.id == "plan").choices)

    await form.fills(plan=own).presses(label("Open the workshop", "lv"))
    await room.settles()
    assert (await stored(room))[0].title == "our *WAY*"
    mine = "Your own: our WAY · 15 minutes"
    gone = shown(await (await opener(room)).fills(plan=mine).presses("Remove the chosen template …"))
    assert said(await gone.presses("Yes, remove it")).startswith("Removed.")
    last = await opener(room)
    assert mine not in [title for title, _ in next(f for f in last.inputs() if f.id == "plan").choices]


async def test_a_pasted_template_is_told_what_is_wrong_with_it(room: Session) -> None:
    page = shown(await (await opener(room)).presses("Paste a template …"))
    wrong = await page.fills(yaml=CASES.replace("from: A5", "from: A9")).presses("Check it")
    assert "Line 14: no prompt has the id “A9”. Right would be: “A5”." in refusal(wrong)
    right = shown(await shown(wrong).fills(yaml=CASES).presses("Check it"))
    assert (await right.presses("Open the workshop")).text.startswith("The workshop is open.")
    await room.settles()
    assert (await stored(room))[0].plan.id == "cases"
