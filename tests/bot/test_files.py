"""Files that come with a message: fetched only from where this cloud keeps them, small, in time, with no token."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import files
from bot.clouds import cloud_named
from bot.files import KIND, LARGEST, Files

ROOM = "http://127.0.0.1:3979"
CLOUDS = ("public", "gcc", "gcch", "dod", "china", "rehearsal")


@pytest.mark.parametrize(("cloud", "url"), [
    ("public", "https://contoso-my.sharepoint.com/personal/anna/_layouts/15/download.aspx?UniqueId=1&tempauth=v1.ey%2Fe"),
    ("gcc", "https://contoso.sharepoint.com/a"), ("gcch", "https://contoso-my.sharepoint.us/a"),
    ("dod", "https://contoso-my.sharepoint-mil.us/a"), ("china", "https://contoso.sharepoint.cn/a"),
    ("rehearsal", f"{ROOM}/files/abc"),
])
def test_a_cloud_keeps_files_at_its_own_addresses(cloud: str, url: str) -> None:
    assert cloud_named(cloud, ROOM).holds_files_at(url)


@pytest.mark.parametrize("url", [
    None, 5, "", "https://sharepoint.com/a", "http://contoso.sharepoint.com/a", "https://contoso.sharepoint.com:8443/a",
    "https://contoso.sharepoint.com.evil.example/a", "https://evil.example/contoso.sharepoint.com",
    "https://contoso.sharepoint.com@evil.example/", "https://x:y@contoso.sharepoint.com/", "https://evilsharepoint.com/",
    "https://evil.example\\.sharepoint.com/", "https://contoso.sharepoint.com/a b", "https://contoso.sharepoint.com/ż",
    "https://contoso.sharepoint.com:port/", "https://[::1/", "https://contoso.sharepoint.com/" + "a" * 4000,
    "https://127.0.0.1/files/abc", "http://169.254.169.254/latest/meta-data", "http://127.0.0.1:39790/files/abc",
    f"{ROOM}/connector/v3", f"{ROOM}@evil.example/files/abc", "file:///etc/passwd",
])
def test_no_cloud_keeps_files_where_it_only_looks_like_it(url: object) -> None:
    for name in CLOUDS:
        assert not cloud_named(name, ROOM).holds_files_at(url)


Handler = Any


@asynccontextmanager
async def shelf(handler: Handler) -> AsyncIterator[tuple[Files, str]]:
    """Where one file lies, and what fetches it."""
    app = web.Application()
    app.router.add_get("/files/{name}", handler)
    app.router.add_get("/elsewhere", handler)
    server = TestServer(app)
    await server.start_server()
    origin = f"http://127.0.0.1:{server.port}"
    try:
        async with aiohttp.ClientSession() as session:
            yield Files(cloud_named("rehearsal", origin), session), f"{origin}/files/a"
    finally:
        await server.close()


def message(*addresses: object, name: object = "a.csv") -> dict[str, Any]:
    attached = [{"contentType": KIND, "name": name, "content": {"downloadUrl": each}} for each in addresses]
    return {"attachments": [{"contentType": "text/html", "content": "<p>x</p>"}, *attached]}


async def test_a_file_is_fetched_whole_and_without_a_token() -> None:
    asked: list[Mapping[str, str]] = []

    async def gives(request: web.Request) -> web.Response:
        asked.append(request.headers)
        return web.Response(body=b"\x00\xffTitle;Country")

    async with shelf(gives) as (fetching, address):
        found = await fetching.of(message(address + "?tempauth=v1.ey%2Fe%3D"))
    assert found == {"file": "a.csv", "content": b"\x00\xffTitle;Country"}
    assert "Authorization" not in asked[0] and "Cookie" not in asked[0]


@pytest.mark.parametrize(("size", "expected"), [(LARGEST, "content"), (LARGEST + 1, "why")])
async def test_a_file_may_be_so_large_whatever_it_says_of_itself(size: int, expected: str) -> None:
    async def streams(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"x" * size)
        return response

    async with shelf(streams) as (fetching, address):
        found = await fetching.of(message(address))
    assert found is not None and expected in found
    assert found.get("why", "large") == "large"


@pytest.mark.parametrize("status", [302, 401, 404, 410, 500])
async def test_what_is_not_given_is_away_and_nobody_follows_to_elsewhere(status: int) -> None:
    paths: list[str] = []

    async def refuses(request: web.Request) -> web.Response:
        paths.append(request.path)
        return web.Response(status=status, headers={"Location": "/elsewhere"} if status == 302 else {})

    async with shelf(refuses) as (fetching, address):
        assert await fetching.of(message(address)) == {"file": "a.csv", "why": "away"}
    assert paths == ["/files/a"]


async def test_who_does_not_answer_or_breaks_off_is_away() -> None:
    async def breaks(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport is not None
        request.transport.close()
        return response

    async with shelf(breaks) as (fetching, address):
        assert await fetching.of(message(address)) == {"file": "a.csv", "why": "away"}
    async with aiohttp.ClientSession() as session:
        nobody = Files(cloud_named("rehearsal", "http://127.0.0.1:1"), session)
        assert await nobody.of(message("http://127.0.0.1:1/files/a")) == {"file": "a.csv", "why": "away"}


async def test_a_slow_one_is_not_waited_for() -> None:
    ends = asyncio.Event()

    async def hangs(request: web.Request) -> web.Response:
        await ends.wait()
        return web.Response()

    async with shelf(hangs) as (fetching, address):
        waiting = replace_patience(fetching, 0.05)
        assert await waiting.of(message(address)) == {"file": "a.csv", "why": "away"}
        ends.set()


def replace_patience(fetching: Files, seconds: float) -> Files:
    return Files(fetching.cloud, fetching.session, seconds)


async def test_what_is_said_of_odd_attachments() -> None:
    async with aiohttp.ClientSession() as session:
        fetching = Files(replace(cloud_named("public"), files=()), session)
        for body in ({}, {"attachments": None}, {"attachments": [5, None, {"contentType": "image/png"}]}, message()):
            assert await fetching.of(body) is None
        assert await fetching.of(message("https://a.sharepoint.com/x")) == {"file": "a.csv", "why": "away"}
        assert await fetching.of(message("x", "y")) == {"file": "a.csv", "why": "many"}
        assert await fetching.of(message("x", name=7)) == {"file": "", "why": "away"}
        bare = {"attachments": [{"contentType": KIND, "content": "no object"}]}
        assert await fetching.of(bare) == {"file": "", "why": "away"}


def test_teams_has_not_lost_patience_by_then() -> None:
    assert files.SECONDS < 15
