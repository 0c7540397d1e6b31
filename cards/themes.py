"""The form in which those who lead put notes into themes, and what looks alike. It draws and puts nothing anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from cards import elements as el
from cards.moderate import cut
from cards.notice import told
from cards.phrases import shortened
from locales import Words
from workshop.model import themes_key
from workshop.plan import in_language
from workshop.prompts.notes import notes_rules
from workshop.themes import LONGEST
from workshop.theming import Same
from workshop.views import Proposed, ThemesForm

TICK = 200
"""Bytes, as UTF-16 JSON, of a note beside its tick; the whole words stand above. A card of as many notes, themes and
proposals as there can be stays below Teams' limit of 80 KB."""
NEW, NONE = "new", "none"
"""What the list of themes offers besides them: one more, and none at all."""


def form(view: ThemesForm, say: Words) -> el.Card:
    """A page of notes with what can be done to them, or the proposals."""
    w = view.workshop
    body: list[el.Element] = [*told(view.sentence, say)]
    back = el.submit_without_fields(say("Back to the console"), "console", w=w.id)
    if not view.sheets:
        return el.card([*body, el.line(say("Nobody has been asked for notes yet."))], [back], say.language)
    body += _sheets(view, say)
    at = {"w": w.id, "of": _key(view), "page": view.page}
    if view.proposed is not None:
        body += _proposed(view, view.proposed, say)
        return el.card(body, [el.submit_without_fields(say("Back to the notes"), "themes", **at), back], say.language)
    body += _notes(view, say)
    body += _themes(view, say)
    actions: list[el.teams.Action] = []
    if view.notes:
        actions.append(el.submit_without_fields(say("What looks alike?"), "suggest_themes", **at))
    if view.themes.before:
        actions.append(el.submit_without_fields(say("Undo the last change"), "undo_theme", **at, mark=view.themes.mark))
    for label, page in ((say("Previous notes"), view.page - 1), (say("More notes"), view.page + 1)):
        if 0 <= page < view.pages:
            actions.append(el.submit_without_fields(label, "themes", **{**at, "page": page}))
    return el.card(body, [*actions, back], say.language)


def _key(view: ThemesForm) -> str:
    prompt, column = view.sheets[view.sheet]
    return themes_key(prompt.id, column)


def _sheets(view: ThemesForm, say: Words) -> list[el.Element]:
    """Which notes it is about; where there are more, a list to go to them."""
    names = [_sheet_name(view, number, say) for number in range(len(view.sheets))]
    body: list[el.Element] = [el.heading(names[view.sheet], "Medium")]
    if len(names) > 1:
        choices = [
            el.choice(name, themes_key(prompt.id, column))
            for name, (prompt, column) in zip(names, view.sheets, strict=True)
        ]
        body.append(
            el.teams.ChoiceSetInput(
                id="sheet", label=say("Which notes"), choices=choices, value=_key(view), style="compact", wrap=True
            )
        )
        body.append(el.buttons([el.submit(say("Show these notes"), "themes", w=view.workshop.id, look=True)]))
    return body


def _sheet_name(view: ThemesForm, number: int, say: Words) -> str:
    prompt, column = view.sheets[number]
    columns = dict(notes_rules(prompt).columns)
    question = in_language(prompt.text, say.language, view.workshop.language)
    if len(columns) == 1:
        return question
    return f"{question} · {in_language(columns[column], say.language, view.workshop.language)}"


def _notes(view: ThemesForm, say: Words) -> list[el.Element]:
    if not view.notes:
        return [el.line(say("There are no notes here that could be put into themes."))]
    names = {theme.id: theme.name for theme in view.themes.now}
    asks = say("Tick notes and say which theme they belong to.")
    prompt, column = view.sheets[view.sheet]
    if column == notes_rules(prompt).columns[0][0]:  # the column that is carried over
        asks += " " + say("A vote on these notes is then on the themes, and on the notes that are in none.")
    body: list[el.Element] = [
        el.line(asks),
        el.line(
            say("Page {page} of {pages}", page=say.number(view.page + 1), pages=say.number(view.pages)), subtle=True
        ),
    ]
    for number, note in enumerate(view.notes, 1):
        state = " · ".join(
            el.isolated(words)
            for words in (names.get(note.theme, ""), say("waits for a moderator") if note.waiting else "")
            if words
        )
        body.append(el.said(el.isolated(note.words) + _times(note, say), prefix=f"{number}. ", who=state))
    ticked = view.typed.get("notes", "").split(",")
    body.append(
        el.teams.ChoiceSetInput(
            id="notes",
            label=say("Notes"),
            choices=[
                el.choice(f"{number}: {cut(note.words, TICK)}", note.tick) for number, note in enumerate(view.notes, 1)
            ],
            value=",".join(note.tick for note in view.notes if note.tick in ticked) or None,
            is_multi_select=True,
            style="expanded",
            wrap=True,
        )
    )
    offered = [*_choices(view, say), el.choice(say("a new theme"), NEW)]
    if names:
        offered.append(el.choice(say("no theme"), NONE))
    body.append(_list(view, "into", say("Put them into"), offered, "" if names else NEW))
    body.append(_name("called", say("Name of the new theme"), view.typed.get("called", "")))
    w, of = view.workshop.id, _key(view)
    body.append(el.buttons([el.submit(say("Put there"), "put_into_theme", "positive", w=w, of=of, page=view.page)]))
    return body


