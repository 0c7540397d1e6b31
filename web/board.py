"""The board as a live page: the cycle, and what every step gave, as drawings with the same content as text. It holds
nothing that its reader may not see: what is not shown yet is a number of answers, here as on the card."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Any

from cards.console import status
from cards.phrases import stage_name
from cards.translated import said_so
from cards.voices import group_name
from dialogs.whereabouts import speaks
from drawings.authors import author, group_of
from drawings.css import PAGE, follows_page
from drawings.prompt import prompt_picture
from drawings.svg import element, write
from drawings.wheel import wheel
from locales import Words, words
from web import drawing
from web.acts import turn_of
from web.opened import Options, Parts, Seen
from workshop.model import Status, Workshop
from workshop.passes import Pass
from workshop.plan import in_language
from workshop.spotlight import Spotlight, spotlight
from workshop.tally import Board, Progress, PromptBoard, StageBoard, StepBoard, board_of, highlights
from workshop.translations import first_into

BOARD = "board"
"""The page's name: in its address, and in what lets somebody into it."""
WIDE, NARROW = 960.0, 480.0
"""px that drawings are laid out for: on a phone half as many, so that what is written stays as large."""
HANDED_ON = 3
"""Results of a stage that are named beside the wheel."""
BOARDS = 24
"""Counted boards that are kept, of all workshops and groups, of each the newest only."""
KEPT = 600
"""Steps whose drawings are kept: a prompt that has not changed is not drawn again."""

_SPOKEN = re.compile(r"<title>.*?</title><desc>.*?</desc>", re.DOTALL)
"""A drawing's content as text: the page has it below the drawing for whoever asks for it."""


_Figures = dict[tuple[str, str], tuple[PromptBoard, dict[str, Any]]]
"""A step's drawings, by prompt and case, each with what was drawn."""


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody sees the board: all with the same look are sent the same."""

    language: str
    group: int
    own: bool
    """It is their own group, which sees its own step as soon as it has closed it."""
    narrow: bool
    text: bool
    """The same content as text stands below the drawings."""


class BoardPage:
    """Implements `web.opened.Page`, for everybody in the workshop's conversation."""

    tells_time = False

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int, Look], _Figures] = OrderedDict()
        self._boards: OrderedDict[tuple[str, int, bool], Board] = OrderedDict()
        self._lights: dict[str, tuple[int, Spotlight | None]] = {}
        self._lock = Lock()

    def key(self, seen: Workshop, given: Pass, options: Options) -> Hashable | None:
        """By language, group and width: nobody sees more here for being a facilitator."""
        return self._look(seen, given, options)

    def draw(self, seen: Seen, given: Pass, options: Options) -> Parts:
        """The newest step first."""
        look = self._look(seen.workshop, given, options)
        say, w = words(look.language), seen.workshop
        board = self._board(seen, look)
        parts = {"head": drawing.part("board.html", "head", _head(board, look, say))}
        light = self._light(seen)
        if light is not None:
            parts["light"] = drawing.part("board.html", "light", _light(w, light, say))
        parts["cycle"] = drawing.part("board.html", "cycle", _cycle(board, say))
        steps = [(stage, step) for stage in board.stages for step in stage.steps if _asked(step)]
        for stage, step in sorted(steps, key=lambda one: _age(one[1])):
            facts = self._step(w, stage, step, look, say)
            parts[f"step-{step.place.number}"] = drawing.part("board.html", "step", facts)
        if not steps:
            parts["nothing"] = drawing.part("board.html", "nothing", {"words": say("Nothing has been asked yet.")})
        return parts

    def _board(self, seen: Seen, look: Look) -> Board:
        """Counted once for all languages and widths."""
        w = seen.workshop
        key = (w.id, look.group, look.own)
        with self._lock:
            found = self._boards.get(key)
        if found is None or found.revision != w.revision:
            found = board_of(w.for_group(look.group) if look.own else w, seen.answers, group=look.group)
            with self._lock:
                self._boards[key] = found
                if len(self._boards) > BOARDS:
                    self._boards.popitem(last=False)
        return found

    def _light(self, seen: Seen) -> Spotlight | None:
        """What is shown large to everybody, found once for all who look."""
        w = seen.workshop
        if w.lit is None:
            return None
        kept = self._lights.get(w.id)
        if kept is None or kept[0] != w.revision:
            kept = w.revision, spotlight(w, seen.answers)
            # A new one each time: pages are drawn in threads.
            self._lights = dict([*self._lights.items(), (w.id, kept)][-BOARDS:])
        return kept[1]

    def _look(self, seen: Workshop, given: Pass, options: Options) -> Look:
        asked = int(options.get("group", "0"))
        group = asked if any(one.number == asked for one in seen.groups) else 0
        own = seen.group_of(given.person)
        language = speaks(turn_of(given, seen, BOARD, options), seen)
        return Look(language, group, own is not None and own.number == group, "narrow" in options, "text" in options)

    def _step(self, w: Workshop, stage: StageBoard, step: StepBoard, look: Look, say: Words) -> dict[str, Any]:
        """A step with a drawing of each prompt; those of before, where nothing in them has changed."""
        key = (w.id, step.place.number, look)
        with self._lock:
            before = self._kept.get(key, {})
        figures: _Figures = {}
        for prompt in _by_case(step):
            name = prompt.prompt.id, prompt.case.key if prompt.case else ""
            had = before.get(name)
            if had is None or had[0] != prompt:
                had = prompt, _figure(prompt, step.place.stage_number, look, say, w.language)
            figures[name] = had
        with self._lock:
            self._kept[key] = figures
            self._kept.move_to_end(key)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return {
            "number": step.place.number,
            "stage": step.place.stage_number + 1,
            "stage_name": stage_name(stage.stage.id, say),
            "title": in_language(step.place.step.title, say.language, w.language),
            "now": say("now") if step.progress is Progress.NOW else "",
            "figures": [figure for _, figure in figures.values()],
        }


