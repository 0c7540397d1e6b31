"""A load balancer before several instances of one bot: each activity goes to the next one. It never looks into them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

UNAVAILABLE = 503
"""An instance that answers so has done nothing and cannot: the next one is asked."""


class Front:
    """Takes the instances in turn. `last` is the number of the one that answered last, from 0."""

    def __init__(self, urls: Sequence[str]) -> None:
        self.urls = tuple(urls)
        self.last = 0
        self.passed_on = 0
        """How often an activity went to another instance because one did not listen."""
        self._next = 0

    def turn(self) -> Iterator[tuple[int, str]]:
        """The instances to try for one activity, each once: whose turn it is first."""
        first = self._next
        self._next = (first + 1) % len(self.urls)
        for number in range(len(self.urls)):
            self.passed_on += number > 0
            which = (first + number) % len(self.urls)
            yield which, self.urls[which]