def _times(note: Same, say: Words) -> str:
    return f" ×{say.number(len(note.entries))}" if len(note.entries) > 1 else ""


def _choices(view: ThemesForm, say: Words) -> list[el.teams.Choice]:
    """The themes with how many notes each has."""
    return [
        el.choice(
            f"{theme.name} · {say.plural('{n} note', '{n} notes', view.counts.get(theme.id, 0))}",
            theme.id,
        )
        for theme in view.themes.now
    ]


def _list(
    view: ThemesForm, id: str, label: str, offered: Sequence[el.teams.Choice], otherwise: str = ""
) -> el.teams.ChoiceSetInput:
    given = view.typed.get(id, otherwise)
    return el.teams.ChoiceSetInput(
        id=id,
        label=label,
        choices=list(offered),
        value=given if given in [choice.value for choice in offered] else None,
        style="compact",
        wrap=True,
    )


def _name(id: str, label: str, given: str) -> el.teams.TextInput:
    """A field for a name. What was typed and is longer is given back whole, and Kolbot counts again."""
    longest = max(LONGEST, len(given.encode("utf-16-le", "surrogatepass")) // 2)
    return el.teams.TextInput(id=id, label=label, value=given or None, max_length=longest)


def _themes(view: ThemesForm, say: Words) -> list[el.Element]:
    """What can be done to the themes that there are."""
    if not view.themes.now:
        return []
    choices = _choices(view, say)
    at = {"w": view.workshop.id, "of": _key(view), "page": view.page}
    body: list[el.Element] = [
        el.heading(say("The themes"), "Medium", spacing="Medium"),
        _list(view, "theme", say("Theme"), choices),
        _name("name", say("Its new name"), view.typed.get("name", "")),
        el.buttons([el.submit(say("Rename"), "rename_theme", **at)]),
    ]
    if len(choices) > 1:
        body.append(_list(view, "target", say("Merge it into"), choices))
        body.append(el.buttons([el.submit(say("Merge"), "merge_themes", **at)]))
    return body


def _proposed(view: ThemesForm, proposed: Sequence[Proposed], say: Words) -> list[el.Element]:
    """What looks alike, each with a name that can be changed and a button that puts it together."""
    if not proposed:
        return [el.line(say("Nothing else looks alike."))]
    body: list[el.Element] = [
        el.line(say("These notes have words in common. Nothing is put together before you press Accept."))
    ]
    at = {"w": view.workshop.id, "of": _key(view), "page": view.page}
    for number, one in enumerate(proposed, 1):
        first = one.notes[0].tick
        if one.theme:
            body.append(
                el.line(say("Proposal {n}: these could belong to the theme", n=say.number(number)), separator=True)
            )
            body.append(el.said(one.called, weight="Bolder", spacing="Small"))
        else:
            body.append(el.line(say("Proposal {n}: these look alike", n=say.number(number)), separator=True))
        alike = [el.isolated(note.words) + _times(note, say) for note in one.notes]
        body += [el.said(words, prefix="• ", spacing="Small") for words in alike]
        if not one.theme:
            given = view.typed.get(f"called.{first}", shortened(one.called, LONGEST))
            body.append(_name(f"called.{first}", say("Name of theme {n}", n=say.number(number)), given))
        ticks = [note.tick for note in one.notes]
        label = say("Accept {n}", n=say.number(number))
        body.append(el.buttons([el.submit(label, "accept_theme", **at, notes=ticks, theme=one.theme or None)]))
    return body


def form_title(view: ThemesForm, say: Words) -> str:
    """The title of the form's dialog."""
    return say("Themes")


DRAWS = {ThemesForm: form}
TITLES = {ThemesForm: form_title}
