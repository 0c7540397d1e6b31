"""Who is calling: checks token and tenant of every incoming activity. It can never be switched off."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.bearer import (
    Forbidden,
    KeysUnavailable,
    NotLetIn,
    Unauthorized,
    bearer,
    claims_of,
    key_of,
    valid_until,
)
from bot.clouds import Cloud
from bot.keys import Clock, Keys

__all__ = ["Caller", "Forbidden", "Gate", "Keys", "KeysUnavailable", "NotLetIn", "Unauthorized"]

TOKENS_KEPT = 4_096
CHANNEL = "msteams"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who was let in: our app id, the token's service address, the conversation's tenant ("" if unsaid)."""

    app_id: str
    service_url: str
    tenant: str


@dataclass(frozen=True, slots=True)
class _Verified:
    """What is kept of a good token: its key, its end (unix seconds), the service address it is bound to, and whether
    that is an address of this cloud."""

    kid: str
    until: float
    service_url: str
    believed: bool


class Gate:
    """Lets an activity in, or says why not. The rules: Bot Connector authentication on Microsoft Learn."""

    def __init__(
        self,
        cloud: Cloud,
        app_id: str,
        keys: Keys,
        *,
        allowed_tenants: frozenset[str] = frozenset(),
        clock: Clock = time.time,
    ) -> None:
        if not app_id:
            raise ValueError("without an app id nobody can be checked")
        self._cloud = cloud
        self._app_id = app_id
        self._keys = keys
        self._tenants = frozenset(tenant.lower() for tenant in allowed_tenants)
        self._clock = clock
        self._verified: dict[bytes, _Verified] = {}

    async def check(self, authorization: str | None, activity: Mapping[str, Any]) -> Caller:
        """Who sends this activity. `authorization` is the header's text.

        Raises Unauthorized, Forbidden or KeysUnavailable; nothing of the activity may be used then.
        """
        token = await self._token(authorization)
        if activity.get("channelId") != CHANNEL:
            raise Forbidden("the activity is not from Teams")
        service_url = activity.get("serviceUrl")
        if not isinstance(service_url, str) or not service_url:
            raise Forbidden("the activity has no service address")
        if service_url == token.service_url:
            believed = token.believed
        elif service_url.rstrip("/") == token.service_url.rstrip("/"):
            believed = self._cloud.believes(service_url)
        else:
            raise Unauthorized("the token is bound to another service address")
        if not believed:
            raise Forbidden("the service address is not of this cloud")
        tenant = _tenant(activity)
        if self._tenants and tenant not in self._tenants:
            raise Forbidden("the conversation's tenant is not allowed")
        return Caller(self._app_id, service_url, tenant)

    async def _token(self, authorization: str | None) -> _Verified:
        token = bearer(authorization)
        digest = hashlib.sha256(token.encode()).digest()
        kept = self._verified.get(digest)
        # A key that is published no more takes its tokens with it.
        if kept is not None and self._clock() < kept.until and self._keys.known(kept.kid) is not None:
            return kept
        verified = await self._verify(token)
        self._verified.pop(digest, None)
        while len(self._verified) >= TOKENS_KEPT:
            self._verified.pop(next(iter(self._verified)))  # the oldest
        self._verified[digest] = verified
        return verified

    async def _verify(self, token: str) -> _Verified:
        kid, key = await key_of(token, self._keys)
        if CHANNEL not in key.endorsements:
            raise Unauthorized("the token's key may not sign for Teams")
        claims = claims_of(token, key, audience=self._app_id, issuer=self._cloud.issuer)
        until = valid_until(claims, self._clock())
        service_url = claims.get("serviceurl")
        if not isinstance(service_url, str) or not service_url:
            raise Unauthorized("the token is bound to no service address")
        return _Verified(kid, until, service_url, self._cloud.believes(service_url))


def _tenant(activity: Mapping[str, Any]) -> str:
    """The conversation's tenant, lower case. Teams says it in channelData of every kind of conversation."""
    data = activity.get("channelData")
    tenant = data.get("tenant") if isinstance(data, dict) else None
    name = tenant.get("id") if isinstance(tenant, dict) else None
    return name.lower() if isinstance(name, str) else ""
