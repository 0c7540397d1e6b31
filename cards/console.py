"""The console of those who lead a workshop: how it stands, what to read aloud, and what may be done now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from cards.controls import controls, refresh, takes_more
from cards.elements import Card, Element, box, buttons, card, clock, heading, isolated, line, row, said, submit
from cards.marks import before_back, touched
from cards.notice import told
from cards.phrases import minutes_left, stage_name, what_comes
from cards.reminder import reminded
from cards.standing import answered, where
from cards.voices import group_name
from locales import Words
from workshop.model import Consent, Status, Workshop
from workshop.plan import Place, Step, in_language
from workshop.stepping import is_again
from workshop.timing import MINUTE
from workshop.views import Console, Standing

NAMES = 60
"""Names shown of those who have not answered."""
ENDED = (Status.FINISHED, Status.CANCELLED)


def _console(view: Console, say: Words) -> Card:
    w = view.board.workshop
    stands: list[Element] = [said(w.title_in(say.language), weight="Bolder"), line(status(w, say), spacing="Small")]
    body: list[Element] = []
    if w.status is Status.LOBBY:
        stands += lobby(view, say)
    elif w.place is not None and w.status not in ENDED:
        stands += _figures(view, w.place.step, say)
        body += time_used(view, say)
        body += _step(view, w.place.step, say)
    if follows := coming(view, say):
        body.append(line(follows, weight="Bolder"))
    body += [*left_behind(view, say), *unread(view, say)]
    if w.status not in ENDED:
        body += [*touched(view.board, say), *before_back(view.before, view.built, w, say)]
    top = row((stands, "stretch"), (buttons(refresh(view, say)), "auto"))
    return card([*told(view.sentence, say), top, *body, *controls(view, say)], language=say.language)


def status(w: Workshop, say: Words) -> str:
    """How it stands, in one line."""
    match w.status:
        case Status.LOBBY:
            return say("In the lobby: people are joining.")
        case Status.FINISHED:
            return say("The workshop is finished.")
        case Status.CANCELLED:
            return say("The workshop was cancelled.")
    assert w.place is not None, "a workshop that has started is at a step"
    step = in_language(w.place.step.title, say.language, w.language)
    facts = {"stage": stage_name(w.place.stage.id, say), "step": step, "time": say.minutes(w.place.step.minutes)}
    if w.status is Status.CLOSED:
        return say("{stage} · “{step}” · closed (planned {time})", **facts)
    again = is_again(w)
    if w.status is Status.PAUSED and w.remaining is not None:
        left = minutes_left(w.remaining, say)
        if again:
            return say("{stage} · “{step}” · opened again, paused, time left: {left}", left=left, **facts)
        return say("{stage} · “{step}” · paused, time left: {left} (planned {time})", left=left, **facts)
    if w.status is Status.OPEN and w.closes_at is not None:
        # Teams shows every reader this instant in their own time.
        at = clock(w.closes_at, w.place.step.minutes)
        if again:
            return say("{stage} · “{step}” · open again until {clock}", clock=at, **facts)
        return say("{stage} · “{step}” · open until {clock} (planned {time})", clock=at, **facts)
    return say("{stage} · “{step}” (planned {time})", **facts)


def lobby(view: Console, say: Words) -> list[Element]:
    """Who is in, and who is not yet."""
    w = view.board.workshop
    lines: list[Element] = [line(say.plural("{n} person is in.", "{n} people are in.", view.board.people))]
    if w.expected:
        left = len(w.expected)
        lines.append(line(say.plural("{n} person has not joined yet.", "{n} people have not joined yet.", left)))
    spoken = Counter(person.language or w.language for person in w.joined)
    if spoken:
        each = [f"{say.name_of_language(code)} {say.number(n)}" for code, n in spoken.most_common()]
        lines.append(line(say("Their languages: {languages}.", languages=say.list(each)), subtle=True))
    return lines


def _figures(view: Console, step: Step, say: Words) -> list[Element]:
    now = view.board.now
    if step.is_break or now is None:
        return []
    lines: list[Element] = []
    if now.asks_people:
        facts = {"answered": say.number(now.answered), "people": say.number(view.board.people)}
        told = say("Answered: {answered} of {people}", **facts)
        lines.append(line(told, size="Large", weight="Bolder", id="answered"))
    if now.asks_groups:
        groups = view.board.groups
        told = say.plural(
            "Answered for the group: {answered} of {n} group",
            "Answered for the group: {answered} of {n} groups",
            groups,
            answered=say.number(now.groups_answered),
        )
        lines.append(line(told, weight="Bolder", size=None if lines else "Large", id="answered_groups"))
        missing = say.list([group_name(number, say) for number in view.silent_groups])
        if missing:
            lines.append(line(say("Not yet: {groups}", groups=missing), subtle=True, spacing="None"))
    lines += [line(stands(one, say), spacing="Small") for one in view.apart]
    if view.by_group:
        each = [
            say("{group}: {answered} of {people}", group=group_name(number, say), answered=answered, people=people)
            for number, answered, people in view.by_group
        ]
        lines.append(line(" · ".join(each), subtle=True, spacing="None"))
    return lines


def stands(one: Standing, say: Words) -> str:
    """Where a group is, and how many of it have answered."""
    return " · ".join(part for part in (where(one.number, one.workshop, say), answered(one, say)) if part)


def time_used(view: Console, say: Words) -> list[Element]:
    """Plan against actual time, and where it is short what to give up first."""
    timing, w = view.timing, view.board.workshop
    if timing is None:
        return []
    facts = {"used": say.duration(timing.used // MINUTE), "planned": say.duration(timing.planned // MINUTE)}
    lines = [line(say("Used so far: {used}; planned up to here: {planned}.", **facts), subtle=True)]
    # A day's end of a session that lasts for days; within a day every reader's own time of day.
    end = clock(timing.ends_at) if timing.soon else say.date(timing.ends_at.date())
    late = round(timing.late / MINUTE)
    if late > 0:
        said = say("Behind the plan by {time}; expected end: {end}.", time=say.duration(late), end=end)
    elif late < 0:
        said = say("Ahead of the plan by {time}; expected end: {end}.", time=say.duration(-late), end=end)
    else:
        said = say("As planned; expected end: {end}.", end=end)
    lines.append(line(said, spacing="None", weight="Bolder" if late > 0 else None, id="timing"))
    if late > 0 and timing.cut is not None:
        step = in_language(timing.cut.step.title, say.language, w.language)
        stage, time = stage_name(timing.cut.stage.id, say), say.minutes(timing.cut.step.minutes)
        said = say("To catch up, leave out first: “{step}” ({stage}, {time}).", step=step, stage=stage, time=time)
        lines.append(line(said, spacing="None", id="cut"))
    if late > 0 and timing.case is not None:
        said = say("One case fewer gives {time}.", time=say.duration(timing.case // MINUTE))
        lines.append(line(said, spacing="None", id="fewer"))
    return [box(lines)]


def _step(view: Console, step: Step, say: Words) -> list[Element]:
    w = view.board.workshop
    lines: list[Element] = []
    if w.moved_deadline and w.status is Status.OPEN:
        lines.append(line(say("Kolbot was away when the time ended, so the step got two more minutes.")))
    if step.is_break:
        return lines
    if w.late_allowed:
        lines.append(line(say("Closed steps take late answers.")))
    if view.waiting:
        said = say.plural("{n} entry waits for a moderator.", "{n} entries wait for a moderator.", view.waiting)
        lines.append(line(said, weight="Bolder"))
    lines += cases_asked(view, say)
    lines += [*_silent(view, say), *reminded(w, 0, say)]
    if step.say is not None:
        aloud = line(in_language(step.say, say.language, w.language))
        lines.append(box([heading(say("To read aloud"), "Default"), aloud], style="emphasis"))
    return lines


def cases_asked(view: Console, say: Words) -> list[Element]:
    """What the owners of the cases have said."""
    counts = Counter(case.consent for case in view.board.workshop.cases)
    if not counts:
        return []
    facts = {
        "agreed": say.number(counts[Consent.AGREED]),
        "declined": say.number(counts[Consent.DECLINED]),
        "asked": say.number(counts[Consent.ASKED]),
    }
    return [line(say("Cases: {agreed} to open, {declined} not, {asked} without an answer yet.", **facts))]


def _silent(view: Console, say: Words) -> list[Element]:
    """Who has not answered: the number, and names only when asked for, because screens are shared."""
    if view.silent is None:
        return [line(say("Who has not answered stays unknown: this step is anonymous."), subtle=True)]
    if not view.silent:
        return []
    w = view.board.workshop
    missing = say.plural("{n} person has not answered yet.", "{n} people have not answered yet.", len(view.silent))
    if view.show_names:
        switch = submit(say("Hide names"), "console", w=w.id)
    else:
        switch = submit(say("Show names"), "console", w=w.id, names=True)
    lines: list[Element] = [row((line(missing), "stretch"), (buttons([switch]), "auto"))]
    if not view.show_names:
        return lines
    lines.append(said(", ".join(map(isolated, view.silent[:NAMES]))))
    if len(view.silent) > NAMES:
        left = len(view.silent) - NAMES
        lines.append(line(say.plural("… and {n} more", "… and {n} more", left), subtle=True))
    return lines


def coming(view: Console, say: Words) -> str:
    """What Next leads to, as far as can be told."""
    w = view.board.workshop
    if w.status in ENDED:
        return ""
    if view.pick is not None:
        kind = what_comes(w.plan.prompts[view.pick].kind, say)
        return say("Next: {kind}, with more candidates than it takes. Pick which ones first.", kind=kind)
    if view.proposes:
        return say.plural(
            "Next: the owner of {n} case is asked whether it may be opened.",
            "Next: the owners of {n} cases are asked whether they may be opened.",
            view.proposes,
        )
    if view.may_come is not None:
        return _may_come(*view.may_come, view, say)
    if view.upcoming is not None:
        title = in_language(view.upcoming.step.title, say.language, w.language)
        time = say.minutes(view.upcoming.step.minutes)
        stage = stage_name(view.upcoming.stage.id, say)
        return say("Next: “{step}” ({stage}, {time}).", step=title, stage=stage, time=time)
    return "" if takes_more(view) else say("Nothing is left: going on ends the workshop and posts its summary.")


def _may_come(place: Place, needs: int, view: Console, say: Words) -> str:
    """The step that the plan has next while it is not clear whether it will be asked, and where going on leads now."""
    w = view.board.workshop
    facts = {
        "step": in_language(place.step.title, say.language, w.language),
        "stage": stage_name(place.stage.id, say),
        "time": say.minutes(place.step.minutes),
    }
    if needs:
        said = say.plural(
            "Next in the plan: “{step}” ({stage}, {time}). It needs {n} answer.",
            "Next in the plan: “{step}” ({stage}, {time}). It needs {n} answers.",
            needs,
            **facts,
        )
    else:
        said = say(
            "Next in the plan: “{step}” ({stage}, {time}), passed over if there is nothing to ask about.", **facts
        )
    if view.upcoming is None:
        return f"{said} {say('As it is now, going on ends the workshop.')}"
    then = in_language(view.upcoming.step.title, say.language, w.language)
    return f"{said} {say('As it is now, going on opens “{step}”.', step=then)}"


def left_behind(view: Console, say: Words) -> list[Element]:
    """Which groups are not through yet, where all are about to leave the steps that are held in groups."""
    lines: list[Element] = []
    for one in view.apart:
        if one.number not in view.cut_off or one.workshop.place is None:
            continue
        step = in_language(one.workshop.place.step.title, say.language, one.workshop.language)
        facts = {"group": group_name(one.number, say), "step": step}
        lines.append(line(say("{group} is still at “{step}”: going on takes everybody along.", **facts)))
    return [box(lines, style="warning", id="cut_off")] if lines else []


def unread(view: Console, say: Words) -> list[Element]:
    """That not everybody can read what is asked about, because it stands there in others' languages: quietly, because a
    workshop in several languages is like that, and goes on well."""
    if not view.untranslated or view.board.workshop.status in ENDED:
        return []
    each = [f"{say.name_of_language(code)} {say.number(n)}" for code, n in view.untranslated.items()]
    told = say(
        "Not everybody can read all that is asked about. Without a translation: {languages}. Moderate has Translate … "
        "for each entry.",
        languages=say.list(each),
    )
    return [line(told, subtle=True, id="unread")]


DRAWS: dict[type, Callable[[Any, Words], Card]] = {Console: _console}
TITLES: dict[type, Callable[[Any, Words], str]] = {Console: lambda view, say: say("Console")}
