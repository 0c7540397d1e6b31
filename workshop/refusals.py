"""Why something was refused. Data only: the sentence in the person's language is made in `cards/sentences.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Every refusal there is; each has a sentence that says what is wrong and what would be right."""

    NO_WORKSHOP = "no_workshop"
    ALREADY_OPEN = "already_open"
    MAY_NOT_OPEN = "may_not_open"
    ONLY_FACILITATORS = "only_facilitators"
    ONLY_GROUP_FACILITATORS = "only_group_facilitators"
    ONLY_MODERATORS = "only_moderators"
    ONLY_RESERVES = "only_reserves"
    LAST_FACILITATOR = "last_facilitator"
    OUTSIDE = "outside"
    NOT_LOOKED_UP = "not_looked_up"
    NOT_KOLBOT = "not_kolbot"
    NOBODY_CHOSEN = "nobody_chosen"
    NOT_NOW = "not_now"
    JOIN_FIRST = "join_first"
    STEP_OVER = "step_over"
    STEP_NOT_OPEN_YET = "step_not_open_yet"
    STALE = "stale"
    REPEATED = "repeated"
    FIRST_STEP = "first_step"
    IS_BREAK = "is_break"
    WRONG_MINUTES = "wrong_minutes"
    PICK_FIRST = "pick_first"
    WRONG_PICK = "wrong_pick"
    WRONG_ANSWERS = "wrong_answers"
    NOTHING_GIVEN = "nothing_given"
    NOTHING_TO_WITHDRAW = "nothing_to_withdraw"
    UNKNOWN_PROMPT = "unknown_prompt"
    UNKNOWN_ENTRY = "unknown_entry"
    HIDDEN_MEANWHILE = "hidden_meanwhile"
    NOT_SEEN = "not_seen"
    WRONG_TRANSLATION = "wrong_translation"
    NOT_FACILITATORS_REVEAL = "not_facilitators_reveal"
    FACILITATOR_ACTIVE = "facilitator_active"
    UNKNOWN_LANGUAGE = "unknown_language"
    TOO_LONG = "too_long"
    NUDGED_LATELY = "nudged_lately"
    NOBODY_SILENT = "nobody_silent"
    ELSEWHERE = "elsewhere"
    OTHER_POST = "other_post"
    NOT_HERE = "not_here"
    UNKNOWN_TEMPLATE = "unknown_template"
    CASES_WAIT = "cases_wait"
    NOT_YOUR_CASE = "not_your_case"
    CASE_BEGUN = "case_begun"
    NO_CASE_NOW = "no_case_now"
    NOT_YOUR_TURN = "not_your_turn"
    OTHER_CASE = "other_case"
    WRONG_PRACTICES = "wrong_practices"
    NO_GROUPS = "no_groups"
    UNKNOWN_GROUP = "unknown_group"
    PLACE_TAKEN = "place_taken"
    OTHER_TENANT = "other_tenant"
    LEADS_NONE = "leads_none"
    PLACE_PRIVATE = "place_private"
    SPOKEN_FOR = "spoken_for"
    OTHER_GROUP = "other_group"
    WHICH_GROUP = "which_group"
    STRANGER = "stranger"
    NOT_IN_GROUPS = "not_in_groups"
    FIRST_IN_GROUP = "first_in_group"
    GROUP_THROUGH = "group_through"
    GROUP_WAITS = "group_waits"
    NOT_IN_WORKSHOP = "not_in_workshop"
    WRONG_GROUPS = "wrong_groups"
    NO_DRAFT = "no_draft"
    WRONG_STEP_MINUTES = "wrong_step_minutes"
    STEP_NEEDED = "step_needed"
    STAGE_EMPTY = "stage_empty"
    WRONG_TEMPLATE = "wrong_template"
    NO_NAME = "no_name"
    OWN_EXISTS = "own_exists"
    OWN_FULL = "own_full"
    NOT_OWN = "not_own"
    WRONG_THEME = "wrong_theme"
    WRONG_FILE = "wrong_file"
    WRONG_LIST = "wrong_list"


class Wrong(StrEnum):
    """What is wrong with one field of an answer form."""

    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    REQUIRED = "required"
    NOT_AN_OPTION = "not_an_option"
    NOT_A_NUMBER = "not_a_number"
    TOO_MANY_DOTS = "too_many_dots"
    TOO_MANY_DOTS_ON_ONE = "too_many_dots_on_one"
    NOT_ON_SCALE = "not_on_scale"
    HALF_A_POINT = "half_a_point"
    PLACE_TAKEN = "place_taken"
    PLACE_LEFT_OUT = "place_left_out"
    TOO_FEW = "too_few"
    WRONG_SUM = "wrong_sum"
    NOT_A_DATE = "not_a_date"
    OPTION_AND_OWN = "option_and_own"


@dataclass(frozen=True, slots=True)
class Problem:
    """One field of a form that cannot be taken: which part of which prompt, what is wrong, and the numbers to say."""

    prompt: str
    part: str
    wrong: Wrong
    given: int = 0
    limit: int = 0
    least: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed. `facts` fill the sentence (names, numbers); `problems` stand beside their fields."""

    reason: Reason
    facts: Mapping[str, str | int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
