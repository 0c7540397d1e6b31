"""Changing what a template says around its stages, in a draft: how groups are formed, what follows the session."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dialogs.editor import FIELD_LIMIT, agenda_of, as_kept, draft_of, page_of, with_changes
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Turn
from workshop.drafts import Around, Changes
from workshop.plan import MIXED_BY, Plan
from workshop.said import Said, Sentence, Spoken
from workshop.views import AroundForm

router = Router()

NUMBERS = {"groups": ("size", "min", "max"), "follow_up": ("report_due_days", "plan_due_days")}
LISTS = {"groups": ("mix_by",), "follow_up": ("remind", "check_in_days")}
NOTHING = "0"
"""What is typed for none of it."""


@router.on("around")
async def around(turn: Turn, kolbot: Kolbot) -> Reply:
    """Keep the agenda's page, and go on to what is around it."""
    found = await page_of(turn, kolbot)
    if not isinstance(found, tuple):
        return found
    draft, plan, _ = found
    return Show(AroundForm(draft.id, written(plan, draft.changes)), turn.language)


@router.on("around_kept")
async def around_kept(turn: Turn, kolbot: Kolbot) -> Reply:
    """Keep what was changed, and go back to the agenda."""
    kept = await draft_of(turn, kolbot)
    if not isinstance(kept, tuple):
        return kept
    draft, plan = kept
    changed = replace(draft, changes=replace(draft.changes, around=asked_of(turn, plan)))
    sentence: Sentence | None = None
    edited = await with_changes(turn, changed)
    if not isinstance(edited, Plan):
        sentence = edited
    elif not await kolbot.drafts.keep(changed):
        sentence = Spoken(Said.NOT_STORED)
    if sentence is not None:
        typed = {name: turn.text(name)[:FIELD_LIMIT] for name in written(plan, Changes())}
        return Show(AroundForm(draft.id, typed, sentence), turn.language)
    said = Spoken(Said.QUESTIONS_KEPT if changed != draft else Said.NOTHING_TO_CHANGE)
    return Show(await agenda_of(as_kept(turn, changed), kolbot, changed, plan, said), turn.language)


def written(plan: Plan, changes: Changes) -> dict[str, str]:
    """What stands in the fields, by their ids."""
    fields: dict[str, str] = {}
    for part in NUMBERS:
        now = {**_template(plan, part), **changes.around.get(part, {})}
        fields |= {f"{part}.{name}": str(now.get(name, NOTHING)) for name in NUMBERS[part]}
        for name in LISTS[part]:
            default: Around = MIXED_BY if name == "mix_by" else ()
            fields[f"{part}.{name}"] = ", ".join(map(str, _listed(now.get(name, default)))) or NOTHING
    return fields


def asked_of(turn: Turn, plan: Plan) -> dict[str, dict[str, Around]]:
    """What the page says, where it is not what the template says. An empty field is as in the template."""
    before, found = written(plan, Changes()), dict[str, dict[str, Around]]()
    for part in NUMBERS:
        typed = {name: turn.text(f"{part}.{name}").strip() for name in (*NUMBERS[part], *LISTS[part])}
        said = {name: _value(name, words[:FIELD_LIMIT]) for name, words in typed.items() if words}
        changed = {name: value for name, value in said.items() if value != _value(name, before[f"{part}.{name}"])}
        if changed:
            found[part] = changed
    return found


def _value(name: str, typed: str) -> Around:
    """What a field says: a number, or a list of what stands between commas or spaces."""
    if name not in (*LISTS["groups"], *LISTS["follow_up"]):
        return _number(typed)
    words = typed.replace(",", " ").replace(";", " ").split()
    return [] if words == [NOTHING] else [_number(word) for word in words]


def _number(typed: str) -> int | str:
    """What should be a number and is none stays as it is: the loader says what is wrong with it."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else typed


def _template(plan: Plan, part: str) -> Mapping[str, Any]:
    data: Mapping[str, Mapping[str, Any]] = json.loads(plan.source)
    return data.get(part, {})


def _listed(value: Around) -> list[object]:
    return [*value] if not isinstance(value, int | str) else [value]
