"""A workshop on paper, what hangs of it in a conversation, and a publisher between them whose process can die."""

from __future__ import annotations

from typing import Any

from bot.publisher import Publisher
from rehearsal.hands import texts
from tests.bot.wall_in_memory import Addresses, Hand, Memory, PaperReader, Pictures, ScriptedTeams
from tests.workshop.paper import START, Paper, opened

LOBBY = "stage:lobby:0"
ON = "The workshop has started; you can still join. It goes on further down."
MOVED = "This card takes the place of one further up."


class Killed(BaseException):
    """The process dies here: nothing else is written down."""


class Wall:
    """A workshop on paper, and what hangs of it in a conversation."""

    def __init__(self) -> None:
        self.paper: Paper = opened()
        self.clock = Hand(START)
        self.memory = Memory(self.paper)
        self.reader = PaperReader(self.paper)
        self.teams = ScriptedTeams()
        self.addresses = Addresses()
        self.pictures = Pictures()
        self.lost: list[tuple[int, bool]] = []
        self.deaf = False
        """What the publisher says is not stored."""
        self.starts_again()

    def starts_again(self) -> None:
        """The process died and is there again: only the memory of posts and the conversation are as they were."""
        self.publisher = self.instance()

    def instance(self, name: str = "", patience: float = 0.05, **more: Any) -> Publisher:
        """One more process."""
        return Publisher(
            self.reader,  # type: ignore[arg-type]
            self.memory,
            self.addresses,
            self.teams,  # type: ignore[arg-type]
            self.pictures,
            self.clock,
            instance=name,
            patience=patience,
            **{"lose": self.loses, "leave": self.leaves, **more},
        )

    async def leaves(self, conversation: str) -> None:
        """The publisher says that nothing can be posted where the workshop is held."""
        self.addresses.forgotten.add(conversation)

    async def loses(self, workshop_id: str, binding: int, ever: bool) -> None:
        """The publisher says that nothing can be posted in a group's conversation."""
        assert workshop_id == self.paper.w.id
        self.lost.append((binding, ever))
        if not self.deaf:
            self.paper.loses(binding, ever)

    async def ticks(self, **time: float) -> None:
        self.clock.passes(**time)
        await self.publisher.tick()
        await self.publisher.settle()

    def reads(self) -> list[list[str]]:
        """The words of every message, in the order in which they hang."""
        return [texts(card_of(message)) for message in self.teams.messages.values()]

    def reads_in(self, place: str) -> list[list[str]]:
        """The same of one conversation."""
        here = (name for name, where in self.teams.where.items() if where == place)
        return [self.words_of(name) for name in here]

    async def passes(self, seconds: float) -> None:
        """Second by second."""
        for _ in range(int(seconds)):
            await self.ticks(seconds=1)

    def words_of(self, name: str) -> list[str]:
        return texts(card_of(self.teams.messages[name]))

    def all_words(self) -> str:
        return "\n".join(word for words in self.reads() for word in words)


def card_of(message: Any) -> dict[str, Any]:
    card: dict[str, Any] = message["attachments"][0]["content"]
    return card
