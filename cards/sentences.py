"""Words for everything that is told in one sentence, in a person's language. Plain text, never markdown."""

from __future__ import annotations

from collections.abc import Mapping

from cards import (
    case_words,
    file_words,
    group_words,
    list_words,
    moderation_words,
    place_words,
    practice_words,
    reminder_words,
    role_words,
    theme_words,
)
from cards.help import COMMAND_WORDS
from cards.refused import Facts, Teller, number, refused_sentence, text
from locales import Words
from workshop.refusals import Refused
from workshop.said import Said, Sentence


def sentence(said: Sentence, say: Words) -> str:
    """The sentence for whatever happened or was refused. It may hold people's names: show it as plain text only."""
    if isinstance(said, Refused):
        return refused_sentence(said, say)
    told = SAID[said.said](say, said.facts)
    group = number(said.facts, "for_group")
    if group:
        return say("{group}: {told}", group=group_words.group_called(group, say), told=told)
    return told


def _joined(say: Words, facts: Facts) -> str:
    title, people = text(facts, "title"), number(facts, "people")
    told = [say("You have joined “{title}”.", title=title) if title else say("You have joined the workshop.")]
    if people:
        told.append(say.plural("{n} person is in.", "{n} people are in.", people))
    if number(facts, "waits"):
        told.append(say("The first question comes in this conversation when a facilitator starts."))
    return " ".join(told)


def _step_opened(say: Words, facts: Facts) -> str:
    step, minutes, built = text(facts, "step"), number(facts, "minutes"), text(facts, "built")
    if step and minutes and built:
        return say(
            "Open now: “{step}”. Time for it: {time}. Built on it already, and marked where that changes: {built}.",
            step=step,
            time=say.minutes(minutes),
            built=built,
        )
    if step and minutes:
        return say("Open now: “{step}”. Time for it: {time}.", step=step, time=say.minutes(minutes))
    return say("Open now: “{step}”.", step=step) if step else say("The next step is open.")


def _extended(say: Words, facts: Facts) -> str:
    minutes = number(facts, "minutes")
    if minutes:
        return say("More time for this step: {time}.", time=say.minutes(minutes))
    return say("This step has more time.")


def _picked(say: Words, facts: Facts) -> str:
    items = number(facts, "items")
    if not items:
        return say("The next step will be about what you picked. Press Next to open it.")
    return say.plural(
        "The next step will be about {n} item. Press Next to open it.",
        "The next step will be about {n} items. Press Next to open it.",
        items,
    )


def _apology(say: Words, facts: Facts) -> str:
    found = text(facts, "id")
    if found:
        return say(
            "Sorry, something went wrong in Kolbot. Please try again; whoever runs it finds the cause under {id}.",
            id=found,
        )
    return say("Sorry, something went wrong in Kolbot. Please try again.")


def _unknown_command(say: Words, facts: Facts) -> str:
    word = COMMAND_WORDS["help"](say)
    return say("Kolbot does not know this command. Type “{word}” to see what you can do here.", word=word)


def _did_you_mean(say: Words, facts: Facts) -> str:
    word = COMMAND_WORDS.get(text(facts, "command"))
    if word is None:
        return _unknown_command(say, {})
    return say("Kolbot does not know this command. Did you mean “{command}”?", command=word(say))


def _mention_somebody(say: Words, facts: Facts) -> str:
    word = COMMAND_WORDS.get(text(facts, "command"))
    if word is None:
        return say("Please mention the person too: write @ and their name after the command.")
    return say("Please mention the person too, for example: @Kolbot {word} @Anna", word=word(say))


