"""Where groups are that go at their own pace, in words: for the consoles and for the card that everybody sees."""

from __future__ import annotations

from cards import elements as el
from cards.group_words import group_called
from cards.phrases import minutes_left
from locales import Words
from workshop.model import Status, Workshop
from workshop.plan import in_language
from workshop.views import Standing


def where(number: int, view: Workshop, say: Words) -> str:
    """Which step a group is at, and until when. For a TextBlock: each reader's Teams shows the time as theirs."""
    assert view.place is not None, "where groups are apart there is a step"
    said = _where(number, view, say)
    # "2. grupa" would begin a list.
    return f"\N{WORD JOINER}{said}" if said[:1].isdigit() else said


def _where(number: int, view: Workshop, say: Words) -> str:
    assert view.place is not None
    step = in_language(view.place.step.title, say.language, view.language)
    facts = {"group": group_called(number, say), "step": step}
    match view.status:
        case Status.CLOSED:
            return say("{group}: “{step}”, closed", **facts)
        case Status.PAUSED if view.remaining is not None:
            return say("{group}: “{step}”, paused, time left: {left}", left=minutes_left(view.remaining, say), **facts)
        case Status.OPEN if view.closes_at is not None:
            at = el.clock(view.closes_at, view.place.step.minutes)
            return say("{group}: “{step}”, open until {time}", time=at, **facts)
        case _:
            return say("{group}: “{step}”", **facts)


def answered(stands: Standing, say: Words) -> str:
    """How many of a group have answered; empty where that is not known."""
    if stands.answered is None:
        return ""
    facts = {"answered": say.number(stands.answered), "people": say.number(stands.people)}
    return say("answered: {answered} of {people}", **facts)


def apart_now(w: Workshop, say: Words) -> list[el.Element]:
    """Where the groups are that are not with all; nothing where all go together."""
    lines = [el.line(where(group, w.for_group(group), say), spacing="Small") for group in sorted(w.courses) if group]
    if not lines:
        return []
    head = el.line(say("Groups at their own pace: Answer leads to your group's step."), subtle=True)
    return [el.box([head, *lines], style="emphasis", id="apart")]
