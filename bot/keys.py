"""The keys that Teams or Entra signs with: fetched in the background, and kept while their host does not answer."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from bot.clouds import Cloud

Clock = Callable[[], float]  # unix seconds

REFRESH_EVERY = 3600.0  # seconds; Microsoft publishes a new key days before it signs with it
REFETCH_AFTER = 10.0  # an unknown key id causes at most one fetch in these seconds
RETRY_AFTER = 2.0  # the same where the last fetch failed: a key that is new must not be turned away for longer
FETCH_TIMEOUT = 5.0
SOONEST = 1.0  # seconds after which a start without keys asks again
LATEST = 5.0  # seconds that it lets pass between two tries at most: until then everybody is turned away
LARGEST_DOCUMENT = 1_000_000  # bytes of metadata or keys

log = logging.getLogger("kolbot.auth")


class NoKeys(Exception):
    """No signing key could be fetched yet."""


@dataclass(frozen=True, slots=True)
class Key:
    """A signing key, and what its owner says it may sign for: channels, or the tokens of one issuer ("" for any;
    `{tenantid}` in it stands for whichever tenant)."""

    public: RSAPublicKey
    endorsements: frozenset[str]
    issuer: str = ""


class Keys:
    """The signing keys of a cloud. Old keys are served as long as the metadata host does not answer."""

    def __init__(
        self, cloud: Cloud, session: aiohttp.ClientSession, *, clock: Clock = time.time, address: str = ""
    ) -> None:
        """`address`: where the key document is; without one the cloud's metadata names the place."""
        self._cloud = cloud
        self._address = address
        self._session = session
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._fetched = -math.inf
        self._tried = -math.inf
        self._fetching: asyncio.Task[None] | None = None

    def known(self, kid: str) -> Key | None:
        """The key as last fetched, without asking anybody."""
        return self._keys.get(kid)

    @property
    def any(self) -> bool:
        """Whether at least one key is known."""
        return bool(self._keys)

    async def find(self, kid: str) -> Key | None:
        """The key with this id; an unknown one asks the metadata host, at most once in `REFETCH_AFTER` s (once in
        `RETRY_AFTER` s while the host does not answer).

        Raises NoKeys if no key was ever fetched.
        """
        if kid not in self._keys:
            rest = REFETCH_AFTER if self._fetched >= self._tried else RETRY_AFTER
            if self._fetching is not None or abs(self._clock() - self._tried) >= rest:
                await self.refresh()
            if not self._keys:
                raise NoKeys
        return self._keys.get(kid)

    async def refresh(self) -> None:
        """Fetches the keys now, or waits for the fetch under way. Never raises: what was known stays."""
        if self._fetching is None:
            self._tried = self._clock()
            self._fetching = asyncio.create_task(self._fetch())
        # Shielded: a caller that goes away must not stop the fetch for the others.
        await asyncio.shield(self._fetching)

    async def tick(self) -> None:
        """Refreshes the keys if they are due."""
        if self._clock() - self._fetched >= REFRESH_EVERY:
            await self.refresh()

    async def renew(self) -> None:
        """The same for keys that nobody ticks: asked before each use, at most once in `RETRY_AFTER` s."""
        if self._keys and abs(self._clock() - self._tried) >= RETRY_AFTER:
            await self.tick()

    async def run(self, every: float = 60.0, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Ticks until cancelled; `every` in seconds. As long as there are no keys at all nobody can be let in: it ticks
        after a second, then after twice as long each time, up to five seconds."""
        pause = SOONEST
        while True:
            await self.tick()
            if self._keys:
                await sleep(every)
            else:
                await sleep(min(pause, every))
                pause = min(2 * pause, LATEST)

    async def _fetch(self) -> None:
        try:
            address = self._address or await self._named()
            keys = _keys((await self._document(address)).get("keys"))
            if not keys:
                raise ValueError("the key document holds no usable key")
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            kind, kept = type(error).__name__, len(self._keys)
            log.warning("signing keys not fetched (%s); %d old ones stay", kind, kept)
        else:
            self._keys = keys
            self._fetched = self._clock()
        finally:
            self._fetching = None

    async def _named(self) -> str:
        """The address of the keys that the metadata names."""
        address = (await self._document(self._cloud.metadata_url)).get("jwks_uri")
        if not isinstance(address, str) or not self._cloud.believes_keys_at(address):
            raise ValueError("the metadata names no believable address of keys")
        return address

    async def _document(self, url: str) -> Mapping[str, Any]:
        timeout = aiohttp.ClientTimeout(total=FETCH_TIMEOUT)
        async with self._session.get(url, timeout=timeout, allow_redirects=False) as response:
            if response.status != 200:
                raise ValueError(f"HTTP {response.status}")
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > LARGEST_DOCUMENT:
                    raise ValueError("too large")
        document = orjson.loads(body)
        if not isinstance(document, dict):
            raise ValueError("not a JSON object")
        return document


def _keys(listed: object) -> dict[str, Key]:
    """The usable RSA signing keys of a JWKS; one that cannot be read does not spoil the others."""
    found: dict[str, Key] = {}
    for item in listed if isinstance(listed, list) else ():
        if not isinstance(item, dict) or item.get("kty") != "RSA" or item.get("use", "sig") != "sig":
            continue
        kid, endorsements, issuer = item.get("kid"), item.get("endorsements"), item.get("issuer", "")
        try:
            public = RSAAlgorithm.from_jwk(item)
        except (jwt.InvalidKeyError, ValueError, TypeError):
            log.warning("a published signing key cannot be read")
            continue
        if not isinstance(kid, str) or not isinstance(issuer, str):
            continue
        if isinstance(public, RSAPublicKey) and public.key_size >= 2048:
            channels = endorsements if isinstance(endorsements, list) else []
            found[kid] = Key(public, frozenset(each for each in channels if isinstance(each, str)), issuer)
    return found
