"""Changes decided together in one transaction: facts read once, decided in order, written in bulk. Never commits."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.loading import Loading
from store.marks import keep_by_name, read_marks, row_of, write_marks
from store.prepared import run, run_all
from store.rows import Row, answer_from, answer_row, course_row, person_row, place_rows, workshop_row
from store.tables import answers, audit, people, places, reminders, translations, workshops
from store.trail import trail_row
from store.translation_rows import translation_rows
from store.upsert import insert, upsert
from workshop import commands as c, events as e
from workshop.arriving import Coming, Mark, coming
from workshop.model import LIVE, Answer, Holder, Workshop
from workshop.refusals import Reason, Refused
from workshop.rules import Facts, needs
from workshop.service import Change, Done, settle

log = logging.getLogger("kolbot.store")

Key = tuple[str, str, str, int, str]
"""An answer's: workshop, prompt, case, round, author."""

_ASKED = ("workshop", "prompt", "case", "round")
_THESE = tuple(f"this_{name}" for name in _ASKED)
_WITHDRAWN = answers.delete().where(
    *(answers.c[name] == sa.bindparam(this) for name, this in zip(_ASKED, _THESE, strict=True)),
    answers.c.author.in_(sa.bindparam("authors", expanding=True)),
)
_COUNTED = workshops.update().where(workshops.c.id == sa.bindparam("this")).values(revision=sa.bindparam("now"))
"""Built once: building a statement costs more than running it."""


