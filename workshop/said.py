"""What Kolbot says in one sentence: which one, and the names and numbers that fill it. Never the words themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workshop.refusals import Refused


class Said(StrEnum):
    """Everything that Kolbot says in one sentence when something went well or has to be known."""

    JOINED = "joined"
    STEP_OPENED = "step_opened"
    STEP_CLOSED = "step_closed"
    PICK_NEXT = "pick_next"
    EXTENDED = "extended"
    PAUSED = "paused"
    RESUMED = "resumed"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    LANGUAGE_CHOSEN = "language_chosen"
    OPENED = "opened"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    TOOK_OVER = "took_over"
    TAKEN_OVER = "taken_over"
    LATE_ALLOWED = "late_allowed"
    LATE_NOT_ALLOWED = "late_not_allowed"
    REVEALED = "revealed"
    PICKED = "picked"
    MODERATED = "moderated"
    SPOTLIT = "spotlit"
    SPOTLIGHT_ENDED = "spotlight_ended"
    TRANSLATED = "translated"
    NUDGED = "nudged"
    ALREADY_SO = "already_so"
    CAME_LATE = "came_late"
    POSTED_AGAIN = "posted_again"
    NOT_CONFIRMED = "not_confirmed"
    NOT_STORED = "not_stored"
    APOLOGY = "apology"
    UNKNOWN_COMMAND = "unknown_command"
    DID_YOU_MEAN = "did_you_mean"
    MENTION_SOMEBODY = "mention_somebody"
    NOTHING_TO_CHANGE = "nothing_to_change"
    CASES_PROPOSED = "cases_proposed"
    CASE_AGREED = "case_agreed"
    CASE_DECLINED = "case_declined"
    CASES_DROPPED = "cases_dropped"
    PRACTICES_ADDED = "practices_added"
    PRACTICES_REMOVED = "practices_removed"
    LIST_CHANGED = "list_changed"
    LIST_FORGOTTEN = "list_forgotten"
    GROUPS_FORMED = "groups_formed"
    GROUPS_DISSOLVED = "groups_dissolved"
    MOVED_TO_GROUP = "moved_to_group"
    GROUP_BOUND = "group_bound"
    GROUP_UNBOUND = "group_unbound"
    PLACE_REFUSED = "place_refused"
    PLACE_GONE = "place_gone"
    SPEAKS_FOR_GROUP = "speaks_for_group"
    SPOKESPERSON_NAMED = "spokesperson_named"
    GROUP_FACILITATOR_NAMED = "group_facilitator_named"
    GROUP_FACILITATOR_DROPPED = "group_facilitator_dropped"
    GROUP_WAITS_NOW = "group_waits_now"
    QUESTIONS_KEPT = "questions_kept"
    TEMPLATE_READ = "template_read"
    TEMPLATE_KEPT = "template_kept"
    TEMPLATE_REMOVED = "template_removed"
    TEMPLATE_SENT = "template_sent"
    PUT_INTO_THEME = "put_into_theme"
    TAKEN_OUT_OF_THEME = "taken_out_of_theme"
    THEMES_MERGED = "themes_merged"
    THEME_RENAMED = "theme_renamed"
    THEMES_UNDONE = "themes_undone"
    STILL_COMPARING = "still_comparing"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence, and what fills it (names, numbers). People's words in `facts` are shown, never interpreted."""

    said: Said
    facts: Mapping[str, str | int] = field(default_factory=dict)


Sentence = Spoken | Refused
"""Whatever is told in one sentence: `cards.sentences` has the words."""
