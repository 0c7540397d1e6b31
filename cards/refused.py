"""The sentence for every refusal: what is wrong and what would be right, in a person's language. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards import (
    case_words,
    file_words,
    group_words,
    list_words,
    moderation_words,
    pick_words,
    place_words,
    practice_words,
    reminder_words,
    role_words,
    theme_words,
    wrong_template,
)
from cards.help import COMMAND_WORDS
from cards.not_now import not_now
from locales import Words
from workshop.refusals import Reason, Refused

Facts = Mapping[str, str | int]
Teller = Callable[[Words, Facts], str]
"""Makes a sentence of a language and the facts that fill it; any of them may be missing."""


def text(facts: Facts, name: str) -> str:
    """A fact as text; empty where it is missing."""
    return str(facts.get(name, ""))


def number(facts: Facts, name: str) -> int:
    """A fact as a number; 0 where it is missing or no number."""
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def refused_sentence(refused: Refused, say: Words) -> str:
    """Why something was not done, and what would be right. Plain text: it may hold people's names."""
    if refused.reason is Reason.WRONG_ANSWERS:
        return _wrong_answers(say, len(refused.problems))
    return REASONS[refused.reason](say, refused.facts)


def _wrong_answers(say: Words, fields: int) -> str:
    if not fields:
        return say("Something in the form has to be changed. Nothing was recorded; your text is still here.")
    return say.plural(
        "{n} field has to be changed: beside it stands what is wrong. Nothing was recorded; your text is still here.",
        "{n} fields have to be changed: beside them stands what is wrong. Nothing was recorded; your text is still "
        "here.",
        fields,
    )


def _already_open(say: Words, facts: Facts) -> str:
    title = text(facts, "title")
    if title:
        return say("“{title}” is still going on in this conversation. Finish or cancel it first.", title=title)
    return say("Another workshop is still going on in this conversation. Finish or cancel it first.")


def _only_facilitators(say: Words, facts: Facts) -> str:
    who = text(facts, "who")
    if who:
        return say("Only a facilitator can do this. Facilitators here: {who}.", who=who)
    return say("Only a facilitator of this workshop can do this.")


def _only_moderators(say: Words, facts: Facts) -> str:
    who = text(facts, "who")
    if who:
        return say("Only a facilitator or a moderator can do this. Facilitators here: {who}.", who=who)
    return say("Only a facilitator or a moderator of this workshop can do this.")


def _step_over(say: Words, facts: Facts) -> str:
    step, who = text(facts, "open"), text(facts, "facilitators")
    told = say("This step is closed and takes no more answers.")
    if step:
        told = say("This step is closed and takes no more answers. Open now: “{step}”.", step=step)
    if who:
        ask = say("To answer all the same, please ask a facilitator to take late answers: {who}.", who=who)
        return f"{told} {ask}"
    return told


def _step_not_open_yet(say: Words, facts: Facts) -> str:
    step = text(facts, "open")
    if step:
        return say("This step is not open yet. Open now: “{step}”.", step=step)
    return say("This step is not open yet. A facilitator opens it.")


def _is_break(say: Words, facts: Facts) -> str:
    step = text(facts, "open")
    if step:
        return say("That was a break: there is nothing to answer in it. Open now: “{step}”.", step=step)
    return say("This is a break: there is nothing to answer.")


_DONE: Mapping[str, Callable[[Words], str]] = {
    "start": lambda say: say("The workshop was started."),
    "next": lambda say: say("The next step was opened."),
    "back": lambda say: say("The step before was opened again."),
    "reopen": lambda say: say("The step was opened again."),
    "close": lambda say: say("The step was closed."),
    "extend": lambda say: say("The step was given more time."),
    "pause": lambda say: say("The workshop was paused."),
    "resume": lambda say: say("The workshop was resumed."),
    "finish": lambda say: say("The workshop was finished."),
    "cancel": lambda say: say("The workshop was cancelled."),
    "gather": lambda say: say("The groups are together again."),
}
"""What happened last, by the name of the move."""


def _stale(say: Words, facts: Facts) -> str:
    who, done = text(facts, "who"), _DONE.get(text(facts, "command"))
    what = done(say) if done else say("The workshop went on.")
    if who:
        return say("{who} was faster. {what} Your button did nothing; this is how it stands now.", who=who, what=what)
    return say("Something happened before your button. {what} It did nothing; this is how it stands now.", what=what)


