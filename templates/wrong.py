"""What can be wrong with a template, and the words that say so: what is wrong, what would be right. Reads no file."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong. With the parameters of a `WrongTemplate` it is enough to say it in another language."""

    TOO_BIG = "too_big"
    NOT_UTF8 = "not_utf8"
    CHARACTER = "character"
    TAB = "tab"
    NOT_YAML = "not_yaml"
    NOT_JSON = "not_json"
    EMPTY = "empty"
    SEVERAL = "several"
    TAGGED = "tagged"
    TOO_DEEP = "too_deep"
    TOO_MUCH = "too_much"
    UNKNOWN_ALIAS = "unknown_alias"
    KEY_NOT_WORD = "key_not_word"
    DUPLICATE_KEY = "duplicate_key"
    NOT_KEYS = "not_keys"
    NOT_LIST = "not_list"
    NOT_TEXT = "not_text"
    NOT_NUMBER = "not_number"
    NOT_FLAG = "not_flag"
    NOTHING = "nothing"
    UNKNOWN_KEY = "unknown_key"
    MISSING = "missing"
    COUNT = "count"
    OUT_OF_RANGE = "out_of_range"
    TOO_LONG = "too_long"
    NO_LANGUAGE = "no_language"
    UNDECLARED_LANGUAGE = "undeclared_language"
    UNKNOWN_LANGUAGE = "unknown_language"
    LANGUAGE_TWICE = "language_twice"
    ONE_TEXT = "one_text"
    WRONG_ID = "wrong_id"
    DUPLICATE_ID = "duplicate_id"
    STAGES = "stages"
    STAGE_ORDER = "stage_order"
    ASKS_NOTHING = "asks_nothing"
    BREAK_ASKS = "break_asks"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_REVEAL = "unknown_reveal"
    LIVE_ANONYMOUS = "live_anonymous"
    FROM_UNKNOWN = "from_unknown"
    FROM_NOT_BEFORE = "from_not_before"
    FROM_NOTHING = "from_nothing"
    FROM_NOT_TAKEN = "from_not_taken"
    FROM_AND_OPTIONS = "from_and_options"
    NO_ITEMS = "no_items"
    TOP_ALONE = "top_alone"
    AGAIN_NOT_BEFORE = "again_not_before"
    AGAIN_ANONYMOUS = "again_anonymous"
    AGAIN_PER = "again_per"
    AGAIN_OTHERWISE = "again_otherwise"
    QUOTES_UNKNOWN = "quotes_unknown"
    QUOTES_NOT_BEFORE = "quotes_not_before"
    UNKNOWN_BY = "unknown_by"
    UNKNOWN_PER = "unknown_per"
    UNKNOWN_WRITE_IN = "unknown_write_in"
    PER_WITHOUT_GROUPS = "per_without_groups"
    PER_ANONYMOUS = "per_anonymous"
    PER_BY = "per_by"
    PER_CHALLENGE = "per_challenge"
    BY_WITHOUT_CASE = "by_without_case"
    OWNER_ANONYMOUS = "owner_anonymous"
    CASE_WITHOUT_CASES = "case_without_cases"
    CASES_WITHOUT_CASE = "cases_without_case"
    CASES_TWICE = "cases_twice"
    CASES_APART = "cases_apart"
    CASES_FROM = "cases_from"
    CASES_NAMELESS = "cases_nameless"
    OUTPUT_RESERVED = "output_reserved"
    OUTPUT_ELSEWHERE = "output_elsewhere"
    OUTPUT_TYPE = "output_type"
    UNKNOWN_TYPE = "unknown_type"
    UNKNOWN_MIX = "unknown_mix"
    MIX_TWICE = "mix_twice"
    DAYS_ORDER = "days_order"
    DUE_ERASED = "due_erased"
    REMIND_LATE = "remind_late"
    SUMMARY_TWICE = "summary_twice"
    SUMMARY_KIND = "summary_kind"
    SUMMARY_LONG = "summary_long"


