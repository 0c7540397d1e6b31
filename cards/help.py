"""Help: what can be done here and now, each with the word to type and a button. Also the command words themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from microsoft_teams import cards as teams

from cards.elements import Card, Element, buttons, card, fetch, heading, line, press, refusal, row
from locales import Words
from workshop.model import Workshop
from workshop.views import Help

COMMAND_WORDS: Mapping[str, Callable[[Words], str]] = {
    "new": lambda say: say("new"),
    "join": lambda say: say("join"),
    "answer": lambda say: say("answer"),
    "start": lambda say: say("start"),
    "next": lambda say: say("next"),
    "back": lambda say: say("back"),
    "reopen": lambda say: say("reopen"),
    "close": lambda say: say("close"),
    "extend": lambda say: say("extend"),
    "pause": lambda say: say("pause"),
    "resume": lambda say: say("resume"),
    "nudge": lambda say: say("nudge"),
    "finish": lambda say: say("finish"),
    "cancel": lambda say: say("cancel"),
    "practices": lambda say: say("practices"),
    "groups": lambda say: say("groups"),
    "group_here": lambda say: say("group {number} here", number=say.number(2)),
    "themes": lambda say: say("themes"),
    "stage": lambda say: say("stage"),
    "board": lambda say: say("board"),
    "facilitator": lambda say: say("facilitator"),
    "moderator": lambda say: say("moderator"),
    "reserve": lambda say: say("reserve"),
    "no_facilitator": lambda say: say("remove facilitator"),
    "no_moderator": lambda say: say("remove moderator"),
    "no_reserve": lambda say: say("remove reserve"),
    "roles": lambda say: say("roles"),
    "group_facilitator": lambda say: say("group facilitator"),
    "no_group_facilitator": lambda say: say("no group facilitator"),
    "takeover": lambda say: say("take over"),
    "facilitate": lambda say: say("facilitate"),
    "summary": lambda say: say("summary"),
    "language": lambda say: say("language"),
    "help": lambda say: say("help"),
}
"""The word to type for each verb, in a language (one to three words); a number in it stands for any."""

COMMAND_DOES: Mapping[str, Callable[[Words], str]] = {
    "new": lambda say: say("Open a workshop in this conversation"),
    "join": lambda say: say("Take part in the workshop"),
    "answer": lambda say: say("Answer the open step"),
    "start": lambda say: say("Open the first step"),
    "next": lambda say: say("Close this step and open the next one"),
    "back": lambda say: say("Open the step before again"),
    "reopen": lambda say: say("Open the closed step again"),
    "close": lambda say: say("Close the open step"),
    "extend": lambda say: say("Give the open step more minutes"),
    "pause": lambda say: say("Stop the clock"),
    "resume": lambda say: say("Let the clock run again"),
    "nudge": lambda say: say("Remind those who have not answered yet"),
    "finish": lambda say: say("End the workshop and post its summary"),
    "cancel": lambda say: say("End the workshop without a summary"),
    "practices": lambda say: say("Put in the practices that earlier sessions presented"),
    "groups": lambda say: say("Form the groups and move people between them"),
    "group_here": lambda say: say("Make this conversation a group's own"),
    "themes": lambda say: say("Put notes into themes"),
    "stage": lambda say: say("Post the stage card again below"),
    "board": lambda say: say("See the board; typed, it is posted again below"),
    "facilitator": lambda say: say("Let the mentioned people facilitate too"),
    "moderator": lambda say: say("Let the mentioned people moderate"),
    "reserve": lambda say: say("Let the mentioned people take over if no facilitator is there"),
    "no_facilitator": lambda say: say("Let the mentioned people facilitate no more"),
    "no_moderator": lambda say: say("Let the mentioned people moderate no more"),
    "no_reserve": lambda say: say("Let the mentioned people be reserves no more"),
    "roles": lambda say: say("See who has which role, and change it"),
    "group_facilitator": lambda say: say("Let the mentioned people lead their group's steps and time"),
    "no_group_facilitator": lambda say: say("Let the mentioned people lead no group any more"),
    "takeover": lambda say: say("Facilitate because no facilitator is there"),
    "facilitate": lambda say: say("Open the console of those who lead the workshop"),
    "summary": lambda say: say("See everything so far, shown or not yet"),
    "language": lambda say: say("Choose the language that Kolbot speaks to you"),
    "help": lambda say: say("Show what can be done here"),
}
"""What each verb does, in a sentence without a full stop."""

_DIALOGS = (
    "new", "join", "answer", "practices", "roles", "groups", "group_here", "themes", "facilitate", "summary",
    "language",
)  # fmt: skip
"""What opens a dialog."""
_AT_ONCE = (
    "start", "next", "back", "reopen", "close", "extend", "pause", "resume", "nudge", "finish", "cancel",
)  # fmt: skip
"""What changes the course: the button carries the moves that it was shown with."""
GROUP_COMMANDS = (
    "next", "back", "reopen", "close", "extend", "pause", "resume", "nudge", "group_facilitator",
    "no_group_facilitator",
)  # fmt: skip
"""What can be typed behind the name of a group, for that group alone ("group 2 next")."""
MENTIONING = (
    "facilitator", "moderator", "reserve", "no_facilitator", "no_moderator", "no_reserve", "group_facilitator",
    "no_group_facilitator",
)  # fmt: skip
"""What is about people who are mentioned behind it."""
_PLAIN = ("stage", "board", "takeover")
"""What acts at once and cannot be stale."""

SIX = 6
"""Buttons that Teams shows at once in one set."""


def sets_of(actions: list[teams.Action]) -> list[teams.ActionSet]:
    """Buttons in sets small enough that Teams hides none."""
    return [buttons(actions[start : start + SIX]) for start in range(0, len(actions), SIX)]


def capital(word: str) -> str:
    """A command word as the label of a button."""
    return word[:1].upper() + word[1:]


def _help(view: Help, say: Words) -> Card:
    verbs = [verb for verb in view.verbs if verb in COMMAND_WORDS]
    rows: list[Element] = [
        row((line(_typed(verb, say), weight="Bolder"), "2"), (line(COMMAND_DOES[verb](say)), "3")) for verb in verbs
    ]
    actions = [action for verb in verbs if (action := button_of(verb, view.workshop, say)) is not None]
    return card(
        [
            heading(say("What you can do here")),
            *([refusal(other_post(view.around, say))] if view.around else []),
            line(say("Type @Kolbot and a command; in a chat with Kolbot alone, just the command. Or press a button.")),
            *rows,
            *sets_of(actions),
        ],
        language=say.language,
    )


def other_post(title: str, say: Words) -> str:
    """Where to go from a post in which nothing is held."""
    return say("The workshop “{title}” runs in another post of this channel. Please go there.", title=title)


def _typed(verb: str, say: Words) -> str:
    word = COMMAND_WORDS[verb](say)
    match verb:
        case "extend":
            return f"{word} 5"
        case _ if verb in MENTIONING:
            return f"{word} @…"
        case _:
            return word


def has_button(verb: str, w: Workshop | None) -> bool:
    """Whether a button can do what this command does."""
    return verb in (*_DIALOGS, *_PLAIN, "help") or (verb in _AT_ONCE and w is not None)


def button_of(verb: str, w: Workshop | None, say: Words) -> teams.Action | None:
    """The button that does the same; none where people have to be mentioned."""
    label = capital(COMMAND_WORDS[verb](say))
    if verb == "group_here":  # which one, its dialog asks
        return fetch(say("A group's own conversation"), verb)
    data: dict[str, Any] = {"w": w.id} if w else {}
    if verb == "answer" and w is not None:
        data |= {"step": w.at, "stage": w.place.stage.id if w.place else None}
    if verb in _DIALOGS:
        return fetch(label, verb, **data)
    if verb in _PLAIN:
        return press(label, verb, **data)
    if verb in _AT_ONCE and w is not None:
        if verb == "extend":
            return press(_typed(verb, say).capitalize(), verb, **data, moves=w.moves, minutes=5)
        return press(label, verb, **data, moves=w.moves)
    return None


DRAWS: dict[type, Callable[[Any, Words], Card]] = {Help: _help}
TITLES: dict[type, Callable[[Any, Words], str]] = {Help: lambda view, say: say("What you can do here")}
