"""What every token that comes in has to hold, whoever signs it: its form, its key, its times. Nothing of its claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt

from bot.keys import Key, Keys, NoKeys

LEEWAY = 300.0  # seconds that clocks may differ: Microsoft's own SDKs allow five minutes
LONGEST_TOKEN = 8_192  # characters; Teams' are about 1,000


class NotLetIn(Exception):
    """What came is not let in. `reason` says why and holds nothing of the token or of what came with it."""

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


def bearer(authorization: str | None) -> str:
    """The token in an Authorization header's text. Raises Unauthorized."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN or not token.isascii():
        raise Unauthorized("there is no bearer token")
    return token


async def key_of(token: str, keys: Keys) -> tuple[str, Key]:
    """The key that a token says it is signed with, and the key's id. Raises Unauthorized or KeysUnavailable."""
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise Unauthorized("the token cannot be read") from None
    kid = header.get("kid")
    if header.get("alg") != "RS256" or not isinstance(kid, str):
        raise Unauthorized("the token is not signed as Microsoft signs")
    try:
        key = await keys.find(kid)
    except NoKeys:
        raise KeysUnavailable("no signing keys yet") from None
    if key is None:
        raise Unauthorized("the token's key is not known")
    return kid, key


def claims_of(
    token: str, key: Key, *, audience: str | None = None, issuer: str | None = None
) -> Mapping[str, Any]:
    """What a token says, if the key has signed it, for this one audience and by this issuer. Whoever leaves one out
    checks it themselves, and everybody the times. Raises Unauthorized."""
    try:
        said: Mapping[str, Any] = jwt.decode(
            token,
            key.public,
            algorithms=["RS256"],
            audience=audience,
            issuer=issuer,
            # Times are checked below, against the one clock.
            options={
                "require": ["exp", "iss", "aud"],
                "strict_aud": True,
                "verify_aud": audience is not None,
                "verify_iss": issuer is not None,
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        # From None, and only the kind: the original's text or arguments may quote the token.
        raise Unauthorized(f"the token is refused: {type(error).__name__}") from None
    return said


def valid_until(claims: Mapping[str, Any], now: float) -> float:
    """When a token ends that is valid now (unix seconds), with the leeway on both sides. Raises Unauthorized."""
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
