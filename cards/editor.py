"""The forms in which a template is changed before a workshop is opened with it: its agenda, a step's questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards import elements as el, new
from cards.language import label_of
from cards.notice import told
from cards.phrases import shortened, stage_name
from locales import Words
from workshop.plan import Prompt, Reveal, Step, WriteIn, in_language
from workshop.views import AgendaForm, PasteForm, QuestionsForm

DETAILED = 40
"""Above this many steps the agenda says only their names."""
LABEL = 80
"""Longest text of a question in the agenda, in code points."""
TEXT_LIMIT = 2000
NAME_LIMIT = 140

SETTINGS: Mapping[str, Callable[[Words], str]] = {
    "top": lambda say: say("How many of the strongest it takes over"),
    "max_chars": lambda say: say("Longest answer, in characters"),
    "max_notes": lambda say: say("Most notes of a person in each column"),
    "max_entries": lambda say: say("Most entries of a person"),
    "most": lambda say: say("Most that one person may choose or give"),
    "least": lambda say: say("Fewest places to give"),
    "dots": lambda say: say("Dots of each person"),
    "per_item": lambda say: say("Most dots on one item"),
    "low": lambda say: say("Lowest number of the scale"),
    "high": lambda say: say("Highest number of the scale"),
    "total": lambda say: say("Points of each person"),
    "within_days": lambda say: say("Days within which it should be done (0: not said)"),
}
"""Settings that are whole numbers, by the template's own names."""

REVEALS: Mapping[Reveal, Callable[[Words], str]] = {
    Reveal.ON_CLOSE: lambda say: say("when the step closes"),
    Reveal.BY_FACILITATOR: lambda say: say("when a facilitator reveals them"),
    Reveal.LIVE: lambda say: say("at once, while people write"),
}


WRITTEN_IN: Mapping[WriteIn, Callable[[Words], str]] = {
    WriteIn.OWN: lambda say: say("each person's own"),
    WriteIn.WORKSHOP: lambda say: say("that of the workshop"),
}


def agenda(view: AgendaForm, say: Words) -> el.Card:
    """Stages and steps with their minutes, what the workshop is called, and what can be done with it."""
    plan = view.new.plans[0]
    name = el.line(in_language(plan.title, say.language), weight="Bolder")
    body: list[el.Element] = [*told(view.sentence, say), *_ask(view, say), name]
    body += [*new.second(view.new, say), new.language(view.new, say), new.title(view.new, say)]
    body.append(new.reserves(view.new, say))
    body.append(el.heading(say("Agenda"), "Medium", spacing="Medium"))
    body.append(el.line(say("Minutes of each step. Empty: as in the template; 0: the step is left out."), subtle=True))
    detailed = len(plan.places) <= DETAILED
    for stage in plan.stages:
        facts = {"stage": stage_name(stage.id, say), "time": say.duration(stage.minutes)}
        body.append(el.heading(say("{stage} · {time} in the template", **facts), "Default", spacing="Medium"))
        for step in stage.steps:
            body += _step(view, step, say, detailed)
    body += _choose(view, say)
    if view.around:
        body.append(el.line(say("Groups and follow-up are changed."), weight="Bolder", size="Small"))
    body.append(el.buttons([el.submit(say("Groups and follow-up …"), "around", **_at(view))]))
    body.append(el.heading(say("For next time"), "Medium", spacing="Medium"))
    body.append(
        el.teams.TextInput(
            id="name",
            label=say("Name of your own template"),
            placeholder=say("With all the changes, for everybody here"),
            value=view.name or None,
            max_length=NAME_LIMIT,
        )
    )
    body.append(el.buttons([el.submit(say("Keep it as a template of your own"), "template_keep", **_at(view))]))
    actions: list[el.teams.Action] = [
        el.submit(say("Open the workshop"), "agenda_open", "positive", **_at(view)),
        el.submit(say("Choose another template"), "new", earlier=new.of(view.new)),
    ]
    return el.card(body, actions, say.language)


def _at(view: AgendaForm) -> dict[str, str | None]:
    """What every button of the page is about."""
    return {"draft": view.draft, "earlier": new.of(view.new)}


def _choose(view: AgendaForm, say: Words) -> list[el.Element]:
    """The way to a step's questions."""
    asking = [place.step for place in view.new.plans[0].places if place.step.prompts]
    if not asking:
        return []
    chosen = el.teams.ChoiceSetInput(
        id="step",
        label=say("Questions of the step"),
        choices=[el.choice(in_language(step.title, say.language), step.id) for step in asking],
        value=view.step if view.step in {step.id for step in asking} else asking[0].id,
        style="compact",
    )
    return [chosen, el.buttons([el.submit(say("See and change its questions …"), "questions", **_at(view))])]


def _ask(view: AgendaForm, say: Words) -> list[el.Element]:
    if not view.ask:
        return []
    replace = el.submit(say("Replace it"), "template_keep", replace=True, **_at(view))
    return [el.buttons([replace])]


