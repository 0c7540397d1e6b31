"""Cases on cards: which obstacles may be helped with, the question to an owner, whose turn it is. Names by consent."""

from __future__ import annotations

from cards import elements as el, phrases as ph
from cards.notice import told
from cards.voices import group_name
from locales import Words
from workshop.model import LIVE, Case, Consent, Workshop
from workshop.plan import Asked, Step, in_language
from workshop.views import CaseForm, CasesCard


def cases(view: CasesCard, say: Words) -> el.Card:
    """The proposed obstacles with what their owners said."""
    w = view.workshop
    body: list[el.Element] = [el.heading(say("Cases"), "Large"), ph.title_line(w, say)]
    body.append(
        el.line(
            say(
                "These obstacles were put first. If one is yours: may the others help you with it? Nothing is opened, "
                "and nobody is named, without your yes."
            )
        )
    )
    for number, case in enumerate(w.cases, 1):
        words = ph.shortened(ph.own_words(case.label, say, w.language), ph.QUOTE)
        lines: list[el.Element] = [el.said(words, prefix=f"{number}. ")]
        lines.append(el.rich(el.run(_state(case, w, say), subtle=True, size="Small"), spacing="None"))
        body.append(el.box(lines, spacing="Small"))
    actions: list[el.teams.Action] = []
    if w.status in LIVE:
        actions.append(el.fetch(say("One of these is mine"), "my_case", "positive", w=w.id))
    return el.card(body, actions, say.language)


def _state(case: Case, w: Workshop, say: Words) -> str:
    match case.consent:
        case Consent.AGREED:
            name = ph.shortened(w.people[case.owner].name, ph.NAME)
            if not case.group:
                return say("{who} brings it in.", who=name)
            return say("{who} brings it in, in {group}.", who=name, group=group_name(case.group, say))
        case Consent.DECLINED:
            return say("It is not opened.")
        case _:
            return say("Whoever wrote it is asked.")


def case_form(view: CaseForm, say: Words) -> el.Card:
    """The question to the owner."""
    w, case = view.workshop, view.case
    words = ph.own_words(case.label, say, w.language)
    body: list[el.Element] = [
        *told(view.sentence, say),
        el.line(say("Many found your obstacle important:")),
        el.box([el.said(words)], style="emphasis"),
        el.line(
            say(
                "May the others help you with it? You tell it in a few minutes, they ask, tell what they have lived "
                "through and make suggestions; you decide what you take. They will see that it is yours."
            )
        ),
    ]
    data = {"w": w.id, "case": case.key}
    yes = el.submit(say("Yes, open my case"), "answer_case", "positive", agreed=True, **data)
    no = el.submit(say("No, leave it closed"), "answer_case", agreed=False, **data)
    return el.card(body, [yes, no], say.language)


def case_box(case: Case, w: Workshop, say: Words) -> el.Element:
    """Which case it is: the obstacle and whose it is."""
    who = ph.shortened(w.people[case.owner].name, ph.NAME)
    number = [one.key for one in w.queue_of(case.group)].index(case.key) + 1
    where = f"{group_name(case.group, say)} · " if case.group else ""
    head = where + say("Case {number} · {who}", number=say.number(number), who=who)
    words = ph.shortened(ph.own_words(case.label, say, w.language), ph.QUOTE)
    return el.box([el.rich(el.run(head, weight="Bolder")), el.said(words)], style="accent", spacing="Small")


def turn_of(step: Step, case: Case, w: Workshop, say: Words) -> str:
    """Whose turn it is; what is wanted the question itself says. It holds a name: for runs only."""
    who = ph.shortened(w.people[case.owner].name, ph.NAME)
    asked = {prompt.by for prompt in step.prompts}
    if asked == {Asked.OWNER}:
        return say("Now: {who}. Everybody else listens.", who=who)
    if asked == {Asked.PEERS}:
        return say("Now: everybody but {who}, who listens.", who=who)
    return say("Now: everybody.")


def not_asked(step: Step, case: Case | None, w: Workshop, say: Words) -> el.Element:
    """What stands in the form of somebody whom the step asks nothing."""
    if case is None:
        return el.line(say("Your group has no case now. You can follow the others on the board."))
    title = in_language(step.title, say.language, w.language)
    return el.rich(el.run(f"{title}: {turn_of(step, case, w, say)}"))


def case_title(view: CaseForm, say: Words) -> str:
    """The title of the dialog."""
    return say("Your case")


DRAWS = {CasesCard: cases, CaseForm: case_form}
TITLES = {CaseForm: case_title}