def _repeated(say: Words, facts: Facts) -> str:
    who = text(facts, "who")
    if who:
        return say("{who} did this a few seconds ago. Do it once more?", who=who)
    return say("This was done a few seconds ago. Do it once more?")


def _wrong_minutes(say: Words, facts: Facts) -> str:
    word, limit = COMMAND_WORDS["extend"](say), number(facts, "limit")
    if limit:
        return say("Give whole minutes from 1 to {limit}, for example: {word} 5", limit=say.number(limit), word=word)
    return say("Give whole minutes, for example: {word} 5", word=word)


def _facilitator_active(say: Words, facts: Facts) -> str:
    who, minutes = text(facts, "who"), number(facts, "minutes")
    if not minutes:
        return say("A facilitator is active, so nobody has to take over.")
    time = say.minutes(minutes)
    if who:
        return say("You can take over once no facilitator ({who}) has done anything for {time}.", who=who, time=time)
    return say("You can take over once no facilitator has done anything for {time}.", time=time)


_FIELDS: Mapping[str, Callable[[Words], str]] = {
    "": lambda say: say("Title"),
    "institution": lambda say: say("Institution"),
    "country": lambda say: say("Country"),
    "role": lambda say: say("Role"),
    "challenge": lambda say: say("Your challenge"),
}


def _too_long(say: Words, facts: Facts) -> str:
    label = _FIELDS.get(text(facts, "field"))
    field = label(say) if label else text(facts, "field")
    given, limit = number(facts, "given"), number(facts, "limit")
    if not given or not limit:
        return say("“{field}” is too long. Please make it shorter.", field=field)
    return say.plural(
        "“{field}” has {n} character; at most {limit} fit.",
        "“{field}” has {n} characters; at most {limit} fit.",
        given,
        field=field,
        limit=say.number(limit),
    )


def _no_workshop(say: Words, facts: Facts) -> str:
    return say(
        "There is no workshop here. To open one, type in a channel or group chat: @Kolbot {word}",
        word=COMMAND_WORDS["new"](say),
    )


def _not_here(say: Words, facts: Facts) -> str:
    return say(
        "A workshop needs several people: add Kolbot to a channel or group chat and type there: @Kolbot {word}",
        word=COMMAND_WORDS["new"](say),
    )


def _unknown_language(say: Words, facts: Facts) -> str:
    spoken = [say.name_of_language(code) for code in text(facts, "languages").split(",") if code]
    if spoken:
        return say("Kolbot does not speak this language. It speaks: {languages}.", languages=say.list(spoken))
    return say("This language is not among those offered here. Please choose one from the list.")


def _not_now(say: Words, facts: Facts) -> str:
    """Why not, and what can be typed instead, where that is known."""
    why = not_now(say, text(facts, "status"), text(facts, "command"))
    instead = [COMMAND_WORDS[verb](say) for verb in text(facts, "instead").split(",") if verb in COMMAND_WORDS]
    if not instead:
        return why
    return say("{why} Possible now: {commands}.", why=why, commands=say.list(instead))


