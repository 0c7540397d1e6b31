"""What is said about moderating in one sentence: what was done, and what not because others were faster. It decides
nothing."""

from __future__ import annotations

from collections.abc import Mapping

from locales import Words

Facts = Mapping[str, str | int]


def moderated(say: Words, facts: Facts) -> str:
    """What was done, kind by kind; then what was not."""
    done = {name: number for name, number in facts.items() if isinstance(number, int) and number}
    told = []
    if n := done.get("approved"):
        told.append(say.plural("{n} entry can be seen now.", "{n} entries can be seen now.", n))
    if n := done.get("hidden"):
        told.append(say.plural("{n} entry is hidden now.", "{n} entries are hidden now.", n))
    if n := done.get("restored"):
        told.append(say.plural("{n} entry is no longer hidden.", "{n} entries are no longer hidden.", n))
    if done.get("spotlit"):
        told.append(spotlit(say, facts))
    if done.get("dimmed"):
        told.append(dimmed(say, facts))
    if done.get("unseen"):
        told.append(not_seen(say, {}))
    if n := done.get("gone"):
        told.append(say.plural("{n} entry is not there any more.", "{n} entries are not there any more.", n))
    if done.get("stale"):
        told.append(hidden_meanwhile(say, facts))
    return " ".join(told) or say("The entries are hidden or restored as you chose.")


def hidden_meanwhile(say: Words, facts: Facts) -> str:
    """Let through by one while another has hidden it."""
    n = facts.get("stale", 1)
    return say.plural(
        "{n} entry was hidden by somebody else meanwhile and stays hidden.",
        "{n} entries were hidden by somebody else meanwhile and stay hidden.",
        n if isinstance(n, int) else 1,
    )


def spotlit(say: Words, facts: Facts) -> str:
    """One entry is shown large, and no other."""
    return say("Every open board page shows this entry large now.")


def dimmed(say: Words, facts: Facts) -> str:
    """None is shown large."""
    return say("No entry is shown large any more.")


def not_seen(say: Words, facts: Facts) -> str:
    """Why an entry cannot be shown large, and what would help."""
    match facts.get("why"):
        case "hidden":
            return say("This entry is hidden, so it cannot be shown large. Please restore it first.")
        case "waiting":
            return say("This entry waits for a moderator, so it cannot be shown large. Please let it be seen first.")
        case _:
            return say("An entry can be shown large as soon as everybody may see it.")


def wrong_translation(say: Words, facts: Facts) -> str:
    """Why a translation was not kept, and what would be right."""
    given, limit, now = facts.get("given"), facts.get("limit"), facts.get("now")
    language = say.name_of_language(str(facts.get("language") or say.language))
    if facts.get("why") == "long" and isinstance(given, int) and isinstance(limit, int):
        return say.plural(
            "{language}: this has {n} character; at most {limit} fit.",
            "{language}: this has {n} characters; at most {limit} fit.",
            given,
            language=language,
            limit=say.number(limit),
        )
    if now:
        return say(
            "{language}: somebody else wrote this meanwhile: “{now}”. Yours is still in its field; save again to put "
            "it there instead.",
            language=language,
            now=str(now),
        )
    return say(
        "{language}: somebody else took the translation away meanwhile. Yours is still in its field; save again to "
        "keep it.",
        language=language,
    )
