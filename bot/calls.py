"""One call to the Connector with its retries, and what came of it. It never guesses an outcome."""

from __future__ import annotations

import asyncio
import logging
import math
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import orjson
from yarl import URL

from bot.budgets import Budgets, Lane, NoTurn, Priority, Turn
from bot.metrics import Metrics
from bot.token import NoToken, OwnToken

ATTEMPT = 10.0  # seconds for one request
FIRST_WAIT = 0.5  # seconds before the second attempt, doubled each time
LONGEST_WAIT = 2.0  # seconds between two attempts where Teams asks for none: soon there when it is back
LONGEST_RETRY_AFTER = 3600.0
SPARE = 1.0  # seconds, at most a quarter of the deadline, that have to be left when the turn comes
LARGEST_ANSWER = 4_000_000  # bytes; a page of 500 members has about 150,000

_AGAIN = frozenset({412, 429, 502, 503, 504})  # Microsoft's status-code table: these and no others
_PERHAPS_DONE = frozenset({502, 504})  # the gateway lost the answer: the effect may have happened
_ELSEWHERE = ("InvalidBotApiHost",)  # 403 of the GCC host while it moves: retried, says the same table

log = logging.getLogger("kolbot.teams")


class TeamsSays(Exception):
    """What came of a call, by what to do next. Never holds a token or what was to be posted."""


class Retry(TeamsSays):
    """Nothing happened; try again after `after` seconds. `by_teams`: Teams says so; `by_budget`: our budgets do, and
    not mere caution."""

    def __init__(self, after: float, why: str = "", by_budget: bool = False, by_teams: bool = False) -> None:
        super().__init__(f"again in {after:.0f} s {why}".rstrip())
        self.after = after
        self.why = why
        self.by_budget = by_budget
        self.by_teams = by_teams


class Gone(TeamsSays):
    """The message, conversation or person is out of reach for good: forget the post. `code`: Teams' word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Refused(TeamsSays):
    """Teams will never take this (too large, malformed): a bug of ours. Not to be retried."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


