"""The prompts of a template and what they take from each other; how a kind counts or looks is not its business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from templates.nodes import Node
from templates.part import Part
from templates.texts import TEXT_LIMIT, Reading
from templates.wrong import Fault, one_of, shown
from workshop.plan import COMMITMENTS, SEEDED, Asked, Output, Prompt, Reveal, Source, Text, WriteIn
from workshop.prompts.kind import ITEMS_LIMIT, Fields, Kind

COMMON = (
    "id", "kind", "text", "hint", "reveal", "anonymous", "required", "moderated", "from", "top",
    "quotes_challenge", "quotes", "by", "per", "on_summary", "headline", "write_in",
)  # fmt: skip
"""Keys that every prompt may have; its kind adds its own."""
OWN_ITEMS = ("options", "rows")
"""Settings by which a template itself says what a prompt asks about."""
SUMMARY_LIMIT = 140
"""Longest sentence of the closing picture, in code points."""


@dataclass(frozen=True, slots=True)
class Found:
    """A prompt with the place it was read from and the number of its step."""

    prompt: Prompt
    part: Part
    step: int


class _Names:
    """Stands in for a template to learn which settings a kind reads."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        self.names.append(name)
        return default

    def flag(self, name: str, default: bool) -> bool:
        self.names.append(name)
        return default

    def labelled(self, name: str, low: int, high: int) -> tuple[tuple[str, Text], ...]:
        self.names.append(name)
        return tuple((str(number), {}) for number in range(low))

    def pair(self, name: str, first: str, second: str, needed: bool = False) -> tuple[Text, Text] | None:
        self.names.append(name)
        return ({}, {}) if needed else None

    def named(self, name: str, low: int, high: int, settings: tuple[str, ...]) -> tuple[tuple[str, Text, Fields], ...]:
        self.names.append(name)
        return ()


def settings_of(kind: Kind) -> tuple[str, ...]:
    """The keys that a kind adds to a prompt."""
    names = _Names()
    kind.read(names)
    return (*names.names, "again") if _repeats(kind) else tuple(names.names)


def read_prompt(node: Node, number: int, step: str, reading: Reading, kinds: Mapping[str, Kind]) -> tuple[Prompt, Part]:
    """One prompt. What it takes from others is checked when all are known, by `check`."""
    part = Part(node, f"prompt {number} of {step}", "id, kind, text, …", reading)
    id = part.id("prompt", "a short name, such as K1")
    part.where = f"prompt {id}"
    name = part.word("kind", one_of(list(kinds)))
    if name not in kinds:
        raise part.wrong("kind", Fault.UNKNOWN_KIND, kind=shown(name), right=one_of(list(kinds), name))
    kind = kinds[name]
    part.knows(*COMMON, *settings_of(kind))
    text = part.text("text", TEXT_LIMIT)
    hint = part.maybe_text("hint")
    reveal = Reveal.ON_CLOSE
    if part.has("reveal"):
        word = part.word("reveal", "")
        if word not in set(Reveal):
            raise part.wrong(
                "reveal", Fault.UNKNOWN_REVEAL, name=f"“reveal” of {part.where}", got=shown(word),
                right=one_of([str(one) for one in Reveal], word),
            )  # fmt: skip
        reveal = Reveal(word)
    part.normal["reveal"] = str(reveal)
    prompt = Prompt(
        id=id,
        kind=name,
        text=text,
        rules=kind.read(part),
        hint=hint,
        reveal=reveal,
        anonymous=part.flag("anonymous", False),
        required=part.flag("required", False),
        moderated=part.flag("moderated", False),
        source=_source(part),
        quotes_challenge=part.flag("quotes_challenge", False),
        quotes=tuple(dict.fromkeys(word for word, _ in part.words("quotes"))) if part.has("quotes") else (),
        by=_by(part),
        on_summary=part.flag("on_summary", False),
        headline=part.flag("headline", False),
        per_group=_per_group(part),
        write_in=_write_in(part),
        again=part.word("again", "") if part.has("again") else "",
    )
    if prompt.anonymous and reveal is Reveal.LIVE:
        raise part.wrong("reveal", Fault.LIVE_ANONYMOUS, where=part.where)
    return prompt, part


def _by(part: Part) -> Asked:
    if not part.has("by"):
        return Asked.ALL
    known = [str(one) for one in Asked]
    word = part.word("by", one_of(known))
    if word not in known:
        right = one_of(known, word)
        raise part.wrong("by", Fault.UNKNOWN_BY, name=f"“by” of {part.where}", got=shown(word), right=right)
    return Asked(word)


def _per_group(part: Part) -> bool:
    if not part.has("per"):
        return False
    known = ["person", "group"]
    word = part.word("per", one_of(known))
    if word not in known:
        right = one_of(known, word)
        raise part.wrong("per", Fault.UNKNOWN_PER, name=f"“per” of {part.where}", got=shown(word), right=right)
    return word == "group"


def _write_in(part: Part) -> WriteIn:
    if not part.has("write_in"):
        return WriteIn.OWN
    known = [str(one) for one in WriteIn]
    word = part.word("write_in", one_of(known))
    if word not in known:
        name, right = f"“write_in” of {part.where}", one_of(known, word)
        raise part.wrong("write_in", Fault.UNKNOWN_WRITE_IN, name=name, got=shown(word), right=right)
    return WriteIn(word)


def _source(part: Part) -> Source | None:
    if not part.has("from"):
        if part.has("top"):
            raise part.wrong("top", Fault.TOP_ALONE, where=part.where)
        return None
    return Source(part.word("from", ""), part.integer("top", None, 1, ITEMS_LIMIT) if part.has("top") else None)