class Batch:
    """The workshops of some changes, as these leave them, and what has to be written for it."""

    def __init__(self, connection: Connection, loading: Loading, openers: frozenset[str] | None) -> None:
        self._connection = connection
        self._loading = loading
        self._openers = openers
        self._no_answers = Facts(openers=openers)
        self._workshops: dict[str, Workshop] = {}
        self._marks: dict[str, Mark] = {}
        # Answers by (workshop, prompt), as they will be after this batch; read only where a command needs them.
        self._read: dict[tuple[str, str], dict[Key, Row]] = {}
        # Whose a conversation is, as it will be after this batch.
        self._holders: dict[tuple[str, str], Holder | None] = {}
        # What is to be written.
        self._opened: set[str] = set()
        self._touched: set[str] = set()
        self._shapes: dict[str, int] = {}
        self._moved: set[str] = set()
        self._people: dict[tuple[str, str], None] = {}
        self._translated: dict[tuple[str, str], None] = {}
        self._withdrawn: dict[Key, None] = {}
        self._given: dict[Key, Row] = {}
        self._trail: list[Row] = []
        self._new_marks: dict[str, Row] = {}
        self._ended: set[str] = set()
        self._reminders: list[tuple[str, int]] = []

    def decide(self, changes: Sequence[Change]) -> list[Done | Refused]:
        """Lock, read and decide all of them, in order."""
        named = {change.command.workshop for change in changes if not isinstance(change.command, c.Open)}
        self._workshops.update(self._loading.workshops(self._connection, named, lock=True))
        come = [coming(change, self._workshops.get(change.command.workshop)) for change in changes]
        self._marks.update(read_marks(self._connection, [key for one in come if one is not None for key in one.keys]))
        return [self._decide(change, one) for change, one in zip(changes, come, strict=True)]

    def write(self) -> None:
        """Everything that the changes brought, in bulk, and always in the same order of tables and keys, so that two
        writers cannot wait for each other crosswise."""
        execute = self._connection.execute
        courses = [(id_, shape) for id_, shape in sorted(self._shapes.items()) if id_ not in self._opened]
        if courses:
            changed = workshops.update().where(workshops.c.id == sa.bindparam("this"))
            values = course_row(self._workshops[courses[0][0]], 0)
            statement = changed.values({name: sa.bindparam(name) for name in values})
            execute(statement, [{"this": i, **course_row(self._workshops[i], shape)} for i, shape in courses])
        answered = sorted(self._touched - self._shapes.keys())
        run_all(self._connection, _COUNTED, [{"this": i, "now": self._workshops[i].revision} for i in answered])
        if self._opened:
            # By their homes: it is there that one waits for another that opens at the same time.
            opened = sorted(self._opened, key=lambda i: (self._workshops[i].tenant, self._workshops[i].home, i))
            rows = [{**workshop_row(self._workshops[i]), "shape": self._shapes[i]} for i in opened]
            execute(workshops.insert(), rows)
        self._write_places()
        upsert(self._connection, people, self._people_rows(), keep=("number",))
        for asked, keys in groupby(sorted(self._withdrawn), key=itemgetter(0, 1, 2, 3)):
            these = {**dict(zip(_THESE, asked, strict=True)), "authors": [key[4] for key in keys]}
            run(self._connection, _WITHDRAWN, these)
        upsert(self._connection, answers, list(self._given.values()), keep=("given",))
        self._write_translations()
        if self._trail:
            execute(audit.insert(), self._trail)
        due = [{"workshop": id_, "nudge": nudge, "person": "", "state": "due"} for id_, nudge in self._reminders]
        insert(self._connection, reminders, due)
        write_marks(self._connection, self._new_marks)
        if self._ended:
            keep_by_name(self._connection, self._ended)

    def _write_places(self) -> None:
        """The conversations of the workshops that have others than before: what was let go of first, then all in the
        same order, because it is there that one waits for another that takes one at the same time."""
        if not self._moved:
            return
        self._connection.execute(places.delete().where(places.c.workshop.in_(sorted(self._moved))))
        rows = [row for id_ in self._moved for row in place_rows(self._workshops[id_])]
        insert(self._connection, places, sorted(rows, key=lambda row: (row["tenant"], row["place"])))

    def _write_translations(self) -> None:
        """Of each entry that they changed of, all that there are now."""
        changed = sorted(self._translated)
        for id_, entries in groupby(changed, key=itemgetter(0)):
            these = translations.c.entry.in_([entry for _, entry in entries])
            self._connection.execute(translations.delete().where(translations.c.workshop == id_, these))
        rows = [row for id_, entry in changed for row in translation_rows(self._workshops[id_], entry)]
        insert(self._connection, translations, rows)

    def remember(self) -> None:
        """After the commit: what was loaded need not be loaded again."""
        for id_ in self._touched:
            self._loading.remember(self._workshops[id_], self._shapes.get(id_))

    def _decide(self, change: Change, come: Coming | None) -> Done | Refused:
        command = change.command
        if come is not None and (found := come.past(self._marks)) is not None:
            if (late := come.late(found)) > 0:
                log.info("said %.3f s before what counts", late)
            return self._repeated(found.workshop)
        before = None if isinstance(command, c.Open) else self._workshops.get(command.workshop)
        settled = settle(before, change, self._facts(before, command))
        if isinstance(settled, Refused):
            if come is not None and isinstance(command, c.Open):
                # Nothing was locked: another instance may have carried out this delivery since the marks were read.
                found = come.past(read_marks(self._connection, come.keys))
                return settled if found is None else self._repeated(found.workshop)
            return settled
        happened, after = settled
        if happened:
            self._record(after, happened)
        if come is not None:
            left = come.left(self._marks, after.id)
            self._marks[left.key] = left
            self._new_marks[left.key] = row_of(left, change)
        return Done(after, happened)

    def _repeated(self, workshop_id: str) -> Done | Refused:
        """The same delivery again, or one that comes after what was said later: how things stand now, whatever it
        asks."""
        if workshop_id not in self._workshops:
            self._workshops.update(self._loading.workshops(self._connection, [workshop_id]))
        workshop = self._workshops.get(workshop_id)
        return Done(workshop, (), repeated=True) if workshop else Refused(Reason.NO_WORKSHOP)

    def _record(self, after: Workshop, happened: tuple[e.AnyEvent, ...]) -> None:
        id_ = after.id
        self._workshops[id_] = after
        self._touched.add(id_)
        moves = False
        for event in happened:
            match event:
                case e.AnswerSubmitted():
                    self._give(id_, answer_row(after, event))
                    continue
                case e.AnswerWithdrawn():
                    self._withdraw((id_, event.prompt, event.case, event.round, event.author))
                    continue
                case e.Opened():
                    self._opened.add(id_)
                case e.Finished() | e.Cancelled():
                    self._ended.add(id_)
                case e.PersonChanged():
                    self._people[id_, event.person] = None
                case e.EntryTranslated() | e.TranslationsLost():
                    self._translated.update(((id_, entry), None) for entry in event.entries)
                case e.Nudged() if event.people:
                    self._reminders.append((id_, len(after.nudges) - 1))
                case _:
                    pass
            moves = moves or isinstance(event, _MOVES)
            self._shapes[id_] = after.revision
            if (row := trail_row(after, event)) is not None:
                self._trail.append(row)
        if moves:
            self._moved.add(id_)
            self._holders = {
                place: None if holder is not None and holder.workshop == id_ else holder
                for place, holder in self._holders.items()
            }
            if after.status in LIVE:
                for row in place_rows(after):
                    self._holders[row["tenant"], row["place"]] = Holder(id_, row["group"])

    def _give(self, workshop_id: str, row: Row) -> None:
        key: Key = (workshop_id, row["prompt"], row["case"], row["round"], row["author"])
        earlier = self._given.get(key)
        self._given[key] = row if earlier is None else {**row, "given": earlier["given"]}
        if (read := self._read.get((workshop_id, row["prompt"]))) is not None:
            known = read.get(key)
            read[key] = row if known is None else {**row, "given": known["given"]}

    def _withdraw(self, key: Key) -> None:
        self._given.pop(key, None)
        self._withdrawn[key] = None
        if (read := self._read.get(key[:2])) is not None:
            read.pop(key, None)

    def _facts(self, workshop: Workshop | None, command: c.AnyCommand) -> Facts:
        if isinstance(command, c.Open):
            return Facts(holder=self._holder(command.tenant, command.home), openers=self._openers)
        if workshop is None:
            return Facts()
        if isinstance(command, c.BindGroup):
            return Facts(holder=self._holder(command.tenant, command.place), openers=self._openers)
        wanted = needs(workshop, command).prompts
        if wanted is not None and not wanted:
            return self._no_answers
        prompts = sorted(workshop.plan.prompts) if wanted is None else sorted(wanted)
        self._read_answers(workshop.id, [prompt for prompt in prompts if (workshop.id, prompt) not in self._read])
        return Facts({prompt: self._answers(workshop.id, prompt) for prompt in prompts}, openers=self._openers)

    def _holder(self, tenant: str, place: str) -> Holder | None:
        if (tenant, place) not in self._holders:
            here = (places.c.tenant == tenant, places.c.place == place, places.c.live)
            whose = sa.select(places.c.workshop, places.c.group).where(*here)
            found = self._connection.execute(whose).one_or_none()
            # One that this batch has changed already stands as the batch leaves it.
            mine = found is not None and found.workshop not in self._moved
            self._holders[tenant, place] = Holder(*found) if found is not None and mine else None
        return self._holders[tenant, place]

    def _read_answers(self, workshop_id: str, prompts: list[str]) -> None:
        """The stored answers to these prompts, with what this batch has given and taken back so far."""
        if not prompts:
            return
        here = answers.c.workshop == workshop_id
        rows = self._connection.execute(sa.select(answers).where(here, answers.c.prompt.in_(prompts))).mappings()
        found: dict[str, dict[Key, Row]] = {prompt: {} for prompt in prompts}
        for row in rows:
            key: Key = (workshop_id, row["prompt"], row["case"], row["round"], row["author"])
            if key not in self._withdrawn:
                found[row["prompt"]][key] = dict(row)
        for key, given in self._given.items():
            if key[0] == workshop_id and key[1] in found:
                known = found[key[1]].get(key)
                found[key[1]][key] = given if known is None else {**given, "given": known["given"]}
        for prompt in prompts:
            self._read[workshop_id, prompt] = found[prompt]

    def _answers(self, workshop_id: str, prompt: str) -> tuple[Answer, ...]:
        rows = self._read[workshop_id, prompt].values()
        return tuple(answer_from(row) for row in sorted(rows, key=in_order))

    def _people_rows(self) -> list[Row]:
        rows: list[Row] = []
        numbers: dict[str, dict[str, int]] = {}
        for id_, person in sorted(self._people):
            known = self._workshops[id_].people
            number = numbers.setdefault(id_, {who: place for place, who in enumerate(known)})
            rows.append(person_row(id_, number[person], known[person]))
        return rows


_MOVES = (
    e.Opened, e.Finished, e.Cancelled, e.GroupBound, e.GroupUnbound, e.PlaceLost, e.GroupsFormed, e.PersonPlaced,
)  # fmt: skip
"""What can change whose a conversation is."""


def in_order(row: Row) -> tuple[int, str, str, int, str]:
    """Answers in the order first given; anonymous ones by their pseudonym."""
    return row["given"], row["prompt"], row["case"], row["round"], row["author"]
