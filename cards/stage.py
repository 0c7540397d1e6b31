"""The stage card everybody sees: where we are, what is asked, until when; its successor's pointer."""

from __future__ import annotations

from cards import elements as el, phrases as ph
from cards.cases import case_box, turn_of
from cards.standing import apart_now
from cards.voices import group_name
from cards.zones import closing
from locales import Words
from workshop.cycle import asked
from workshop.model import RUNNING, Case, Status, Workshop
from workshop.plan import COMMITMENTS, QUESTIONS, Place, Prompt, Text, in_language
from workshop.stepping import REOPENED, is_again
from workshop.tally import Board, Progress, StageBoard, highlights
from workshop.timing import MINUTE
from workshop.translating import in_all_languages
from workshop.views import Pointer, StageCard

CARRIED = 10
"""Carried-over items shown on the card; the form shows all."""
CAME_OF_IT = 3
"""Lines of outcome on the card of a stage that is over."""


def stage_card(view: StageCard, say: Words) -> el.Card:
    """Where we are on the wheel and what is to be done now; of a stage that is over, what it came to."""
    w, stage = view.board.workshop, view.board.stages[view.stage]
    place = w.place
    here = place is not None and place.stage_number == view.stage and stage.progress is Progress.NOW
    body: list[el.Element] = [
        wheel(view.board, view.stage, say),
        el.heading(ph.stage_name(stage.stage.id, say), "ExtraLarge", spacing="Small"),
        ph.title_line(w, say),
    ]
    if view.board.group:
        body.append(el.rich(el.run(group_name(view.board.group, say), weight="Bolder"), spacing="Small"))
    actions: list[el.teams.Action] = []
    if w.status is Status.CANCELLED:
        body.append(_note(say("The workshop was cancelled. Nothing more is asked here."), "warning"))
    elif here and place is not None and w.status in RUNNING:
        body.append(el.line(_in(stage.stage.aim, w, say), spacing="Medium"))
        body += _carried(view.board, place, say)
        body += _step(view.board, stage, place, say)
        actions = _acting(view.board, place, say)
    else:
        body += _done(stage, w, say)
        actions = [ph.board_button(view.board, say)]
    return el.card(body, actions, say.language)


def wheel(board: Board, at: int, say: Words) -> el.Element:
    """The stages in a line, each with a word or sign that says where it stands."""
    runs: list[el.teams.TextRun] = []
    for number, stage in enumerate(board.stages):
        if number:
            runs.append(el.run("  →  ", subtle=True, size="Small"))
        name = ph.stage_name(stage.stage.id, say)
        now = stage.progress is Progress.NOW and board.workshop.status in RUNNING
        if now:
            runs.append(
                el.run(
                    "●\N{NO-BREAK SPACE}" + say("{stage} (now)", stage=name),
                    weight="Bolder",
                    colour="Accent",
                    size="Small",
                )
            )
        elif stage.progress is Progress.DONE:
            runs.append(el.run(f"✓\N{NO-BREAK SPACE}{name}", weight="Bolder" if number == at else None, size="Small"))
        else:
            runs.append(el.run(f"○\N{NO-BREAK SPACE}{name}", subtle=True, size="Small"))
    return el.rich(*runs)


def pointer(view: Pointer, say: Words) -> el.Card:
    """What is left of a card that was posted again below."""
    w = view.workshop
    if view.what == "group":
        name = group_name(view.group, say)
        said = say("This conversation is not the group's own any more; the workshop goes on elsewhere.")
        return el.card([ph.title_line(w, say), el.rich(el.run(name)), el.line(said)], language=say.language)
    if view.what == "board":
        said = say("The board goes on further down in this conversation.")
    else:
        said = say("This card goes on further down in this conversation.")
    return el.card([ph.title_line(w, say), el.line(f"↓ {said}")], language=say.language)


def _in(text: Text, w: Workshop, say: Words) -> str:
    return in_language(text, say.language, w.language)


def _note(sentence: str, style: el.Tone) -> el.Element:
    return el.box([el.line(sentence)], style=style)


def _carried(board: Board, place: Place, say: Words) -> list[el.Element]:
    """What an earlier step (in a group's conversation: the group) produced and this one asks about, with the question
    it came from."""
    w = board.workshop
    one = next((group.members[0] for group in w.groups if group.number == board.group), "")
    found: list[el.Element] = []
    for prompt in place.step.prompts:
        cases = [w.items_in(prompt.id, case.key) for case in _cases(board)] if place.step.case else []
        items = tuple(item for some in cases or [w.shown_items(prompt.id, one)] for item in some if item.origin)
        items = in_all_languages(w, items)
        if not items:
            continue
        origin = w.plan.prompts.get(items[0].origin)
        found.append(el.line(say("What you bring along"), weight="Bolder"))
        if w.brought is not None and items[0].origin in (COMMITMENTS, QUESTIONS) and origin is None:
            found.append(el.said(w.brought.title, prefix=say("from the earlier cycle:") + " ", spacing="None"))
        if origin is not None:
            came = say("from “{question}”", question=_in(origin.text, w, say))
            found.append(el.line(came, subtle=True, size="Small", spacing="None"))
        found += ph.numbered(items, w.plan, say, w.language, CARRIED)
    return [el.box(found, style="emphasis", id="carried", spacing="Medium")] if found else []


