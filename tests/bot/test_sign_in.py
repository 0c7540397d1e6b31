"""A tab's sign-in: real tokens with real keys of a real server, and everybody who may not come in by one."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
import pytest

from bot.auth import Gate
from bot.bearer import Forbidden, KeysUnavailable, NotLetIn, Unauthorized
from bot.clouds import cloud_named
from bot.keys import Keys
from bot.sign_in import Signed, SignIn
from tests.bot.fake_teams import APP_ID, NOW, PERSON, TENANT, Clock, FakeTeams, fake_teams, private_key
from tests.conftest import COUNTED

DOMAIN = "bot.example.org"
OTHER = "99999999-2222-3333-4444-555555555555"


@dataclass
class Door:
    """The tab's door and the bot's own, as they stand side by side."""

    teams: FakeTeams
    keys: Keys
    sign_in: SignIn
    gate: Gate
    clock: Clock

    async def enters(self, token: str) -> Signed:
        return await self.sign_in.check(f"Bearer {token}")


@asynccontextmanager
async def opened(tenant: str = "", allowed: frozenset[str] = frozenset({TENANT})) -> AsyncIterator[Door]:
    async with fake_teams() as teams, aiohttp.ClientSession() as session:
        cloud, clock = cloud_named("rehearsal", teams.url), Clock()
        keys = Keys(cloud, session, clock=clock, address=cloud.keys_of_people_at(tenant))
        sign_in = SignIn(cloud, APP_ID, "Bot.example.org", keys, allowed_tenants=allowed, clock=clock)
        gate = Gate(cloud, APP_ID, Keys(cloud, session, clock=clock), clock=clock)
        yield Door(teams, keys, sign_in, gate, clock)


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with opened() as ready:
        yield ready


async def test_a_person_is_let_in_as_tenant_and_object_id(door: Door) -> None:
    anna = Signed(TENANT, f"{TENANT}:{PERSON}")
    good: dict[str, dict[str, Any]] = {
        "as Entra gives it": {},
        "version 1": {"iss": f"{door.teams.url}/{TENANT}/", "ver": "1.0", "aud": f"api://{DOMAIN}/botid-{APP_ID}"},
        "another name of the app": {"aud": f"api://{APP_ID}"},
        "the name of old apps": {"aud": f"api://botid-{APP_ID}"},
        "more permissions": {"scp": "User.Read access_as_user"},
        "a clock that is four minutes behind": {"exp": int(NOW) - 240},
        "a clock that is four minutes ahead": {"nbf": int(NOW) + 240},
        "no nbf": {"nbf": None},
        "ids in capital letters": {"oid": PERSON.upper(), "tid": TENANT.upper()},
    }
    for name, claims in good.items():
        assert await door.enters(door.teams.token_of_person(**claims)) == anna, name
    assert door.teams.people_asked == ["common"], "the keys are fetched once"
    async with opened(tenant=TENANT, allowed=frozenset()) as home:
        token = home.teams.token_of_person(tid=OTHER, iss=f"{home.teams.url}/{OTHER}/v2.0")
        assert (await home.enters(token)).person == f"{OTHER}:{PERSON}", "no list: any tenant, as for the bot"
        assert home.teams.people_asked == [TENANT]


def _claims(teams: FakeTeams) -> dict[str, Any]:
    said: dict[str, Any] = jwt.decode(teams.token_of_person(), options={"verify_signature": False})
    return said


def _signed(algorithm: str, secret: Callable[[FakeTeams], Any], **header: Any) -> Callable[[FakeTeams], str]:
    return lambda teams: jwt.encode(_claims(teams), secret(teams), algorithm=algorithm, headers=header)


def _other_claims(teams: FakeTeams) -> str:
    """A good signature under somebody else's id."""
    head, _, signature = teams.token_of_person().split(".")
    forged = base64.urlsafe_b64encode(json.dumps(_claims(teams) | {"oid": OTHER}).encode()).rstrip(b"=").decode()
    return f"{head}.{forged}.{signature}"


def _saying(**claims: Any) -> Callable[[FakeTeams], str]:
    return lambda teams: teams.token_of_person(**claims)


def _mine(_: FakeTeams) -> Any:
    return private_key("people")


