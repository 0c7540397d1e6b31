"""What a command leads to: `decide` gives events or a refusal. The stage table says what is possible when. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import assert_never, get_args

from workshop import commands as c, events as e
from workshop.answering import submit, withdraw
from workshop.binding import bind_group, hook_of, lose_place, unbind_group
from workshop.cases import answer_case, drop_cases
from workshop.course import back, close_due, course, move_deadline, next as next_step, reopen, warn_due
from workshop.expecting import expect, forget_list
from workshop.grouping import dissolve_groups, form_groups, move_to_group, name_group_facilitator
from workshop.model import LIVE, Status, Workshop
from workshop.moderating import approve, end_spotlight, hide, pick, restore, reveal, spotlight_entry
from workshop.naming import name_role, take_over
from workshop.needed import Facts as Facts, Needs as Needs, needs as needs
from workshop.own_pace import OfGroup, alone, at_own_pace
from workshop.people import choose_language, join, open_workshop
from workshop.practices import add_practices, remove_practices
from workshop.refusals import Reason, Refused
from workshop.reminding import nudge, report
from workshop.roles import may, why_not
from workshop.spokespeople import name_spokesperson, speak_for_group
from workshop.theming import change_themes
from workshop.translating import translate

AGAIN = timedelta(seconds=5)
"""The same command typed twice within this asks instead of doing it twice."""


S = Status
TABLE: Mapping[Status, Mapping[type[c.Command], tuple[Status, ...]]] = {
    S.LOBBY: {
        c.Start: (S.OPEN,),
        c.Cancel: (S.CANCELLED,),
    },
    S.OPEN: {
        c.SubmitAnswers: (S.OPEN,),
        c.WithdrawAnswers: (S.OPEN,),
        c.Next: (S.OPEN, S.CLOSED, S.FINISHED),
        c.Back: (S.OPEN,),
        c.Close: (S.CLOSED,),
        c.CloseDue: (S.CLOSED,),
        c.MoveDeadline: (S.OPEN,),
        c.WarnDue: (S.OPEN,),
        c.Extend: (S.OPEN,),
        c.Pause: (S.PAUSED,),
        c.Nudge: (S.OPEN,),
        c.Finish: (S.FINISHED,),
        c.Cancel: (S.CANCELLED,),
    },
    S.PAUSED: {
        c.SubmitAnswers: (S.PAUSED,),
        c.WithdrawAnswers: (S.PAUSED,),
        c.Resume: (S.OPEN,),
        c.Next: (S.OPEN, S.CLOSED, S.FINISHED),
        c.Back: (S.OPEN,),
        c.Close: (S.CLOSED,),
        c.Finish: (S.FINISHED,),
        c.Cancel: (S.CANCELLED,),
    },
    S.CLOSED: {
        c.SubmitAnswers: (S.CLOSED,),
        c.WithdrawAnswers: (S.CLOSED,),
        c.Next: (S.OPEN, S.CLOSED, S.FINISHED),
        c.Back: (S.OPEN,),
        c.Reopen: (S.OPEN,),
        c.PickItems: (S.CLOSED,),
        c.Finish: (S.FINISHED,),
        c.Cancel: (S.CANCELLED,),
    },
    S.FINISHED: {},
    S.CANCELLED: {},
}
"""Which commands a status allows, and where they lead. The diagram in docs/design.md is drawn from it."""

ANY_TIME: Mapping[type[c.Command], frozenset[Status]] = {
    c.Join: LIVE,
    c.ChooseLanguage: frozenset(Status),
    c.AllowLate: LIVE,
    c.RevealAnswers: LIVE - {S.LOBBY},
    c.HideEntry: frozenset(Status) - {S.LOBBY},
    c.RestoreEntry: frozenset(Status) - {S.LOBBY},
    c.ApproveEntry: frozenset(Status) - {S.LOBBY},
    c.SpotlightEntry: frozenset(Status) - {S.LOBBY, S.CANCELLED},
    c.EndSpotlight: frozenset(Status) - {S.LOBBY, S.CANCELLED},
    c.TranslateEntry: frozenset(Status) - {S.LOBBY},
    c.PutIntoTheme: frozenset(Status) - {S.LOBBY},
    c.TakeOutOfTheme: frozenset(Status) - {S.LOBBY},
    c.MergeThemes: frozenset(Status) - {S.LOBBY},
    c.RenameTheme: frozenset(Status) - {S.LOBBY},
    c.UndoTheme: frozenset(Status) - {S.LOBBY},
    c.AnswerCase: LIVE - {S.LOBBY},
    c.DropCases: LIVE - {S.LOBBY},
    c.AddPractices: LIVE,
    c.RemovePractices: LIVE,
    c.Expect: LIVE,
    c.ForgetList: LIVE,
    c.FormGroups: LIVE,
    c.MoveToGroup: LIVE,
    c.DissolveGroups: LIVE,
    c.BindGroup: LIVE,
    c.UnbindGroup: LIVE,
    c.LosePlace: frozenset(Status),
    c.ReportNudge: frozenset(Status),
    c.SpeakForGroup: LIVE,
    c.NameSpokesperson: LIVE,
    c.NameGroupFacilitator: LIVE,
    c.NameFacilitator: LIVE,
    c.NameModerator: LIVE | {S.FINISHED},
    c.NameReserve: LIVE,
    c.TakeOver: LIVE,
    c.PostStageAgain: LIVE,
    c.PostBoardAgain: frozenset(Status) - {S.LOBBY},
}
"""Commands that leave the status as it is, and when they make sense."""


def decide(  # noqa: C901 - one case a command
    workshop: Workshop | None, command: c.AnyCommand, facts: Facts, now: datetime
) -> tuple[e.AnyEvent, ...] | Refused:
    """What happens because of a command at an instant (UTC), or why nothing does. No events means: already so."""
    if isinstance(command, c.Open):
        return open_workshop(command, facts.holder, facts.openers, now)
    if workshop is None:
        return Refused(Reason.NO_WORKSHOP)
    w = workshop
    group = command.group if isinstance(command, c.GroupCourse) else 0
    if not may(w, command.by, type(command), group):
        return why_not(w, type(command), group)
    view = at_own_pace(w, group, type(command)) if group else w
    if isinstance(view, Refused):
        return view
    if isinstance(command, c.Course) and (stale := _stale(view, command)):
        return stale
    # The clock's commands are about all courses, every other one is about one.
    others = w.courses.values() if isinstance(command, _OF_ALL_COURSES) else ()
    kind = type(command)
    if not (_possible(view.status, kind) or any(_possible(one.status, kind) for one in others)):
        return Refused(Reason.NOT_NOW, {"command": type(command).__name__, "status": view.status})
    if isinstance(command, c.Course) and (repeated := _repeated(view, command, now)):
        return repeated
    if group and isinstance(command, OfGroup):
        return alone(view, command, facts.answers, now)
    match command:
        case c.Join():
            return join(w, command, now)
        case c.ChooseLanguage():
            return choose_language(w, command, now)
        case c.SubmitAnswers():
            return submit(w, command, now)
        case c.WithdrawAnswers():
            return withdraw(w, command, now)
        case c.Start() | c.Next():
            return next_step(w, command, facts.answers, now)
        case c.Back():
            return back(w, command, facts.answers, now)
        case c.Reopen():
            return reopen(w, command, facts.answers, now)
        case c.Close() | c.Extend() | c.Pause() | c.Resume() | c.Finish() | c.Cancel():
            return course(w, command, now)
        case c.Nudge():
            return nudge(w, command, facts.answers, now)
        case c.ReportNudge():
            return report(w, command, now)
        case c.CloseDue():
            return close_due(w, command, now)
        case c.MoveDeadline():
            return move_deadline(w, command, now)
        case c.WarnDue():
            return warn_due(w, command, now)
        case c.AllowLate():
            return (e.LateAllowed(by=command.by, at=now, allowed=command.allowed),)
        case c.RevealAnswers():
            return reveal(w, command, now)
        case c.PickItems():
            return pick(w, command, facts.answers, now)
        case c.HideEntry():
            return hide(w, command, facts.answers, now)
        case c.RestoreEntry():
            return restore(w, command, facts.answers, now)
        case c.ApproveEntry():
            return approve(w, command, facts.answers, now)
        case c.SpotlightEntry():
            return spotlight_entry(w, command, facts.answers, now)
        case c.EndSpotlight():
            return end_spotlight(w, command, now)
        case c.TranslateEntry():
            return translate(w, command, facts.answers, now)
        case c.PutIntoTheme() | c.TakeOutOfTheme() | c.MergeThemes() | c.RenameTheme() | c.UndoTheme():
            return change_themes(w, command, facts.answers, now)
        case c.NameFacilitator() | c.NameModerator() | c.NameReserve():
            return name_role(w, command, now)
        case c.AnswerCase():
            return answer_case(w, command, now)
        case c.DropCases():
            return drop_cases(w, command, now)
        case c.AddPractices():
            return add_practices(w, command, now)
        case c.RemovePractices():
            return remove_practices(w, command, now)
        case c.Expect():
            return expect(w, command, now)
        case c.ForgetList():
            return forget_list(w, command, now)
        case c.FormGroups():
            return form_groups(w, command, now)
        case c.MoveToGroup():
            return move_to_group(w, command, now)
        case c.DissolveGroups():
            return dissolve_groups(w, command, now)
        case c.BindGroup():
            return bind_group(w, command, facts.holder, now)
        case c.UnbindGroup():
            return unbind_group(w, command, now)
        case c.LosePlace():
            return lose_place(w, command, now)
        case c.SpeakForGroup():
            return speak_for_group(w, command, now)
        case c.NameSpokesperson():
            return name_spokesperson(w, command, now)
        case c.NameGroupFacilitator():
            return name_group_facilitator(w, command, now)
        case c.TakeOver():
            return take_over(w, command, now)
        case c.PostStageAgain():
            again = e.StagePostedAgain(by=command.by, at=now, group=command.group)
            return () if _just_posted(w, command.group, "stage", now) else (again,)
        case c.PostBoardAgain():
            below = e.BoardPostedAgain(by=command.by, at=now, group=command.group)
            return () if _just_posted(w, command.group, "board", now) else (below,)
        case _:
            assert_never(command)


_OF_ALL_COURSES = (c.CloseDue, c.MoveDeadline, c.WarnDue)


def _just_posted(w: Workshop, group: int, card: str, now: datetime) -> bool:
    """A card that is asked for by many at once is posted again once; where it cannot hang, not at all."""
    hook = hook_of(w, group)
    if hook is None:
        return True
    return hook + card in w.posted_at and now - w.posted_at[hook + card] < AGAIN


def _possible(status: Status, command: type[c.Command]) -> bool:
    return command in TABLE[status] or status in ANY_TIME.get(command, ())


def possible_in(workshop: Workshop, who: str, group: int) -> frozenset[type[c.Command]]:
    """The commands about one group that make sense here and now for this person: what its console offers."""
    view = at_own_pace(workshop, group)
    if isinstance(view, Refused):
        return frozenset()
    kinds = (kind for kind in get_args(OfGroup) if kind in TABLE[view.status])
    return frozenset(kind for kind in kinds if may(workshop, who, kind, group))


def possible_now(workshop: Workshop, who: str) -> frozenset[type[c.Command]]:
    """The commands that make sense here and now for this person: what help and the console offer."""
    every = {*ANY_TIME, *(command for allowed in TABLE.values() for command in allowed)}
    return frozenset(k for k in every if _possible(workshop.status, k) and may(workshop, who, k))


def _stale(w: Workshop, command: c.Course) -> Refused | None:
    """Two facilitators who press Next make one step: the second button was drawn before it."""
    if w.last is None or command.moves is None or command.moves == w.moves:
        return None
    return Refused(Reason.STALE, _last(w))


def _repeated(w: Workshop, command: c.Course, now: datetime) -> Refused | None:
    """The same command typed twice within five seconds asks."""
    if w.last is None or command.moves is not None or now - w.last.at >= AGAIN:
        return None
    return Refused(Reason.REPEATED, _last(w)) if type(command).__name__.lower() == w.last.name else None


def _last(w: Workshop) -> Mapping[str, str]:
    assert w.last is not None
    by = w.people[w.last.by].name if w.last.by in w.people else ""
    return {"who": by, "command": w.last.name}
