"""The figures of one process, for Prometheus: counted where they arise. No label ever holds an id, a name or a word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Final, Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from dialogs.router import Router
from dialogs.turn import Reply, Tell, Via
from workshop.events import AnswerSubmitted, AnswerWithdrawn
from workshop.refusals import Reason, Refused
from workshop.said import Said, Spoken
from workshop.service import Done

SLOTS: Final = frozenset({"stage", "nudge", "board", "summary", "takeover"})
"""What a slot's name begins with, up to the colon (`workshop/wall.py`)."""

MOST_LABELS: Final = 40
"""So many different values of a label are counted apart; whatever comes after is "other"."""

# Seconds. Teams gives up on an invoke at about 5; a commit with fsync takes some milliseconds.
_TURN_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 4.0, 5.0)
_COMMIT_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64)

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second line per figure that nobody asks for


class PageFigures(Protocol):
    """What pages have cost so far."""

    drawings: int
    seconds: float
    events: int
    bytes: int


class Pages(Protocol):
    """All open pages of this process."""

    @property
    def open(self) -> int: ...
    @property
    def figures(self) -> PageFigures: ...


class Metrics:
    """All figures. Counting never raises and takes a few microseconds; it may be done in any thread."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._turns = _Often(
            self._counter("turns", "Turns answered, by what they were about.", "kind", "via", "outcome")
        )
        self._refusals = _Several(self._counter("refusals", "What people were refused, by reason.", "reason"))
        for reason in Reason:
            self._refusals.has(reason.value)
        self._turned_away = _Several(
            self._counter("turned_away", "Requests that were not let in or could not be read, by reason.", "reason")
        )
        self._invokes = _Took("kolbot_invoke_seconds", "From an invoke's body to its answer.", _TURN_SECONDS)
        self.registry.register(self._invokes)
        self._bugs = self._counter("bugs", "Bugs that were logged with an id.")
        self._given = self._counter("answers", "Answers committed, changed ones too.")
        self._withdrawn = self._counter("answers_withdrawn", "Withdrawals of answers committed.")
        self._batch = self._histogram("batch_changes", "Changes committed together.", _BATCH_SIZES)
        self._commit_seconds = self._histogram("commit_seconds", "How long a COMMIT took.", _COMMIT_SECONDS)
        self._not_stored = _Several(
            self._counter("not_stored", "Changes that were not stored, or are not known to be.", "certain")
        )
        self._posts = _Several(self._counter("posts", "Cards posted or edited, by kind of slot.", "slot", "how"))
        self._calls = _Several(self._counter("connector_calls", "Calls to Teams by outcome.", "method", "outcome"))
        self._again = _Several(
            self._counter("connector_again", "Attempts that Teams wanted repeated, 429: throttled.", "status")
        )
        self._again.has("429")
        self._live = Gauge("kolbot_workshops_live", "Workshops that have not ended.", registry=self.registry)
        self._lag = Gauge(
            "kolbot_board_lag_seconds", "Age of the oldest stored change that is not posted.", registry=self.registry
        )

    def text(self, live: int | None) -> bytes:
        """Everything in Prometheus' text format. `live`: workshops that have not ended; None: cannot be told now."""
        self._live.set(float("nan") if live is None else live)
        self._turns.settle()
        return generate_latest(self.registry)

    def turn(self, kind: str, via: Via, outcome: str) -> None:
        """A turn was answered. `kind` as in `kinds_of`, `outcome` as in `outcome_of`, or timeout, bug, unknown."""
        self._turns.add(kind, via, outcome)

    def reply(self, kind: str, via: Via, reply: Reply) -> None:
        """A turn was answered with this."""
        sentence = _sentence(reply)
        self._turns.add(kind, via, outcome_of(reply, sentence))
        if isinstance(sentence, Refused):
            self._refusals.add(sentence.reason.value)

    def invoke_took(self, seconds: float) -> None:
        """An invoke was answered, in whatever way."""
        self._invokes.add(seconds)

    def turned_away(self, reason: str) -> None:
        """A request was not let in. `reason`: a sentence of the code's own; what follows a colon is left out."""
        self._turned_away.add(reason.partition(":")[0].replace(" ", "_"))

    def bug(self) -> None:
        """A bug was logged."""
        self._bugs.inc()

    # What the store's writer tells (its `Ledger`).

    def changed(self, outcomes: Sequence[Done | Refused], seconds: float) -> None:
        """These changes were committed together; the COMMIT took `seconds`."""
        self._batch.observe(len(outcomes))
        self._commit_seconds.observe(seconds)
        events = [event for outcome in outcomes if isinstance(outcome, Done) for event in outcome.events]
        if given := sum(isinstance(event, AnswerSubmitted) for event in events):
            self._given.inc(given)
        if withdrawn := sum(isinstance(event, AnswerWithdrawn) for event in events):
            self._withdrawn.inc(withdrawn)

    def wrote(self, seconds: float) -> None:
        """Small writes (posts, addresses, signs of life) were committed; the COMMIT took `seconds`."""
        self._commit_seconds.observe(seconds)

    def not_stored(self, certain: bool) -> None:
        """A change was not stored, or (not `certain`) nobody knows yet."""
        self._not_stored.add("yes" if certain else "no")

    # What the Connector and the publisher tell.

    def posted(self, slot: str, how: str) -> None:
        """A card was posted or edited (`how`: post, edit)."""
        kind = slot.partition(":")[0]
        self._posts.add(kind if kind in SLOTS else "other", how)

    def called(self, method: str, outcome: str) -> None:
        """A call to Teams with all its retries came to an end: done, retry, gone, refused, unknown."""
        self._calls.add(method, outcome)

    def again(self, why: str) -> None:
        """An attempt has to be repeated. `why`: begins with Teams' status where there was an answer."""
        first = why.partition(" ")[0]
        self._again.add(first if first.isdigit() else "none")

    def watch_lag(self, lag: Callable[[], float]) -> None:
        """Ask this for the lag, in seconds, at each look."""
        self._lag.set_function(lag)

    def watch_pages(self, pages: Pages) -> None:
        """Ask these at each look what open pages cost."""
        self.registry.register(_Pages(pages))

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(f"kolbot_{name}", says, labels, registry=self.registry)

    def _histogram(self, name: str, says: str, buckets: Sequence[float]) -> Histogram:
        return Histogram(f"kolbot_{name}", says, buckets=buckets, registry=self.registry)


