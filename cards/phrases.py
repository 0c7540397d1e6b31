"""Small phrases that several cards share: names of the stages, who sees what, how much something gathered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from cards import elements as el
from locales import LANGUAGES, Words, words
from workshop.model import LIVE, MINIMUM, Workshop
from workshop.plan import Item, Plan, Prompt, Reveal, Text, in_language
from workshop.prompts import kind_of
from workshop.prompts.kind import Signed
from workshop.tally import Board, PromptBoard

NAME = 60
"""Longest name on a card that everybody sees."""
QUOTE = 280
"""Longest piece of somebody's words on a card that everybody sees; whole they are in the export and the form."""


def stage_name(stage: str, say: Words) -> str:
    """The name of one of the four stages."""
    names = {
        "knowledge": say("Knowledge"),
        "action": say("Action"),
        "experience": say("Experience"),
        "conclusions": say("Conclusions"),
    }
    return names.get(stage, stage)


def workshop_title(w: Workshop, say: Words) -> el.Element:
    """The workshop's title: a heading where it is the template's, plain runs where a person typed it."""
    if w.title in w.plan.title.values():
        return el.heading(w.title_in(say.language), "ExtraLarge")
    return el.rich(el.run(w.title, weight="Bolder", size="ExtraLarge"))


def title_line(w: Workshop, say: Words, *more: str) -> el.Element:
    """The workshop's title as a small line, with what else is to be said there."""
    title = el.isolated(w.title_in(say.language))
    return el.rich(el.run(" · ".join((title, *more)), subtle=True, size="Small"), spacing="None")


def join_everywhere(w: Workshop) -> str:
    """ "Join" in all the workshop's languages that Kolbot speaks, the workshop's own first."""
    spoken = [code for code in (w.language, *w.plan.languages) if code in LANGUAGES] or ["en"]
    said = []
    for code in dict.fromkeys(spoken):
        say = words(code)
        said.append(say("Join"))
    return " · ".join(dict.fromkeys(said))


def own_words(text: Text, say: Words, otherwise: str) -> str:
    """A label in the reader's language, or as a person wrote it: for runs only."""
    return in_language(text, say.language, otherwise)


def sight(prompt: Prompt, say: Words) -> str:
    """Who will see what, in a few words: for the card that everybody sees."""
    by_consent = getattr(kind_of(prompt), "by_consent", False)
    named = say("With your name, if you agree") if by_consent else say("With your name")
    who = say("Anonymous") if prompt.anonymous else _once_a_group(prompt, say) if prompt.per_group else named
    match prompt.reveal:
        case Reveal.LIVE:
            when = say("everybody sees it at once")
        case Reveal.BY_FACILITATOR:
            when = say("everybody sees it when the facilitator reveals it")
        case _:
            when = say("everybody sees it when the step closes")
    return f"{who} · {when}" + (f" · {say('a moderator reads it first')}" if prompt.moderated else "")


def _once_a_group(prompt: Prompt, say: Words) -> str:
    if getattr(kind_of(prompt), "by_consent", False):
        return say("Once for each group, with its number if it agrees")
    return say("Once for each group, with its number")


def privacy(prompt: Prompt, say: Words) -> str:
    """Who will see what, in whole sentences: for the form."""
    said = []
    if prompt.anonymous:
        said.append(say("Anonymous: nobody ever sees who wrote it."))
    elif prompt.per_group:
        said.append(_of_group(prompt, say))
    elif getattr(kind_of(prompt), "counts_only", kind_of(prompt).takes_items):
        said.append(say("Kept with your name; the board shows only how many."))
    elif getattr(kind_of(prompt), "by_consent", False):
        said.append(say("Kept with your name; shown only if you agree to it below."))
    else:
        said.append(say("Shown with your name."))
    match prompt.reveal:
        case Reveal.LIVE:
            said.append(say("Everybody sees it at once."))
        case Reveal.BY_FACILITATOR:
            said.append(say("Everybody sees it when the facilitator reveals it; facilitators and moderators before."))
        case _:
            said.append(say("Everybody sees it when the step closes; facilitators and moderators before."))
    if prompt.moderated:
        said.append(say("A moderator reads it first, and lets it be seen or not."))
    if prompt.anonymous:
        said.append(say.plural("Results show from {n} answer on.", "Results show from {n} answers on.", MINIMUM))
    return " ".join(said)


def _of_group(prompt: Prompt, say: Words) -> str:
    """As `privacy`, of what one person answers for a group."""
    kind = kind_of(prompt)
    if getattr(kind, "counts_only", kind.takes_items):
        return say("Kept for your group; the board shows only how many.")
    if getattr(kind, "by_consent", False):
        return say("Kept for your group; shown with its number only if you agree to it below.")
    return say("Shown with the number of your group; who wrote it stands only in your group's form.")


