"""One workshop with thousands of notes, read and answered in five languages by three roles. It measures nothing."""

from __future__ import annotations

import asyncio
import json
import resource
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from aiohttp import web

from app import Running, now
from benchmarks.scene import APP_ID, MARK, TENANT, home, person_id, submit, workshop_id
from locales import LANGUAGES
from store.conversations import Conversations
from store.database import for_writing, open_database
from store.reader import Reader
from store.tables import answers
from store.writer import Writer
from templates import from_source
from templates.loader import read
from web.board import BOARD
from web.easel import Easel
from workshop import commands as c
from workshop.plan import Plan
from workshop.service import Done, Workshops

PER_PERSON = 10
"""Notes of each person, two in each of five steps: the last step is open, and what it gets is shown at once."""
STEPS = 5
ROLES = 25
"""Of so many rows of five people, one of each language, the first are facilitators, the next two moderators, the others
participants."""
WORDS = {
    "en": "Office hours in which nobody has to book a place beforehand",
    "pl": "Dyżury, na które nikt nie musi zapisywać się wcześniej",
    "bg": "Приемни часове, за които никой не трябва да се записва",
    "lv": "Pieņemšanas stundas, kurām nevienam nav iepriekš jāpiesakās",
    "hu": "Fogadóórák, amelyekre senkinek sem kell előre jelentkeznie",
}


def hall() -> Plan:
    """The plan: five steps of notes with their answers shown at once, as a template's text."""

    def said(words: str) -> dict[str, str]:
        return {language: f"{words} ({language})" for language in LANGUAGES}

    def step(number: int) -> dict[str, Any]:
        prompt: dict[str, Any] = {"id": f"N{number}", "kind": "notes", "reveal": "live", "max_notes": 2}
        prompt |= {"text": said(f"What helps? {number}")}
        prompt |= {"columns": {"what": said("What it is"), "why": said("Why it works")}}
        return {"id": f"notes{number}", "title": said(f"Notes {number}"), "minutes": 600, "prompts": [prompt]}

    def stage(id: str, steps: list[dict[str, Any]]) -> dict[str, Any]:
        return {"id": id, "aim": said(id), "steps": steps}

    stages = [stage("knowledge", [step(number) for number in range(STEPS)])]
    for number, id in enumerate(("action", "experience", "conclusions"), STEPS):
        stages.append(stage(id, [step(number)]))
    whole = {"id": "hall", "languages": list(LANGUAGES), "title": said("Hall"), "about": said("Notes")}
    return read(json.dumps({**whole, "stages": stages}, ensure_ascii=False), "hall")


def drawn_ones(people: int) -> list[int]:
    """Those whose notes in the open step are among the first 80 of its columns, which is as many as are drawn: whoever
    changes one of these changes what pages show."""
    return [person for person in range(1, min(people, 80)) if person % 10]


def note_of(service_url: str, person: int) -> bytes:
    """The body of an answer with two notes to the open step, with words of its own for each time it is sent."""
    body = json.loads(submit(service_url, 0, person))
    prompt = {"id": f"N{STEPS - 1}", "kind": "notes"}
    written = {"what": f"New {MARK.decode()}", "why": WORDS[LANGUAGES[person % len(LANGUAGES)]]}
    data = {"verb": "submit", "w": workshop_id(0), "step": STEPS - 1, "stage": "knowledge", "prompts": [prompt]}
    body["value"]["data"] = data | {f"a.{prompt['id']}.{column}": words for column, words in written.items()}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


async def fill_hall(url: str, room: str, people: int) -> None:
    """Open it, name who leads and moderates, go to the last of its first steps, and store what was noted till then:
    of everybody in the earlier steps, and of all but a tenth in the open one."""
    engine = await asyncio.to_thread(open_database, url)
    writer = Writer(engine, from_source)
    service, reader = Workshops(writer, now), Reader(engine, from_source)
    this, boss = workshop_id(0), person_id(0)

    async def do(command: c.AnyCommand) -> None:
        outcome = await service.do(command)
        assert isinstance(outcome, Done), outcome

    def named(*rows: int) -> tuple[tuple[str, str], ...]:
        found = (number for number in range(1, people) if number // len(LANGUAGES) % ROLES in rows)
        return tuple((person_id(number), f"Person {number}") for number in found)

    await do(
        c.Open(
            workshop=this, by=boss, name="Person 0", tenant=TENANT, home=home(0), plan=hall(), title="Hall",
            language="en", secret="ab" * 32,
        )
    )  # fmt: skip
    for person in range(people):
        language = LANGUAGES[person % len(LANGUAGES)]
        await do(c.Join(workshop=this, by=person_id(person), name=f"Person {person}", language=language))
    await do(c.NameFacilitator(workshop=this, by=boss, people=named(0)))
    await do(c.NameModerator(workshop=this, by=boss, people=named(1, 2)))
    await do(c.Start(workshop=this, by=boss))
    for _ in range(STEPS - 1):
        await do(c.Close(workshop=this, by=boss))
        await do(c.Next(workshop=this, by=boss))
    await Conversations(writer, reader).remember(home(0), room, TENANT, f"28:{APP_ID}", "channel", "Peer learning")
    await writer.close()
    reader.close()
    rows = [_row(step, person) for step in range(STEPS) for person in range(people) if step < STEPS - 1 or person % 10]
    with for_writing(engine).begin() as connection:
        connection.execute(answers.insert(), rows)
    engine.dispose()


def _row(step: int, person: int) -> dict[str, object]:
    words = WORDS[LANGUAGES[person % len(LANGUAGES)]]
    value = {column: [f"{words} {step}.{person}"] for column in ("what", "why")}
    return {
        "workshop": workshop_id(0), "prompt": f"N{step}", "case": "", "round": 1, "given": 0,
        "author": person_id(person), "value": json.dumps(value, ensure_ascii=False),
    }  # fmt: skip


def memory_of(process: int) -> float:
    """What a process holds in memory now, in MiB."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def hall_routes(parts: Running) -> list[web.RouteDef]:
    """GET /links?pages=: links to the board as Teams would get them, of one person after the other. GET /live: what is
    stored now, and what the pages cost so far."""

    async def links(request: web.Request) -> web.Response:
        people, found = int(request.query["people"]), []
        for number in range(int(request.query["pages"])):
            language = LANGUAGES[number % people % len(LANGUAGES)]
            found.append(await parts.site.links.link(BOARD, workshop_id(0), person_id(number % people), language))
        return web.json_response({"links": found})

    async def live(request: web.Request) -> web.Response:
        seen = await parts.reader.workshop(workshop_id(0))
        count = sa.select(sa.func.count()).select_from(answers)
        stored = await parts.reader.read(lambda connection: connection.execute(count).scalar())
        live, easel = parts.site.live, parts.site.live.elsewhere
        assert isinstance(easel, Easel)
        beside = await asyncio.to_thread(memory_of, easel.process) if easel.process else 0.0
        told: dict[str, float] = {"open": live.open, "drawings": live.figures.drawings, "stored": stored or 0}
        told |= {"drawing seconds": live.figures.seconds, "memory beside": beside, "beside": easel.drawings}
        return web.json_response(told | {"revision": seen.revision if seen else -1})

    return [web.get("/links", links), web.get("/live", live)]
