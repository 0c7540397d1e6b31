"""The facilitator's conversation: the console, and every command that changes the course, by button or typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from dialogs.console_now import STAFF, console_of
from dialogs.group_console import own_group, show_group_console
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from dialogs.whereabouts import group_here, speaks, unless_done, workshop_here
from workshop import commands as c, events as e
from workshop.course import ends
from workshop.entries import entries_of
from workshop.keys import items_key_of
from workshop.marks import built_on
from workshop.model import Answer, Workshop
from workshop.moderating import pickable
from workshop.plan import in_language
from workshop.refusals import Reason, Refused
from workshop.roles import led_by, may, roles_of, why_not
from workshop.rules import possible_now
from workshop.said import Said, Sentence, Spoken
from workshop.service import Done
from workshop.tally import by_prompt
from workshop.views import Confirm, Ending, Opener, PickForm

router = Router()

@router.on("facilitate", "console")
async def console(turn: Turn, kolbot: Kolbot) -> Reply:
    """The console as it is now; visible to all, it refuses those who may not."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    if turn.via is Via.TYPED:
        return Show(Opener("facilitate", workshop), speaks(turn, workshop))
    if not roles_of(workshop, turn.who.id) & STAFF:
        if led := led_by(workshop, turn.who.id):
            return await show_group_console(turn, kolbot, workshop, led[0], None)
        names = ", ".join(person.name for person in workshop.facilitators)
        return Tell(Refused(Reason.ONLY_FACILITATORS, {"who": names}), speaks(turn, workshop))
    return await show_console(turn, kolbot, workshop, None)


@router.on("start", "next", "back", "reopen", "close", "extend", "pause", "resume", "finish", "cancel", "nudge")
async def course(turn: Turn, kolbot: Kolbot) -> Reply:
    """A command that changes the course. Ending asks first, by Next after the last step too; so does the same typed
    twice within five seconds."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    language = speaks(turn, workshop)
    command, group = _COURSE[turn.verb](turn, workshop), 0
    if isinstance(command, c.GroupCourse):
        group = own_group(turn, workshop) or command.group
        command = replace(command, group=group)
    if type(command) in _ENDS and not turn.flag("sure") and type(command) in possible_now(workshop, turn.who.id):
        return Show(Confirm(turn.verb, workshop), language)
    if isinstance(command, c.Next) and (asked := await _last_next(turn, kolbot, workshop, command)):
        return Show(asked, language)
    outcome = await kolbot.workshops.do(command, turn.delivery)
    if isinstance(outcome, Refused) and outcome.reason is Reason.REPEATED:
        extra = {"minutes": turn.number("minutes") or 5, **({"group": group} if group else {})}
        return Show(Confirm(turn.verb, workshop.for_group(group), outcome, extra), language)
    sentence = unless_done(outcome)
    if isinstance(outcome, Done):
        sentence = what_happened(outcome, command, language, group)
        workshop = outcome.workshop
    assert sentence is not None
    return await answer_staff(turn, kolbot, workshop, sentence, group)


async def _last_next(turn: Turn, kolbot: Kolbot, workshop: Workshop, command: c.Next) -> Confirm | None:
    """The question before going on ends the workshop. Nothing where it does not, where it was asked already, and where
    it is refused anyway."""
    if command.group or turn.flag("sure") or c.Next not in possible_now(workshop, turn.who.id):
        return None
    read = await kolbot.reader.answers(workshop.id)
    assert read is not None, "a workshop that was just found is still there"
    now, answers = read
    if command.moves not in (None, now.moves) or not ends(now, by_prompt(answers)):
        return None
    return Confirm(turn.verb, now, ending=ending_of(now, answers))


def ending_of(workshop: Workshop, answers: Iterable[Answer]) -> Ending:
    """What the closing picture would have."""
    if not any(prompt.on_summary for prompt in workshop.plan.prompts.values()):
        return Ending(None)
    said = [entry for entry in entries_of(workshop, answers) if entry.prompt.on_summary]
    hidden = sum(entry.hidden or entry.waiting for entry in said)
    return Ending(len(said) - hidden, hidden)


@router.on("late")
async def late(turn: Turn, kolbot: Kolbot) -> Reply:
    """Let closed steps take answers, or not any more."""
    allowed = turn.flag("allowed")
    said = Said.LATE_ALLOWED if allowed else Said.LATE_NOT_ALLOWED
    return await _do(turn, kolbot, lambda w: c.AllowLate(workshop=w.id, by=turn.who.id, allowed=allowed), said)


@router.on("reveal")
async def reveal(turn: Turn, kolbot: Kolbot) -> Reply:
    """Show the answers to a prompt whose reveal is the facilitator's."""
    prompt = turn.text("prompt")
    return await _do(
        turn, kolbot, lambda w: c.RevealAnswers(workshop=w.id, by=turn.who.id, prompt=prompt), Said.REVEALED
    )


