"""Help: which commands make sense here and now, for this person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cards.help import MENTIONING, has_button
from dialogs.places import led, not_free
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from dialogs.whereabouts import speaks, workshop_here
from workshop import commands as c
from workshop.model import LIVE, Workshop
from workshop.refusals import Reason, Refused
from workshop.roles import Role, led_by, may_open, roles_of
from workshop.rules import possible_now
from workshop.said import Said, Spoken
from workshop.theming import sheets
from workshop.views import Help, Meant

router = Router()

COURSE = ("start", "next", "back", "reopen", "close", "extend", "pause", "resume", "finish", "cancel")
MOST = 5
"""Commands that are proposed instead of one that makes no sense now."""

_OF: Mapping[str, type[c.Command]] = {
    "join": c.Join,
    "answer": c.SubmitAnswers,
    "start": c.Start,
    "next": c.Next,
    "back": c.Back,
    "reopen": c.Reopen,
    "close": c.Close,
    "extend": c.Extend,
    "pause": c.Pause,
    "resume": c.Resume,
    "nudge": c.Nudge,
    "finish": c.Finish,
    "cancel": c.Cancel,
    "practices": c.AddPractices,
    "groups": c.FormGroups,
    "themes": c.PutIntoTheme,
    "stage": c.PostStageAgain,
    "board": c.PostBoardAgain,
    "facilitator": c.NameFacilitator,
    "moderator": c.NameModerator,
    "reserve": c.NameReserve,
    "no_facilitator": c.NameFacilitator,
    "no_moderator": c.NameModerator,
    "no_reserve": c.NameReserve,
    "roles": c.NameModerator,
    "group_facilitator": c.NameGroupFacilitator,
    "no_group_facilitator": c.NameGroupFacilitator,
    "takeover": c.TakeOver,
}
"""Verbs that stand for one command, in the order in which help lists them."""


@router.on("help")
async def help_(turn: Turn, kolbot: Kolbot) -> Reply:
    """List what can be done."""
    found = await workshop_here(turn, kolbot)
    workshop = None if isinstance(found, Refused) else found
    if turn.in_dialog:  # nothing offers this: its buttons would not work in a dialog
        return Tell(Spoken(Said.UNKNOWN_COMMAND), speaks(turn, workshop))
    verbs = sensible(turn, kolbot, workshop)
    if await not_free(turn, kolbot) is None and not isinstance(await led(turn, kolbot, 0), Refused):
        verbs = ("group_here", *verbs)
    around = found.facts.get("title", "") if isinstance(found, Refused) else ""
    return Show(Help(verbs, workshop, str(around)), speaks(turn, workshop))


@router.on("")
async def not_understood(turn: Turn, kolbot: Kolbot) -> Reply:
    """No verb at all, or something that is none: say which was probably meant, with its button where it makes sense
    now and stood alone. Who only chatted about the next time is offered no button that goes on."""
    found = await workshop_here(turn, kolbot)
    workshop = None if isinstance(found, Refused) else found
    language = speaks(turn, workshop)
    near = turn.text("near")
    if near in MENTIONING and turn.flag("more") and not turn.mentioned:  # a name that is no mention stands behind it
        return Tell(Spoken(Said.MENTION_SOMEBODY, {"command": near}), language)
    alone = turn.via is Via.TYPED and not (turn.flag("more") or turn.flag("several"))
    if alone and near in sensible(turn, kolbot, workshop) and has_button(near, workshop):
        return Show(Meant(near, workshop), language)
    return Tell(Spoken(Said.DID_YOU_MEAN, {"command": near}) if near else Spoken(Said.UNKNOWN_COMMAND), language)


async def with_what_can_be(turn: Turn, kolbot: Kolbot, reply: Reply) -> Reply:
    """The reply; where what was typed makes no sense now, with what does: the course first, else whatever there is."""
    if turn.via is not Via.TYPED or not isinstance(reply, Tell) or not isinstance(reply.sentence, Refused):
        return reply
    found = await workshop_here(turn, kolbot)
    if reply.sentence.reason is not Reason.NOT_NOW or isinstance(found, Refused):
        return reply
    verbs = [verb for verb in sensible(turn, kolbot, found) if verb not in ("language", "help")]
    instead = ([verb for verb in verbs if verb in COURSE] or verbs)[:MOST]
    facts = {**reply.sentence.facts, "instead": ",".join([*instead, "help"])}
    return replace(reply, sentence=replace(reply.sentence, facts=facts))


def sensible(turn: Turn, kolbot: Kolbot, workshop: Workshop | None) -> tuple[str, ...]:
    """The verbs that make sense, in order."""
    verbs: list[str] = []
    live = workshop is not None and workshop.status in LIVE
    if turn.where.shared and not live and may_open(turn.who.id, kolbot.openers):
        verbs.append("new")
    if workshop is not None:
        allowed = possible_now(workshop, turn.who.id)
        asked = {verb for verb in _OF if verb != "themes" or sheets(workshop)}
        asked -= set() if workshop.groups else {"group_facilitator", "no_group_facilitator"}
        asked -= _nobody_to_remove(workshop)
        verbs += [verb for verb, command in _OF.items() if command in allowed and verb in asked]
        staff = roles_of(workshop, turn.who.id) & {Role.FACILITATOR, Role.MODERATOR, Role.RESERVE}
        if staff or led_by(workshop, turn.who.id):
            verbs += ["facilitate", "summary"] if staff else ["facilitate"]
    return (*verbs, "language", "help")


def _nobody_to_remove(w: Workshop) -> set[str]:
    """Roles that can be taken from nobody: nobody has them, or only one facilitator is left."""
    people = w.people.values()
    there = {
        "no_facilitator": len(w.facilitators) > 1,
        "no_moderator": any(person.moderator for person in people),
        "no_reserve": any(person.reserve for person in people),
        "no_group_facilitator": any(group.facilitators for group in w.groups),
    }
    return {verb for verb, some in there.items() if not some}
