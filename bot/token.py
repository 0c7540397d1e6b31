"""The bot's own token for the Connector: asked for once, kept until shortly before its end, never logged."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import msal
import orjson

from bot.clouds import Cloud

RENEW_BEFORE = 300.0  # seconds before its end
ASK_TIMEOUT = 10.0  # seconds for one request
REST_AFTER_FAILURE = 5.0  # seconds in which a failed request is not repeated

Ask = Callable[[], Awaitable["Granted"]]
log = logging.getLogger("kolbot.token")


class NoToken(Exception):
    """No token was granted. Says which kind of failure, never the answer's text."""


@dataclass(frozen=True, slots=True)
class Granted:
    """A token and for how many seconds it is good."""

    token: str = field(repr=False)
    seconds: float


class OwnToken:
    """The token as it is now. However many ask at once, the authority is asked once."""

    def __init__(self, ask: Ask, *, clock: Callable[[], float] = time.time) -> None:
        self._ask = ask
        self._clock = clock
        self._token = ""
        self._renew = 0.0
        self._until = 0.0
        self._failed: tuple[float, NoToken] | None = None
        self._asking: asyncio.Task[str] | None = None

    async def get(self) -> str:
        """A token that is good for some minutes more. Raises NoToken."""
        now = self._clock()
        if self._token and now < self._renew:
            return self._token
        try:
            return await self._renewed(now)
        except NoToken:
            if self._token and now < self._until:
                return self._token  # renewing failed, but the old one still serves
            raise

    def forget(self, token: str) -> None:
        """This token was refused: the next `get` asks for another. A newer one is kept."""
        if token == self._token:
            self._token = ""
            self._failed = None

    async def warm(self) -> bool:
        """Asks ahead of the first use. False, and a line in the log, if there is none; never raises."""
        try:
            await self.get()
        except NoToken as error:
            log.warning("no token for the Connector yet: %s", error)
            return False
        return True

    async def _renewed(self, now: float) -> str:
        if self._asking is None:
            if self._failed is not None and abs(now - self._failed[0]) < REST_AFTER_FAILURE:
                raise NoToken(str(self._failed[1]))
            self._asking = asyncio.create_task(self._fetch())
            self._asking.add_done_callback(_seen)
        # Shielded: one caller that gives up must not take the token from the others.
        return await asyncio.shield(self._asking)

    async def _fetch(self) -> str:
        try:
            granted = await self._ask()
        except NoToken as error:
            self._failed = (self._clock(), error)
            raise
        else:
            now = self._clock()
            self._failed = None
            self._token = granted.token
            self._until = now + granted.seconds
            self._renew = self._until - min(RENEW_BEFORE, granted.seconds / 2)
            return granted.token
        finally:
            self._asking = None


def asks_msal(cloud: Cloud, app_id: str, password: str, tenant: str = "", http: Any = None) -> Ask:
    """Asks Entra with the client secret. MSAL is synchronous, so it runs in a thread.

    `http`: what MSAL speaks through (tests pass their own); requests by default.
    """
    authority = f"{cloud.login}/{tenant or cloud.login_tenant}"

    def acquire() -> Any:
        # A new client each time, about once an hour: a kept one would hand out a refused token again.
        client = msal.ConfidentialClientApplication(
            app_id,
            client_credential=password,
            authority=authority,
            timeout=None if http else ASK_TIMEOUT,
            http_client=http,
        )
        return client.acquire_token_for_client([cloud.scope])

    async def ask() -> Granted:
        try:
            return _granted(await asyncio.to_thread(acquire))
        except NoToken:
            raise
        except Exception as error:  # noqa: BLE001 - requests', MSAL's and JSON's own kinds; all mean the same
            raise NoToken(f"the authority could not be asked ({type(error).__name__})") from None

    return ask


def asks_room(cloud: Cloud, session: aiohttp.ClientSession, app_id: str) -> Ask:
    """Asks the rehearsal room, which wants no secret."""
    form = {"grant_type": "client_credentials", "client_id": app_id, "scope": cloud.scope}
    timeout = aiohttp.ClientTimeout(total=ASK_TIMEOUT)

    async def ask() -> Granted:
        address = f"{cloud.login}/oauth2/v2.0/token"
        try:
            async with session.post(address, data=form, timeout=timeout, allow_redirects=False) as response:
                if response.status != 200:
                    raise NoToken(f"the rehearsal room answered {response.status}")
                return _granted(orjson.loads(await response.read()))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise NoToken(f"the rehearsal room could not be asked ({type(error).__name__})") from None

    return ask


def own_token(
    cloud: Cloud,
    session: aiohttp.ClientSession,
    app_id: str,
    password: str = "",
    tenant: str = "",
    *,
    clock: Callable[[], float] = time.time,
) -> OwnToken:
    """The bot's token in this cloud: from Entra, or in a rehearsal from the room, without a password."""
    ask = asks_room(cloud, session, app_id) if cloud.origin else asks_msal(cloud, app_id, password, tenant)
    return OwnToken(ask, clock=clock)


def _seen(task: asyncio.Task[str]) -> None:
    """Takes note of a failure that nobody waited for to the end; it is kept in `_failed`."""
    if not task.cancelled():
        task.exception()


def _granted(answer: Any) -> Granted:
    if not isinstance(answer, dict):
        raise NoToken("the authority's answer cannot be read")
    token, seconds = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(token, str) or not token:
        # `error` is a short code such as invalid_client; the description may quote ids, so it stays out.
        code = answer.get("error")
        short = isinstance(code, str) and len(code) <= 40 and code.replace("_", "").isalnum()
        raise NoToken(f"the authority refused: {code if short else 'no token'}")
    try:
        return Granted(token, max(float(seconds or 0), 1.0))
    except (TypeError, ValueError):
        raise NoToken("the authority's answer cannot be read") from None
