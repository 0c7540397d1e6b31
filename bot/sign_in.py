"""Who has opened a tab: checks the token that Teams' single sign-on gives a page. It can never be switched off."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.bearer import Forbidden, Unauthorized, bearer, claims_of, key_of, valid_until
from bot.clouds import Cloud
from bot.keys import Clock, Keys

SCOPE = "access_as_user"
"""The permission that the registration exposes, and that Teams' clients are authorised for in advance."""

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody whom Entra has signed in: their tenant, and the id that the bot knows them by."""

    tenant: str
    person: str


class SignIn:
    """Lets people in by their token, or says why not. The rules: access tokens of the Microsoft identity platform;
    Application ID URI and permission as Teams asks for them of an app with a bot and a tab."""

    def __init__(
        self,
        cloud: Cloud,
        app_id: str,
        domain: str,
        keys: Keys,
        *,
        allowed_tenants: frozenset[str] = frozenset(),
        clock: Clock = time.time,
    ) -> None:
        """`domain`: the host of the tab's pages; `keys`: those that sign people in, never the bot's own door's."""
        if not app_id:
            raise ValueError("without an app id nobody can be checked")
        self._cloud = cloud
        self._audiences = frozenset(
            {app_id, f"api://{app_id}", f"api://botid-{app_id}", f"api://{domain.lower()}/botid-{app_id}"}
        )
        self._keys = keys
        self._tenants = frozenset(tenant.lower() for tenant in allowed_tenants)
        self._clock = clock

    async def check(self, authorization: str | None) -> Signed:
        """Who comes with this Authorization header. Raises Unauthorized, Forbidden or KeysUnavailable."""
        token = bearer(authorization)
        await self._keys.renew()
        _, key = await key_of(token, self._keys)
        claims = claims_of(token, key)
        valid_until(claims, self._clock())
        if not isinstance(claims["aud"], str) or claims["aud"] not in self._audiences:
            raise Unauthorized("the token is for somebody else")
        tenant, person = _id(claims, "tid"), _id(claims, "oid")
        issuers = self._cloud.issuers_of(tenant)
        if claims["iss"] not in issuers:
            raise Unauthorized("the token is not of its tenant's issuer")
        if key.issuer and key.issuer.replace("{tenantid}", tenant) not in issuers:
            raise Unauthorized("the token's key may not sign for its tenant")
        scopes = claims.get("scp")
        if claims.get("idtyp") == "app" or not isinstance(scopes, str) or SCOPE not in scopes.split(" "):
            raise Forbidden("the token is not a person's for this app")
        if self._tenants and tenant not in self._tenants:
            raise Forbidden("the person's tenant is not allowed")
        return Signed(tenant, f"{tenant}:{person}")


def _id(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not _GUID.match(value.lower()):
        raise Unauthorized(f"the token's {name} is no id")
    return value.lower()