def _age(step: StepBoard) -> tuple[bool, int]:
    """The current step first, then the newest."""
    return step.progress is not Progress.NOW, -step.place.number


def _asked(step: StepBoard) -> bool:
    return step.progress in (Progress.NOW, Progress.DONE) and bool(step.prompts)


def _by_case(step: StepBoard) -> list[PromptBoard]:
    """Its prompts, those of one case one after the other."""
    by_case: dict[str, list[PromptBoard]] = {}
    for prompt in step.prompts:
        by_case.setdefault(prompt.case.key if prompt.case else "", []).append(prompt)
    return [prompt for prompts in by_case.values() for prompt in prompts]


def _figure(prompt: PromptBoard, stage: int, look: Look, say: Words, otherwise: str) -> dict[str, Any]:
    """Its drawing, named by the question and the case that it is about."""
    width = NARROW if look.narrow else WIDE
    made = prompt_picture(prompt, stage=stage, say=say, otherwise=otherwise, palette=PAGE, width=width)
    lines = made.text.split("\n")
    return {
        "name": " · ".join(lines[: 2 if prompt.case else 1]),
        "svg": _silent(made.svg),
        "lines": lines if look.text else [],
        "notes": [say("Anonymous, so of all groups together.")] if prompt.pooled else [],
    }


def _silent(svg: str) -> str:
    """A drawing whose content can be had as text."""
    return follows_page(_SPOKEN.sub("", svg, count=1)).replace(' role="img"', ' aria-hidden="true"', 1)


def _head(board: Board, look: Look, say: Words) -> dict[str, Any]:
    w = board.workshop
    groups = [("", say("All groups")), *((str(one.number), group_name(one.number, say)) for one in w.groups)]
    return {
        "heading": say("The board"),
        "title": w.title_in(say.language),
        "status": status(w, say),
        "stage": w.place.stage_number + 1 if w.place else 0,
        "whose": say("Whose answers"),
        "groups": groups if len(groups) > 1 else [],
        "group": str(look.group) if look.group else "",
        "as_text": say("As text"),
        "text": look.text,
        "projector": say("Projector view"),
        "position": say("Page {page} of {pages}", page="{page}", pages="{pages}"),
        "window": say("In a window of its own"),
        "until": drawing.instant(w.closes_at) if w.status is Status.OPEN and w.closes_at else "",
        "keys": say("Arrow keys turn the pages, B makes the screen black, Esc ends it."),
    }


def _light(w: Workshop, light: Spotlight, say: Words) -> dict[str, Any]:
    """What is in the spotlight; it is known by its words, which stand there anyway."""
    stage = w.plan.place_of[light.prompt.id].stage_number + 1
    who = " · ".join(part for part in (author(light.who, say), group_of(light.who, say)) if part)
    into = first_into((light.into,), say.language)
    title, words = say("Shown large to everybody now"), into or light.words
    lengths = (60, 140, 280)
    return {
        "key": sha256(words.encode()).hexdigest()[:16],
        "stage": stage,
        "title": title,
        "question": in_language(light.prompt.text, say.language, w.language),
        "words": words,
        "written": said_so(light.words, say) if into else "",
        "who": who,
        "length": next((n for n, most in enumerate(lengths) if len(words) <= most), len(lengths)),
        "aloud": " ".join(part for part in (f"{title}:", words, f"– {who}" if who else "") if part),
    }


def _cycle(board: Board, say: Words) -> dict[str, Any]:
    """Where all are on the wheel, and what each stage has handed on."""
    w = board.workshop
    names = [stage_name(stage.stage.id, say) for stage in board.stages]
    now = next((n for n, stage in enumerate(board.stages) if stage.progress is Progress.NOW), None)
    done = [n for n, stage in enumerate(board.stages) if stage.progress is Progress.DONE]
    size = 260.0
    ring = wheel(names, x=size / 2, y=size / 2, radius=size / 2 - 4, current=now, done=done, palette=PAGE)
    whole = element("svg", ring, viewBox=f"0 0 {size:g} {size:g}", aria_hidden="true", font_family="inherit")
    told = {Progress.DONE: say("done"), Progress.NOW: say("now")}
    return {
        "title": say("The cycle"),
        "svg": follows_page(write(whole)),
        "handed": say("handed on"),
        "stages": [
            {
                "number": n + 1,
                "name": names[n],
                "progress": told.get(stage.progress, ""),
                "current": n == now,
                "items": [in_language(one.label, say.language, w.language) for one in highlights(stage, HANDED_ON)],
            }
            for n, stage in enumerate(board.stages)
        ],
    }
