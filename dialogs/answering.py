"""Giving an answer, in whatever stage: open the form, record it, show the receipt, give the text back when refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.asking import KEPT, before_of, case_of, filled, form_of, mine
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from dialogs.voices import name_of
from dialogs.whereabouts import me, of_turn, speaks, unless_done, workshop_here
from workshop import commands as c, events as e
from workshop.answering import takes_answers
from workshop.cycle import asked_about
from workshop.groupwork import GroupName
from workshop.model import Answer, Status, Workshop
from workshop.plan import Place, Prompt, in_language
from workshop.refusals import Reason, Refused
from workshop.said import Said, Sentence, Spoken
from workshop.service import Done
from workshop.spokespeople import speaker
from workshop.views import JoinForm, Opener, Receipt, Recorded

FIELD = "a."
"""Inputs of an answer form are named `a.<prompt>.<part>`."""
router = Router()


def fields(prompt: Prompt, data: Mapping[str, object]) -> Mapping[str, str]:
    """The raw fields of one prompt out of a submitted form: part to text."""
    start = f"{FIELD}{prompt.id}."
    cut = len(start)
    return {
        name[cut:]: value
        for name, value in data.items()
        if name.startswith(start) and isinstance(value, str)
    }


@router.on("answer", "change")
async def ask(turn: Turn, kolbot: Kolbot) -> Reply:
    """The form of the step that the button was about, filled with what the person already gave."""
    found = await _step(turn, kolbot)
    if isinstance(found, Tell):
        return found
    workshop, place, language = found
    ended = workshop.status in (Status.FINISHED, Status.CANCELLED)
    if turn.via is Via.TYPED and not ended:
        return Show(Opener("answer", workshop), language)
    person = me(turn, workshop)
    refused = takes_answers(workshop, place.number, kolbot.workshops.clock())
    if isinstance(refused, Refused) or ended:
        return Tell(_now(workshop, refused, language), language)
    if not person.joined:
        return Show(JoinForm(workshop, person, place.number), language)
    answers = await mine(turn, kolbot, workshop, place)
    given = filled(workshop, place, answers, person.id)
    before = await before_of(turn, kolbot, workshop, place)
    return Show(await form_of(turn, kolbot, workshop, place, given, before, answers), language)


@router.on("submit")
async def record(turn: Turn, kolbot: Kolbot) -> Reply:
    """Store what was typed, and only then say so; a refusal gives the form back with the text still in it."""
    # What is needed of the workshop before it is locked never changes in it: no reading where it is known.
    known = kolbot.reader.known(turn.text("w")) if turn.number("step") is not None else None
    found = _step_of(turn, of_turn(turn, known))
    if isinstance(found, Tell):
        found = await _step(turn, kolbot)
    if isinstance(found, Tell):
        return found
    workshop, place, _ = found
    own = turn.flag("own")
    given = {p.id: {} if own and p.per_group else fields(p, turn.data) for p in place.step.prompts}
    outcome = await kolbot.workshops.do(
        c.SubmitAnswers(
            workshop=workshop.id,
            by=turn.who.id,
            name=turn.who.name,
            step=place.number,
            given=given,
            case=turn.text("case"),
            group=turn.text("group"),
            seen=turn.number("seen"),
        ),
        turn.delivery,
    )
    if isinstance(outcome, Done):
        then = outcome.workshop.for_person(turn.who.id)
        answers = _given(outcome) if outcome.events else await mine(turn, kolbot, then, place)
        if outcome.repeated and not answers:
            return Tell(Spoken(_why_gone(then, place)), speaks(turn, outcome.workshop))
        return Show(_receipt(then, place, answers, turn.who.id), speaks(turn, outcome.workshop))
    again = await _step(turn, kolbot)  # as things are now: the refusal says so
    workshop, place, language = found if isinstance(again, Tell) else again
    problems = outcome.problems if isinstance(outcome, Refused) else ()
    sentence = unless_done(outcome)
    if isinstance(sentence, Refused):
        names = ", ".join(person.name for person in workshop.facilitators)  # who can let it in all the same
        sentence = _now(workshop, replace(sentence, facts={**sentence.facts, "facilitators": names}), language)
    sent = turn.data.get("before")
    before = {str(key): str(said)[:KEPT] for key, said in sent.items()} if isinstance(sent, Mapping) else {}
    # Where the store is in trouble no more is asked of it: whether it was a change, the form's button says. That may be
    # forged, and makes only words.
    read = isinstance(outcome, Refused)
    stored = await mine(turn, kolbot, workshop, place) if read else None
    form = await form_of(turn, kolbot, workshop, place, given, before, stored, problems)
    answered = form.answered or (turn.flag("answered") and not read)
    return Show(replace(form, answered=answered, sentence=sentence), language)


@router.on("withdraw")
async def take_back(turn: Turn, kolbot: Kolbot) -> Reply:
    """Withdraw one's own answers to a step."""
    found = await _step(turn, kolbot)
    if isinstance(found, Tell):
        return found
    workshop, place, language = found
    gave = await mine(turn, kolbot, workshop, place)
    outcome = await kolbot.workshops.do(
        c.WithdrawAnswers(
            workshop=workshop.id,
            by=turn.who.id,
            step=place.number,
            case=turn.text("case"),
            group=turn.text("group"),
        ),
        turn.delivery,
    )
    if isinstance(outcome, Done) and outcome.repeated:
        then = outcome.workshop.for_person(turn.who.id)
        if stands := await mine(turn, kolbot, then, place):  # answered anew since
            return Show(_receipt(then, place, stands, turn.who.id), language)
    if isinstance(outcome, Done) and not gave and not outcome.repeated:
        return Tell(Refused(Reason.NOTHING_TO_WITHDRAW), language)
    return Tell(unless_done(outcome) or Spoken(Said.WITHDRAWN), language)


