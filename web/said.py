"""What pages say that cards do not: at the door, about the connection, about what was refused. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from locales import LANGUAGES, Words


class No(StrEnum):
    """Why a browser's request is not answered with what it asked for."""

    NOT_FOUND = "not_found"
    NO_SUCH_LINK = "no_such_link"
    LINK_SPENT = "link_spent"
    LINK_OVER = "link_over"
    NO_TICKET = "no_ticket"
    TICKET_OVER = "ticket_over"
    NO_RIGHT = "no_right"
    ERASED = "erased"
    OTHER_WORKSHOP = "other_workshop"
    OTHER_PAGE = "other_page"
    NOT_SIGNED_IN = "not_signed_in"
    NOT_LET_IN = "not_let_in"
    NOT_YOURS = "not_yours"
    NO_KEYS = "no_keys"
    METHOD = "method"
    NOT_UNDERSTOOD = "not_understood"
    TOO_LARGE = "too_large"
    TOO_OFTEN = "too_often"
    AWAY = "away"
    FULL = "full"
    BUG = "bug"


_SAYS: Mapping[No, Callable[[Words], str]] = {
    No.NOT_FOUND: lambda say: say("There is no such page. Open it from Teams, with the button on the card."),
    No.NO_SUCH_LINK: lambda say: say(
        "This link leads nowhere: it was never given, or was changed. Press the button in Teams again for a new one."
    ),
    No.LINK_SPENT: lambda say: say("This link was used already. Press the button in Teams again for a new one."),
    No.LINK_OVER: lambda say: say("This link's time is over. Press the button in Teams again for a new one."),
    No.NO_TICKET: lambda say: say("Open this page from Teams, with the button on the card."),
    No.TICKET_OVER: lambda say: say("This page's time is over. Open it again from Teams."),
    No.NO_RIGHT: lambda say: say("You do not lead or moderate this workshop any more, so this page is closed."),
    No.ERASED: lambda say: say(
        "What was written in this workshop has been erased, as was promised, so this page is closed."
    ),
    No.OTHER_WORKSHOP: lambda say: say("This page belongs to another workshop. Nothing was done."),
    No.OTHER_PAGE: lambda say: say("This page was opened for something else. Open the right one from Teams."),
    No.NOT_SIGNED_IN: lambda say: say(
        "What Teams said of who you are was not accepted. Open the tab again; if that does not help, tell whoever "
        "looks after Kolbot."
    ),
    No.NOT_LET_IN: lambda say: say(
        "Your organisation, or this way of signing in, is not let in here. Whoever looks after Kolbot can change that."
    ),
    No.NOT_YOURS: lambda say: say(
        "You take no part in this workshop, or not in a way that this page is for. Choose another one."
    ),
    No.NO_KEYS: lambda say: say(
        "Who you are cannot be checked just now, because Microsoft's sign-in does not answer. Nothing is lost; please "
        "try again soon."
    ),
    No.METHOD: lambda say: say("This address cannot be used in that way."),
    No.NOT_UNDERSTOOD: lambda say: say("The page sent something that cannot be understood. Reload it and try again."),
    No.TOO_LARGE: lambda say: say("This is more than fits. Nothing was done; please send less at once."),
    No.TOO_OFTEN: lambda say: say("That was very often in a short time. Please wait a moment and try again."),
    No.AWAY: lambda say: say("The database cannot be reached just now. Nothing was done; please try again soon."),
    No.FULL: lambda say: say("Too many pages are open just now. This one tries again by itself."),
    No.BUG: lambda say: say("Something went wrong here. Please try again."),
}


def no(why: No, say: Words) -> str:
    """The sentence for a refusal of this folder."""
    return _SAYS[why](say)


def of_page(page: str, say: Words) -> Mapping[str, str]:
    """What a page is called, what it is for, and what the button at its door says."""
    if page == "board":
        return {
            "title": say("The board"),
            "about": say("Here you see what the workshop gathers, as soon as everybody may see it."),
            "enter": say("Open the board"),
        }
    if page == "moderation":
        return {
            "title": say("Moderation"),
            "about": everything_stands_here(say),
            "enter": say("Open the moderation page"),
        }
    return {
        "title": say("Console"),
        "about": say("Here you lead the workshop: what to read aloud, who has answered, what comes next."),
        "enter": say("Open the console"),
    }


def of_tab(configuring: bool, say: Words) -> Mapping[str, str]:
    """What a tab says before it knows who has opened it, and where somebody adds it to a conversation."""
    about = say(
        "Everybody here who takes part in a workshop sees its board in this tab. Whoever leads or moderates one finds "
        "the console and the moderation page here too."
    )
    save = say("There is nothing to set: press Save.")
    return {"title": say("The board in Teams") if configuring else say("Workshops"), "about": about, "enter": save}


def everything_stands_here(say: Words) -> str:
    """What to know before this page is open on a screen that others see."""
    return say(
        "Everything that was written stands here, without names: also what is hidden or not shown to anybody yet. "
        "Please do not share this screen."
    )


def for_script(say: Words) -> Mapping[str, str]:
    """What the page's script says by itself, by the names that it knows."""
    return {
        "lost": say("The connection is lost. The page tries again by itself; what it shows may be out of date."),
        "back": say("The connection is back."),
        "loading": say("Loading …"),
        "left": say("time left"),
        "over": say("over time"),
        "unsure": say("Not confirmed yet: press again, it will count once."),
        "close": say("Close"),
        "none": no(No.NO_TICKET, say),
    }


def for_tab(say: Words) -> Mapping[str, str]:
    """What a tab's script says by itself beside that, by the names that it knows."""
    return {
        "script": say(
            "Teams' own script did not come, or is another than this tab trusts. Please open the tab again; if it "
            "stays so, tell whoever looks after Kolbot."
        ),
        "outside": say("This page belongs in Teams: open Kolbot there, or this tab in its conversation."),
        "unknown": say(
            "Teams has not said who you are. Please try again, and agree where you are asked; if it stays so, tell "
            "whoever looks after Kolbot."
        ),
        "again": say("Try again"),
        "others": say("Workshops"),
    }


def appearances(say: Words, in_teams: bool = False) -> tuple[tuple[str, str], ...]:
    """How the page can look: the value, and what it is called."""
    return (
        ("", say("As Teams") if in_teams else say("As the device")),
        ("light", say("Light")),
        ("dark", say("Dark")),
        ("contrast", say("High contrast")),
    )


def language_of(accepted: str) -> str:
    """The language of a browser's Accept-Language header that Kolbot speaks and the reader likes best; else English."""
    found: list[tuple[float, int, str]] = []
    for number, part in enumerate(accepted[:500].split(",")):
        code, _, weight = part.partition(";")
        code = code.strip().partition("-")[0].lower()
        if code in LANGUAGES:
            found.append((-_weight(weight), number, code))
    return min(found)[2] if found else "en"


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0