def check(asked: list[Found], kinds: Mapping[str, Kind], outputs: Sequence[Output] = ()) -> None:
    """What can be wrong between prompts: where they take their items from, and the summary; names of outputs stand for
    their prompts already. Errors: `WrongTemplate`."""
    by_id = {one.prompt.id: one for one in asked}
    summary = ""
    for one in asked:
        _check_items(one, by_id, kinds, outputs)
        if one.part.has("again"):
            _check_again(one, by_id)
        _check_quotes(one, by_id)
        if one.prompt.on_summary:
            _check_summary(one, summary)
            summary = one.prompt.id


def _check_items(
    one: Found, by_id: Mapping[str, Found], kinds: Mapping[str, Kind], outputs: Sequence[Output]
) -> None:
    prompt, part = one.prompt, one.part
    kind = kinds[prompt.kind]
    options = bool(getattr(prompt.rules, "options", ()))
    earlier = [
        other.prompt.id for other in by_id.values() if other.step < one.step and _gives(kinds[other.prompt.kind])
    ]
    earlier += [output.name for output in outputs if output.source.prompt in earlier]
    seeded = prompt.source is not None and prompt.source.prompt in SEEDED and prompt.source.prompt not in by_id
    if prompt.source is None:
        if kind.takes_items and not options:
            own = "".join(f"“{name}:” with two or more, or " for name in settings_of(kind) if name in OWN_ITEMS)
            right = f"{own}“from:” with the id of an earlier prompt"
            raise part.wrong("", Fault.NO_ITEMS, where=part.where, right=right)
        return
    source = prompt.source.prompt
    if not kind.takes_items:
        takers = ", ".join(name for name, other in kinds.items() if other.takes_items)
        raise part.wrong("from", Fault.FROM_NOT_TAKEN, where=part.where, kind=prompt.kind, right=takers)
    if options:
        name = next(name for name in OWN_ITEMS if part.has(name))
        raise part.wrong("from", Fault.FROM_AND_OPTIONS, where=part.where, name=name)
    if seeded:
        return
    advice = one_of(earlier, source) if earlier else "“from” in a later step: nothing is asked before this one"
    if source not in by_id:
        raise part.wrong("from", Fault.FROM_UNKNOWN, id=shown(source), right=advice)
    if by_id[source].step >= one.step:
        advice = one_of(earlier) if earlier else advice
        raise part.wrong("from", Fault.FROM_NOT_BEFORE, where=part.where, id=source, right=advice)
    if not _gives(kinds[by_id[source].prompt.kind]):
        raise part.wrong("from", Fault.FROM_NOTHING, id=source, kind=by_id[source].prompt.kind)


def _check_quotes(one: Found, by_id: Mapping[str, Found]) -> None:
    earlier = [other.prompt.id for other in by_id.values() if other.step < one.step]
    for id in one.prompt.quotes:
        if id == COMMITMENTS and id not in by_id:
            continue
        if id not in by_id:
            right = one_of(earlier, id) if earlier else "no “quotes”: nothing is asked before this one"
            raise one.part.wrong("quotes", Fault.QUOTES_UNKNOWN, id=shown(id), right=right)
        if id not in earlier:
            raise one.part.wrong("quotes", Fault.QUOTES_NOT_BEFORE, where=one.part.where, id=id)


def _gives(kind: Kind) -> bool:
    """A kind gives something to ask about later unless it says that it does not (`gives_items = False`)."""
    return bool(getattr(kind, "gives_items", True))


def _repeats(kind: Kind) -> bool:
    """A kind can be asked again if it says so (`repeats = True`)."""
    return bool(getattr(kind, "repeats", False))


def _check_again(one: Found, by_id: Mapping[str, Found]) -> None:
    """Only the first time can be asked again: before and after are two."""
    prompt, part = one.prompt, one.part
    firsts = [
        other.prompt.id
        for other in by_id.values()
        if other.step < one.step and other.prompt.kind == prompt.kind and not other.prompt.again
    ]
    if prompt.again not in firsts:
        right = one_of(firsts, prompt.again) if firsts else "no “again”: nothing like it is asked before"
        raise part.wrong("again", Fault.AGAIN_NOT_BEFORE, where=part.where, id=shown(prompt.again), right=right)
    first = by_id[prompt.again].prompt
    if first.anonymous != prompt.anonymous:
        raise part.wrong("again", Fault.AGAIN_ANONYMOUS, where=part.where, id=first.id)
    if first.per_group != prompt.per_group:
        raise part.wrong("again", Fault.AGAIN_PER, where=part.where, id=first.id)
    if first.rules != prompt.rules:
        raise part.wrong("again", Fault.AGAIN_OTHERWISE, where=part.where, id=first.id)


def _check_summary(one: Found, before: str) -> None:
    prompt, part = one.prompt, one.part
    if before:
        raise part.wrong("on_summary", Fault.SUMMARY_TWICE, id=prompt.id, first=before)
    if prompt.kind != "text":
        raise part.wrong("on_summary", Fault.SUMMARY_KIND, id=prompt.id, kind=prompt.kind)
    most = getattr(prompt.rules, "max_chars", SUMMARY_LIMIT + 1)
    if most > SUMMARY_LIMIT:
        name = "max_chars" if part.has("max_chars") else "on_summary"
        raise part.wrong(name, Fault.SUMMARY_LONG, id=prompt.id, got=most, most=SUMMARY_LIMIT)
