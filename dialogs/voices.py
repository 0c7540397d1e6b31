"""What a form says of one's group: who answers for it, and what is recorded. It reads nothing and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workshop.groupwork import GroupName
from workshop.keys import told_key
from workshop.model import Answer, Workshop
from workshop.plan import Place, Prompt
from workshop.prompts import kind_of
from workshop.spokespeople import may_speak, record_of, speaker
from workshop.views import GroupVoice, PromptForm, Recorded


def name_of(workshop: Workshop, prompt: Prompt, person: str) -> GroupName | None:
    """The group that somebody's answer to a prompt is for; nothing where it is their own."""
    return GroupName(workshop.voice(person), workshop.forming) if prompt.per_group else None


def answers_it(workshop: Workshop, prompt: Prompt, person: str) -> bool:
    """Whether the prompt is this person's to answer, without taking over from anybody."""
    return not prompt.per_group or may_speak(workshop, person, None)


def gave(workshop: Workshop, place: Place, answers: Mapping[str, Answer], person: str) -> bool:
    """Whether any of a step's answers is this person's to change and to withdraw."""
    return any(prompt.id in answers and answers_it(workshop, prompt, person) for prompt in place.step.prompts)


def spoken(workshop: Workshop, form: PromptForm, answer: Answer | None, person: str) -> PromptForm:
    """The prompt with how its group stands. Where somebody else answers it is only shown, unless something was typed
    into it: that stays."""
    prompt = form.prompt
    group = name_of(workshop, prompt, person)
    if group is None:
        return form
    record, now = record_of(workshop, group), speaker(workshop, group)
    earlier = [spoke.person for spoke in record if spoke.person != now]
    hand = workshop.told_by.get(told_key(prompt.id, answer.case, group), "") if answer else ""
    mine = now == person
    voice = GroupVoice(
        group,
        workshop.people[now].name if now else "",
        mine,
        tuple(workshop.people[one].name for one in dict.fromkeys(earlier)),
        Recorded(prompt, form.items, answer.value) if answer else None,
        workshop.people[hand].name if hand and not (mine and hand == person) else "",
    )
    typed = kind_of(prompt).parse(prompt, form.items, form.given) is not None
    return replace(
        form,
        # Nobody is held up by a question that somebody else may answer.
        prompt=replace(prompt, required=prompt.required and mine),
        voice=voice,
        read_only=bool(now) and not mine and not typed,
    )
