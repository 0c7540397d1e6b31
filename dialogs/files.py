"""The conversation about files that somebody sends in a personal chat: a template (YAML), or a table (CSV)."""

from __future__ import annotations

import asyncio
import codecs
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from contextlib import suppress
from dataclasses import replace

from dialogs.editor import why_wrong
from dialogs.expected import on_the_list, wrong_list
from dialogs.list_of_people import columns_of, people_of
from dialogs.practices import HEADINGS
from dialogs.router import Router
from dialogs.table import LIMIT, WrongTable, rows_of
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn
from dialogs.whereabouts import speaks, unless_done
from templates import WrongTemplate, read
from templates.editing import named
from workshop import commands as c
from workshop.drafts import OWN_LIMIT, Draft, Own
from workshop.expecting import LIMITS as FIELDS
from workshop.model import LIVE, Workshop
from workshop.plan import Plan, in_language
from workshop.practices import LIMITS, of_rows
from workshop.prompts.kind import fold
from workshop.refusals import Reason, Refused
from workshop.roles import may, may_open
from workshop.said import Said, Sentence, Spoken
from workshop.service import Done
from workshop.views import Notice, TableForm

router = Router()

LETTERS = {"utf-8": "utf-8-sig", "central": "cp1250", "cyrillic": "cp1251", "baltic": "cp1257", "western": "cp1252"}
"""How a spreadsheet may have written its letters, with Python's name for it; a file that is UTF-8 cannot be taken for
another by chance, the others can for each other."""
USUAL = {"pl": "central", "hu": "central", "bg": "cyrillic", "lv": "baltic"}
"""What Windows writes where this language is spoken."""
SHOWN = 3
"""So many rows are shown before a table is put in."""
NAME_LIMIT = 80
"""Longest file name that is said again, in code points."""
PRACTICES, PEOPLE = "practices", "people"
"""What a table may hold."""
TABLES = ("csv", "tsv", "txt")
TEMPLATES = ("yaml", "yml")


@router.on("file")
async def file(turn: Turn, kolbot: Kolbot) -> Reply:
    """A file came, or could not be had."""
    content, name = turn.data.get("content"), turn.text("file")
    if not isinstance(content, bytes):
        return _refused(turn, turn.text("why") or "away")
    ending = name.rpartition(".")[2].lower()
    if ending in TEMPLATES:
        return await _template(turn, kolbot, content)
    if ending in TABLES:
        return await _table(turn, kolbot, content)
    return _refused(turn, "kind")


def _refused(turn: Turn, why: str) -> Tell:
    name = turn.text("file")
    shown = name if len(name) <= NAME_LIMIT else name[: NAME_LIMIT - 1] + "…"
    return Tell(Refused(Reason.WRONG_FILE, {"why": why, "name": shown}), turn.language)


# A template: kept among the person's own, offered to them wherever they open a workshop.


async def _template(turn: Turn, kolbot: Kolbot, content: bytes) -> Reply:
    if not may_open(turn.who.id, kolbot.openers):
        return Tell(Refused(Reason.MAY_NOT_OPEN), turn.language)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _refused(turn, "letters")
    plan = await asyncio.to_thread(_read, text)  # it may compute for seconds
    return Tell(plan if isinstance(plan, Refused) else await _keep(turn, kolbot, plan), turn.language)


def _read(text: str) -> Plan | Refused:
    try:
        return read(text, "")
    except WrongTemplate as wrong:
        return why_wrong(wrong, wrong.line)


async def _keep(turn: Turn, kolbot: Kolbot, plan: Plan) -> Sentence:
    """Keep it under its title; one of the same title is the same template, sent again."""
    tenant, person = turn.where.tenant, turn.who.id
    name = in_language(plan.title, turn.language)
    there = await kolbot.drafts.own(tenant, person)
    same = next((own for own in there if fold(own.name) == fold(name)), None)
    if same is None and len(there) >= OWN_LIMIT:
        return Refused(Reason.OWN_FULL, {"limit": OWN_LIMIT, "yours": 1})
    id = same.id if same is not None else f"own-{kolbot.fresh()[:12]}"
    kept = await asyncio.to_thread(named, plan, id, None)
    own = Own(id, name, kept.minutes, kept.languages)
    if not await kolbot.drafts.keep_own(tenant, person, own, kept.source, person):
        return Spoken(Said.NOT_STORED)
    return Spoken(Said.TEMPLATE_SENT, {"name": name})


# A table: looked at first, then put into a workshop that the person leads.


async def _table(turn: Turn, kolbot: Kolbot, content: bytes) -> Reply:
    led = await _led(turn, kolbot)
    if not led:
        return _refused(turn, "no_workshop")
    if len(content) > 4 * LIMIT:
        return _refused(turn, "large")
    if not content.strip(codecs.BOM_UTF8 + b" \t\r\n;,"):
        return _refused(turn, "empty")
    form = {"name": turn.text("file")[:NAME_LIMIT], "table": b64encode(content).decode()}
    draft = Draft(turn.where.tenant, turn.who.id, kolbot.fresh()[:16], "", form=form)
    if not await kolbot.drafts.keep(draft):
        return Tell(Spoken(Said.NOT_STORED), turn.language)
    letters = _written_in(content, turn.language)
    return _look(turn, draft, led, letters)


