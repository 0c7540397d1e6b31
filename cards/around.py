"""The form in which a template's groups and follow-up are changed before a workshop is opened with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards import elements as el
from cards.groups import MIX
from cards.notice import told
from locales import Words
from workshop.plan import MIXED_BY
from workshop.views import AroundForm

FIELD_LIMIT = 140

FIELDS: Mapping[str, Callable[[Words], str]] = {
    "groups.size": lambda say: say("People in a group (0: the template says nothing about groups)"),
    "groups.min": lambda say: say("Fewest people in a group"),
    "groups.max": lambda say: say("Most people in a group (0: no limit)"),
    "follow_up.report_due_days": lambda say: say("Individual report: due so many days after the end (0: no report)"),
    "follow_up.plan_due_days": lambda say: say("Implementation plan: due so many days after the end (0: no plan)"),
    "follow_up.remind": lambda say: say("Days for reminders, with commas (0: none)"),
    "follow_up.check_in_days": lambda say: say("Days to look at the commitments again, with commas (0: none)"),
}


def around(view: AroundForm, say: Words) -> el.Card:
    """Numbers and days, each in its field; what is wrong stands on top."""
    body: list[el.Element] = [*told(view.sentence, say)]
    body.append(el.line(say("What is left empty is as in the template."), subtle=True))
    body.append(el.heading(say("Groups"), "Medium"))
    body += [_field(id, view, say) for id in FIELDS if id.startswith("groups.")]
    chosen = [word for word in view.typed.get("groups.mix_by", "").replace(",", " ").split() if word in MIXED_BY]
    body.append(
        el.teams.ChoiceSetInput(
            id="groups.mix_by",
            label=say("What is spread over the groups"),
            choices=[el.choice(MIX[word](say), word) for word in MIXED_BY],
            value=",".join(chosen) or None,
            is_multi_select=True,
            style="expanded",
        )
    )
    body.append(el.heading(say("Follow-up"), "Medium", spacing="Medium"))
    body.append(el.line(say("The card of the lobby says these days; Kolbot sends nothing by itself."), subtle=True))
    body += [_field(id, view, say) for id in FIELDS if id.startswith("follow_up.")]
    return el.card(
        body, [el.submit(say("Back to the agenda"), "around_kept", "positive", draft=view.draft)], say.language
    )


def _field(id: str, view: AroundForm, say: Words) -> el.Element:
    typed = view.typed.get(id, "")
    return el.teams.TextInput(
        id=id, label=FIELDS[id](say), value=typed or None, max_length=max(FIELD_LIMIT, len(typed))
    )


DRAWS = {AroundForm: around}
TITLES = {AroundForm: lambda view, say: say("Groups and follow-up")}