SAID: Mapping[Said, Teller] = {
    Said.JOINED: _joined,
    Said.STEP_OPENED: _step_opened,
    Said.STEP_CLOSED: lambda say, facts: say("The step is closed."),
    Said.PICK_NEXT: lambda say, facts: say(
        "The step is closed. What comes next has more candidates than it takes: pick which ones, then press Next."
    ),
    Said.EXTENDED: _extended,
    Said.PAUSED: lambda say, facts: say("Paused: the clock stands still, and answers are still taken."),
    Said.RESUMED: lambda say, facts: say("The clock runs again."),
    Said.FINISHED: lambda say, facts: say("The workshop is finished. Its summary follows in the conversation."),
    Said.CANCELLED: lambda say, facts: say("The workshop is cancelled."),
    Said.WITHDRAWN: lambda say, facts: say("Your answers to this step are withdrawn."),
    Said.LANGUAGE_CHOSEN: lambda say, facts: say(
        "From now on, your language in Kolbot is: {language}.", language=say.name_of_language(say.language)
    ),
    Said.OPENED: lambda say, facts: say(
        "The workshop is open. Its card is in the conversation: people join there, and Facilitate takes you on."
    ),
    Said.ROLE_GIVEN: role_words.given,
    Said.ROLE_TAKEN: role_words.taken,
    Said.TOOK_OVER: lambda say, facts: say("You are a facilitator of this workshop now."),
    Said.TAKEN_OVER: role_words.taken_over,
    Said.LATE_ALLOWED: lambda say, facts: say("Closed steps take late answers now."),
    Said.LATE_NOT_ALLOWED: lambda say, facts: say("Closed steps take no late answers any more."),
    Said.REVEALED: lambda say, facts: say("Everybody can see these answers now."),
    Said.PICKED: _picked,
    Said.MODERATED: moderation_words.moderated,
    Said.SPOTLIT: moderation_words.spotlit,
    Said.SPOTLIGHT_ENDED: moderation_words.dimmed,
    Said.TRANSLATED: lambda say, facts: say("The translations are kept as you wrote them."),
    Said.NUDGED: reminder_words.nudged,
    Said.ALREADY_SO: lambda say, facts: say("It is so already; nothing was changed."),
    Said.CAME_LATE: lambda say, facts: say(
        "Nothing was changed now: this came a second time, or after something newer."
    ),
    Said.POSTED_AGAIN: lambda say, facts: say("The card is posted again below."),
    Said.NOT_CONFIRMED: lambda say, facts: say("Not confirmed yet: press again, it will count once."),
    Said.NOT_STORED: lambda say, facts: say(
        "This could not be stored, and nothing was changed. Please press again in a moment."
    ),
    Said.APOLOGY: _apology,
    Said.UNKNOWN_COMMAND: _unknown_command,
    Said.DID_YOU_MEAN: _did_you_mean,
    Said.MENTION_SOMEBODY: _mention_somebody,
    Said.NOTHING_TO_CHANGE: lambda say, facts: say("There was nothing to change."),
    Said.CASES_PROPOSED: case_words.proposed,
    Said.CASE_AGREED: lambda say, facts: say(
        "Thank you: your case can be opened. The card in the conversation says so."
    ),
    Said.CASE_DECLINED: lambda say, facts: say("Your case stays closed, and nobody learns that it was yours."),
    Said.CASES_DROPPED: lambda say, facts: say("Nobody is waited for any more."),
    Said.PRACTICES_ADDED: practice_words.added,
    Said.LIST_CHANGED: list_words.changed,
    Said.LIST_FORGOTTEN: lambda say, facts: say("The list is erased. Who has joined stays in."),
    Said.PRACTICES_REMOVED: practice_words.removed,
    Said.GROUPS_FORMED: group_words.formed,
    Said.GROUPS_DISSOLVED: group_words.dissolved,
    Said.GROUP_FACILITATOR_NAMED: group_words.led,
    Said.GROUP_FACILITATOR_DROPPED: group_words.led_no_more,
    Said.GROUP_WAITS_NOW: group_words.waits_now,
    Said.PUT_INTO_THEME: theme_words.put,
    Said.TAKEN_OUT_OF_THEME: theme_words.taken_out,
    Said.THEMES_MERGED: lambda say, facts: say("The two themes are one now."),
    Said.THEME_RENAMED: lambda say, facts: say("The theme has its new name."),
    Said.THEMES_UNDONE: lambda say, facts: say("The last change of the themes is undone."),
    Said.STILL_COMPARING: lambda say, facts: say(
        "Kolbot is still comparing the notes. Please ask again in a few seconds."
    ),
    Said.MOVED_TO_GROUP: group_words.moved,
    Said.GROUP_BOUND: place_words.bound,
    Said.GROUP_UNBOUND: lambda say, facts: say("The group has no conversation of its own any more: it works here."),
    Said.PLACE_REFUSED: place_words.refused,
    Said.PLACE_GONE: place_words.gone,
    Said.SPEAKS_FOR_GROUP: group_words.speaks_for_group,
    Said.SPOKESPERSON_NAMED: group_words.spokesperson_named,
    Said.QUESTIONS_KEPT: lambda say, facts: say("Your changes are kept for this agenda."),
    Said.TEMPLATE_READ: lambda say, facts: say("The template is right. Here is its agenda."),
    Said.TEMPLATE_KEPT: lambda say, facts: say("Kept. From now on it is among the templates offered here."),
    Said.TEMPLATE_SENT: file_words.sent,
    Said.TEMPLATE_REMOVED: lambda say, facts: say(
        "Removed. Workshops that were opened with it keep what they ask."
    ),
}
"""Everything that Kolbot says in one sentence."""
