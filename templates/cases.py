"""What a template says about cases: whose obstacles are helped with, and which steps are held about each of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from templates.part import Part
from templates.prompts import Found
from templates.texts import Reading
from templates.wrong import Fault, WrongTemplate, one_of, shown
from workshop.plan import Asked, Cases, Source, Stage, Step
from workshop.prompts import KINDS

MOST = 6
"""Most cases of one group."""


def read_cases(part: Part) -> Cases | None:
    """A stage's `cases: {from: A7, most: 3}`."""
    if not part.has("cases"):
        return None
    inner = Part(part.table.entries["cases"][1], f"cases of {part.where}", "from, most", part.reading)
    inner.knows("from", "most")
    cases = Cases(Source(inner.word("from", "the id of an earlier prompt")), inner.integer("most", 3, 1, MOST))
    part.normal["cases"] = inner.normal
    return cases


def check_cases(part: Part, stages: Sequence[Stage], asked: Sequence[Found]) -> None:
    """That cases have steps, steps have cases, and that each obstacle has an owner. Errors: `WrongTemplate`."""
    nodes = part.rows("stages", 0, 0)
    with_cases = [
        (stage, Part(node, f"stage {stage.id}", "", part.reading))
        for stage, node in zip(stages, nodes, strict=True)
        if stage.cases
    ]
    for one in asked:
        if one.prompt.by is not Asked.ALL and not step_of(stages, one).case:
            raise one.part.wrong("by", Fault.BY_WITHOUT_CASE, where=one.part.where)
        if one.prompt.by is Asked.OWNER and one.prompt.anonymous:
            raise one.part.wrong("anonymous", Fault.OWNER_ANONYMOUS, where=one.part.where)
    for stage, node in zip(stages, nodes, strict=True):
        _check_steps(stage, Part(node, f"stage {stage.id}", "", part.reading))
    if len(with_cases) > 1:
        raise with_cases[1][1].wrong("cases", Fault.CASES_TWICE, where=with_cases[1][1].where)
    for stage, of_stage in with_cases:
        _check_source(stage, of_stage, stages, asked)


def _check_steps(stage: Stage, part: Part) -> None:
    places = [number for number, step in enumerate(stage.steps) if step.case]
    if not places:
        if stage.cases:
            raise part.wrong("cases", Fault.CASES_WITHOUT_CASE, where=part.where)
        return
    steps = part.rows("steps", 0, 0)
    if not stage.cases:
        raise _at(part.reading, steps[places[0]].line, Fault.CASE_WITHOUT_CASES, stage.steps[places[0]].id)
    for before, number in pairwise(places):
        if number != before + 1:
            raise _at(part.reading, steps[number].line, Fault.CASES_APART, stage.steps[number].id)


def _at(reading: Reading, line: int, fault: Fault, step: str) -> WrongTemplate:
    return reading.wrong(line, fault, step=step)


def _check_source(stage: Stage, part: Part, stages: Sequence[Stage], asked: Sequence[Found]) -> None:
    assert stage.cases is not None
    by_id = {one.prompt.id: one for one in asked}
    block = [prompt.id for step in stage.steps if step.case for prompt in step.prompts]
    first = min(by_id[id].step for id in block)
    earlier = [one.prompt.id for one in asked if one.step < first]
    id = stage.cases.source.prompt
    if id not in earlier:
        right = one_of(earlier, id) if earlier else "cases in a later stage: nothing is asked before these"
        raise part.wrong("cases", Fault.CASES_FROM, id=shown(id), right=right)
    root = by_id[id].prompt
    while root.source is not None and root.source.prompt in by_id:
        root = by_id[root.source.prompt].prompt
    if KINDS[root.kind].takes_items:
        raise part.wrong("cases", Fault.CASES_NAMELESS, id=root.id, why="has items that nobody wrote")
    if root.anonymous or root.per_group:
        why = "is anonymous" if root.anonymous else "is asked per group"
        raise part.wrong("cases", Fault.CASES_NAMELESS, id=root.id, why=why)


def step_of(stages: Sequence[Stage], one: Found) -> Step:
    """The step that a prompt is asked in."""
    return next(step for stage in stages for step in stage.steps if one.prompt in step.prompts)
