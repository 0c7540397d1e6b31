"""What the coach suggests, in words. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards.phrases import minutes_left
from locales import Words
from workshop.coach import Advice, Hint


def suggestion(advice: Advice, say: Words) -> str:
    """The coach's one sentence."""
    return _SAYS[advice.hint](advice, say)


def _few(advice: Advice, say: Words) -> str:
    facts = {"answered": say.number(advice.answered), "people": say.number(advice.people)}
    left = minutes_left(advice.left, say)
    return say("{answered} of {people} have answered, time left: {left}. Extend, or remind them?", left=left, **facts)


_SAYS: Mapping[Hint, Callable[[Advice, Words], str]] = {
    Hint.FORM_GROUPS: lambda advice, say: say.plural(
        "{n} person is in, and some steps are held in groups: form the groups before you start?",
        "{n} people are in, and some steps are held in groups: form the groups before you start?",
        advice.people,
    ),
    Hint.WAIT_FOR_EXPECTED: lambda advice, say: say.plural(
        "{n} person of your list is not here yet: wait a little, or start?",
        "{n} people of your list are not here yet: wait a little, or start?",
        advice.people,
    ),
    Hint.START: lambda advice, say: say.plural(
        "{n} person is in: start when you are ready.", "{n} people are in: start when you are ready.", advice.people
    ),
    Hint.NOBODY_YET: lambda advice, say: say(
        "Half of the time is over and nobody has answered yet: read the question aloud once more?"
    ),
    Hint.FEW_AND_LITTLE_TIME: _few,
    Hint.EVERYBODY: lambda advice, say: say(
        "Everybody has answered, time left: {left}. Go on?", left=minutes_left(advice.left, say)
    ),
    Hint.TIME_IS_UP: lambda advice, say: say("The time is up: give a few more minutes, or close the step?"),
    Hint.MODERATE_FIRST: lambda advice, say: say.plural(
        "{n} entry waits for a moderator: look at it before you go on?",
        "{n} entries wait for a moderator: look at them before you go on?",
        advice.answered,
    ),
    Hint.REVEAL_FIRST: lambda advice, say: say("Nobody sees these answers yet: reveal them before you go on?"),
}
