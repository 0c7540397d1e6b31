"""What stands on top of the board once a workshop has ended: that it is the record, when and who, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from cards import elements as el, phrases as ph
from cards.summary import sentences
from locales import Words
from workshop.groupwork import Consent
from workshop.prompts.commitment import CommitmentResult
from workshop.prompts.text import TextResult
from workshop.tally import Board, PromptBoard, highlights

CAME = 5
"""Most things that one stage came to: it is the gist, all of it follows."""
ALL = 10_000
"""More than any stage can come to."""


def opening(board: Board, say: Words, most: int) -> list[el.Element]:
    """When it was, how much was said; of what each stage came to and of the closing sentences at most so many each."""
    return [*_held(board, say), *_came_to(board, say, most), *_taken_home(board, say, most)]


def _held(board: Board, say: Words) -> list[el.Element]:
    w = board.workshop
    lines: list[el.Element] = []
    closed = [held.closed_at for held in w.opened_steps if held.closed_at is not None]
    if closed:
        began, ended = min(held.opened_at for held in w.opened_steps), max(closed)
        lines.append(el.line(_when(began, ended, say), spacing="Small"))
    answers = sum(one.answered for one in _prompts(board))
    counts = [say.plural("{n} answer", "{n} answers", answers)]
    if w.groups and not board.group:
        counts.append(say.plural("{n} group", "{n} groups", len(w.groups)))
    agreed = [case for case in w.cases if case.consent is Consent.AGREED and board.group in (0, case.group)]
    if agreed:
        counts.append(say.plural("{n} case", "{n} cases", len(agreed)))
    made = sum(one.result.made for one in _prompts(board) if isinstance(one.result, CommitmentResult))
    if made:
        counts.append(say.plural("{n} commitment", "{n} commitments", made))
    lines.append(el.line(" · ".join(counts), spacing="None"))
    kept = say("This is the record: nobody answers any more, and only moderation still changes it.")
    return [*lines, el.line(kept, subtle=True, size="Small", spacing="Small")]


def _prompts(board: Board) -> Iterator[PromptBoard]:
    return (prompt for stage in board.stages for step in stage.steps for prompt in step.prompts)


def _when(began: datetime, ended: datetime, say: Words) -> str:
    """From when to when, each reader's own time; the second day only where there is one."""
    day = timedelta(minutes=el.HALF_A_DAY)
    until = el.clock(ended, el.HALF_A_DAY + 1 if ended - began > day else 0)
    return say("From {start} to {end}", start=el.clock(began, el.HALF_A_DAY + 1), end=until)


def _came_to(board: Board, say: Words, most: int) -> list[el.Element]:
    """Stage by stage what it came to, the strongest first."""
    w = board.workshop
    lines: list[el.Element] = []
    for stage in board.stages:
        came = highlights(stage, ALL) if most else ()
        if came:
            lines.append(el.line(ph.stage_name(stage.stage.id, say), weight="Bolder", size="Small"))
            lines += ph.numbered(came, w.plan, say, w.language, min(most, CAME))
    if not lines:
        return []
    head = el.heading(say("What came of it"), "Medium")
    return [el.box([head, *lines], style="emphasis", id="came", spacing="Medium")]


def _taken_home(board: Board, say: Words, most: int) -> list[el.Element]:
    if not most or not any(one.prompt.on_summary and isinstance(one.result, TextResult) for one in _prompts(board)):
        return []
    head = el.heading(say("What we take home"), "Medium")
    return [el.box([head, *sentences(board, say, most)], style="emphasis", id="home", spacing="Medium")]
