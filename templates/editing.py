"""A template with somebody's changes in it, read again by all rules of the loader; it never keeps anything."""

from __future__ import annotations

import json
from typing import Any

from templates.loader import from_source
from workshop.drafts import Changes
from workshop.plan import Plan, Text

Data = dict[str, Any]


class StillNeeded(Exception):
    """A step cannot be left out. `step` and `by` are titles: of the step, and of the one that needs what it gives;
    `by` is None where its stage would have no step left."""

    def __init__(self, step: Text, by: Text | None) -> None:
        super().__init__("a step that is left out is needed")
        self.step, self.by = step, by


def edited(source: str, changes: Changes) -> Plan:
    """The plan of a stored template with these changes. Errors: `StillNeeded`; `WrongTemplate` where a change breaks
    a rule. Some milliseconds of computing: not on an event loop."""
    plan: Data = json.loads(source)
    _leave_out(plan, {step for step, minutes in changes.minutes.items() if not minutes})
    for name, said in changes.around.items():
        plan[name] = {key: value for key, value in {**plan.get(name, {}), **said}.items() if (key, value) != ("max", 0)}
    if plan.get("groups", {}).get("size") == 0:
        del plan["groups"]
    for step in (step for stage in plan["stages"] for step in stage["steps"]):
        step["minutes"] = changes.minutes.get(step["id"], step["minutes"])
        step["title"] = {**step["title"], **changes.titles.get(step["id"], {})}
        if step["id"] in changes.together:
            step["in_groups"] = changes.together[step["id"]]
        for prompt in step.get("prompts", ()):
            prompt["text"] = {**prompt["text"], **changes.texts.get(prompt["id"], {})}
            prompt.update(changes.settings.get(prompt["id"], {}))
    return from_source(json.dumps(plan, ensure_ascii=False, separators=(",", ":")))


def named(plan: Plan, id: str, name: str | None) -> Plan:
    """The same plan under another id and name, in all its languages; None keeps its titles. Errors: `WrongTemplate`."""
    data: Data = json.loads(plan.source)
    data["id"] = id
    if name is not None:
        data["title"] = dict.fromkeys(plan.languages, name)
    return from_source(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def settings_of(plan: Plan) -> dict[str, dict[str, int]]:
    """The settings of each prompt that are whole numbers, by prompt: defaults too, as the loader read them."""
    data: Data = json.loads(plan.source)
    prompts = (prompt for stage in data["stages"] for step in stage["steps"] for prompt in step.get("prompts", ()))
    return {prompt["id"]: {name: value for name, value in prompt.items() if type(value) is int} for prompt in prompts}


def _leave_out(plan: Data, out: set[str]) -> None:
    gone: dict[str, Data] = {}
    for stage in plan["stages"]:
        kept = [step for step in stage["steps"] if step["id"] not in out]
        if not kept:
            raise StillNeeded(stage["steps"][-1]["title"], None)
        gone |= {prompt["id"]: step for step in stage["steps"] if step not in kept for prompt in _prompts(step)}
        stage["steps"] = kept
    for stage in plan["stages"]:
        outputs = stage.pop("outputs", {})
        gone |= {name: gone[output["from"]] for name, output in outputs.items() if output["from"] in gone}
        if left := {name: output for name, output in outputs.items() if name not in gone}:
            stage["outputs"] = left
    for stage in plan["stages"]:
        cases = [step for step in stage["steps"] if step.get("case")]
        if not cases:
            stage.pop("cases", None)
        elif stage["cases"]["from"] in gone:
            raise StillNeeded(gone[stage["cases"]["from"]]["title"], cases[0]["title"])
        for step in stage["steps"]:
            for prompt in _prompts(step):
                _without(prompt, step, gone)


def _without(prompt: Data, step: Data, gone: dict[str, Data]) -> None:
    for name in ("from", "again"):
        if prompt.get(name) in gone:
            raise StillNeeded(gone[prompt[name]]["title"], step["title"])
    # A quotation is a kindness, not material: the form does without.
    quotes = [id for id in prompt.pop("quotes", ()) if id not in gone]
    if quotes:
        prompt["quotes"] = quotes


def _prompts(step: Data) -> list[Data]:
    return list(step.get("prompts", ()))
