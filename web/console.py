"""The console as a page: what it shows of a workshop, of one read of it. What its buttons do is in `acts`."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from cards import draw, title_of
from cards.coach_words import suggestion
from cards.console import coming, left_behind, lobby, stands, status, time_used, unread
from cards.controls import Buttons, groups_of_buttons
from cards.elements import as_data
from cards.group_words import group_called
from cards.marks import before_back, touched
from cards.reminder import reminded
from dialogs.console_now import own_console_of
from dialogs.whereabouts import speaks
from drawings.css import PAGE, follows_page
from drawings.prompt import stage_name
from drawings.wheel import wheel_svg
from locales import Words, words
from web import drawing
from web.acts import DOES, leads, turn_of
from web.opened import Options, Parts, Seen
from web.results import Results
from workshop import commands as c
from workshop.coach import advice
from workshop.entries import entries_of
from workshop.model import Status, Workshop
from workshop.passes import Pass
from workshop.plan import in_language
from workshop.views import Console, GroupConsole

QUEUE = 20
"""Entries shown that wait for a moderator; who wants more opens the moderator's form."""


class ConsolePage:
    """Implements `web.opened.Page`. What its buttons do is `web.acts`'."""

    tells_time = True

    def __init__(self) -> None:
        self._results = Results()

    def key(self, seen: Workshop, given: Pass, options: Options) -> Hashable | None:
        """Everybody sees their own: what they may do is different."""
        if not leads(seen, given.person):
            return None
        return given.person, given.language, tuple(sorted(options.items()))

    def draw(self, seen: Seen, given: Pass, options: Options) -> Parts:
        """In the reader's language, with names and hidden texts only where the page has asked for them."""
        turn = turn_of(given, seen.workshop, "console", options)
        view = own_console_of(turn, seen.workshop, seen.answers, seen.at)
        assert view is not None, "who sees none has no key"
        say = words(speaks(turn, seen.workshop))
        if not isinstance(view, Console):
            return _of_group(view, say)
        return _of_all(view, seen, say, options, self._results.of(seen, say))


def _of_group(view: GroupConsole, say: Words) -> Parts:
    """The group's card as it is, without the button that draws it again."""
    body = drawing.card(draw(view, say.language), refresh=False)
    return {"head": drawing.part("console.html", "group", {"title": title_of(view, say.language), "card": body})}


def _of_all(
    view: Console, seen: Seen, say: Words, options: Options, drawn: dict[str, Any] | None
) -> Parts:
    facts = {
        "head": _head(view, say),
        "left.next": _next(view, say),
        "left.coach": _coach(view, seen, say),
        "left.aloud": _aloud(view, say),
        "right.answered": _answered(view, say),
        "right.queue": _queue(view, seen, say, options),
        "right.time": _time(view, say),
        "results": drawn,
        "more": _more(view, say),
        "pictures": _pictures(view, say),
    }
    return {
        name: drawing.part("console.html", name.rpartition(".")[2], fact)
        for name, fact in facts.items()
        if fact is not None
    }


def _head(view: Console, say: Words) -> dict[str, Any]:
    """With the step's own time, which the page's script counts down."""
    w = view.board.workshop
    runs = w.status is Status.OPEN and w.closes_at is not None
    opened = w.opened_steps[-1].opened_at if w.opened_steps else None
    return {
        "heading": say("Console"),
        "title": w.title_in(say.language),
        "status": status(w, say),
        "stage": w.place.stage_number + 1 if w.place else 0,
        "wheel": _wheel(w, say),
        "closes": drawing.instant(w.closes_at) if runs and w.closes_at else "",
        "opened": drawing.instant(opened) if opened else "",
    }


def _wheel(w: Workshop, say: Words) -> str:
    """Where the workshop is on the cycle; nothing before it starts."""
    if w.place is None:
        return ""
    names = [stage_name(number, say) for number in range(4)]
    at, over = w.place.stage_number, w.status is Status.FINISHED
    drawn = wheel_svg(
        names,
        size=112,
        language=say.language,
        title=names[at],
        description=" → ".join(names),
        current=None if over else at,
        done=range(4) if over else range(at),
        palette=PAGE,
    )
    return follows_page(drawn)


def _time(view: Console, say: Words) -> dict[str, Any] | None:
    """How the whole stands against the plan."""
    lines = drawing.elements([as_data(one) for one in time_used(view, say)])
    return {"title": say("Time"), "plan": lines} if lines else None


def _coach(view: Console, seen: Seen, say: Words) -> dict[str, Any] | None:
    found = advice(view, seen.at)
    return {"title": say("A suggestion"), "words": suggestion(found, say)} if found else None


def _next(view: Console, say: Words) -> dict[str, Any] | None:
    groups = {group.id: group for group in groups_of_buttons(view, say)}
    follows = coming(view, say)
    shown = [_buttons(groups[name]) for name in ("course", "time") if name in groups]
    if not follows and not shown:
        return None
    warning = drawing.elements([as_data(one) for one in (*left_behind(view, say), *unread(view, say))])
    return {"title": say("What comes next"), "coming": follows, "warning": warning, "groups": shown}