REASONS: Mapping[Reason, Teller] = {
    Reason.NO_WORKSHOP: _no_workshop,
    Reason.ALREADY_OPEN: _already_open,
    Reason.MAY_NOT_OPEN: lambda say, facts: say(
        "You are not among those who may open workshops here. Whoever runs Kolbot can add you."
    ),
    Reason.ONLY_FACILITATORS: _only_facilitators,
    Reason.ONLY_MODERATORS: _only_moderators,
    Reason.ONLY_RESERVES: role_words.only_reserves,
    Reason.LAST_FACILITATOR: role_words.last_facilitator,
    Reason.OUTSIDE: role_words.outside,
    Reason.NOT_LOOKED_UP: role_words.not_looked_up,
    Reason.NOT_KOLBOT: lambda say, facts: say("Kolbot itself takes no role. Please mention a person."),
    Reason.NOBODY_CHOSEN: lambda say, facts: say("Please choose at least one person."),
    Reason.NOT_NOW: _not_now,
    Reason.JOIN_FIRST: lambda say, facts: say("Please join the workshop first; then you can answer."),
    Reason.STEP_OVER: _step_over,
    Reason.STEP_NOT_OPEN_YET: _step_not_open_yet,
    Reason.STALE: _stale,
    Reason.REPEATED: _repeated,
    Reason.FIRST_STEP: lambda say, facts: say("There is no earlier step to go back to."),
    Reason.IS_BREAK: _is_break,
    Reason.WRONG_MINUTES: _wrong_minutes,
    Reason.PICK_FIRST: pick_words.pick_first,
    Reason.WRONG_PICK: pick_words.wrong_pick,
    Reason.WRONG_ANSWERS: lambda say, facts: _wrong_answers(say, 0),
    Reason.NOTHING_GIVEN: lambda say, facts: say("There is nothing to record yet: please fill in at least one field."),
    Reason.NOTHING_TO_WITHDRAW: lambda say, facts: say("You have given no answer in this step, so none was withdrawn."),
    Reason.UNKNOWN_PROMPT: lambda say, facts: say(
        "This question is not asked here (any more). Please open the form again from the newest card."
    ),
    Reason.HIDDEN_MEANWHILE: moderation_words.hidden_meanwhile,
    Reason.NOT_SEEN: moderation_words.not_seen,
    Reason.WRONG_TRANSLATION: moderation_words.wrong_translation,
    Reason.UNKNOWN_ENTRY: lambda say, facts: say(
        "This entry is not there any more: its author has changed or withdrawn it."
    ),
    Reason.NOT_FACILITATORS_REVEAL: lambda say, facts: say(
        "These answers are shown without a facilitator; there is nothing to reveal."
    ),
    Reason.FACILITATOR_ACTIVE: _facilitator_active,
    Reason.UNKNOWN_LANGUAGE: _unknown_language,
    Reason.TOO_LONG: _too_long,
    Reason.NUDGED_LATELY: reminder_words.nudged_lately,
    Reason.NOBODY_SILENT: lambda say, facts: say("Everybody has answered already: there is nobody to remind."),
    Reason.ELSEWHERE: lambda say, facts: say(
        "This belongs to a workshop in another conversation. Please use the buttons there."
    ),
    Reason.OTHER_POST: place_words.other_post,
    Reason.NOT_HERE: _not_here,
    Reason.UNKNOWN_TEMPLATE: lambda say, facts: say("Please choose one of the templates in the list."),
    Reason.CASES_WAIT: case_words.wait,
    Reason.NOT_YOUR_CASE: lambda say, facts: say("None of these is yours, so there is nothing for you to decide."),
    Reason.CASE_BEGUN: lambda say, facts: say(
        "Your case has been opened already. The facilitator can go on to the next one."
    ),
    Reason.NO_CASE_NOW: lambda say, facts: say("Your group has no case now. You can follow the others on the board."),
    Reason.NOT_YOUR_TURN: lambda say, facts: say("It is not your turn in this step: please open the form again."),
    Reason.OTHER_CASE: lambda say, facts: say(
        "This form was about an earlier case. What you typed is still here; it was not recorded for this one."
    ),
    Reason.WRONG_PRACTICES: practice_words.wrong,
    Reason.WRONG_FILE: file_words.wrong,
    Reason.WRONG_LIST: list_words.wrong,
    Reason.NO_GROUPS: lambda say, facts: say("There are no groups yet. Form them first."),
    Reason.PLACE_TAKEN: place_words.taken,
    Reason.PLACE_PRIVATE: place_words.private,
    Reason.OTHER_TENANT: place_words.other_tenant,
    Reason.LEADS_NONE: place_words.leads_none,
    Reason.SPOKEN_FOR: group_words.spoken_for,
    Reason.OTHER_GROUP: group_words.other_group,
    **group_words.REASONS,
    Reason.WRONG_THEME: theme_words.wrong,
    Reason.NO_DRAFT: lambda say, facts: say(
        "This agenda is not kept any more: it was opened, or nobody changed it for a week. Please choose a template."
    ),
    Reason.WRONG_STEP_MINUTES: wrong_template.wrong_minutes,
    Reason.STEP_NEEDED: wrong_template.step_needed,
    Reason.STAGE_EMPTY: lambda say, facts: say(
        "Each of the four stages needs at least one step. Please leave one of them in."
    ),
    Reason.WRONG_TEMPLATE: wrong_template.wrong_template,
    Reason.NO_NAME: lambda say, facts: say("Please give the template a name under which your team finds it."),
    Reason.OWN_EXISTS: wrong_template.own_exists,
    Reason.OWN_FULL: wrong_template.own_full,
    Reason.NOT_OWN: lambda say, facts: say(
        "Only a template of your own can be removed. Please choose one that is marked so."
    ),
}
"""Every refusal there is."""
