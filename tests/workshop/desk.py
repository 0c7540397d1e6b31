"""The service with a store in memory and a clock by hand around it."""

from __future__ import annotations

from datetime import timedelta

from tests.workshop.memory import Memory
from tests.workshop.paper import ANNA, HOME, SECRET, START, TENANT
from tests.workshop.session import SESSION
from workshop import commands as c
from workshop.model import Status, Workshop
from workshop.service import Clockwork, Done, Workshops

DUE = START + timedelta(minutes=10)
"""When the first step ends."""


class Desk:
    """The service with everything around it by hand."""

    def __init__(self) -> None:
        self.now = START
        self.memory = Memory()
        self.nudged: list[tuple[str, bool]] = []
        self.workshops = Workshops(self.memory, lambda: self.now, self._nudge)
        self.clockwork = Clockwork(self.workshops, self.memory, self.memory)

    def _nudge(self, workshop_id: str, urgent: bool) -> None:
        assert workshop_id in self.memory.workshops, "it is stored already"
        self.nudged.append((workshop_id, urgent))

    async def running(self, id: str = "w1") -> Workshop:
        """A workshop whose first step is open."""
        opens = c.Open(
            workshop=id,
            by=ANNA,
            name="Anna",
            tenant=TENANT,
            home=f"{HOME}{id}",
            plan=SESSION,
            title="Learning",
            language="en",
            secret=SECRET,
        )
        for command in (opens, c.Start(workshop=id, by=ANNA)):
            assert isinstance(await self.workshops.do(command), Done)
        self.nudged.clear()
        return self.memory.workshops[id]

    def status(self, id: str = "w1") -> Status:
        return self.memory.workshops[id].status