def _buttons(group: Buttons) -> dict[str, Any]:
    actions = [as_data(one) for one in group.actions]
    here = [one for one in actions if one["data"].get("verb") in DOES]
    return {"id": group.id, "title": group.title, "note": group.note, "actions": here}


def _aloud(view: Console, say: Words) -> dict[str, Any] | None:
    w = view.board.workshop
    if w.place is None or w.status not in (Status.OPEN, Status.PAUSED, Status.CLOSED):
        return None
    step = w.place.step
    questions = [in_language(prompt.text, say.language, w.language) for prompt in step.prompts]
    aloud = in_language(step.say, say.language, w.language) if step.say else ""
    if not aloud and not questions:
        return None
    return {"title": say("To read aloud"), "words": aloud, "questions": questions, "asked": say("What is asked")}


def _answered(view: Console, say: Words) -> dict[str, Any] | None:
    w, now = view.board.workshop, view.board.now
    if w.status is Status.LOBBY:
        return {"title": say("Who is in"), "lobby": drawing.elements([as_data(one) for one in lobby(view, say)])}
    if now is None or now.place.step.is_break or w.status in (Status.FINISHED, Status.CANCELLED):
        return None
    groups = [
        {"name": group_called(number, say), "answered": answered, "people": people}
        for number, answered, people in view.by_group
    ]
    of_groups = [group_called(number, say) if number else say("everybody together") for number in view.silent_groups]
    return {
        "title": say("Answers"),
        "lobby": "",
        "people": _share(now.answered, view.board.people, say) if now.asks_people else None,
        "voices": _share(now.groups_answered, view.board.groups, say) if now.asks_groups else None,
        "of_groups": say("Groups"),
        "missing": say("Not yet: {groups}", groups=say.list(of_groups)) if of_groups and now.asks_groups else "",
        "groups": groups,
        "apart": [stands(one, say) for one in view.apart],
        "silent": _silent(view, say),
        "reminded": drawing.elements([as_data(one) for one in reminded(w, 0, say)]),
    }


def _share(answered: int, people: int, say: Words) -> dict[str, Any]:
    facts = {"answered": say.number(answered), "people": say.number(people)}
    return {"answered": answered, "people": people, "words": say("Answered: {answered} of {people}", **facts)}


def _silent(view: Console, say: Words) -> dict[str, Any]:
    """Who has not answered: how many, and whose names only where they were asked for, because screens are shared."""
    if view.silent is None:
        return {"words": say("Who has not answered stays unknown: this step is anonymous."), "switch": "", "names": ""}
    if not view.silent:
        return {"words": "", "switch": "", "names": ""}
    missing = say.plural("{n} person has not answered yet.", "{n} people have not answered yet.", len(view.silent))
    shown = view.show_names
    switch = say("Hide names") if shown else say("Show names")
    return {"words": missing, "switch": switch, "shown": shown, "names": list(view.silent) if shown else ""}


def _queue(view: Console, seen: Seen, say: Words, options: Options) -> dict[str, Any] | None:
    """What waits for a moderator: how much, and the words only where they were asked for."""
    if not view.waiting or c.ApproveEntry not in view.may:
        return None
    shown = options.get("queue") == "1"
    w = view.board.workshop
    found = [entry for entry in entries_of(w, seen.answers) if entry.waiting][:QUEUE] if shown else []
    entries = [
        {
            "id": entry.id,
            "words": entry.words,
            "question": in_language(entry.prompt.text, say.language, w.language),
            "approve": {"verb": "moderated", "w": w.id, "shown": [entry.id], "was": [], "approved": entry.id},
            "hide": {"verb": "moderated", "w": w.id, "shown": [entry.id], "was": [], "hidden": entry.id},
        }
        for entry in found
    ]
    waits = say.plural("{n} entry waits for a moderator.", "{n} entries wait for a moderator.", view.waiting)
    switch = say("Hide the words") if shown else say("Show the words")
    labels = {"approve": say("Let it be seen"), "hide": say("Hide")}
    return {
        "title": say("Moderation"), "words": waits, "switch": switch, "shown": shown, "entries": entries, **labels
    }  # fmt: skip


def _more(view: Console, say: Words) -> dict[str, Any] | None:
    w = view.board.workshop
    groups = [_buttons(one) for one in groups_of_buttons(view, say) if one.id not in ("course", "time")]
    notes = (
        ""
        if w.status in (Status.FINISHED, Status.CANCELLED)
        else drawing.elements(
            [as_data(one) for one in [*touched(view.board, say), *before_back(view.before, view.built, w, say)]]
        )
    )
    groups = [one for one in groups if one["actions"]]
    return {"groups": groups, "notes": notes} if groups or notes else None


def _pictures(view: Console, say: Words) -> dict[str, Any] | None:
    """The closing picture as files, once there is something to be drawn."""
    if view.board.workshop.place is None:
        return None
    sheets = (("a3", say("For print (A3)")), ("screen", say("For a screen")))
    return {
        "title": say("The picture of the whole cycle"),
        "words": say("With every closing sentence, on as many pages as they need. Nothing hidden is on it."),
        "files": [
            {"label": f"{name} · {kind.upper()}", "address": f"console/picture/{sheet}.{kind}"}
            for sheet, name in sheets
            for kind in ("png", "svg")
        ],
    }
