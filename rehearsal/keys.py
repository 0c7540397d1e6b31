"""The room's own signing keys and the tokens made with them. It never sees a real tenant or a password."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

APP_ID = "00000000-0000-0000-0000-0000000000ab"
"""The app id reserved for rehearsals; no registration in Entra can have it."""
BOT_FRAMEWORK = "https://api.botframework.com"
"""Issuer of what Teams sends, audience of what a bot sends (Bot Connector authentication, Microsoft Learn)."""
TENANT = "0b5e1d7c-5f0e-4b53-9c8c-5a7a1e0a0001"
LIFETIME = 3600
"""Seconds a token is valid, as Microsoft's are."""


class BadToken(Exception):
    """The bearer token of a call is missing, expired, or not signed by this room."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One RSA key and the id under which it is published."""

    kid: str
    private: rsa.RSAPrivateKey


def new_key() -> rsa.RSAPrivateKey:
    """A key as the Bot Framework's are."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _number(value: int) -> str:
    raw = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Keys:
    """Signs in both directions: what the room sends to the bot, and what the bot sends back to the Connector.

    `clock` gives seconds since 1970. With a `skew`, what goes to the bot is valid only in so many seconds, or (less
    than 0) no longer since so many.
    """

    def __init__(self, clock: Callable[[], float] = time.time, first: rsa.RSAPrivateKey | None = None) -> None:
        """`first`: the key to begin with, made already; else a new one, which takes 50 ms."""
        self.clock = clock
        self._first = first
        self.skew = 0.0
        self.published: list[SigningKey] = []
        self._made = 0
        self._cached: dict[str, tuple[str, float]] = {}
        self._verified: dict[str, float] = {}
        self.rotate(keep=0)

    def rotate(self, keep: int = 1) -> SigningKey:
        """Makes a new signing key; `keep` of the older ones stay published. New tokens use the new key."""
        self._made += 1
        private, self._first = self._first or new_key(), None
        key = SigningKey(f"rehearsal-{self._made}-{_number(private.public_key().public_numbers().n)[:8]}", private)
        self.published = [key, *self.published[:keep]]
        self._cached.clear()
        self._verified.clear()
        return key

    def jwks(self) -> dict[str, Any]:
        """The published keys as a JSON Web Key Set, with the channel endorsement that the Bot Framework adds."""
        keys = []
        for key in self.published:
            public = key.private.public_key().public_numbers()
            keys.append({
                "kty": "RSA", "use": "sig", "alg": "RS256", "kid": key.kid, "x5t": key.kid,
                "n": _number(public.n), "e": _number(public.e), "endorsements": ["msteams"],
            })
        return {"keys": keys}

    def sign(self, claims: dict[str, Any]) -> str:
        """Signs any claims with the newest key; tests use it to make tokens that a bot has to refuse."""
        key = self.published[0]
        return jwt.encode(claims, key.private, algorithm="RS256", headers={"kid": key.kid})

    def for_bot(self, app_id: str, service_url: str) -> str:
        """The token that goes with an activity: issuer, audience, `serviceurl` claim, an hour of validity.

        Like Teams, one token serves many activities; it is renewed ten minutes before it ends.
        """
        now = self.clock()
        name = f"{app_id} {service_url}"
        if self.skew:
            since, until = (now + self.skew, now + LIFETIME) if self.skew > 0 else (now - LIFETIME, now + self.skew)
            return self.sign({
                "iss": BOT_FRAMEWORK, "aud": app_id, "serviceurl": service_url, "nbf": int(since), "exp": int(until),
            })
        token, until = self._cached.get(name, ("", 0.0))
        if until - 600 < now:
            until = now + LIFETIME
            token = self.sign({
                "iss": BOT_FRAMEWORK, "aud": app_id, "serviceurl": service_url,
                "nbf": int(now) - 300, "exp": int(until),
            })
            self._cached[name] = (token, until)
        return token

    def for_connector(self, app_id: str) -> str:
        """The access token that the token endpoint hands to the bot."""
        now = int(self.clock())
        return self.sign({
            "iss": f"https://sts.windows.net/{TENANT}/", "aud": BOT_FRAMEWORK, "appid": app_id,
            "nbf": now - 5, "iat": now, "exp": now + LIFETIME,
        })

    def for_tab(self, origin: str, tenant: str, object_id: str, **changed: Any) -> str:
        """What single sign-on gives a tab for a person, as Entra signs it (version 2); `origin` is the room's own, in
        place of Entra's. A claim that is changed to None is left out."""
        now = int(self.clock())
        usual = {
            "iss": f"{origin}/{tenant}/v2.0", "aud": APP_ID, "tid": tenant, "oid": object_id, "ver": "2.0",
            "scp": "access_as_user", "iat": now, "nbf": now - 5, "exp": now + LIFETIME,
        }
        return self.sign({name: value for name, value in {**usual, **changed}.items() if value is not None})

    def check(self, authorization: str, app_id: str) -> None:
        """Checks the Authorization header of a Connector call. Raises BadToken with the reason."""
        scheme, _, token = authorization.partition(" ")
        if scheme != "Bearer" or not token:
            raise BadToken("the Authorization header holds no bearer token")
        if self._verified.get(token, 0.0) > self.clock():
            return
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            key = next((key for key in self.published if key.kid == kid), None)
            if key is None:
                raise BadToken("the token was not signed by this room")
            claims = jwt.decode(
                token, key.private.public_key(), algorithms=["RS256"], audience=BOT_FRAMEWORK,
                options={"require": ["exp", "aud"], "verify_exp": False, "verify_nbf": False, "verify_iat": False},
            )
        except jwt.PyJWTError as error:
            raise BadToken(f"the token is not valid: {type(error).__name__}") from error
        if claims["exp"] < self.clock():
            raise BadToken("the token has expired")
        if claims.get("appid") != app_id:
            raise BadToken("the token was made for another app")
        if len(self._verified) > 1000:
            self._verified.clear()
        self._verified[token] = float(claims["exp"])
