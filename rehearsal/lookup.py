"""What Teams' own search for people finds: the conversation's members, among the choices of a card that asks so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from rehearsal.people import Member

DATASETS = ("graph.microsoft.com/users?scope=currentContext", "graph.microsoft.com/users")
"""The searches that Teams makes by itself (Microsoft Learn, people picker); the second finds the whole tenant."""


SEARCHING = b'"choices.data":'
"""What stands in every card that asks for such a search; most do not, and are not copied."""


def with_people(node: Any, members: Iterable[Member]) -> Any:
    """The card with these people behind the choices of every such field, by their Entra object ids. Teams finds them
    while somebody types; here all who are not offered already are there from the start, and the field searches no
    more: the open-source renderer has a search that finds nothing of itself."""
    return _with_people(node, members) if SEARCHING in orjson.dumps(node) else node


def _with_people(node: Any, members: Iterable[Member]) -> Any:
    if isinstance(node, list):
        return [_with_people(one, members) for one in node]
    if not isinstance(node, dict):
        return node
    changed = {name: _with_people(inner, members) for name, inner in node.items()}
    query = changed.get("choices.data")
    if node.get("type") != "Input.ChoiceSet" or not isinstance(query, dict) or query.get("dataset") not in DATASETS:
        return changed
    offered = changed.get("choices") or []
    names = {choice.get("title") for choice in offered if isinstance(choice, dict)}
    found = [{"title": one.name, "value": one.object_id} for one in members if one.name not in names]
    searched = {name: inner for name, inner in changed.items() if name != "choices.data"}
    return {**searched, "choices": [*offered, *found]}