def _step(view: AgendaForm, step: Step, say: Words, detailed: bool) -> list[el.Element]:
    title = in_language(step.title, say.language)
    field = el.teams.TextInput(
        id=f"m.{step.id}",
        label=shortened(title, NAME_LIMIT if detailed else LABEL),
        value=view.minutes.get(step.id) or None,
        placeholder=say.minutes(step.minutes) if detailed else None,
    )
    if not detailed:
        return [field]
    asked = [shortened(in_language(prompt.text, say.language).replace("\n", " "), LABEL) for prompt in step.prompts]
    lines = [el.line(words, subtle=True, size="Small", spacing="None") for words in asked or [say("A break")]]
    if step.id in view.changed:
        lines.append(el.line(say("Its questions are changed."), weight="Bolder", size="Small", spacing="None"))
    return [field, *lines]


def questions(view: QuestionsForm, say: Words) -> el.Card:
    """Each question in each language of the template, with its settings."""
    body: list[el.Element] = [*told(view.sentence, say)]
    body.append(el.line(say("What is left empty is as in the template."), subtle=True))
    body += [
        el.teams.TextInput(
            id=f"s.{code}",
            label=say("Title of the step ({language})", language=label_of(code, say)),
            value=view.typed.get(f"s.{code}") or None,
            max_length=max(NAME_LIMIT, len(view.typed.get(f"s.{code}", ""))),
        )
        for code in view.plan.languages
    ]
    for prompt in view.step.prompts:
        body.append(el.heading(shortened(in_language(prompt.text, say.language), LABEL), "Default", spacing="Medium"))
        body += _question(view, prompt, say)
    if not view.step.case:
        body.append(_toggle(view, "g", say("Groups"), say("Each group works with what it gave itself")))
    action = el.submit(say("Back to the agenda"), "questions_kept", "positive", draft=view.draft, step=view.step.id)
    return el.card(body, [action], say.language)


def _question(view: QuestionsForm, prompt: Prompt, say: Words) -> list[el.Element]:
    fields: list[el.Element] = [
        el.teams.TextInput(
            id=f"t.{prompt.id}.{code}",
            label=say("Question ({language})", language=label_of(code, say)),
            value=view.typed.get(f"t.{prompt.id}.{code}") or None,
            is_multiline=True,
            max_length=max(TEXT_LIMIT, len(view.typed.get(f"t.{prompt.id}.{code}", ""))),
        )
        for code in view.plan.languages
    ]
    fields.append(
        el.teams.ChoiceSetInput(
            id=f"r.{prompt.id}",
            label=say("Others see the answers"),
            choices=[el.choice(REVEALS[reveal](say), reveal) for reveal in Reveal],
            value=view.typed.get(f"r.{prompt.id}"),
            style="compact",
        )
    )
    fields.append(
        el.teams.ChoiceSetInput(
            id=f"l.{prompt.id}",
            label=say("Language to write in"),
            choices=[el.choice(WRITTEN_IN[one](say), one) for one in WriteIn],
            value=view.typed.get(f"l.{prompt.id}"),
            style="compact",
        )
    )
    fields.append(_toggle(view, f"a.{prompt.id}", say("Names"), say("Answers are anonymous")))
    fields.append(_toggle(view, f"q.{prompt.id}", say("Needed"), say("Everybody has to answer this question")))
    for name in view.settings.get(prompt.id, {}):
        if name in SETTINGS:
            id = f"n.{prompt.id}.{name}"
            fields.append(el.teams.TextInput(id=id, label=SETTINGS[name](say), value=view.typed.get(id) or None))
    return fields


def _toggle(view: QuestionsForm, id: str, label: str, title: str) -> el.Element:
    on = view.typed.get(id, "false")
    return el.teams.ToggleInput(id=id, label=label, title=title, value=on, value_on="true", value_off="false")


def paste(view: PasteForm, say: Words) -> el.Card:
    """One field for a whole template."""
    body: list[el.Element] = [
        *told(view.sentence, say),
        el.line(say("Paste the whole text of a template here (YAML). It is checked before anything is opened.")),
        *(
            [el.line(say("What you pasted is too long to stand here again: please paste it anew."))]
            if view.too_long
            else []
        ),
        el.teams.TextInput(id="yaml", label=say("Template"), value=view.text or None, is_multiline=True),
    ]
    check = el.submit(say("Check it"), "pasted", "positive")
    return el.card(body, [check, el.submit_without_fields(say("Choose another template"), "new")], say.language)


DRAWS = {AgendaForm: agenda, QuestionsForm: questions, PasteForm: paste}
TITLES = {
    AgendaForm: lambda view, say: say("Agenda of the new workshop"),
    QuestionsForm: lambda view, say: in_language(view.step.title, say.language),
    PasteForm: lambda view, say: say("Paste a template"),
}