@router.on("table_look")
async def look(turn: Turn, kolbot: Kolbot) -> Reply:
    """Show the table as it is with other letters."""
    draft = await _draft(turn, kolbot)
    led = await _led(turn, kolbot)
    if not led:
        return _refused(turn, "no_workshop")
    if draft is None:
        return _refused(turn, "gone")
    return _look(turn, draft, led, turn.text("letters"))


@router.on("table_in")
async def put_in(turn: Turn, kolbot: Kolbot) -> Reply:
    """Put all rows in as practices, or none."""
    draft = await _draft(turn, kolbot)
    led = await _led(turn, kolbot)
    if not led:
        return _refused(turn, "no_workshop")
    if draft is None:
        return _refused(turn, "gone")
    workshop = next((one for one in led if one.id == turn.text("into")), None)
    if workshop is None:
        return _look(turn, draft, led, turn.text("letters"), Refused(Reason.WRONG_FILE, {"why": "which"}))
    text = _text(draft, turn.text("letters"))
    command: c.Expect | c.AddPractices
    try:
        if turn.text("what") == PEOPLE:
            command = c.Expect(workshop=workshop.id, by=turn.who.id, people=people_of(text))
        else:
            given = of_rows(rows_of(text, len(LIMITS), HEADINGS))
            command = c.AddPractices(workshop=workshop.id, by=turn.who.id, practices=given)
    except WrongTable as wrong:
        return _look(turn, draft, led, turn.text("letters"), _no_table(turn, wrong))
    outcome = await kolbot.workshops.do(command, turn.delivery)
    if not isinstance(outcome, Done):
        why: Sentence | None = unless_done(outcome)
        if isinstance(why, Refused):
            why = replace(why, facts={**why.facts, "file": 1})
        return _look(turn, draft, led, turn.text("letters"), why)
    await kolbot.drafts.drop(draft)  # where that fails, it goes by itself after some days
    said = Spoken(Said.PRACTICES_ADDED, {"practices": len(outcome.workshop.practices)})
    if isinstance(command, c.Expect):
        said = on_the_list(outcome.workshop)
    return Show(Notice(said, outcome.workshop), speaks(turn, outcome.workshop))


async def _draft(turn: Turn, kolbot: Kolbot) -> Draft | None:
    found = await kolbot.drafts.draft(turn.where.tenant, turn.who.id, turn.text("draft"))
    return found if found is not None and "table" in found.form else None


async def _led(turn: Turn, kolbot: Kolbot) -> tuple[Workshop, ...]:
    """The workshops of this tenant into which this person may put practices, the newest first."""
    theirs = await kolbot.reader.of_person(turn.who.id)
    return tuple(
        one
        for one in theirs
        if one.tenant == turn.where.tenant and one.status in LIVE and may(one, turn.who.id, c.AddPractices)
    )


def _look(
    turn: Turn, draft: Draft, led: tuple[Workshop, ...], letters: str, sentence: Sentence | None = None
) -> Reply:
    """The first rows as they would be put in; why not, where it is no table."""
    letters = letters if letters in LETTERS else "utf-8"
    chosen = turn.text("into")
    into = chosen if any(one.id == chosen for one in led) else (led[0].id if len(led) == 1 else "")
    text, what = _text(draft, letters), turn.text("what")
    rows: list[list[str]] = []
    columns: tuple[str, ...] = ()
    try:
        rows = rows_of(text, 64)
        headings = columns_of(rows[0]) if rows else None
        what = what if what in (PEOPLE, PRACTICES) else (PEOPLE if headings else PRACTICES)
        if what == PEOPLE:
            columns = tuple(headings or FIELDS)
            rows = rows[1:] if headings else rows
        else:
            rows = rows_of(text, len(LIMITS), HEADINGS)
    except WrongTable as wrong:
        sentence = sentence or _no_table(turn, wrong)
    shown = tuple(tuple(row) for row in rows[:SHOWN])
    name = draft.form["name"]
    view = TableForm(draft.id, name, led, into, tuple(LETTERS), letters, len(rows), shown, what, columns, sentence)
    return Show(view, turn.language)


def _no_table(turn: Turn, wrong: WrongTable) -> Refused:
    if turn.text("what") == PEOPLE:
        return replace(wrong_list(wrong), facts={**wrong_list(wrong).facts, "file": 1})
    return Refused(Reason.WRONG_PRACTICES, {"why": wrong.why, "row": wrong.row, "file": 1})


def _written_in(content: bytes, language: str) -> str:
    """How the letters are probably written: UTF-8 if that can be, else as is usual where this language is spoken."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return USUAL.get(language, "western")
    return "utf-8"


def _text(draft: Draft, letters: str) -> str:
    """The table's text; what is no letter in this way of writing stands there as the sign for that."""
    content = b""
    with suppress(NotBase64):
        content = b64decode(draft.form["table"], validate=True)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # a spreadsheet's "Unicode text"
        return content.decode("utf-16", "replace")
    return content.decode(LETTERS.get(letters, "utf-8-sig"), "replace").replace("\x00", "")