def unrevealed(w: Workshop) -> tuple[Prompt, ...]:
    """The prompts that have been asked and that a facilitator has to reveal, and has not."""
    return tuple(
        prompt
        for place in w.plan.places
        for prompt in place.step.prompts
        if place.number in w.opened and prompt.reveal is Reveal.BY_FACILITATOR and prompt.id not in w.revealed
    )


def reveal_first(w: Workshop, say: Words) -> str:
    """What would stay unseen if the workshop ended now; empty where nothing would."""
    waiting = len(unrevealed(w))
    if not waiting:
        return ""
    return say.plural(
        "{n} question is not revealed yet: after the end its answers stay unseen.",
        "{n} questions are not revealed yet: after the end their answers stay unseen.",
        waiting,
    )


def of_groups(names: Iterable[str], say: Words) -> str:
    """Behind the names of authors on the board of all: which groups they work in, at most three."""
    numbers = sorted({name.group for name in names if isinstance(name, Signed) and name.group})
    told = [say("Group {number}", number=say.number(number)) for number in numbers[:3]]
    return " · " + ", ".join(told) + (" …" if len(numbers) > 3 else "") if told else ""


def board_button(board: Board, say: Words) -> el.teams.SubmitAction:
    """The way to the whole board; from a group's to the group's."""
    return el.fetch(say("Board"), "board", w=board.workshop.id, group=board.group or None)


def why_not(board: PromptBoard, w: Workshop, say: Words) -> str:
    """Why there is nothing to be seen of a prompt, with the number of answers, which gives nobody away."""
    n = board.answered
    answers = say.plural("{n} answer", "{n} answers", n)
    if board.why_not == "few":
        return f"{answers}, " + say.plural("shown from {n} answer on", "shown from {n} answers on", MINIMUM)
    if w.status not in LIVE:
        return say.plural("{n} answer, not shown", "{n} answers, not shown", n) if n else answers
    if board.prompt.reveal is Reveal.BY_FACILITATOR:
        return say.plural(
            "{n} answer, shown when the facilitator reveals it",
            "{n} answers, shown when the facilitator reveals them",
            n,
        )
    return say.plural("{n} answer, shown when the step closes", "{n} answers, shown when the step closes", n)


def what_comes(kind: str, say: Words) -> str:
    """What a question about items is, by the name of its kind."""
    match kind:
        case "vote":
            return say("a vote")
        case "ranking":
            return say("a ranking")
        case "points":
            return say("points to spread")
        case "scale":
            return say("a rating of items")
        case "checklist":
            return say("a checklist")
        case "matrix":
            return say("places on two axes")
        case _:
            return say("a choice")


def gathered(item: Item, plan: Plan, say: Words) -> str:
    """How much an item gathered where it comes from; nothing where that says nothing."""
    origin = plan.prompts.get(item.origin)
    if origin is None or not item.weight:
        return ""
    match origin.kind:
        case "vote":
            return say.plural("{n} dot", "{n} dots", item.weight)
        case "ranking" | "points":
            return say.plural("{n} point", "{n} points", item.weight)
        case "choice" | "choices":
            return say.plural("{n} vote", "{n} votes", item.weight)
        case "scale":
            return say("median {median}", median=say.number(item.weight / 2))
        case "checklist" | "matrix":  # what orders them is no number to tell
            return ""
        case _:
            return from_so_many(item.weight, origin, say) if item.weight > 1 else ""


def from_so_many(n: int, prompt: Prompt, say: Words) -> str:
    """How many people, or groups, something is from."""
    if prompt.per_group:
        return say.plural("from {n} group", "from {n} groups", n)
    return say.plural("from {n} person", "from {n} people", n)


def numbered(items: tuple[Item, ...], plan: Plan, say: Words, otherwise: str, most: int) -> list[el.Element]:
    """Items line by line with what they gathered; past `most`, how many more there are."""
    lines: list[el.Element] = []
    for number, item in enumerate(items[:most], 1):
        runs = [el.run(f"{number}. ", subtle=True), el.run(shortened(own_words(item.label, say, otherwise), QUOTE))]
        if so_much := gathered(item, plan, say):
            runs.append(el.run(f" · {so_much}", subtle=True, size="Small"))
        lines.append(el.rich(*runs, spacing="Small"))
    return lines + rest(len(items) - most, say)


def rest(n: int, say: Words) -> list[el.Element]:
    """How many are left out, if any."""
    if n <= 0:
        return []
    return [el.line(say.plural("… and {n} more", "… and {n} more", n), subtle=True, size="Small", spacing="Small")]


def shortened(said: str, most: int) -> str:
    """Somebody's words for a card that everybody sees: at most `most` code points."""
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"


def minutes_left(left: timedelta, say: Words) -> str:
    """Whole minutes, rounded up: nobody is told that no time is left while some is."""
    return say.minutes(max(1, -(-int(left.total_seconds()) // 60)))
