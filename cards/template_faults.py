"""What is wrong with templates, in a person's language, as the loader says it in English. Reads no template."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards.template_places import place, right
from locales import Words

Facts = Mapping[str, str | int]
Fault = Callable[[Words, Facts], tuple[str, str]]
"""What is wrong, and what would be right."""


def in_words(say: Words, fault: str, facts: Facts) -> tuple[str, str] | None:
    """What is wrong and what would be right; nothing where the fault is not known here."""
    told = FAULTS.get(fault)
    if told is None:
        return None
    ready = {name: place(say, value) if isinstance(value, str) else value for name, value in facts.items()}
    for name in ("right", "example", "why"):
        if name in ready:
            ready[name] = right(say, str(facts[name]))
    return told(say, ready)


def _not_yaml(say: Words, f: Facts) -> str:
    """What the YAML library says is English: it is left out elsewhere, where it would be half a sentence."""
    told = say("this is not YAML")
    return f"{told} ({f['problem']})" if say.language == "en" else told


FAULTS: Mapping[str, Fault] = {
    "too_big": lambda say, f: (say("the file has {size} bytes", **f), say("at most {most}", **f)),
    "character": lambda say, f: (
        say("there is a character that YAML does not allow ({character})", **f),
        say("the line without it"),
    ),
    "tab": lambda say, f: (say("a tab stands where the indent is"), say("spaces, two for each level")),
    "empty": lambda say, f: (say("there is nothing in it"), say("a template, beginning with “id:”")),
    "several": lambda say, f: (
        say("a second document begins here"),
        say("one template a file, without “---” or “...” between its parts"),
    ),
    "duplicate_key": lambda say, f: (
        say("“{key}” stands here twice, first in line {first}", **f),
        say("it once"),
    ),
    "not_list": lambda say, f: (say("{name} is {got}", **f), say("a list, each entry with “- ” before it")),
    "not_text": lambda say, f: (say("{name} is {got}", **f), say("one text")),
    "not_number": lambda say, f: (
        say("{name} is {got}", **f),
        say("a whole number from {low} to {high}, without quotation marks", **f),
    ),
    "not_flag": lambda say, f: (say("{name} is {got}", **f), say("true or false, without quotation marks")),
    "nothing": lambda say, f: (
        say("{name} has nothing in it", **f),
        say("a value, or the line left out"),
    ),
    "unknown_key": lambda say, f: (say("{where} has no “{key}”", **f), str(f["right"])),
    "missing": lambda say, f: (say("{where} lacks “{key}”", **f), str(f["right"])),
    "count": lambda say, f: (
        say.plural("{name} has {n} entry", "{name} has {n} entries", int(f["count"]), name=f["name"]),
        say("{low} to {high}", **f),
    ),
    "out_of_range": lambda say, f: (
        say("{name} is {got}", **f),
        say("a whole number from {low} to {high}", **f),
    ),
    "too_long": lambda say, f: (
        say.plural("{name} has {n} character", "{name} has {n} characters", int(f["length"]), name=f["name"]),
        say("at most {most}", **f),
    ),
    "no_language": lambda say, f: (
        say("{name} lacks its text in “{language}”", **f),
        say("“{language}: …” beside the others, or “{language}” left out of languages", **f),
    ),
    "unknown_language": lambda say, f: (
        say("“{language}” is not a language that can be used", **f),
        say("one of {these}", these=f["known"]),
    ),
    "unknown_reveal": lambda say, f: (say("{name} is “{got}”", **f), str(f["right"])),
    "live_anonymous": lambda say, f: (
        say("{where} is anonymous and shown at once, so whoever watches the board sees who has just answered", **f),
        say("“reveal: on_close” or “reveal: by_facilitator”, or no “anonymous”"),
    ),
    "wrong_id": lambda say, f: (
        say("“{id}” cannot be an id", **f),
        say("letters a–z, digits, _ and -, beginning with a letter or digit, at most {most}", **f),
    ),
    "asks_nothing": lambda say, f: (
        say("{where} asks nothing", **f),
        say("one to three prompts, or “break: true”"),
    ),
    "unknown_kind": lambda say, f: (say("there is no kind “{kind}”", **f), str(f["right"])),
    "from_unknown": lambda say, f: (say("no prompt has the id “{id}”", **f), str(f["right"])),
    "again_anonymous": lambda say, f: (
        say("of {where} and {id}, which it asks again, only one is anonymous", **f),
        say("the same “anonymous” for both"),
    ),
    "again_per": lambda say, f: (
        say("of {where} and {id}, which it asks again, only one is asked per group", **f),
        say("the same “per” for both"),
    ),
    "unknown_per": lambda say, f: (say("{name} is “{got}”", **f), str(f["right"])),
    "unknown_write_in": lambda say, f: (say("{name} is “{got}”", **f), str(f["right"])),
    "per_without_groups": lambda say, f: (
        say("{where} is asked per group, but its step is not held in groups", **f),
        say("“in_groups: true” on the step, or no “per”"),
    ),
    "per_anonymous": lambda say, f: (
        say("{where} is asked per group and anonymous, but everybody in the group knows what it answers", **f),
        say("“per: person”, or no “anonymous”"),
    ),
    "per_by": lambda say, f: (
        say("{where} is asked per group, but only of some in it (“by: {by}”)", **f),
        say("“per: person”, or no “by”"),
    ),
    "per_challenge": lambda say, f: (
        say("{where} is asked per group, but shows the challenge of one person", **f),
        say("“per: person”, or no “quotes_challenge”"),
    ),
    "again_otherwise": lambda say, f: (
        say("{where} has another scale or other ends than {id}, which it asks again", **f),
        say("the same settings for both"),
    ),
    "not_utf8": lambda say, f: (say("the file is not UTF-8 text"), say("the file saved as UTF-8")),
    "not_yaml": lambda say, f: (
        _not_yaml(say, f),
        say(
            "“key: value”, what belongs together indented alike, and quotation marks around a text that has a colon, "
            "a # or, inside {braces}, a ? or a comma",
            braces="{ }",
        ),
    ),
    "not_json": lambda say, f: (say("this is not a stored template"), say("the JSON that reading a template gave")),
    "tagged": lambda say, f: (say("{tag} is a YAML tag", **f), say("the value without a tag")),
    "too_deep": lambda say, f: (
        say("this is nested more than {most} levels deep", **f),
        say("the shape of the shipped templates"),
    ),
    "too_much": lambda say, f: (
        say("aliases make this longer than {most} characters", **f),
        say("less repetition"),
    ),
    "unknown_alias": lambda say, f: (
        say("*{alias} names nothing that ends before it", **f),
        say("an alias of something marked &{alias} above, or the value itself", **f),
    ),
    "key_not_word": lambda say, f: (say("{got} stands here as a key", **f), say("one word, then a colon")),
    "not_keys": lambda say, f: (say("{name} is {got}", **f), say("keys with values ({example})", **f)),
    "undeclared_language": lambda say, f: (
        say("{name} has a text in “{language}”, which languages does not name", **f),
        say("“{language}” in languages, with every text in it, or this text left out", **f),
    ),
    "language_twice": lambda say, f: (say("languages names “{language}” twice", **f), say("it once")),
    "one_text": lambda say, f: (
        say("{name} is one text, but the template has {count} languages", **f),
        str(f["right"]),
    ),
    "duplicate_id": lambda say, f: (
        say("the id “{id}” is taken by another {what} in line {first}", **f),
        say("an id of its own"),
    ),
    "stages": lambda say, f: (
        say.plural("there is {n} stage", "there are {n} stages", int(f["count"])),
        say("four: {known}, in this order", **f),
    ),
    "stage_order": lambda say, f: (
        say("stage {number} is “{id}”", **f),
        say("“{right}”: the stages are {known}, in this order", **f),
    ),
    "break_asks": lambda say, f: (
        say("{where} is a break and has {name}", **f),
        say("“break: true” or {name}, not both", **f),
    ),
    "from_not_before": lambda say, f: (
        say("{where} takes its items from {id}, which is not asked in an earlier step", **f),
        str(f["right"]),
    ),
    "from_nothing": lambda say, f: (
        say("{id} is of kind {kind}, which gives nothing to ask about later", **f),
        say("a prompt of another kind"),
    ),
    "from_not_taken": lambda say, f: (
        say("{where} is of kind {kind}, which does not ask about items", **f),
        say("{where} without “from”, or one of the kinds {right}", **f),
    ),
    "from_and_options": lambda say, f: (
        say("{where} has {name} of its own and “from” too", **f),
        say("one of the two"),
    ),
    "no_items": lambda say, f: (say("{where} has nothing to ask about", **f), str(f["right"])),
    "top_alone": lambda say, f: (
        say("{where} has “top” without “from”", **f),
        say("“from” with the id of an earlier prompt, or no “top”"),
    ),
    "again_not_before": lambda say, f: (
        say(
            "{where} asks {id} again, which is not asked for the first time, by the same kind, in an earlier step", **f
        ),
        str(f["right"]),
    ),
    "quotes_unknown": lambda say, f: (say("no prompt has the id “{id}”", **f), str(f["right"])),
    "quotes_not_before": lambda say, f: (
        say("{where} quotes {id}, which is not asked in an earlier step", **f),
        say("an earlier prompt, or no “quotes”"),
    ),
    "unknown_by": lambda say, f: (say("{name} is “{got}”", **f), str(f["right"])),
    "by_without_case": lambda say, f: (
        say("{where} asks only some, but its step is of no case", **f),
        say("“case: true” on the step, or no “by”"),
    ),
    "owner_anonymous": lambda say, f: (
        say(
            "{where} is anonymous and asks the owner of the case alone, so everybody would know who answered", **f
        ),
        say("“by: peers” or “by: all”, or no “anonymous”"),
    ),
    "case_without_cases": lambda say, f: (
        say("step {step} is of a case, but its stage does not say of which", **f),
        say("“cases: {braces}” on the stage", braces="{from: …, most: 3}"),
    ),
    "cases_without_case": lambda say, f: (
        say("{where} has cases, but no step that is held about them", **f),
        say("“case: true” on its steps"),
    ),
    "cases_twice": lambda say, f: (
        say("{where} has cases, and another stage has them already", **f),
        say("cases in one stage"),
    ),
    "cases_apart": lambda say, f: (
        say("step {step} is of a case, but a step between is not", **f),
        say("steps with “case: true” one after another"),
    ),
    "cases_from": lambda say, f: (
        say("the cases are about {id}, which is not asked in an earlier step", **f),
        str(f["right"]),
    ),
    "cases_nameless": lambda say, f: (
        say(
            "the cases are about what is written in {id}, which {why}, so nobody could be asked whether it may be "
            "opened",
            **f,
        ),
        say("what people write in their own words, with their names"),
    ),
    "output_reserved": lambda say, f: (
        say("“{name}” cannot be the name of an output: it means what is there before the first question", **f),
        say("another name, such as open_{name}", **f),
    ),
    "output_elsewhere": lambda say, f: (
        say("{where} takes {id}, which its own stage does not ask", **f),
        str(f["right"]),
    ),
    "output_type": lambda say, f: (
        say("{where} is of type commitments, but {id} is of kind {kind}", **f),
        say("a prompt of kind commitment, or another type"),
    ),
    "unknown_type": lambda say, f: (say("{name} is “{got}”", **f), str(f["right"])),
    "unknown_mix": lambda say, f: (say("groups cannot be mixed by “{got}”", **f), str(f["right"])),
    "mix_twice": lambda say, f: (say("mix_by names “{got}” twice", **f), say("it once")),
    "days_order": lambda say, f: (
        say("{name} has day {day} after day {before}", **f),
        say("each day once, the earliest first"),
    ),
    "due_erased": lambda say, f: (
        say("{name} is {days} days, but what people wrote is erased after {kept}", **f),
        say("at most {kept}, or more “retention_days”", **f),
    ),
    "remind_late": lambda say, f: (
        say("remind has day {day}, but the last that is due is due on day {last}", **f),
        say("days up to the one on which report or plan are due"),
    ),
    "summary_twice": lambda say, f: (
        say("{id} is on the summary, and {first} is already", **f),
        say("“on_summary: true” on one prompt"),
    ),
    "summary_kind": lambda say, f: (
        say("{id} is on the summary, but of kind {kind}", **f),
        say("a prompt of kind text"),
    ),
    "summary_long": lambda say, f: (
        say("{id} is on the summary, and its max_chars is {got}", **f),
        say("“max_chars: {most}” or less", **f),
    ),
}
"""By the loader's name of the fault."""
