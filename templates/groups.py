"""What a template asks per group: only where groups work, and nothing that only a person can answer."""

from __future__ import annotations

from collections.abc import Sequence

from templates.cases import step_of
from templates.prompts import Found
from templates.wrong import Fault
from workshop.plan import Asked, Stage


def check_groups(stages: Sequence[Stage], asked: Sequence[Found]) -> None:
    """That what is asked per group makes sense for a group. Errors: `WrongTemplate`."""
    for one in asked:
        prompt, part = one.prompt, one.part
        if not prompt.per_group:
            continue
        if not step_of(stages, one).in_groups:
            raise part.wrong("per", Fault.PER_WITHOUT_GROUPS, where=part.where)
        if prompt.anonymous:
            raise part.wrong("anonymous", Fault.PER_ANONYMOUS, where=part.where)
        if prompt.by is not Asked.ALL:
            raise part.wrong("by", Fault.PER_BY, where=part.where, by=str(prompt.by))
        if prompt.quotes_challenge:
            raise part.wrong("quotes_challenge", Fault.PER_CHALLENGE, where=part.where)