@router.on("speak")
async def speak(turn: Turn, kolbot: Kolbot) -> Reply:
    """Take over as the one who answers for one's group; the form comes back to be filled in, with what was typed."""
    found = await _step(turn, kolbot)
    if isinstance(found, Tell):
        return found
    workshop, place, language = found
    refused = takes_answers(workshop, place.number, kolbot.workshops.clock())
    if isinstance(refused, Refused):
        return Tell(_now(workshop, refused, language), language)
    group, seen = turn.text("group"), turn.number("seen") or 0
    command = c.SpeakForGroup(workshop=workshop.id, by=turn.who.id, group=group, seen=seen)
    outcome = await kolbot.workshops.do(command, turn.delivery)
    sentence = unless_done(outcome)
    if isinstance(outcome, Done):
        workshop = outcome.workshop
        number = GroupName(workshop.voice(turn.who.id), workshop.forming).number
        sentence = Spoken(Said.SPEAKS_FOR_GROUP, {"group": number})
    elif not me(turn, workshop).joined:
        return Tell(sentence or Refused(Reason.JOIN_FIRST), language)
    answers = await mine(turn, kolbot, workshop, place)
    typed = {prompt.id: fields(prompt, turn.data) for prompt in place.step.prompts}
    stored = filled(workshop, place, answers, turn.who.id)
    given = {p.id: stored[p.id] if p.per_group else typed[p.id] or stored[p.id] for p in place.step.prompts}
    before = await before_of(turn, kolbot, workshop, place)
    form = await form_of(turn, kolbot, workshop, place, given, before, answers)
    return Show(replace(form, sentence=sentence), language)


async def _step(turn: Turn, kolbot: Kolbot) -> tuple[Workshop, Place, str] | Tell:
    """The workshop and step that the button was about; a typed command is about the current step."""
    return _step_of(turn, await workshop_here(turn, kolbot))


def _step_of(turn: Turn, workshop: Workshop | Refused) -> tuple[Workshop, Place, str] | Tell:
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    language = speaks(turn, workshop)
    shared, workshop = workshop, workshop.for_person(turn.who.id)
    number = turn.number("step")
    # The card that everybody sees asks for the step of all; whose group is elsewhere is asked what their group is.
    if number is None or (number == shared.at and turn.verb == "answer"):
        number = workshop.at
    if not 0 <= number < len(workshop.plan.places):
        return Tell(_now(workshop, Refused(Reason.STEP_NOT_OPEN_YET), language), language)
    return workshop, workshop.plan.places[number], language


def _given(done: Done) -> Mapping[str, Answer]:
    return {
        event.prompt: Answer(event.prompt, event.author, event.value, event.case)
        for event in done.events
        if isinstance(event, e.AnswerSubmitted)
    }


def _receipt(workshop: Workshop, place: Place, answers: Mapping[str, Answer], person: str) -> Receipt:
    recorded = []
    for prompt, items in asked_about(workshop, place, person):
        answer = answers.get(prompt.id)
        if answer is None and prompt.per_group and speaker(workshop, workshop.voice(person)) != person:
            continue  # somebody else's to answer
        value, group = answer.value if answer else None, name_of(workshop, prompt, person)
        recorded.append(Recorded(prompt, items, value, group=group))
    return Receipt(workshop, place, tuple(recorded), case_of(workshop, place, person))


def _why_gone(w: Workshop, place: Place) -> Said:
    """What is told of an answer that comes again, or late, and is not found: it was taken back. In a case, or for a
    group, it may stand where they were then, and are no more; and after the end nobody knows whose an anonymous one
    was."""
    prompts = place.step.prompts
    unknown = place.step.case or any(one.per_group or (one.anonymous and w.secret is None) for one in prompts)
    return Said.CAME_LATE if unknown else Said.WITHDRAWN


def _now(workshop: Workshop, refused: object, language: str) -> Sentence:
    """The refusal with what is true now: which step is open instead, or that the workshop is over."""
    if not isinstance(refused, Refused) or workshop.status in (Status.FINISHED, Status.CANCELLED):
        return Refused(Reason.NOT_NOW, {"command": "SubmitAnswers", "status": workshop.status})
    here = workshop.place
    open_now = here is not None and workshop.status in (Status.OPEN, Status.PAUSED) and not here.step.is_break
    title = in_language(here.step.title, language, workshop.language) if here and open_now else ""
    return replace(refused, facts={**refused.facts, "open": title})
