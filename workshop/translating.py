"""Entries in other languages: the rules of translating, and what a translation does to what readers are shown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from workshop import commands as c, events as e
from workshop.model import MINIMUM, Answer, Workshop
from workshop.plan import Item, Prompt
from workshop.prompts import kind_of
from workshop.prompts.kind import Result, clean
from workshop.refusals import Reason, Refused
from workshop.still_asked import still_asked
from workshop.themes import THEME
from workshop.translations import Whose, labelled, limit_of, told_by

Outcome = tuple[e.AnyEvent, ...] | Refused


def can_be_translated(prompt: Prompt) -> bool:
    """Whether what people write to it is shown word for word: single words in a cloud are not."""
    return hasattr(kind_of(prompt), "translated")


def translate(
    w: Workshop, command: c.TranslateEntry, answers: Mapping[str, Sequence[Answer]], now: datetime
) -> Outcome:
    """Keep a translation of entries of one prompt with the same words; no words: there is none any more. What another
    moderator has written since it was seen is not written over."""
    found = _found(w, command.entries, answers)
    if found is None:
        return Refused(Reason.UNKNOWN_ENTRY)
    prompt, original, whose = found
    if command.language not in w.plan.languages:
        return Refused(Reason.UNKNOWN_LANGUAGE, {"languages": ",".join(w.plan.languages)})
    words, limit = clean(command.words, lines="\n" in original), limit_of(original)
    facts: dict[str, str | int] = {"language": command.language}
    if len(words) > limit:
        return Refused(Reason.WRONG_TRANSLATION, facts | {"why": "long", "given": len(words), "limit": limit})
    there = {entry: (told_by(w.translations)(entry) or {}).get(command.language, "") for entry in whose}
    now_ = next(filter(None, there.values()), "")
    if now_ not in (command.was, words):
        return Refused(Reason.WRONG_TRANSLATION, facts | {"why": "changed", "now": now_})
    entries = {entry: one for entry, one in whose.items() if there[entry] != words}
    if not entries:
        return ()
    return (
        e.EntryTranslated(
            by=command.by, at=now, prompt=prompt.id, language=command.language, words=words, entries=entries
        ),
    )


def _found(
    w: Workshop, entries: Sequence[str], answers: Mapping[str, Sequence[Answer]]
) -> tuple[Prompt, str, Mapping[str, Whose]] | None:
    """The prompt that these entries are of, their words, and whose they are, as far as they are still there."""
    for id, given in answers.items():
        prompt = w.plan.prompts[id]
        if not can_be_translated(prompt) or (prompt.anonymous and len(given) < MINIMUM):
            continue
        known = {
            entry: (words, Whose(answer.author, answer.case, answer.round))
            for answer in given
            for entry, words in kind_of(prompt).entries(prompt, answer)
            if entry in entries
        }
        if known:
            return prompt, next(iter(known.values()))[0], {entry: whose for entry, (_, whose) in known.items()}
    brought = {entry: one for entry, one in still_asked(w).items() if entry in entries and one[1].id not in answers}
    if not brought:
        return None
    words, asks = next(iter(brought.values()))
    return asks, words, dict.fromkeys(brought, Whose(""))


def lost(w: Workshop, happened: Iterable[e.AnyEvent], now: datetime) -> tuple[e.TranslationsLost, ...]:
    """The translations of what its author takes back or writes anew go with it."""
    if not w.translations:
        return ()
    said = [event for event in happened if isinstance(event, e.AnswerSubmitted | e.AnswerWithdrawn)]
    left = {
        (event.prompt, whose): _entries_of(w, event, whose)
        for event in said
        for whose in (Whose(event.author, event.case, event.round),)
    }
    gone = [
        entry
        for entry, one in w.translations.items()
        if (one.prompt, one.whose) in left and entry not in left[one.prompt, one.whose]
    ]
    return (e.TranslationsLost(by=said[-1].by, at=now, entries=tuple(gone)),) if gone else ()


def _entries_of(w: Workshop, event: e.AnswerSubmitted | e.AnswerWithdrawn, whose: Whose) -> frozenset[str]:
    if isinstance(event, e.AnswerWithdrawn):
        return frozenset()
    prompt = w.plan.prompts[event.prompt]
    answer = Answer(prompt.id, whose.author, event.value, whose.case, whose.round)
    return frozenset(entry for entry, _ in kind_of(prompt).entries(prompt, answer))


def in_all_languages(w: Workshop, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """What is asked about, as readers of each language see it. A theme is called what a moderator called it."""
    if not w.translations:
        return items
    told = told_by(w.translations)
    return tuple(
        item if item.key.startswith(THEME) else replace(item, label=labelled(item.label, item.entries, told))
        for item in items
    )


def lacking(w: Workshop, items: Iterable[Item], answers: Iterable[Answer]) -> Mapping[str, int]:
    """How many of these things, of those that people wrote, some readers cannot read: by the language in which they
    would. Whoever's language is not known is taken to have written in the workshop's."""
    readers = {_language(w, person.id) for person in w.joined}
    written = [item for item in items if "" in item.label and item.entries and not item.key.startswith(THEME)]
    if len(readers) < 2 or not written:
        return {}
    wanted, told = {entry for item in written for entry in item.entries}, told_by(w.translations)
    known: dict[str, set[str]] = {entry: {*(told(entry) or {})} for entry in wanted}
    for answer in answers:
        prompt = w.plan.prompts[answer.prompt]
        for entry, _ in kind_of(prompt).entries(prompt, answer) if can_be_translated(prompt) else ():
            if entry in wanted:
                known[entry].add(_language(w, answer.author))
                wanted.remove(entry)
    for entry in wanted:  # withdrawn, or of an earlier cycle
        known[entry].add(w.language)
    reads = [{language for entry in item.entries for language in known[entry]} for item in written]
    found = {language: sum(language not in languages for languages in reads) for language in w.plan.languages}
    return {language: n for language, n in found.items() if n and language in readers}


def _language(w: Workshop, person: str) -> str:
    return (w.people[person].language if person in w.people else "") or w.language


def result_in_all_languages(w: Workshop, prompt: Prompt, result: Result) -> Result:
    """A result whose entries know what they say in other languages."""
    into = getattr(kind_of(prompt), "translated", None)
    if not w.translations or into is None:
        return result
    found: Result = into(result, told_by(w.translations))
    return found
