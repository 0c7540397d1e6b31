"""Who is calling: checks token and tenant of every incoming activity. It can never be switched off."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from bot.clouds import Cloud
from bot.keys import Clock, Keys, NoKeys

__all__ = ["Caller", "Forbidden", "Gate", "Keys", "KeysUnavailable", "NotLetIn", "Unauthorized"]

LEEWAY = 300.0  # seconds that clocks may differ: Microsoft's own SDKs allow five minutes
LONGEST_TOKEN = 8_192  # characters; Teams' are about 1,000
TOKENS_KEPT = 4_096
CHANNEL = "msteams"


class NotLetIn(Exception):
    """The activity is not let in. `reason` says why and holds nothing of the token or the activity."""

    status = 401

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unauthorized(NotLetIn):
    """The token is missing, wrong, or made for another service address: HTTP 401."""


class Forbidden(NotLetIn):
    """The token is good, but what comes with it is not allowed here: HTTP 403."""

    status = 403


class KeysUnavailable(NotLetIn):
    """No signing key could be fetched yet, so nothing can be said about the token: HTTP 503."""

    status = 503


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
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN or not token.isascii():
            raise Unauthorized("there is no bearer token")
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
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError:
            raise Unauthorized("the token cannot be read") from None
        kid = header.get("kid")
        if header.get("alg") != "RS256" or not isinstance(kid, str):
            raise Unauthorized("the token is not signed as Teams signs")
        try:
            key = await self._keys.find(kid)
        except NoKeys:
            raise KeysUnavailable("no signing keys yet") from None
        if key is None:
            raise Unauthorized("the token's key is not known")
        if CHANNEL not in key.endorsements:
            raise Unauthorized("the token's key may not sign for Teams")
        try:
            claims = jwt.decode(
                token,
                key.public,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=self._cloud.issuer,
                # Times are checked below, against the one clock.
                options={
                    "require": ["exp", "iss", "aud"],
                    "strict_aud": True,
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            # From None, and only the kind: the original's text or arguments may quote the token.
            raise Unauthorized(f"the token is refused: {type(error).__name__}") from None
        until = self._times(claims)
        service_url = claims.get("serviceurl")
        if not isinstance(service_url, str) or not service_url:
            raise Unauthorized("the token is bound to no service address")
        return _Verified(kid, until, service_url, self._cloud.believes(service_url))

    def _times(self, claims: Mapping[str, Any]) -> float:
        now = self._clock()
        until = _moment(claims["exp"])
        if until is None or now >= until + LEEWAY:
            raise Unauthorized("the token has expired")
        if "nbf" in claims:
            since = _moment(claims["nbf"])
            if since is None or now < since - LEEWAY:
                raise Unauthorized("the token is not valid yet")
        return until


def _moment(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e11:
        return None
    return float(value)


def _tenant(activity: Mapping[str, Any]) -> str:
    """The conversation's tenant, lower case. Teams says it in channelData of every kind of conversation."""
    data = activity.get("channelData")
    tenant = data.get("tenant") if isinstance(data, dict) else None
    name = tenant.get("id") if isinstance(tenant, dict) else None
    return name.lower() if isinstance(name, str) else ""
