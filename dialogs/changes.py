"""What the fields of the editor's pages say, as changes of a template; what is empty is as the template has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.turn import Turn
from templates.loader import STEP_MINUTES
from workshop.drafts import Changes, Setting
from workshop.plan import Plan, Prompt, Step, in_language
from workshop.prompts.kind import clean
from workshop.refusals import Reason, Refused

Settings = Mapping[str, Mapping[str, int]]
"""The whole numbers among the settings of each prompt."""


def minutes_of(turn: Turn, plan: Plan) -> dict[str, int] | Refused:
    """The minutes by step, where they are not the template's; why they cannot be taken."""
    found: dict[str, int] = {}
    for step in (place.step for place in plan.places):
        typed = turn.text(f"m.{step.id}").strip()
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
        if typed and not 0 <= number <= STEP_MINUTES:
            facts: dict[str, str | int] = {"step": in_language(step.title, turn.language), "limit": STEP_MINUTES}
            return Refused(Reason.WRONG_STEP_MINUTES, facts)
        if typed and number != step.minutes:
            found[step.id] = number
    return found


def written(plan: Plan, step: Step, changes: Changes, settings: Settings) -> dict[str, str]:
    """What stands in the fields of a step's page, by their ids."""
    fields: dict[str, str] = {}
    for prompt in step.prompts:
        texts, set_to = changes.texts.get(prompt.id, {}), changes.settings.get(prompt.id, {})
        fields |= {f"t.{prompt.id}.{code}": texts.get(code, prompt.text[code]) for code in plan.languages}
        for id, name, value in _settings(prompt, settings):
            now = set_to.get(name, value)
            fields[id] = str(now).lower() if isinstance(now, bool) else str(now)
    titles = changes.titles.get(step.id, {})
    fields |= {f"s.{code}": titles.get(code, step.title[code]) for code in plan.languages}
    if not step.case:
        fields["g"] = str(changes.together.get(step.id, step.in_groups)).lower()
    return fields


def _settings(prompt: Prompt, settings: Settings) -> list[tuple[str, str, Setting]]:
    """The settings of a question that can be changed: the field's id, the template's name, its value there."""
    return [
        (f"r.{prompt.id}", "reveal", str(prompt.reveal)),
        (f"l.{prompt.id}", "write_in", str(prompt.write_in)),
        (f"a.{prompt.id}", "anonymous", prompt.anonymous),
        (f"q.{prompt.id}", "required", prompt.required),
        *((f"n.{prompt.id}.{name}", name, value) for name, value in settings.get(prompt.id, {}).items()),
    ]


def asked_of(turn: Turn, plan: Plan, step: Step, before: Changes, settings: Settings) -> Changes:
    """The changes after a step's page was sent: a field that is empty is as in the template."""
    texts, set_to, together = dict(before.texts), dict(before.settings), dict(before.together)
    for prompt in step.prompts:
        words = {code: clean(turn.text(f"t.{prompt.id}.{code}")) for code in plan.languages}
        texts[prompt.id] = {code: said for code, said in words.items() if said and said != prompt.text[code]}
        values = {name: _value(turn.text(id).strip(), value) for id, name, value in _settings(prompt, settings)}
        as_it_is = {name: value for _, name, value in _settings(prompt, settings)}
        set_to[prompt.id] = {name: value for name, value in values.items() if value != as_it_is[name]}
    words = {code: clean(turn.text(f"s.{code}"), lines=False) for code in plan.languages}
    changed = {code: said for code, said in words.items() if said and said != step.title[code]}
    titles = {**before.titles, step.id: changed}
    if not step.case:
        together[step.id] = turn.flag("g")
    return replace(
        before,
        texts={id: said for id, said in texts.items() if said},
        settings={id: said for id, said in set_to.items() if said},
        titles={id: said for id, said in titles.items() if said},
        together={id: on for id, on in together.items() if id != step.id or on != step.in_groups},
    )


def _value(typed: str, value: Setting) -> Setting:
    """What a field says. What should be a number and is none stays as it is: the loader says what is wrong with it."""
    if not typed:
        return value
    if isinstance(value, bool):
        return typed == "true"
    if isinstance(value, int) and typed.isascii() and typed.isdigit() and len(typed) < 10:
        return int(typed)
    return typed
