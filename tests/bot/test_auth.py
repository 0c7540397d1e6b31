"""The gate: every bad token of the SDK's history is refused, and so is every body that does not fit."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import jwt
import pytest

from bot.auth import Caller, Forbidden, Gate, Unauthorized
from bot.clouds import cloud_named
from tests.bot.door import Door, opened
from tests.bot.fake_teams import APP_ID, NOW, TENANT, FakeTeams, private_key


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with opened() as ready:
        yield ready


async def test_a_good_token_is_let_in(door: Door) -> None:
    assert await door.let_in() == Caller(APP_ID, door.teams.service_url, TENANT)


async def test_bearer_may_be_written_in_any_case(door: Door) -> None:
    assert await door.gate.check(f"bearer {door.teams.token()}", door.teams.activity())


def _unsigned(teams: FakeTeams) -> str:
    claims = jwt.decode(teams.token(), options={"verify_signature": False})
    return jwt.encode(claims, "", algorithm="none", headers={"kid": "one"})


def _hs256(teams: FakeTeams) -> str:
    """The classic: the public key, which everybody has, used as the secret of a symmetric signature."""
    claims = jwt.decode(teams.token(), options={"verify_signature": False})
    secret = teams.jwk("one")["n"].encode()
    return jwt.encode(claims, secret, algorithm="HS256", headers={"kid": "one"})


def _algorithm(name: str) -> Callable[[FakeTeams], str]:
    def make(teams: FakeTeams) -> str:
        claims = jwt.decode(teams.token(), options={"verify_signature": False})
        return jwt.encode(claims, private_key("one"), algorithm=name, headers={"kid": "one"})

    return make


def _other_claims(teams: FakeTeams) -> str:
    """A good signature under other claims."""
    head, body, signature = teams.token().split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["aud"] = APP_ID
    claims["serviceurl"] = "https://evil.example/"
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"{head}.{forged}.{signature}"


def _signed_by_a_stranger(teams: FakeTeams) -> str:
    claims = jwt.decode(teams.token(), options={"verify_signature": False})
    return jwt.encode(claims, private_key("stranger"), algorithm="RS256", headers={"kid": "one"})


def _with_header(**header: Any) -> Callable[[FakeTeams], str]:
    def make(teams: FakeTeams) -> str:
        claims = jwt.decode(teams.token(), options={"verify_signature": False})
        return jwt.encode(claims, private_key("one"), algorithm="RS256", headers=header)

    return make


BAD_TOKENS: dict[str, Callable[[FakeTeams], str]] = {
    "empty": lambda _: "",
    "not a token": lambda _: "abc",
    "two dots and nothing": lambda _: "..",
    "not base64": lambda _: "a!.b!.c!",
    "letters beyond ASCII": lambda t: t.token() + "ł",
    "endless": lambda t: t.token() + "A" * 10_000,
    "signature cut off": lambda t: t.token().rpartition(".")[0] + ".",
    "signature of another token": lambda t: t.token().rpartition(".")[0] + "." + t.token(exp=1).rpartition(".")[2],
    "claims changed": _other_claims,
    "signed by a stranger": _signed_by_a_stranger,
    "unsigned": _unsigned,
    "HS256 with the public key": _hs256,
    "RS384": _algorithm("RS384"),
    "PS256": _algorithm("PS256"),
    "no kid": _with_header(),
    "kid is empty": _with_header(kid=""),
    "unknown kid": _with_header(kid="../../etc/passwd"),
    "critical extension": _with_header(kid="one", crit=["b64"], b64=True),
    "expired": lambda t: t.token(exp=int(NOW) - 301),
    "expired a leeway ago": lambda t: t.token(exp=int(NOW) - 300),
    "no exp": lambda t: t.token(exp=None),
    "exp is far out of range": lambda t: t.token(exp=10**15),
    "exp is true": lambda t: t.token(exp=True),
    "exp is a list": lambda t: t.token(exp=[1]),
    "not valid yet": lambda t: t.token(nbf=int(NOW) + 301),
    "nbf is a text": lambda t: t.token(nbf="soon"),
    "wrong issuer": lambda t: t.token(iss="https://sts.windows.net/x/"),
    "no issuer": lambda t: t.token(iss=None),
    "wrong audience": lambda t: t.token(aud="99999999-0000-0000-0000-000000000000"),
    "the bot's own outgoing token": lambda t: t.token(aud="https://api.botframework.com"),
    "one of several audiences": lambda t: t.token(aud=[APP_ID, "https://api.botframework.com"]),
    "no audience": lambda t: t.token(aud=None),
    "bound to another service address": lambda t: t.token(serviceurl="https://smba.trafficmanager.net/emea/"),
    "bound to no service address": lambda t: t.token(serviceurl=None),
    "bound to an empty service address": lambda t: t.token(serviceurl=""),
    "service address is a list": lambda t: t.token(serviceurl=[t.service_url]),
}


@pytest.mark.parametrize("make", BAD_TOKENS.values(), ids=BAD_TOKENS)
async def test_a_bad_token_is_unauthorized(door: Door, make: Callable[[FakeTeams], str]) -> None:
    token = make(door.teams)
    for _ in range(2):  # the second time it could come from a cache
        with pytest.raises(Unauthorized) as refusal:
            await door.gate.check(f"Bearer {token}", door.teams.activity())
        assert refusal.value.status == 401
        for part in token.split("."):
            assert len(part) < 8 or part not in str(refusal.value)


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "token"])
async def test_a_header_without_a_bearer_token_is_unauthorized(door: Door, header: str | None) -> None:
    with pytest.raises(Unauthorized):
        await door.gate.check(header, door.teams.activity())


async def test_clocks_may_differ_by_less_than_five_minutes(door: Door) -> None:
    assert await door.let_in(door.teams.token(exp=int(NOW) - 299))
    assert await door.let_in(door.teams.token(nbf=int(NOW) + 299))
    assert await door.let_in(door.teams.token(nbf=None))


FORBIDDEN: dict[str, dict[str, Any]] = {
    "no service address": {"serviceUrl": None},
    "empty service address": {"serviceUrl": ""},
    "service address is no text": {"serviceUrl": 7},
    "no channel": {"channelId": None},
    "another channel": {"channelId": "directline"},
    "channel is a list": {"channelId": ["msteams"]},
}


@pytest.mark.parametrize("fields", FORBIDDEN.values(), ids=FORBIDDEN)
async def test_a_good_token_with_a_body_of_another_kind_is_forbidden(door: Door, fields: dict[str, Any]) -> None:
    with pytest.raises(Forbidden) as refusal:
        await door.let_in(**fields)
    assert refusal.value.status == 403


async def test_a_good_token_with_another_service_address_is_unauthorized(door: Door) -> None:
    assert await door.let_in()
    with pytest.raises(Unauthorized):  # although the token itself is known by now
        await door.let_in(serviceUrl="https://evil.example/")


async def test_a_service_address_outside_the_cloud_is_forbidden_even_when_signed(door: Door) -> None:
    evil = "http://127.0.0.1:9/connector/"
    with pytest.raises(Forbidden):
        await door.let_in(door.teams.token(serviceurl=evil), serviceUrl=evil)


@pytest.mark.parametrize("data", [
    None, {}, {"tenant": None}, {"tenant": {}}, {"tenant": {"id": 5}}, {"tenant": {"id": ""}}, [],
    {"tenant": {"id": "99999999-2222-3333-4444-555555555555"}},
])
async def test_other_tenants_and_no_tenant_are_forbidden_when_tenants_are_listed(door: Door, data: Any) -> None:
    cloud = cloud_named("rehearsal", door.teams.url)
    gate = Gate(cloud, APP_ID, door.keys, allowed_tenants=frozenset({TENANT.upper()}), clock=door.clock)
    header = f"Bearer {door.teams.token()}"
    assert (await gate.check(header, door.teams.activity())).tenant == TENANT
    with pytest.raises(Forbidden):
        await gate.check(header, door.teams.activity(channelData=data))


async def test_a_key_without_the_teams_endorsement_signs_nothing_for_teams(door: Door) -> None:
    door.teams.kids = ["one", "other"]
    door.teams.endorsements = {"other": ["webchat"]}
    with pytest.raises(Unauthorized):
        await door.let_in(door.teams.token("other"))
    assert await door.let_in()


def test_without_an_app_id_there_is_no_gate(door: Door) -> None:
    with pytest.raises(ValueError, match="app id"):
        Gate(cloud_named("public"), "", door.keys)
