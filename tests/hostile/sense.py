"""What an activity asks for, read from its JSON alone, and who may have that done: the judge's own book of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot import mentions
from bot.commands import understand

ANYBODY, JOINED, LEADS, MODERATES, RESCUES = (
    frozenset[str](), frozenset({"joined"}), frozenset({"facilitator"}), frozenset({"facilitator", "moderator"}),
    frozenset({"reserve", "moderator"}),
)  # fmt: skip


@dataclass(frozen=True)
class May:
    """Who may (any of these columns of `people`; empty: anybody), and the lines that the audit trail may get."""

    roles: frozenset[str]
    audit: frozenset[str] = frozenset()


def _leading(*audit: str) -> May:
    return May(LEADS, frozenset(audit))


BOOK: Mapping[str, May] = {
    "open": May(ANYBODY, frozenset({"Opened", "PersonChanged"})),
    "agenda_open": May(ANYBODY, frozenset({"Opened", "PersonChanged"})),
    "joined": May(ANYBODY, frozenset({"PersonPlaced"})),
    "chosen": May(ANYBODY),
    "stage": May(ANYBODY, frozenset({"StagePostedAgain"})),
    "board": May(ANYBODY, frozenset({"BoardPostedAgain"})),
    "submit": May(JOINED),
    "withdraw": May(JOINED),
    "answer_case": May(JOINED, frozenset({"CaseAnswered"})),
    "drop_cases": _leading("CaseAnswered"),
    "start": _leading("StepOpened", "CasesProposed"),
    "next": _leading("StepClosed", "StepOpened", "CasesProposed", "Finished"),
    "back": _leading("StepClosed", "StepOpened", "CasesProposed"),
    "reopen": _leading("StepOpened"),
    "close": _leading("StepClosed"),
    "extend": _leading("DeadlineChanged"),
    "pause": _leading("Paused"),
    "resume": _leading("Resumed"),
    "finish": _leading("StepClosed", "Finished"),
    "cancel": _leading("StepClosed", "Cancelled"),
    "nudge": _leading("Nudged"),
    "late": _leading("LateAllowed"),
    "reveal": _leading("AnswersRevealed"),
    "picked": _leading("ItemsPicked"),
    "add_practices": _leading("PracticesChanged"),
    "remove_practices": _leading("PracticesChanged"),
    "table_in": _leading("PracticesChanged", "ListChanged"),
    "expect": _leading("ListChanged"),
    "forget_list": _leading("ListChanged"),
    "form_groups": _leading("GroupsFormed"),
    "move_to_group": _leading("PersonPlaced"),
    "dissolve_groups": _leading("GroupsFormed"),
    **dict.fromkeys(
        ("group_facilitator", "no_group_facilitator", "lead_group", "unlead_group"), _leading("GroupFacilitatorNamed")
    ),
    **dict.fromkeys(("group_here", "bind"), _leading("GroupBound")),
    "unbind": _leading("GroupUnbound"),
    "name_speaks": _leading("SpokespersonChanged"),
    "speak": May(JOINED, frozenset({"SpokespersonChanged"})),
    **dict.fromkeys(
        ("facilitator", "moderator", "reserve", "no_facilitator", "no_moderator", "no_reserve"),
        _leading("PersonChanged"),
    ),
    **dict.fromkeys(("named", "unnamed"), _leading("PersonChanged", "GroupFacilitatorNamed")),
    "moderated": May(
        MODERATES, frozenset({"EntryHidden", "EntryRestored", "EntryApproved", "EntrySpotlit", "SpotlightEnded"})
    ),
    "spotlight": May(MODERATES, frozenset({"EntrySpotlit"})),
    "translated": May(MODERATES, frozenset({"EntryTranslated"})),
    "end_spotlight": May(MODERATES, frozenset({"SpotlightEnded"})),
    **dict.fromkeys(
        ("put_into_theme", "accept_theme", "rename_theme", "merge_themes", "undo_theme"),
        May(MODERATES, frozenset({"ThemesChanged"})),
    ),
    "takeover": May(RESCUES, frozenset({"PersonChanged"})),
}
"""All that has an effect on a workshop. Whatever else an activity asks for may show something, and change nothing."""


@dataclass(frozen=True)
class Sense:
    """Who asks for what, where; `names` are the people mentioned, by the ids that Teams gives them."""

    who: str
    verb: str
    tenant: str
    home: str
    personal: bool
    delivery: str
    typed: bool
    names: frozenset[str]


def sense_of(activity: Any) -> Sense:
    """What a well-formed activity asks for. KeyError, TypeError or AttributeError where it is not well-formed."""
    conversation, channel = activity["conversation"], activity.get("channelData")
    said = channel.get("tenant") if isinstance(channel, dict) else None
    tenant = _text(said, "id") if isinstance(said, dict) else ""
    sender = activity["from"]
    home = sender.get("tenantId")
    verb, typed, names = _verb_of(activity)
    return Sense(
        who=f"{home if isinstance(home, str) and home else tenant}:{sender.get('aadObjectId') or sender['id']}".lower(),
        verb=verb,
        tenant=tenant,
        home=conversation["id"],
        personal=conversation.get("conversationType") == "personal",
        delivery=f"{conversation['id']}|{activity['id']}" if activity.get("id") else "",
        typed=typed,
        names=frozenset(names),
    )


def _verb_of(activity: dict[str, Any]) -> tuple[str, bool, set[str]]:
    """The verb, whether it was typed, and who was mentioned with it. Nothing where nothing is asked of the bot."""
    value: Any = activity.get("value")
    if activity["type"] == "invoke":
        if activity.get("name") in ("task/fetch", "task/submit"):
            return _text(value["data"], "verb"), False, _chosen(value["data"])
        if activity.get("name") != "adaptiveCard/action":
            return _NO
        return _text(value["action"], "verb"), False, _chosen(value["action"].get("data"))
    if activity["type"] == "installationUpdate":
        return "", activity.get("action") == "add", set()
    if activity["type"] != "message":
        return _NO
    if isinstance(value, dict) and not activity.get("text"):
        return _text(value, "verb"), True, set()
    entities = activity.get("entities")
    spoken = [each for each in entities if isinstance(each, dict)] if isinstance(entities, list) else []
    ids = {_mentioned(entity) for entity in spoken if str(entity.get("type", "")).lower() == "mention"}
    bot = activity["recipient"]["id"]
    if bot not in ids and activity["conversation"].get("conversationType") != "personal":
        return _NO
    said = mentions.read(activity.get("text"), spoken, bot)
    typed = understand(said.words)
    verb = "chosen" if typed.data.get("named") else typed.verb or ""  # a language named behind its word
    return verb, True, ids - {bot, ""}


_NO: tuple[str, bool, set[str]] = ("", False, set())


def _chosen(data: Any) -> set[str]:
    """Whom a form names."""
    return set(_text(data, "person").split(",")) - {""} if isinstance(data, dict) else set()


def _mentioned(entity: dict[str, Any]) -> str:
    mentioned = entity.get("mentioned")
    return _text(mentioned, "id") if isinstance(mentioned, dict) else ""


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""