@router.on("takeover")
async def take_over(turn: Turn, kolbot: Kolbot) -> Reply:
    """Become facilitator because none has acted for five minutes."""
    return await _do(turn, kolbot, lambda w: c.TakeOver(workshop=w.id, by=turn.who.id), Said.TOOK_OVER)


@router.on("pick")
async def pick(turn: Turn, kolbot: Kolbot) -> Reply:
    """What a vote shall be on, where there is more than it takes."""
    return await _picking(turn, kolbot, None)


@router.on("picked")
async def picked(turn: Turn, kolbot: Kolbot) -> Reply:
    """Keep what was picked."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    command = c.PickItems(
        workshop=workshop.id,
        by=turn.who.id,
        prompt=turn.text("prompt"),
        keys=turn.keys("picked"),
        case=turn.text("case"),
    )
    outcome = await kolbot.workshops.do(command, turn.delivery)
    if not isinstance(outcome, Done):
        return await _picking(turn, kolbot, unless_done(outcome))
    return await answer_staff(turn, kolbot, outcome.workshop, Spoken(Said.PICKED, {"items": len(command.keys)}))


async def answer_staff(
    turn: Turn, kolbot: Kolbot, workshop: Workshop, sentence: Sentence, group: int = 0
) -> Reply:
    """In a dialog the console (of the group that it was about) as it is now with the sentence on top; elsewhere the
    sentence."""
    if turn.in_dialog and group and may(workshop, turn.who.id, c.Next, group):
        return await show_group_console(turn, kolbot, workshop, group, sentence)
    if turn.in_dialog and roles_of(workshop, turn.who.id) & STAFF:
        return await show_console(turn, kolbot, workshop, sentence)
    return Tell(sentence, speaks(turn, workshop))


async def show_console(turn: Turn, kolbot: Kolbot, workshop: Workshop, sentence: Sentence | None) -> Reply:
    """The console with fresh figures."""
    read = await kolbot.reader.answers(workshop.id)
    assert read is not None, "a workshop that was just found is still there"
    return Show(console_of(turn, *read, kolbot.workshops.clock(), sentence), speaks(turn, read[0]))


def what_happened(done: Done, command: c.AnyCommand, language: str, group: int = 0) -> Spoken:
    """The sentence for a command that was carried out; `group` where it was about one."""
    if not group:
        return _happened(done, command, language)
    if isinstance(command, c.Next) and done.events and isinstance(done.events[-1], e.StepClosed):
        return Spoken(Said.GROUP_WAITS_NOW, {"group": group})
    spoken = _happened(done, command, language)
    return replace(spoken, facts={**spoken.facts, "for_group": group})


def _happened(done: Done, command: c.AnyCommand, language: str) -> Spoken:
    last = done.events[-1] if done.events else None
    w = done.workshop
    match last:
        case e.StepOpened():
            place = w.plan.places[last.number]
            title = in_language(place.step.title, language, w.language)
            built = built_on(w, last.number) if last.way in ("back", "reopen") else ()
            titles = " · ".join(in_language(one.step.title, language, w.language) for one in built)
            facts: dict[str, str | int] = {"step": title, "stage": place.stage.id, "minutes": _minutes(last)}
            return Spoken(Said.STEP_OPENED, facts | ({"built": titles} if titles else {}))
        case e.CasesProposed():
            return Spoken(Said.CASES_PROPOSED, {"cases": len(last.cases)})
        case e.StepClosed():
            return Spoken(Said.PICK_NEXT if isinstance(command, c.Next) else Said.STEP_CLOSED)
        case e.DeadlineChanged():
            return Spoken(Said.EXTENDED, {"minutes": command.minutes if isinstance(command, c.Extend) else 0})
        case e.Paused():
            return Spoken(Said.PAUSED)
        case e.Resumed():
            return Spoken(Said.RESUMED)
        case e.Finished():
            return Spoken(Said.FINISHED)
        case e.Cancelled():
            return Spoken(Said.CANCELLED)
        case e.Nudged():
            return Spoken(Said.NUDGED, {"people": last.people} if last.people else {})
        case _:
            return Spoken(Said.ALREADY_SO)


def _minutes(opened: e.StepOpened) -> int:
    return round((opened.closes_at - opened.at).total_seconds() / 60)


async def _do(turn: Turn, kolbot: Kolbot, make: Callable[[Workshop], c.AnyCommand], said: Said) -> Reply:
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    outcome = await kolbot.workshops.do(make(workshop), turn.delivery)
    if isinstance(outcome, Done):
        workshop = outcome.workshop
    return await answer_staff(turn, kolbot, workshop, unless_done(outcome) or Spoken(said))


async def _picking(turn: Turn, kolbot: Kolbot, sentence: Sentence | None) -> Reply:
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    language = speaks(turn, workshop)
    prompt = workshop.plan.prompts.get(turn.text("prompt"))
    if not may(workshop, turn.who.id, c.PickItems):
        return Tell(why_not(workshop, c.PickItems), language)
    if c.PickItems not in possible_now(workshop, turn.who.id):
        return Tell(sentence or Refused(Reason.NOT_NOW, {"command": "PickItems", "status": workshop.status}), language)
    if prompt is None or prompt.source is None:
        return Tell(Refused(Reason.UNKNOWN_PROMPT), language)
    read = await kolbot.reader.answers(workshop.id)
    assert read is not None, "a workshop that was just found is still there"
    case = turn.text("case")
    found = pickable(read[0], prompt, by_prompt(read[1]), case)
    if found is None:
        return Tell(sentence or Refused(Reason.OTHER_CASE), language)
    chosen = turn.keys("picked") or workshop.picked.get(items_key_of(prompt.id, case), ())
    about = next((one for one in workshop.cases if one.key == case), None)
    return Show(PickForm(workshop, prompt, found, chosen, sentence, about), language)


def _moves(turn: Turn) -> int | None:
    return turn.number("moves")


def _extend(turn: Turn, w: Workshop) -> c.AnyCommand:
    minutes = turn.number("minutes")
    return c.Extend(workshop=w.id, by=turn.who.id, moves=_moves(turn), minutes=5 if minutes is None else minutes)


def _nudge(turn: Turn, w: Workshop) -> c.AnyCommand:
    """In a group's own conversation that group is reminded; from the console, which is the same everywhere, all are."""
    group = 0 if turn.in_dialog else group_here(turn, w)
    return c.Nudge(workshop=w.id, by=turn.who.id, moves=_moves(turn), group=group)


_COURSE: dict[str, Callable[[Turn, Workshop], c.AnyCommand]] = {
    "start": lambda turn, w: c.Start(workshop=w.id, by=turn.who.id, moves=_moves(turn)),
    "next": lambda turn, w: c.Next(workshop=w.id, by=turn.who.id, moves=_moves(turn)),
    "back": lambda turn, w: c.Back(workshop=w.id, by=turn.who.id, moves=_moves(turn)),
    "reopen": lambda turn, w: c.Reopen(workshop=w.id, by=turn.who.id, moves=_moves(turn)),
    "close": lambda turn, w: c.Close(workshop=w.id, by=turn.who.id, moves=_moves(turn)),
    "extend": _extend,
    "pause": lambda turn, w: c.Pause(workshop=w.id, by=turn.who.id, moves=_moves(turn)),
    "resume": lambda turn, w: c.Resume(workshop=w.id, by=turn.who.id, moves=_moves(turn)),
    "finish": lambda turn, w: c.Finish(workshop=w.id, by=turn.who.id, moves=_moves(turn)),
    "cancel": lambda turn, w: c.Cancel(workshop=w.id, by=turn.who.id, moves=_moves(turn)),
    "nudge": _nudge,
}
_ENDS = (c.Finish, c.Cancel)