SENTENCES: Mapping[Fault, tuple[str, str]] = {
    Fault.TOO_BIG: ("the file has {size} bytes", "at most {most}"),
    Fault.NOT_UTF8: ("the file is not UTF-8 text", "the file saved as UTF-8"),
    Fault.CHARACTER: ("there is a character that YAML does not allow ({character})", "the line without it"),
    Fault.TAB: ("a tab stands where the indent is", "spaces, two for each level"),
    Fault.NOT_YAML: (
        "this is not YAML ({problem})",
        "“key: value”, what belongs together indented alike, "
        "and quotation marks around a text that has a colon, a # or, inside {{ }}, a ? or a comma",
    ),
    Fault.NOT_JSON: ("this is not a stored template", "the JSON that reading a template gave"),
    Fault.EMPTY: ("there is nothing in it", "a template, beginning with “id:”"),
    Fault.SEVERAL: (
        "a second document begins here",
        "one template a file, without “---” or “...” between its parts",
    ),
    Fault.TAGGED: ("{tag} is a YAML tag", "the value without a tag"),
    Fault.TOO_DEEP: ("this is nested more than {most} levels deep", "the shape of the shipped templates"),
    Fault.TOO_MUCH: ("aliases make this longer than {most} characters", "less repetition"),
    Fault.UNKNOWN_ALIAS: (
        "*{alias} names nothing that ends before it",
        "an alias of something marked &{alias} above, or the value itself",
    ),
    Fault.KEY_NOT_WORD: ("{got} stands here as a key", "one word, then a colon"),
    Fault.DUPLICATE_KEY: ("“{key}” stands here twice, first in line {first}", "it once"),
    Fault.NOT_KEYS: ("{name} is {got}", "keys with values ({example})"),
    Fault.NOT_LIST: ("{name} is {got}", "a list, each entry with “- ” before it"),
    Fault.NOT_TEXT: ("{name} is {got}", "one text"),
    Fault.NOT_NUMBER: ("{name} is {got}", "a whole number from {low} to {high}, without quotation marks"),
    Fault.NOT_FLAG: ("{name} is {got}", "true or false, without quotation marks"),
    Fault.NOTHING: ("{name} has nothing in it", "a value, or the line left out"),
    Fault.UNKNOWN_KEY: ("{where} has no “{key}”", "{right}"),
    Fault.MISSING: ("{where} lacks “{key}”", "{right}"),
    Fault.COUNT: ("{name} has {count} entries", "{low} to {high}"),
    Fault.OUT_OF_RANGE: ("{name} is {got}", "a whole number from {low} to {high}"),
    Fault.TOO_LONG: ("{name} has {length} characters", "at most {most}"),
    Fault.NO_LANGUAGE: (
        "{name} lacks its text in “{language}”",
        "“{language}: …” beside the others, or “{language}” left out of languages",
    ),
    Fault.UNDECLARED_LANGUAGE: (
        "{name} has a text in “{language}”, which languages does not name",
        "“{language}” in languages, with every text in it, or this text left out",
    ),
    Fault.UNKNOWN_LANGUAGE: ("“{language}” is not a language that can be used", "one of {known}"),
    Fault.LANGUAGE_TWICE: ("languages names “{language}” twice", "it once"),
    Fault.ONE_TEXT: ("{name} is one text, but the template has {count} languages", "{right}"),
    Fault.WRONG_ID: (
        "“{id}” cannot be an id",
        "letters a–z, digits, _ and -, beginning with a letter or digit, at most {most}",
    ),
    Fault.DUPLICATE_ID: ("the id “{id}” is taken by another {what} in line {first}", "an id of its own"),
    Fault.STAGES: ("there are {count} stages", "four: {known}, in this order"),
    Fault.STAGE_ORDER: ("stage {number} is “{id}”", "“{right}”: the stages are {known}, in this order"),
    Fault.ASKS_NOTHING: ("{where} asks nothing", "one to three prompts, or “break: true”"),
    Fault.BREAK_ASKS: ("{where} is a break and has {name}", "“break: true” or {name}, not both"),
    Fault.UNKNOWN_KIND: ("there is no kind “{kind}”", "{right}"),
    Fault.UNKNOWN_REVEAL: ("{name} is “{got}”", "{right}"),
    Fault.LIVE_ANONYMOUS: (
        "{where} is anonymous and shown at once, so whoever watches the board sees who has just answered",
        "“reveal: on_close” or “reveal: by_facilitator”, or no “anonymous”",
    ),
    Fault.FROM_UNKNOWN: ("no prompt has the id “{id}”", "{right}"),
    Fault.FROM_NOT_BEFORE: (
        "{where} takes its items from {id}, which is not asked in an earlier step",
        "{right}",
    ),
    Fault.FROM_NOTHING: (
        "{id} is of kind {kind}, which gives nothing to ask about later",
        "a prompt of another kind",
    ),
    Fault.FROM_NOT_TAKEN: (
        "{where} is of kind {kind}, which does not ask about items",
        "{where} without “from”, or one of the kinds {right}",
    ),
    Fault.FROM_AND_OPTIONS: ("{where} has {name} of its own and “from” too", "one of the two"),
    Fault.NO_ITEMS: ("{where} has nothing to ask about", "{right}"),
    Fault.TOP_ALONE: (
        "{where} has “top” without “from”",
        "“from” with the id of an earlier prompt, or no “top”",
    ),
    Fault.AGAIN_NOT_BEFORE: (
        "{where} asks {id} again, which is not asked for the first time, by the same kind, in an earlier step",
        "{right}",
    ),
    Fault.AGAIN_ANONYMOUS: (
        "of {where} and {id}, which it asks again, only one is anonymous",
        "the same “anonymous” for both",
    ),
    Fault.AGAIN_PER: (
        "of {where} and {id}, which it asks again, only one is asked per group",
        "the same “per” for both",
    ),
    Fault.AGAIN_OTHERWISE: (
        "{where} has another scale or other ends than {id}, which it asks again",
        "the same settings for both",
    ),
    Fault.QUOTES_UNKNOWN: ("no prompt has the id “{id}”", "{right}"),
    Fault.QUOTES_NOT_BEFORE: (
        "{where} quotes {id}, which is not asked in an earlier step",
        "an earlier prompt, or no “quotes”",
    ),
    Fault.UNKNOWN_BY: ("{name} is “{got}”", "{right}"),
    Fault.UNKNOWN_PER: ("{name} is “{got}”", "{right}"),
    Fault.UNKNOWN_WRITE_IN: ("{name} is “{got}”", "{right}"),
    Fault.PER_WITHOUT_GROUPS: (
        "{where} is asked per group, but its step is not held in groups",
        "“in_groups: true” on the step, or no “per”",
    ),
    Fault.PER_ANONYMOUS: (
        "{where} is asked per group and anonymous, but everybody in the group knows what it answers",
        "“per: person”, or no “anonymous”",
    ),
    Fault.PER_BY: (
        "{where} is asked per group, but only of some in it (“by: {by}”)",
        "“per: person”, or no “by”",
    ),
    Fault.PER_CHALLENGE: (
        "{where} is asked per group, but shows the challenge of one person",
        "“per: person”, or no “quotes_challenge”",
    ),
    Fault.BY_WITHOUT_CASE: (
        "{where} asks only some, but its step is of no case",
        "“case: true” on the step, or no “by”",
    ),
    Fault.OWNER_ANONYMOUS: (
        "{where} is anonymous and asks the owner of the case alone, so everybody would know who answered",
        "“by: peers” or “by: all”, or no “anonymous”",
    ),
    Fault.CASE_WITHOUT_CASES: (
        "step {step} is of a case, but its stage does not say of which",
        "“cases: {{from: …, most: 3}}” on the stage",
    ),
    Fault.CASES_WITHOUT_CASE: ("{where} has cases, but no step that is held about them", "“case: true” on its steps"),
    Fault.CASES_TWICE: ("{where} has cases, and another stage has them already", "cases in one stage"),
    Fault.CASES_APART: (
        "step {step} is of a case, but a step between is not",
        "steps with “case: true” one after another",
    ),
    Fault.CASES_FROM: ("the cases are about {id}, which is not asked in an earlier step", "{right}"),
    Fault.CASES_NAMELESS: (
        "the cases are about what is written in {id}, which {why}, so nobody could be asked whether it may be opened",
        "what people write in their own words, with their names",
    ),
    Fault.OUTPUT_RESERVED: (
        "“{name}” cannot be the name of an output: it means what is there before the first question",
        "another name, such as open_{name}",
    ),
    Fault.OUTPUT_ELSEWHERE: ("{where} takes {id}, which its own stage does not ask", "{right}"),
    Fault.OUTPUT_TYPE: (
        "{where} is of type commitments, but {id} is of kind {kind}",
        "a prompt of kind commitment, or another type",
    ),
    Fault.UNKNOWN_TYPE: ("{name} is “{got}”", "{right}"),
    Fault.UNKNOWN_MIX: ("groups cannot be mixed by “{got}”", "{right}"),
    Fault.MIX_TWICE: ("mix_by names “{got}” twice", "it once"),
    Fault.DAYS_ORDER: ("{name} has day {day} after day {before}", "each day once, the earliest first"),
    Fault.DUE_ERASED: (
        "{name} is {days} days, but what people wrote is erased after {kept}",
        "at most {kept}, or more “retention_days”",
    ),
    Fault.REMIND_LATE: (
        "remind has day {day}, but the last that is due is due on day {last}",
        "days up to the one on which report or plan are due",
    ),
    Fault.SUMMARY_TWICE: (
        "{id} is on the summary, and {first} is already",
        "“on_summary: true” on one prompt",
    ),
    Fault.SUMMARY_KIND: ("{id} is on the summary, but of kind {kind}", "a prompt of kind text"),
    Fault.SUMMARY_LONG: ("{id} is on the summary, and its max_chars is {got}", "“max_chars: {most}” or less"),
}
"""For each fault: what is wrong, and what would be right. {right} is words that depend on the place."""


class WrongTemplate(Exception):
    """A template refused. `line` counts from 1; `params` hold cleaned, shortened bits of the file."""

    def __init__(self, file: str, line: int, code: Fault, params: Mapping[str, str | int]) -> None:
        what, right = SENTENCES[code]
        self.file, self.line, self.code, self.params = file, line, code, params
        self.what, self.right = what.format_map(params), right.format_map(params)
        super().__init__(f"{file}:{line}: {self.what}; right would be: {self.right}")


def shown(words: str, most: int = 40) -> str:
    """Words of a file as a sentence may quote them: one line, nothing invisible, not long."""
    kept = "".join(
        c if c.isprintable() and not unicodedata.category(c).startswith("C") else " " for c in words[: most * 4]
    )
    kept = " ".join(kept.split())
    return kept if len(kept) <= most else kept[: most - 1] + "…"


def one_of(known: list[str], said: str = "") -> str:
    """The nearest of the known words, where one is near; else all of them."""
    near = get_close_matches(said.casefold(), [word.casefold() for word in known], 1, 0.6) if said else []
    matches = [word for word in known if near and word.casefold() == near[0]]
    if matches or len(known) == 1:
        return f"“{(matches or known)[0]}”"
    return "one of " + ", ".join(known)
