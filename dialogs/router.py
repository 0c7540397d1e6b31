"""Verb to function. A second handler for a verb fails at import; an unknown verb is answered, never ignored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from dialogs.turn import Handler, Kolbot, Reply, Tell, Turn
from workshop.said import Said, Spoken


class Router:
    """The verbs of one dialog, or of all."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}

    @classmethod
    def of(cls, *routers: Router) -> Router:
        """All these routers as one."""
        whole = cls()
        for router in routers:
            for verb, handler in router._handlers.items():
                whole.add(verb, handler)
        return whole

    @property
    def verbs(self) -> Mapping[str, Handler]:
        return dict(self._handlers)

    def add(self, verb: str, handler: Handler) -> None:
        """Let a function answer a verb. ValueError if another one does."""
        if verb in self._handlers:
            raise ValueError(f"two handlers for the verb {verb!r}")
        self._handlers[verb] = handler

    def on(self, *verbs: str) -> Callable[[Handler], Handler]:
        """The decorator form of `add`."""

        def register(handler: Handler) -> Handler:
            for verb in verbs:
                self.add(verb, handler)
            return handler

        return register

    def answer(self, turn: Turn, kolbot: Kolbot) -> Awaitable[Reply]:
        """Let the verb's function answer; the one of no verb at all answers for verbs that nobody knows."""
        return (self._handlers.get(turn.verb) or self._handlers.get("") or _unknown)(turn, kolbot)


async def _unknown(turn: Turn, kolbot: Kolbot) -> Reply:
    return Tell(Spoken(Said.UNKNOWN_COMMAND), turn.language)
