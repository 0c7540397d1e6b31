"""What is drawn by itself: words escaped, instants as times, every element of a form; limits, languages, headers."""

from __future__ import annotations

import re
from html import unescape

import pytest

from cards import draw
from cards.elements import as_data, clock, line, said
from locales import LANGUAGES
from settings import CLOUDS
from tests.cards.walk import parts
from tests.dialogs.talk import Talk
from tests.workshop.paper import START
from web.drawing import card, clocks, elements
from web.headers import headers_for
from web.limits import HELD, Limit
from web.said import language_of
from workshop.views import Confirm

HOSTILE = "<script>alert(1)</script> \" onclick='x' {{TIME(2026-11-22T09:00:00Z)}} & {{ 7*7 }}"


def test_nobodys_words_are_more_than_words() -> None:
    html = elements([as_data(said(HOSTILE, who=HOSTILE)), as_data(line(HOSTILE.replace("{{TIME", "{{ TIME")))])
    assert "<script" not in html and "onclick='x'" not in html and "<time" not in html
    assert html.count("&lt;script&gt;") == 3 and "{{ 7*7 }}" in html


def test_instants_are_times_of_the_readers_own() -> None:
    html = elements([as_data(line(f"Until {clock(START)}.\nAnd {clock(START, 9999)}"))])
    assert html.count("<time datetime=") == 3 and html.count('data-show="date"') == 1 and "<br>" in html
    assert clocks("a < b") == "a &lt; b"


@pytest.mark.parametrize("verb", ["groups", "practices", "people", "moderate", "summary", "roles", "themes", "finish"])
async def test_every_form_of_the_console_is_all_there(verb: str) -> None:
    """Each word, field and button of the card is in the page's form, under the same name."""
    talk = await Talk().starts()
    for who in ("ivan", "eva", "ola"):
        await talk.turn(who, "submit", **{"a.K1.good": f"{who}'s & <words>", "a.K2.": "words"})
    reply = await talk.turn("anna", verb, moves=talk.w.moves)
    drawn = draw(reply.view, "pl")  # type: ignore[union-attr]
    html = card(drawn)
    words = unescape(re.sub(r"<[^>]*>", "\n", html))
    for part in parts(drawn):
        kind = str(part.get("type", ""))
        for name in ("text", "title", "label"):
            if isinstance(text := part.get(name), str) and "{{" not in text:
                for one in filter(None, text.split("\n")):
                    assert one in words, (kind, name, one)
        if kind.startswith("Input."):
            assert f'name="{part["id"]}"' in html or f'data-name="{part["id"]}"' in html, part
    assert html.count("data-act=") == sum(str(part.get("type")) == "Action.Submit" for part in parts(drawn))
    if verb == "finish":
        assert isinstance(reply.view, Confirm)  # type: ignore[union-attr]


def test_so_many_at_once_and_so_many_a_second() -> None:
    now = [0.0]
    limit = Limit(3, 2.0, lambda: now[0])
    assert [limit.asks("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert limit.asks("b") == 0, "each for itself"
    now[0] = 0.5
    assert [limit.asks("a"), limit.asks("a")] == [0, 0.5]
    now[0] = 100
    assert [limit.asks("a") for _ in range(4)][:3] == [0, 0, 0], "no more than at once, however long it waited"
    for number in range(HELD):
        limit.asks(str(number))
    assert limit.asks("a") == 0, "who asks nothing for long is forgotten"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"), ("pl", "pl"), ("pl-PL,pl;q=0.9,en;q=0.8", "pl"), ("de,fr", "en"), ("de, hu;q=0.2, lv;q=0.3", "lv"),
        ("BG-bg", "bg"), ("en;q=0.1, pl;q=x", "en"), (";;;,,", "en"), ("zh-TW", "en"), ("pl;q=0.5," * 400, "pl"),
    ],
)  # fmt: skip
def test_the_language_that_a_browser_likes_best(accepted: str, language: str) -> None:
    assert language_of(accepted) == language
    assert language in LANGUAGES


@pytest.mark.parametrize("cloud", CLOUDS)
def test_pages_stand_in_teams_of_their_own_cloud_only(cloud: str) -> None:
    policy = headers_for(cloud, "http://127.0.0.1:3979")["Content-Security-Policy"]
    frames = policy.rpartition("frame-ancestors ")[2]
    assert "'unsafe" not in policy and "*;" not in policy and frames
    for frame in frames.split():
        assert frame.startswith("http://127.0.0.1" if cloud == "rehearsal" else "https://"), frame
    assert ("teams.microsoft.com" in frames) == (cloud in ("public", "gcc"))
