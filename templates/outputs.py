"""The outcomes that a template names: read, checked, and put where later questions call them. It counts nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from templates.part import Part
from templates.prompts import Found
from templates.wrong import Fault, one_of, shown
from workshop.plan import SEEDED, Output, OutputType, Prompt, Source, Stage
from workshop.prompts.commitment import CommitmentKind
from workshop.prompts.kind import ITEMS_LIMIT, Kind

MOST = 10
"""Most outputs of a stage."""


@dataclass(frozen=True, slots=True)
class FoundOutput:
    """An output with the place that it was read from."""

    output: Output
    part: Part


def read_outputs(part: Part) -> tuple[FoundOutput, ...]:
    """A stage's `outputs: {open_questions: {from: K3, top: 5, type: questions}}`. What they take is checked when all
    prompts are known."""
    if not part.has("outputs"):
        return ()
    listed = part.inside("outputs", "a name, a colon, {from: …}")
    if not 1 <= len(listed.table.entries) <= MOST:
        count = len(listed.table.entries)
        raise part.wrong("outputs", Fault.COUNT, name=listed.where, count=count, low=1, high=MOST)
    found: list[FoundOutput] = []
    for name, (line, node) in listed.table.entries.items():
        inner = Part(node, f"outputs “{name}” of {part.where}", "from, top, type", part.reading)
        part.is_id(name, line)
        if name in SEEDED:
            raise part.reading.wrong(line, Fault.OUTPUT_RESERVED, name=name)
        if ("output", name) in part.reading.ids:
            first = part.reading.ids["output", name]
            raise part.reading.wrong(line, Fault.DUPLICATE_ID, id=name, what="output", first=first)
        part.reading.ids["output", name] = line
        inner.knows("from", "top", "type")
        source = inner.word("from", "the id of a prompt of this stage")
        top = inner.integer("top", None, 1, ITEMS_LIMIT) if inner.has("top") else None
        found.append(FoundOutput(Output(name, Source(source, top), _type(inner)), inner))
    part.normal["outputs"] = {one.output.name: one.part.normal for one in found}
    return tuple(found)


def _type(part: Part) -> OutputType:
    if not part.has("type"):
        return OutputType.ITEMS
    known = [str(one) for one in OutputType]
    word = part.word("type", one_of(known))
    if word not in known:
        name = f"“type” of {part.where}"
        raise part.wrong("type", Fault.UNKNOWN_TYPE, name=name, got=shown(word), right=one_of(known, word))
    return OutputType(word)


def check_outputs(
    stages: Sequence[Stage], outputs: Sequence[FoundOutput], asked: Sequence[Found], kinds: Mapping[str, Kind]
) -> None:
    """That each takes what a question of its own stage gives, and its type fits. Errors: `WrongTemplate`."""
    by_id = {one.prompt.id: one for one in asked}
    for one in outputs:
        output, part = one.output, one.part
        if output.name in by_id:
            first = by_id[output.name].part.line("id")
            raise part.wrong("", Fault.DUPLICATE_ID, id=output.name, what="prompt", first=first)
        stage = next(stage for stage in stages if output in stage.outputs)
        own = [prompt.id for step in stage.steps for prompt in step.prompts if _gives(kinds[prompt.kind])]
        id = output.source.prompt
        right = one_of(own, id) if own else "no output: this stage asks nothing that could be carried over"
        if id not in by_id:
            raise part.wrong("from", Fault.FROM_UNKNOWN, id=shown(id), right=right)
        if all(prompt.id != id for step in stage.steps for prompt in step.prompts):
            raise part.wrong("from", Fault.OUTPUT_ELSEWHERE, where=part.where, id=id, right=right)
        kind = kinds[by_id[id].prompt.kind]
        if not _gives(kind):
            raise part.wrong("from", Fault.FROM_NOTHING, id=id, kind=kind.name)
        if output.type is OutputType.COMMITMENTS and not isinstance(kind, CommitmentKind):
            raise part.wrong("type", Fault.OUTPUT_TYPE, where=part.where, id=id, kind=kind.name)


def _gives(kind: Kind) -> bool:
    return bool(getattr(kind, "gives_items", True))


def called(stages: Sequence[Stage], asked: Sequence[Found]) -> tuple[tuple[Stage, ...], list[Found]]:
    """The stages and prompts with each name of an output replaced by what it stands for; of two `top` the smaller
    counts. An id of a prompt comes before a name."""
    ids = {one.prompt.id for one in asked}
    names = {output.name: output.source for stage in stages for output in stage.outputs if output.name not in ids}
    prompts = {one.prompt.id: _called(one.prompt, names) for one in asked}
    made = tuple(
        replace(
            stage,
            steps=tuple(
                replace(step, prompts=tuple(prompts[prompt.id] for prompt in step.prompts)) for step in stage.steps
            ),
            cases=replace(stage.cases, source=_source(stage.cases.source, names)) if stage.cases else None,
        )
        for stage in stages
    )
    return made, [replace(one, prompt=prompts[one.prompt.id]) for one in asked]


def _called(prompt: Prompt, names: Mapping[str, Source]) -> Prompt:
    source = _source(prompt.source, names) if prompt.source else None
    quotes = tuple(dict.fromkeys(names[id].prompt if id in names else id for id in prompt.quotes))
    return replace(prompt, source=source, quotes=quotes)


def _source(source: Source, names: Mapping[str, Source]) -> Source:
    if source.prompt not in names:
        return source
    named = names[source.prompt]
    tops = [top for top in (source.top, named.top) if top is not None]
    return Source(named.prompt, min(tops, default=None), source.prompt)
