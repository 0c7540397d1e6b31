"""The stage table as a drawing (Mermaid) and the roles table as a page: docs/design.md holds what this prints."""

from __future__ import annotations

from workshop.model import Status
from workshop.roles import MAY
from workshop.rules import TABLE


def stages() -> str:
    """The life of a workshop as a Mermaid state diagram, from `rules.TABLE`. What leaves the status as it is is left
    out, except where that is one of several ways."""
    lines = ["stateDiagram-v2", f"    [*] --> {Status.LOBBY}"]
    for status, commands in TABLE.items():
        by_way: dict[str, list[str]] = {}
        for command, leads_to in commands.items():
            for after in leads_to:
                if after != status or len(leads_to) > 1:
                    by_way.setdefault(after, []).append(command.__name__)
        lines += [f"    {status} --> {after}: {', '.join(names)}" for after, names in by_way.items()]
        if not commands:
            lines.append(f"    {status} --> [*]")
    return "\n".join(lines)


def roles() -> str:
    """Who may do what as a Markdown table, from `roles.MAY`."""
    lines = ["| command | who may |", "|---|---|"]
    for command, who in MAY.items():
        lines.append(f"| {command.__name__} | {', '.join(sorted(who))} |")
    return "\n".join(lines)
