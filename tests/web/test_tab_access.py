"""Who gets into a page by the tab: every role, every page, every state of what Teams' sign-in says; counted."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.keys import APP_ID, TENANT
from tests.chat import Session, session
from tests.conftest import COUNTED
from tests.web.tabs import tab, token
from tests.web.test_access import set_up
from web.headers import FRAMES, headers_for, teams_script

WHO_SIGNS = {
    "facilitator": "anna",
    "moderator": "liga",
    "group facilitator": "zsofi",
    "participant": "ivan",
    "stranger": "guest",
}
THEIRS = {
    "facilitator": {"board", "console", "moderation"},
    "moderator": {"board", "console", "moderation"},
    "group facilitator": {"board", "console"},
    "participant": {"board"},
    "stranger": set[str](),
}
ELSEWHERE = "99999999-2222-4333-8444-555555555555"
SIGNED: dict[str, tuple[int, Callable[[Session, str], str]]] = {
    "good": (200, lambda room, name: token(room, name)),
    "good, of version 1": (200, lambda room, name: token(room, name, iss=f"{room.room.url}/{TENANT}/", ver="1.0")),
    "over": (401, lambda room, name: token(room, name, exp=int(time.time()) - 400)),
    "not valid yet": (401, lambda room, name: token(room, name, nbf=int(time.time()) + 400)),
    "for another app": (401, lambda room, name: token(room, name, aud=ELSEWHERE)),
    "of another issuer": (401, lambda room, name: token(room, name, iss=f"https://sts.windows.net/{TENANT}/")),
    "without its person": (401, lambda room, name: token(room, name, oid=None)),
    "with a byte changed": (401, lambda room, name: token(room, name)[:-9] + "AAAAAAAAA"),
    "of a tenant that is not let in": (
        403, lambda room, name: token(room, name, tid=ELSEWHERE, iss=f"{room.room.url}/{ELSEWHERE}/v2.0"),
    ),
    "app-only": (403, lambda room, name: token(room, name, scp=None, idtyp="app", roles=["access_as_user"])),
    "for something else": (403, lambda room, name: token(room, name, scp="User.Read")),
    "the bot's own door's": (
        401, lambda room, name: room.room.keys.for_bot(APP_ID, room.room.activities.service_url),
    ),
}  # fmt: skip
"""By the state of what Teams' sign-in says: what entering is answered with."""


@pytest.mark.parametrize("kept_in", ["sqlite"], indirect=True)
async def test_role_by_page_by_state_of_the_sign_in(
    tmp_path: Path, kept_in: str, record_property: Callable[[str, object], None]
) -> None:
    async with session(tmp_path, PAGES="on", ALLOWED_TENANTS=TENANT) as room:
        workshop = await set_up(room)
        tried = 0
        for role, name in WHO_SIGNS.items():
            async with tab(room, name) as page:
                for state, (status, made) in SIGNED.items():
                    header = f"Bearer {made(room, name)}"
                    entered = await page.asks_as("enter", header)
                    assert entered.status == status, (role, state)
                    if status == 200:
                        assert (workshop.id in entered.said["html"]) == bool(THEIRS[role]), (role, state)
                    for asked in ("board", "console", "moderation", "tab"):
                        came = await page.asks_as("open", header, workshop=workshop.id, page=asked)
                        right = 200 if asked in THEIRS[role] else 403
                        assert came.status == (right if status == 200 else status), (role, state, asked)
                    tried += 5
                for asked in ("board", "console", "moderation"):
                    page.ticket = ""
                    allowed = (await page.opens(workshop.id, asked)).status == 200
                    for other in ("board", "console", "moderation"):
                        page.page = other
                        if allowed and other == asked:
                            async with page.streams() as stream:
                                assert await stream.next() == "parts", (role, asked)
                        else:
                            assert (await page.tries()).status == (403 if allowed else 401), (role, asked, other)
                    tried += 4
                page.ticket = token(room, name)
                page.page = "board"
                assert (await page.tries()).status == 401, "what signs somebody in is no ticket"
                for what in ("enter", "open"):
                    assert (await page.asks_as(what, None, workshop=workshop.id, page="board")).status == 401
                tried += 3
                url, activity = str(room.room.link.url), {"type": "message", "channelId": "msteams"}
                assert (await page.asks("POST", url, json=activity, headers=page.bearer)).status == 401
                tried += 1
        async with tab(room, "anna") as anna:
            await anna.opens(workshop.id, "console")
            assert (await anna.asks_as("enter", f"Bearer {anna.ticket}")).status == 401, "a ticket signs nobody in"
            tried += 1
        record_property(COUNTED, f"tab: {tried} combinations of role, page and state of the sign-in")


@pytest.mark.parametrize("kept_in", ["sqlite"], indirect=True)
async def test_only_a_tab_loads_teams_script_and_says_so(room: Session) -> None:
    async with tab(room, "anna") as page:
        for path in ("tab", "tab/mine", "tab/configure"):
            for query, lang, theme in (
                ("?language=pl-pl&theme=contrast", "pl", ' data-theme="contrast"'),
                ("?language=hu&theme=default", "hu", ' data-theme="light"'),
                ("?language={locale}&theme={theme}", "lv", ""),
                ('?language=<script>&theme="><script>', "lv", ""),
            ):
                came = await page.asks("GET", f"{page.pages}/{path}{query}", headers={"Accept-Language": "lv"})
                assert came.status == 200 and f'<html lang="{lang}"{theme}>' in came.text, (path, query)
                stand_in = f"{room.room.url}/static/teams.js"
                assert came.text.count("<script") == 2 and f'<script defer src="{stand_in}">' in came.text
                policy = came.headers["Content-Security-Policy"]
                assert f"script-src 'self' {stand_in};" in policy
                assert policy.endswith(f"frame-ancestors {room.room.url}") and "unsafe" not in policy
                assert came.headers["X-Content-Type-Options"] == "nosniff"
                assert came.headers["Referrer-Policy"] == "no-referrer"
                assert came.headers["Cache-Control"] == "no-store"
        for path in ("board", "console", "moderation", "nothing", "tab/nothing"):
            other = await page.asks("GET", f"{page.pages}/{path}")
            assert "script-src 'self';" in other.headers["Content-Security-Policy"], path
            assert "teams.js" not in other.text, path


@pytest.mark.parametrize("cloud", FRAMES)
def test_in_every_cloud_teams_script_is_one_file_with_its_digest(cloud: str) -> None:
    script = teams_script(cloud)
    pinned = r"https://res\.cdn\.office\.net/teams-js/\d+\.\d+\.\d+/js/MicrosoftTeams\.min\.js"
    assert re.fullmatch(pinned, script.address)
    assert re.fullmatch(r"sha384-[A-Za-z0-9+/]{64}", script.integrity)
    policy = headers_for(cloud, script=script)["Content-Security-Policy"]
    assert policy.split("; ")[1] == f"script-src 'self' {script.address}", "this file and nothing else of its host"
    assert policy.split("; ")[-1] == "frame-ancestors " + " ".join(FRAMES[cloud])
    without = headers_for(cloud)["Content-Security-Policy"]
    assert without == policy.replace(f" {script.address}", "") and "https://res." not in without
