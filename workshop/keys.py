"""Under which names things of a workshop are kept: where, items, themes, answers of groups. It knows no workshop."""

from __future__ import annotations


def channel_of(home: str) -> str:
    """The channel that a thread is in (Teams writes a thread as channel and first message); a chat is its own."""
    return home.partition(";")[0]


def items_key(prompt_id: str, group: int) -> str:
    """Under which name a group's own items of a prompt are kept."""
    return f"{prompt_id}@{group}"


def case_items_key(prompt_id: str, case: str) -> str:
    """Under which name a case's own items of a prompt are kept."""
    return f"{prompt_id}#{case}"


def prompt_of(items_name: str) -> str:
    """The prompt whose items are kept under a name (ids have neither sign in them)."""
    return items_name.partition("@")[0].partition("#")[0]


def items_key_of(prompt_id: str, case: str) -> str:
    """Under which name what a prompt asks about is kept: in a case (its key), or where that is empty in none."""
    return case_items_key(prompt_id, case) if case else prompt_id


def themes_key(prompt_id: str, column: str) -> str:
    """Under which name the themes of a column of notes are kept."""
    return f"{prompt_id}/{column}"


def group_key(number: int, forming: int) -> str:
    """Under which name answers of a group are kept: its number (0: everybody together, where there are no groups), and
    which forming of groups it is of. Groups that are formed anew begin with nothing; what the earlier ones gave stays
    theirs."""
    return f"group:{number}" if number == 0 or forming <= 1 else f"group:{number}/{forming}"


def told_key(prompt: str, case: str, group: str) -> str:
    """Under which name is kept whose hand an answer of a group is from."""
    return f"{prompt}#{case}@{group}"
