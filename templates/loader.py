"""Templates in and out: YAML text or stored JSON to a `Plan`. What is wrong is refused with its line, never guessed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from templates.around import read_follow_up, read_forming
from templates.cases import check_cases, read_cases
from templates.groups import check_groups
from templates.nodes import Node, Scalar, Table, from_json, from_shipped, from_text
from templates.outputs import FoundOutput, called, check_outputs, read_outputs
from templates.part import Part
from templates.prompts import Found, check, read_prompt
from templates.texts import LABEL_LIMIT, LANGUAGES, TEXT_LIMIT, Reading
from templates.wrong import Fault, WrongTemplate, shown
from workshop.plan import STAGES, Plan, Reveal, Stage, Step
from workshop.prompts import KINDS
from workshop.prompts.kind import Kind

FOLDER = Path(__file__).parent
STEP_MINUTES = 4320
"""Longest step: three days, for what everybody answers in their own time."""
LOBBY_MINUTES = 600
DAY = 1440
"""In minutes."""
CUT_LIMIT = 99
STEPS_LIMIT = 40
"""Most steps of a stage."""
RETENTION_LIMIT = 3650
"""Longest time that answers may be kept, in days."""


def read(given: str | bytes, file: str, kinds: Mapping[str, Kind] = KINDS) -> Plan:
    """The plan that a template's YAML describes. `file` is its name, for refusals. Whatever is given, the only error is
    `WrongTemplate`. For 256 KB it may compute for seconds: never on an event loop."""
    return _plan(from_text(given, file), file, kinds)


@lru_cache(maxsize=256)
def from_source(source: str) -> Plan:
    """The plan that was stored: `from_source(plan.source) == plan`. Errors: `WrongTemplate` if it was damaged."""
    return _plan(from_json(source, "stored template"), "stored template", KINDS)


@lru_cache(maxsize=256)
def from_stored(source: str) -> Plan:
    """As `from_source`, of a workshop that may have been opened when less was refused: what was anonymous and shown at
    once is shown when its step closes. Errors: `WrongTemplate` if it was damaged."""
    try:
        return from_source(source)
    except WrongTemplate as wrong:
        if wrong.code is not Fault.LIVE_ANONYMOUS:
            raise
    plan = json.loads(source)
    for prompt in (prompt for stage in plan["stages"] for step in stage["steps"] for prompt in step.get("prompts", ())):
        if prompt["anonymous"] and prompt["reveal"] == Reveal.LIVE:
            prompt["reveal"] = str(Reveal.ON_CLOSE)
    return from_source(json.dumps(plan, ensure_ascii=False, separators=(",", ":")))


def _place(plan: Plan) -> tuple[bool, int, str]:
    """Where a plan stands among others: the longest of a day first, those of several days last."""
    return plan.minutes > DAY, -plan.minutes, plan.id


_read_once = lru_cache(maxsize=64)(read)
"""For files: the same bytes are the same plan, also where many bots are made in one process."""


@lru_cache(maxsize=1)
def _shipped() -> tuple[Plan, ...]:
    files = [(path.read_bytes(), path.name) for path in FOLDER.glob("*.yaml")]
    plans = [_plan(from_shipped(given, file), file, KINDS) for given, file in files]
    return tuple(sorted(plans, key=_place))


def shipped() -> dict[str, Plan]:
    """The templates of this folder by id, the longest session of a day first, those of several days last."""
    return {plan.id: plan for plan in _shipped()}


def with_own(folder: str) -> dict[str, Plan]:
    """The shipped templates and those of an operator's folder (none for ""); one of theirs takes the place of a shipped
    one with the same id. Errors: `WrongTemplate`, `OSError`."""
    own = [_read_once(path.read_bytes(), path.name) for path in sorted(Path(folder).glob("*.yaml"))] if folder else []
    plans = shipped() | {plan.id: plan for plan in own}
    return {plan.id: plan for plan in sorted(plans.values(), key=_place)}


def _plan(node: Node, file: str, kinds: Mapping[str, Kind]) -> Plan:
    reading = Reading(file)
    part = Part(node, "the template", "id, languages, title, about, stages", reading)
    part.knows(
        "id", "languages", "title", "about", "lobby_minutes", "retention_days", "groups", "follow_up", "stages"
    )
    id = part.id("template", "a short name, such as peer-learning-90")
    reading.languages = _languages(part)
    plan = Plan(
        id=id,
        title=part.text("title", LABEL_LIMIT),
        about=part.text("about", TEXT_LIMIT),
        languages=reading.languages,
        stages=(),
        source="",
        lobby_minutes=part.integer("lobby_minutes", 0, 0, LOBBY_MINUTES),
        retention_days=part.integer("retention_days", 60, 1, RETENTION_LIMIT),
        forming=read_forming(part),
    )
    plan = replace(plan, follow_up=read_follow_up(part, plan.retention_days))
    asked: list[Found] = []
    outputs: list[FoundOutput] = []
    stages = _stages(part, asked, outputs, kinds)
    check_outputs(stages, outputs, asked, kinds)
    stages, asked = called(stages, asked)
    check(asked, kinds, [one.output for one in outputs])
    check_cases(part, stages, asked)
    check_groups(stages, asked)
    source = json.dumps(part.normal, ensure_ascii=False, separators=(",", ":"))
    return replace(plan, stages=stages, source=source)


def _languages(part: Part) -> tuple[str, ...]:
    known = ", ".join(LANGUAGES)
    part.needs("languages", f"“languages: [en]”, or more of {known}")
    found: list[str] = []
    for code, line in part.words("languages"):
        if code not in LANGUAGES:
            raise part.reading.wrong(line, Fault.UNKNOWN_LANGUAGE, language=shown(code), known=known)
        if code in found:
            raise part.reading.wrong(line, Fault.LANGUAGE_TWICE, language=code)
        found.append(code)
    return tuple(found)


def _stages(part: Part, asked: list[Found], outputs: list[FoundOutput], kinds: Mapping[str, Kind]) -> tuple[Stage, ...]:
    known = ", ".join(STAGES)
    part.needs("stages", f"“stages:” with {known}")
    nodes = part.rows("stages", 0, 0)
    for number, (node, right) in enumerate(zip(nodes, STAGES, strict=False), 1):
        said = node.entries.get("id", (0, None))[1] if isinstance(node, Table) else None
        if isinstance(said, Scalar) and not said.is_nothing and said.words != right:
            raise part.reading.wrong(
                said.line, Fault.STAGE_ORDER, number=number, id=shown(said.words), right=right, known=known
            )
    if len(nodes) != len(STAGES):
        raise part.wrong("stages", Fault.STAGES, count=len(nodes), known=known)
    stages: list[Stage] = []
    normal: list[dict[str, object]] = []
    first_number = 0
    for number, node in enumerate(nodes, 1):
        of_stage = Part(node, f"stage {number}", "id, aim, steps", part.reading)
        stages.append(_stage(of_stage, STAGES[number - 1], first_number, asked, outputs, kinds))
        first_number += len(stages[-1].steps)
        normal.append(of_stage.normal)
    part.normal["stages"] = normal
    return tuple(stages)


def _stage(
    part: Part,
    right: str,
    first_number: int,
    asked: list[Found],
    outputs: list[FoundOutput],
    kinds: Mapping[str, Kind],
) -> Stage:
    part.knows("id", "aim", "in_groups", "cases", "outputs", "steps")
    id = part.id("stage", f"“{right}”")
    part.where = f"stage {id}"
    aim = part.text("aim")
    in_groups = part.flag("in_groups", False)
    cases = read_cases(part)
    own = read_outputs(part)
    outputs.extend(own)
    part.needs("steps", f"“steps:” with a list of 1 to {STEPS_LIMIT}")
    steps: list[Step] = []
    normal: list[dict[str, object]] = []
    for number, node in enumerate(part.rows("steps", 1, STEPS_LIMIT), 1):
        of_step = Part(node, f"step {number} of {part.where}", "id, title, minutes, prompts", part.reading)
        steps.append(_step(of_step, first_number + number, in_groups, asked, kinds))
        normal.append(of_step.normal)
    part.normal["steps"] = normal
    return Stage(id, aim, tuple(steps), cases, tuple(one.output for one in own))


def _step(part: Part, number: int, in_groups: bool, asked: list[Found], kinds: Mapping[str, Kind]) -> Step:
    part.knows("id", "title", "minutes", "say", "in_groups", "case", "cut", "prompts", "break")
    id = part.id("step", "a short name, such as vote")
    part.where = f"step {id}"
    title = part.text("title", LABEL_LIMIT)
    minutes = part.integer("minutes", None, 1, STEP_MINUTES)
    say = part.maybe_text("say")
    cut = part.integer("cut", 0, 0, CUT_LIMIT)
    if part.flag("break", False):
        for name in ("prompts", "case"):
            if part.has(name):
                raise part.wrong(name, Fault.BREAK_ASKS, where=part.where, name=name)
        return Step(id, title, minutes, (), say, cut=cut)
    if not part.has("prompts"):
        raise part.wrong("", Fault.ASKS_NOTHING, where=part.where)
    found: list[Found] = []
    for place, node in enumerate(part.rows("prompts", 1, 3), 1):
        prompt, of_prompt = read_prompt(node, place, part.where, part.reading, kinds)
        found.append(Found(prompt, of_prompt, number))
    asked.extend(found)
    part.normal["prompts"] = [one.part.normal for one in found]
    case, together = part.flag("case", False), part.flag("in_groups", in_groups)
    return Step(id, title, minutes, tuple(one.prompt for one in found), say, case, together, cut)