KID = {"kid": "people"}
WRONG: dict[str, Callable[[FakeTeams], str]] = {
    "empty": lambda _: "",
    "not a token": lambda _: "abc",
    "not base64": lambda _: "a!.b!.c!",
    "letters beyond ASCII": lambda t: t.token_of_person() + "ł",
    "endless": lambda t: t.token_of_person() + "A" * 10_000,
    "alg none": _signed("none", lambda _: "", **KID),
    "HS256 with the public key": _signed("HS256", lambda t: t.jwk("people")["n"].encode(), **KID),
    "RS384": _signed("RS384", _mine, **KID),
    "PS256": _signed("PS256", _mine, **KID),
    "no kid": _signed("RS256", _mine),
    "unknown kid": _signed("RS256", _mine, kid="../../etc/passwd"),
    "signed by a stranger under a known kid": _signed("RS256", lambda _: private_key("stranger"), **KID),
    "signature cut off": lambda t: t.token_of_person().rpartition(".")[0] + ".",
    "claims changed": _other_claims,
    "a critical extension": _signed("RS256", _mine, **KID, crit=["b64"], b64=True),
    "expired": _saying(exp=int(NOW) - 301),
    "no exp": _saying(exp=None),
    "exp is a text": _saying(exp="tomorrow"),
    "not valid yet": _saying(nbf=int(NOW) + 301),
    "aud of another app": _saying(aud=OTHER),
    "aud of Microsoft Graph": _saying(aud="00000003-0000-0000-c000-000000000000"),
    "aud of another domain": _saying(aud=f"api://evil.example/botid-{APP_ID}"),
    "one of several aud": _saying(aud=[APP_ID, "https://graph.microsoft.com"]),
    "aud is an object": _saying(aud={"a": APP_ID}),
    "no aud": _saying(aud=None),
    "iss of nobody": _saying(iss="https://evil.example/v2.0"),
    "iss of another tenant": lambda t: t.token_of_person(iss=f"{t.url}/{OTHER}/v2.0"),
    "iss of Teams' own tokens": _saying(iss="https://api.botframework.com"),
    "iss is a list": lambda t: t.token_of_person(iss=[f"{t.url}/{TENANT}/v2.0"]),
    "no iss": _saying(iss=None),
    "no tid": _saying(tid=None),
    "tid is a path": lambda t: t.token_of_person(tid="common/..", iss=f"{t.url}/common/../v2.0"),
    "no oid": _saying(oid=None),
    "oid is a list": _saying(oid=[PERSON]),
    "another tenant": lambda t: t.token_of_person(tid=OTHER, iss=f"{t.url}/{OTHER}/v2.0"),
    "no scp: an id token": _saying(scp=None),
    "another scp": _saying(scp="User.Read"),
    "scp that only begins so": _saying(scp="access_as_user_too"),
    "scp is a list": _saying(scp=["access_as_user"]),
    "app-only": _saying(scp=None, roles=["access_as_user"], idtyp="app"),
    "app-only that says scp": _saying(idtyp="app"),
    "a key of another issuer": lambda t: t.token_of_person("elsewhere"),
    "the bot's own door's": lambda t: t.token(),
    "the bot's own door's, with a key of people": lambda t: t.token("people"),
    "the bot's own outgoing": _saying(aud="https://api.botframework.com", scp=None, oid=None),
}
FORBIDDEN = {
    "another tenant", "no scp: an id token", "another scp", "scp that only begins so", "scp is a list", "app-only",
    "app-only that says scp",
}  # fmt: skip


async def test_who_may_not_come_in_is_told_nothing_of_the_token(
    door: Door, record_property: Callable[[str, object], None]
) -> None:
    door.teams.people_kids.append("elsewhere")
    door.teams.people_issuers["elsewhere"] = f"{door.teams.url}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"
    refused = 0
    for name, make in WRONG.items():
        token = make(door.teams)
        for _ in range(2):
            with pytest.raises(NotLetIn) as refusal:
                await door.enters(token)
            assert isinstance(refusal.value, Forbidden if name in FORBIDDEN else Unauthorized), name
            for part in (TENANT, PERSON, APP_ID, "Anna", token[-20:] or "-"):
                assert part not in repr(refusal.value), name
            refused += 1
    for header in (None, "", "Basic abc", door.teams.token_of_person(), "Bearer"):
        with pytest.raises(Unauthorized):
            await door.sign_in.check(header)
        refused += 1
    assert await door.enters(door.teams.token_of_person())
    record_property(COUNTED, f"single sign-on: {len(WRONG)} wrong tokens, {refused} refusals, none let in")


async def test_a_tabs_token_does_not_open_the_bots_own_door(door: Door) -> None:
    """Not even where one host published one key for both."""
    door.teams.kids.append("people")
    for token in (door.teams.token_of_person(), door.teams.token_of_person(serviceurl=door.teams.service_url)):
        with pytest.raises(Unauthorized):
            await door.gate.check(f"Bearer {token}", door.teams.activity())
    assert await door.gate.check(f"Bearer {door.teams.token()}", door.teams.activity())


async def test_rotated_keys_are_fetched_and_withdrawn_ones_are_over(door: Door) -> None:
    assert await door.enters(door.teams.token_of_person())
    door.clock.now += 60
    door.teams.people_kids = ["people", "next"]
    assert await door.enters(door.teams.token_of_person("next")), "a new key is fetched when it is first met"
    door.clock.now += 3600
    door.teams.people_kids = ["next"]
    with pytest.raises(Unauthorized):
        await door.enters(door.teams.token_of_person())
    assert await door.enters(door.teams.token_of_person("next"))
    assert len(door.teams.people_asked) == 3


async def test_without_the_host_of_the_keys(door: Door) -> None:
    door.teams.people_status = 503
    with pytest.raises(KeysUnavailable) as refusal:
        await door.enters(door.teams.token_of_person())
    assert refusal.value.status == 503
    door.clock.now += 2
    door.teams.people_status = 200
    assert await door.enters(door.teams.token_of_person())
    door.teams.people_status = 503
    for _ in range(2):
        door.clock.now += 2000
        assert await door.enters(door.teams.token_of_person()), "what was known stays"
    assert await door.enters(door.teams.token_of_person())
    assert len(door.teams.people_asked) == 3, "asked again when due, and then not by everybody"


def test_each_cloud_signs_its_own_people_in() -> None:
    keys = {
        "public": "https://login.microsoftonline.com/common/discovery/v2.0/keys",
        "gcc": "https://login.microsoftonline.com/common/discovery/v2.0/keys",
        "gcch": "https://login.microsoftonline.us/common/discovery/v2.0/keys",
        "dod": "https://login.microsoftonline.us/common/discovery/v2.0/keys",
        "china": "https://login.partner.microsoftonline.cn/common/discovery/v2.0/keys",
    }
    assert {name: cloud_named(name).keys_of_people_at() for name in keys} == keys
    assert cloud_named("public").issuers_of(TENANT) == (
        f"https://login.microsoftonline.com/{TENANT}/v2.0", f"https://sts.windows.net/{TENANT}/",
    )  # fmt: skip


async def test_without_an_app_id_there_is_no_door(door: Door) -> None:
    with pytest.raises(ValueError, match="app id"):
        SignIn(cloud_named("public"), "", DOMAIN, door.keys)