class _Several:
    """A counter with labels, which can never have more than `MOST_LABELS` different ones per label."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._known: dict[tuple[str, ...], Counter] = {}
        self._values: tuple[set[str], ...] = ()

    def add(self, *labels: str) -> None:
        """One more of these."""
        (self._known.get(labels) or self.has(*labels)).inc()

    def has(self, *labels: str) -> Counter:
        """The counter of these labels; it is shown from now on, be it 0."""
        if not self._values:
            self._values = tuple(set() for _ in labels)
        bounded = []
        for values, value in zip(self._values, labels, strict=True):
            fits = value in values or len(values) < MOST_LABELS
            if fits:
                values.add(value)
            bounded.append(value if fits else "other")
        child: Counter = self._counter.labels(*bounded)
        if bounded == list(labels):
            self._known[labels] = child
        return child


class _Often(_Several):
    """The same for what each turn counts, in the event loop only: kept as plain numbers until somebody looks, because
    a counter with labels costs far more."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._counted: dict[tuple[str, ...], int] = {}

    def add(self, *labels: str) -> None:
        """One more of these."""
        self._counted[labels] = self._counted.get(labels, 0) + 1

    def settle(self) -> None:
        """Count what has come since."""
        counted, self._counted = self._counted, {}
        for labels, times in counted.items():
            self.has(*labels).inc(times)


class _Took(Collector):
    """How long something took that each turn does, in the event loop only: as a histogram, kept as plain numbers."""

    def __init__(self, name: str, says: str, limits: Sequence[float]) -> None:
        self._name, self._says, self._limits = name, says, limits
        self._counted = [0] * (len(limits) + 1)
        self._seconds = 0.0

    def add(self, seconds: float) -> None:
        """It took so long."""
        self._counted[bisect_left(self._limits, seconds)] += 1
        self._seconds += seconds

    def collect(self) -> Iterator[Metric]:
        """What a look finds."""
        told = (*map(str, self._limits), "+Inf")
        buckets = list(zip(told, accumulate(self._counted), strict=True))
        yield HistogramMetricFamily(self._name, self._says, buckets, self._seconds)


class _Pages(Collector):
    """What pages cost, counted where they are."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def collect(self) -> Iterator[Metric]:
        """What a look finds."""
        told = self._pages.figures
        yield GaugeMetricFamily("kolbot_pages_open", "Pages that are open.", self._pages.open)
        yield CounterMetricFamily("kolbot_page_drawings", "Drawings, each for all who see the same.", told.drawings)
        yield CounterMetricFamily("kolbot_page_drawing_seconds", "CPU for drawing.", told.seconds)
        yield CounterMetricFamily("kolbot_page_events", "Changes sent to pages.", told.events)
        yield CounterMetricFamily("kolbot_page_bytes", "Their bytes.", told.bytes)


class Lag:
    """Since when which workshop's boards have been behind what is stored. One instance's own knowledge."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._since: dict[str, datetime] = {}

    def behind(self, workshops: Sequence[str], now: datetime) -> None:
        """These are behind now, and no others."""
        self._since = {workshop: self._since.get(workshop, now) for workshop in workshops}

    def caught_up(self, workshop: str, read: datetime) -> None:
        """What was stored when it was read is posted; what came since then may still be behind."""
        if workshop in self._since:
            self._since[workshop] = read

    def elsewhere(self, workshop: str) -> None:
        """Another instance is at it: it counts there, and here from the next look on."""
        self._since.pop(workshop, None)

    def seconds(self) -> float:
        """How long the oldest has been behind; 0 if none is."""
        now = self._clock()
        return max((max((now - since).total_seconds(), 0.0) for since in self._since.values()), default=0.0)


def kinds_of(router: Router) -> Mapping[str, str]:
    """For each verb the dialog that answers it, such as "answering": what turns are counted by."""
    return {verb: handler.__module__.rpartition(".")[2] for verb, handler in router.verbs.items() if verb}


def outcome_of(reply: Reply, sentence: object) -> str:
    """What became of a turn (and the sentence said in it), in one word: refused, not_stored, not_confirmed, apology,
    told or shown."""
    if isinstance(sentence, Refused):
        return "refused"
    if isinstance(sentence, Spoken) and sentence.said in (Said.NOT_STORED, Said.NOT_CONFIRMED, Said.APOLOGY):
        return sentence.said.value
    return "told" if isinstance(reply, Tell) else "shown"


def _sentence(reply: Reply) -> object:
    return reply.sentence if isinstance(reply, Tell) else getattr(reply.view, "sentence", None)
