"""The conversation about themes: notes are put together by those who lead, never by themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cards.themes import NEW, NONE
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from dialogs.whereabouts import speaks, unless_done, workshop_here
from workshop import commands as c
from workshop.model import Workshop, themes_key
from workshop.refusals import Reason, Refused
from workshop.roles import may
from workshop.said import Said, Sentence, Spoken
from workshop.service import Done
from workshop.tally import by_prompt
from workshop.theming import AnyThemes, Same, notes_on, sheets, themes_in
from workshop.views import Opener, ThemesForm

router = Router()

PAGE = 20
"""Notes on one page of the form; the same words count once."""
MOST = 500
"""Entries that one press moves at most, where it names them."""
Make = Callable[[str, str, str, Sequence[Same]], AnyThemes | Refused]
"""A command to a workshop about a column (ids of the workshop, the prompt, the column), given its notes."""


@router.on("themes")
async def themes(turn: Turn, kolbot: Kolbot) -> Reply:
    """A page of notes; typed in a conversation, a card with a button that opens it."""
    found = await _allowed(turn, kolbot)
    if isinstance(found, Tell):
        return found
    if turn.via is Via.TYPED:
        return Show(Opener("themes", found), speaks(turn, found))
    return await _page(turn, kolbot, found)


@router.on("suggest_themes")
async def propose(turn: Turn, kolbot: Kolbot) -> Reply:
    """Which notes look alike; nothing is done with them."""
    found = await _allowed(turn, kolbot)
    return found if isinstance(found, Tell) else await _page(turn, kolbot, found, proposes=True)


@router.on("put_into_theme")
async def put(turn: Turn, kolbot: Kolbot) -> Reply:
    """Put the ticked notes where the list says: only these, because another one may have put others elsewhere since."""
    into, called, ticked = turn.text("into"), turn.text("called"), turn.keys("notes")
    given = turn.data.get("entries")
    named = tuple(one for one in given if isinstance(one, str))[:MOST] if isinstance(given, list) else ()

    def make(w: str, prompt: str, column: str, notes: Sequence[Same]) -> AnyThemes | Refused:
        by, entries = turn.who.id, named or _entries(ticked, notes)
        if into == NONE:
            return c.TakeOutOfTheme(workshop=w, by=by, prompt=prompt, column=column, notes=entries)
        if into == NEW or (not into and called.strip()):
            return c.PutIntoTheme(workshop=w, by=by, prompt=prompt, column=column, notes=entries, called=called)
        if not into:
            return Refused(Reason.WRONG_THEME, {"why": "where"})
        return c.PutIntoTheme(workshop=w, by=by, prompt=prompt, column=column, notes=entries, theme=into)

    return await _do(turn, kolbot, make)


@router.on("accept_theme")
async def accept(turn: Turn, kolbot: Kolbot) -> Reply:
    """Put together what looked alike, under the name that the person gave it."""
    given = turn.data.get("notes")
    alike = [note for note in given if isinstance(note, str)] if isinstance(given, list) else []
    called = turn.text(f"called.{alike[0]}") if alike else ""

    def make(w: str, prompt: str, column: str, notes: Sequence[Same]) -> AnyThemes:
        return c.PutIntoTheme(
            workshop=w,
            by=turn.who.id,
            prompt=prompt,
            column=column,
            notes=_entries(alike, notes),
            theme=turn.text("theme"),
            called=called,
        )

    return await _do(turn, kolbot, make, proposes=True)


@router.on("rename_theme")
async def rename(turn: Turn, kolbot: Kolbot) -> Reply:
    """Another name for a theme."""
    theme, called, was = turn.text("theme"), turn.text("name"), turn.text("was")
    return await _do(
        turn,
        kolbot,
        lambda w, prompt, column, notes: c.RenameTheme(
            workshop=w, by=turn.who.id, prompt=prompt, column=column, theme=theme, called=called, was=was
        ),
    )


@router.on("merge_themes")
async def merge(turn: Turn, kolbot: Kolbot) -> Reply:
    """Two themes become one."""
    theme, into = turn.text("theme"), turn.text("target")
    return await _do(
        turn,
        kolbot,
        lambda w, prompt, column, notes: c.MergeThemes(
            workshop=w, by=turn.who.id, prompt=prompt, column=column, theme=theme, into=into
        ),
    )


@router.on("undo_theme")
async def undo(turn: Turn, kolbot: Kolbot) -> Reply:
    """The themes as they were before the last change."""
    return await _do(
        turn,
        kolbot,
        lambda w, prompt, column, notes: c.UndoTheme(
            workshop=w, by=turn.who.id, prompt=prompt, column=column, mark=turn.text("mark")
        ),
    )


_SAID: Mapping[type[AnyThemes], Said] = {
    c.PutIntoTheme: Said.PUT_INTO_THEME,
    c.TakeOutOfTheme: Said.TAKEN_OUT_OF_THEME,
    c.MergeThemes: Said.THEMES_MERGED,
    c.RenameTheme: Said.THEME_RENAMED,
    c.UndoTheme: Said.THEMES_UNDONE,
}


async def _do(turn: Turn, kolbot: Kolbot, make: Make, proposes: bool = False) -> Reply:
    """Carry out what was asked; the form comes back with what was done, or with why not and all that was typed."""
    found = await _allowed(turn, kolbot)
    if isinstance(found, Tell):
        return found
    read = await kolbot.reader.answers(found.id)
    assert read is not None, "a workshop that was just found is still there"
    workshop, answers = read
    sheet = _sheet(turn, workshop)
    if sheet is None:
        return await _page(turn, kolbot, workshop, Refused(Reason.UNKNOWN_PROMPT))
    prompt, column = sheets(workshop)[sheet]
    command = make(
        workshop.id, prompt.id, column, notes_on(workshop, prompt, column, by_prompt(answers).get(prompt.id, ()))
    )
    if isinstance(command, Refused):
        return await _page(turn, kolbot, workshop, command, typed=True)
    outcome = await kolbot.workshops.do(command, turn.delivery)
    if not isinstance(outcome, Done):
        return await _page(turn, kolbot, workshop, unless_done(outcome), typed=True, proposes=proposes)
    said = Spoken(Said.NOTHING_TO_CHANGE)
    if outcome.events or outcome.repeated:
        said = Spoken(_SAID[type(command)], _counted(command, outcome.workshop))
    return await _page(turn, kolbot, outcome.workshop, said, proposes=proposes)


def _counted(command: AnyThemes, w: Workshop) -> dict[str, str | int]:
    """How many of the notes are in a theme now: some may have been withdrawn meanwhile."""
    if not isinstance(command, c.PutIntoTheme):
        return {}
    there = {note for theme in themes_in(w, command.prompt, command.column).now for note in theme.notes}
    return {"notes": len(there.intersection(command.notes))}


def _entries(ticked: Sequence[str], notes: Sequence[Same]) -> tuple[str, ...]:
    """The entries of what was ticked: the same words in the same theme go together, and in whatever theme they are
    where somebody has moved them since. Of what is not there any more its name, so that the rules can say so."""
    at: dict[str, list[Same]] = {}
    for note in notes:
        at.setdefault(note.tick, []).append(note)
        at.setdefault(f"{note.tick.partition('.')[0]}.", []).append(note)
    found = (note for one in ticked for note in at.get(one, at.get(f"{one.partition('.')[0]}.", [])))
    return tuple(dict.fromkeys(entry for note in found for entry in note.entries) or dict.fromkeys(ticked))


def _sheet(turn: Turn, workshop: Workshop) -> int | None:
    """Which column of notes the turn is about; without one the newest. Nothing where it names one that is not there."""
    named = turn.text("sheet") if turn.flag("look") else turn.text("of")
    keys = [themes_key(prompt.id, column) for prompt, column in sheets(workshop)]
    if named in keys:
        return keys.index(named)
    return 0 if keys and not named else None


async def _page(
    turn: Turn,
    kolbot: Kolbot,
    workshop: Workshop,
    sentence: Sentence | None = None,
    *,
    typed: bool = False,
    proposes: bool = False,
) -> Reply:
    language = speaks(turn, workshop)
    read = await kolbot.reader.answers(workshop.id)
    assert read is not None, "a workshop that was just found is still there"
    now, answers = read
    there = sheets(now)
    if not there:
        return Show(ThemesForm(now, (), sentence=sentence), language)
    sheet = _sheet(turn, now) or 0
    prompt, column = there[sheet]
    notes = notes_on(now, prompt, column, by_prompt(answers).get(prompt.id, ()))
    stands = themes_in(now, prompt.id, column)
    pages = max(1, -(-len(notes) // PAGE))
    page = min(max(turn.number("page") or 0, 0), pages - 1)
    counts = {theme.id: sum(len(note.entries) for note in notes if note.theme == theme.id) for theme in stands.now}
    proposed = await kolbot.alike.proposals(notes, stands) if proposes else None
    if proposes and proposed is None:
        sentence = sentence or Spoken(Said.STILL_COMPARING)
    view = ThemesForm(
        now,
        there,
        sheet,
        stands,
        counts,
        notes[page * PAGE : (page + 1) * PAGE],
        page,
        pages,
        {name: turn.text(name) for name in turn.data if turn.text(name)} if typed else {},
        proposed,
        sentence,
    )
    return Show(view, language)


async def _allowed(turn: Turn, kolbot: Kolbot) -> Workshop | Tell:
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    if not may(workshop, turn.who.id, c.PutIntoTheme):
        names = ", ".join(person.name for person in workshop.facilitators)
        return Tell(Refused(Reason.ONLY_MODERATORS, {"who": names}), speaks(turn, workshop))
    return workshop