def _cases(board: Board) -> list[Case]:
    """The cases that are opened now: of all, or of the group."""
    return [case for case in board.workshop.cases_now if not board.group or case.group in (0, board.group)]


def _step(board: Board, stage: StageBoard, place: Place, say: Words) -> list[el.Element]:
    w, step = board.workshop, place.step
    total = len(stage.steps)
    body: list[el.Element] = [
        el.line(
            say("Step {n} of {total}", n=place.step_number + 1, total=total),
            subtle=True,
            size="Small",
            separator=True,
            spacing="Medium",
        ),
        el.heading(_in(step.title, w, say), "Medium", spacing="None"),
        *_time(board, place, say),
    ]
    if step.in_groups and w.groups and (step.case or any(prompt.source for prompt in step.prompts)):
        body.append(el.line(say("In groups: each group works on what it gave itself."), subtle=True, spacing="Small"))
    body += [] if board.group else apart_now(w, say)
    if step.case:
        for case in _cases(board):
            body.append(case_box(case, w, say))
            its = w.plan.places[w.stands(case.group).at].step
            if its.case:
                body.append(el.rich(el.run(turn_of(its, case, w, say), weight="Bolder")))
    questions = asked(w, place)
    for number, prompt in enumerate(questions, 1):
        which = say("Question {n} of {total}", n=number, total=len(questions)) if len(questions) > 1 else ""
        body += _prompt(prompt, which, w, say)
    return body


def _prompt(prompt: Prompt, which: str, w: Workshop, say: Words) -> list[el.Element]:
    """The question as it is asked; not numbered in its own line, where "1." would begin a list."""
    seen = ph.sight(prompt, say)
    return [
        el.line(_in(prompt.text, w, say), spacing="Medium"),
        el.line(f"{which} · {seen}" if which else seen, subtle=True, size="Small", spacing="None"),
    ]


def _time(board: Board, place: Place, say: Words) -> list[el.Element]:
    """When it closes, or why it does not: in the time of every zone that is present, where there are several."""
    w, step = board.workshop, place.step
    if w.status is Status.PAUSED:
        left = ph.minutes_left(w.remaining, say) if w.remaining is not None else say.minutes(step.minutes)
        sentence = say("Paused: the clock stands still. Time left when it goes on: {minutes}.", minutes=left)
        if not step.is_break:
            sentence += " " + say("You can answer meanwhile.")
        return [_note(sentence, "warning")]
    if w.status is Status.CLOSED:
        if step.is_break:
            return [el.line(say("The break is over."))]
        if w.late_allowed:
            return [_note(say("This step is closed. Late answers are still taken."), "emphasis")]
        return [_note(say("This step is closed. The facilitator opens the next one."), "emphasis")]
    length = say.minutes(REOPENED // MINUTE if is_again(w) else step.minutes)
    if w.closes_at is None:
        return [el.line(length, subtle=True, spacing="None")]
    at, everywhere = el.clock(w.closes_at, step.minutes), closing(w.closes_at, step.minutes, board, say)
    if step.is_break:
        said = say("A break of {minutes}, until {time}.", minutes=length, time=everywhere or at)
    elif everywhere:
        said = say("Closes at {times}. Time for it: {minutes}.", times=everywhere, minutes=length)
    else:
        said = say("Open until {time} ({minutes}).", minutes=length, time=at)
    found: list[el.Element] = [el.line(said, weight="Bolder", spacing="Small")]
    if w.moved_deadline:
        found.append(_note(say("Kolbot was away for a while, so this step closes later than announced."), "warning"))
    return found


def _acting(board: Board, place: Place, say: Words) -> list[el.teams.Action]:
    w = board.workshop
    actions: list[el.teams.Action] = []
    some_open = any(course.takes(course.at) for course in (w.main, *w.courses.values()))
    if not place.step.is_break and (some_open or w.late_allowed):
        actions.append(answer_button(w, place, say))
    return [
        *actions,
        ph.board_button(board, say),
        el.fetch(say("Facilitate"), "facilitate", w=w.id),
        el.fetch(ph.join_everywhere(w), "join", w=w.id),  # the widest: narrow cards break the row before it
    ]


def answer_button(w: Workshop, place: Place, say: Words) -> el.teams.Action:
    """The way to the form of the step."""
    turn = w.case_round if place.step.case else None
    where = {"step": place.number, "stage": place.stage.id, "round": turn}
    return el.fetch(say("Answer"), "answer", "positive", w=w.id, **where)


def _done(stage: StageBoard, w: Workshop, say: Words) -> list[el.Element]:
    if stage.progress is Progress.AHEAD:
        return [el.line(say("We went back to an earlier stage; this one comes again."), spacing="Medium")]
    came = highlights(stage, CAME_OF_IT)
    if not came:
        return [el.line(say("This stage is over."), spacing="Medium")]
    said: list[el.Element] = [el.line(say("What it came to:"), spacing="Medium")]
    return said + ph.numbered(came, w.plan, say, w.language, CAME_OF_IT)


DRAWS = {StageCard: stage_card, Pointer: pointer}