class Unknown(TeamsSays):
    """No answer: it may have happened, or may still happen later."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class _Once(aiohttp.BytesPayload):
    """A body that aiohttp must not send a second time of its own accord when a connection breaks."""

    @property
    def consumed(self) -> bool:
        """Always true: the first of two copies of an edit could land after a later edit."""
        return True


@dataclass(frozen=True, slots=True)
class Line:
    """What every call needs. `clock`: seconds, only for durations; `chance`: 0..1, for jitter."""

    session: aiohttp.ClientSession
    token: OwnToken
    budgets: Budgets
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random
    attempt: float = ATTEMPT  # seconds
    metrics: Metrics = field(default_factory=Metrics)


class Call:
    """One call with its retries, within its deadline."""

    def __init__(
        self,
        line: Line,
        method: str,
        url: URL,
        body: bytes | None,
        deadline: float,
        lane: Lane,
        priority: Priority = Priority.REPLY,
        patience: float = 0.0,
    ) -> None:
        """`deadline`: seconds for all attempts. `patience`: seconds that the one attempt which reaches Teams may take,
        beyond the deadline too; after it there is none, whatever may have been done: what is not to happen twice."""
        self.line = line
        self.lane = lane
        self.priority = priority
        self.last_start = line.clock() + deadline - min(SPARE, deadline / 4)
        self.method = method
        self.url = url
        self.body = body
        self.until = line.clock() + deadline
        self.patience = patience
        self.perhaps = False  # an attempt got no answer and may still have its effect
        self.renewed = False
        self.tries = 0

    async def run(self) -> Mapping[str, Any]:
        """Teams' answer as a dict ({} if it has none). Raises one of the four outcomes."""
        try:
            answer = await self._until_told()
        except TeamsSays as outcome:
            self.line.metrics.called(self.method, type(outcome).__name__.lower())
            raise
        self.line.metrics.called(self.method, "done")
        return answer

    async def _until_told(self) -> Mapping[str, Any]:
        while True:
            self.tries += 1
            outcome = await self.attempt()
            if not isinstance(outcome, Retry):
                return outcome
            self.line.metrics.again(outcome.why)
            left = self.until - self.line.clock()
            if outcome.after >= left:
                if self.perhaps and self.method != "GET":
                    raise Unknown(outcome.why)
                raise outcome
            if outcome.after > 0:
                await self.line.sleep(outcome.after)

    async def attempt(self) -> Mapping[str, Any] | Retry:
        """One request: the answer, or how long to wait before the next. Everything else raises."""
        left = self.until - self.line.clock()
        if left <= 0:
            return Retry(self.wait(None), "no time left")
        try:
            token = await asyncio.wait_for(self.line.token.get(), left)
        except (NoToken, TimeoutError):
            return Retry(self.wait(None), "no token")
        try:
            turn = await self.line.budgets.enter(self.lane, self.priority, self.last_start)
        except NoTurn as none:
            return Retry(none.after, "no turn", by_budget=True)
        try:
            return await self.request(token, turn)
        finally:
            self.line.budgets.leave(turn)

    async def request(self, token: str, turn: Turn) -> Mapping[str, Any] | Retry:
        """The request itself, within the budget."""
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        payload = None
        if self.body is not None:
            payload = _Once(self.body, content_type="application/json")
        in_time = max(min(self.line.attempt, self.until - self.line.clock()), 0.001)
        seconds = max(in_time, self.patience)
        try:
            async with self.line.session.request(
                self.method,
                self.url,
                data=payload,
                headers=headers,
                # Waiting for a free connection ends well before the whole, so that it is told from a lost answer.
                timeout=aiohttp.ClientTimeout(total=seconds, connect=in_time / 2),
                allow_redirects=False,  # a redirect would carry the token elsewhere
            ) as response:
                status, after = response.status, response.headers.get("Retry-After")
                answer = await _read(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return Retry(self.wait(None), type(error).__name__)  # never connected: nothing was sent
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            if self.method == "GET":
                return Retry(self.wait(None), type(error).__name__)
            raise Unknown(type(error).__name__) from None
        said = self.judge(status, after, answer, token)
        if status == 429 and isinstance(said, Retry):
            self.line.budgets.throttled(turn, said.after)
        return said

    def judge(self, status: int, after: str | None, answer: Mapping[str, Any], token: str) -> Mapping[str, Any] | Retry:
        """What an answer means (Microsoft's status-code table for bots)."""
        if 200 <= status < 300:
            return answer
        code = _code(answer)
        if status == 401 and not self.renewed:
            self.renewed = True
            self.line.token.forget(token)
            return Retry(0.0, "401")
        if status in _AGAIN or (status == 403 and code in _ELSEWHERE):
            if status in _PERHAPS_DONE and self.patience:
                raise Unknown(f"{status} {code}".rstrip())
            self.perhaps = self.perhaps or status in _PERHAPS_DONE
            return Retry(self.wait(after), f"{status} {code}".rstrip(), by_teams=_retry_after(after) is not None)
        if status in (403, 404):
            raise Gone(code or str(status))
        if status >= 500 or status == 408:
            raise Unknown(f"{status} {code}".rstrip())
        log.error("Teams refused %s: %d %s", self.method, status, code)
        raise Refused(status, code)

    def wait(self, after: str | None) -> float:
        """Seconds before the next attempt: what Teams asks for, else doubled each time, with jitter."""
        asked = _retry_after(after)
        if asked is not None:
            return asked
        longest = min(FIRST_WAIT * 2.0 ** min(self.tries - 1, 10), LONGEST_WAIT)
        return longest * (0.5 + self.line.chance() / 2)


async def _read(response: aiohttp.ClientResponse) -> Mapping[str, Any]:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > LARGEST_ANSWER:
            return {}
    try:
        answer = orjson.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def text_of(data: Mapping[str, Any], *names: str) -> str:
    """The first of these entries that is a text with something in it, else ""."""
    for name in names:
        value = data.get(name)
        if isinstance(value, str) and value:
            return value
    return ""


def _code(answer: Mapping[str, Any]) -> str:
    """Teams' short word for an error; its message may quote names and is never kept."""
    error = answer.get("error")
    code = text_of(error, "code") if isinstance(error, dict) else text_of(answer, "errorCode", "code")
    return code if len(code) <= 60 and code.replace("_", "").isalnum() and code.isascii() else ""


def _retry_after(value: str | None) -> float | None:
    """Seconds from a Retry-After header, in seconds or as a date; None if there is none to believe."""
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER) if math.isfinite(seconds) else None
