"""What an operator's Prometheus reads: every figure where it arises, and never a word, a name or an id."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import MOST_LABELS, SLOTS, Lag, Metrics, kinds_of
from dialogs import ALL
from dialogs.turn import Via
from tests.chat import Session, called, session
from tests.stories.acts import leads
from workshop.refusals import Reason

LABEL = re.compile(r"[a-zA-Z_0-9+.]+\Z")
BOUNDED = {
    "kind": {*kinds_of(ALL).values(), "unknown"},
    "via": {via.value for via in Via},
    "outcome": {
        "shown", "told", "refused", "not_stored", "not_confirmed", "apology", "timeout", "bug",
        "done", "retry", "gone", "unknown",
    },
    "slot": {*SLOTS, "other"},
    "how": {"post", "edit"},
    "method": {"GET", "POST", "PUT", "DELETE"},
    "certain": {"yes", "no"},
}


def base(room: Session) -> str:
    """Where the bot listens."""
    assert room.room.link.url is not None
    return room.room.link.url.removesuffix("/api/messages")


async def scraped(room: Session) -> str:
    async with aiohttp.ClientSession() as web, web.get(f"{base(room)}/metrics") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
        return await answer.text()


def figures(text: str) -> dict[tuple[str, ...], float]:
    """Every sample by its name and its labels' values, in the labels' order of name."""
    return {
        (sample.name, *(sample.labels[label] for label in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def labels(text: str) -> list[Mapping[str, str]]:
    return [sample.labels for family in text_string_to_metric_families(text) for sample in family.samples]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


async def test_a_session_is_counted(folder: Path) -> None:
    async with session(folder) as room:
        await room.opens()
        await room.joins("ivan", "james")
        await leads(room, "Start")
        for name, words in (("ivan", "Mentoring"), ("james", "A shared calendar"), ("ivan", "Open days")):
            form = await room.form(name)
            field = form.inputs()[0].id
            await form.fills({field: words}).presses(called(form, "Send", "Replace my answer"))
        await room.settles()
        empty = await room.form("james")
        await empty.fills({empty.inputs()[0].id: "x" * 5000}).presses("Replace my answer")
        text = await scraped(room)
        seen = figures(text)
    assert seen["kolbot_answers_total",] == 3
    assert seen["kolbot_answers_withdrawn_total",] == 0
    assert seen["kolbot_refusals_total", Reason.WRONG_ANSWERS] == 1
    assert seen["kolbot_refusals_total", Reason.NOT_NOW] == 0
    assert seen["kolbot_workshops_live",] == 1
    assert seen["kolbot_turns_total", "answering", "shown", "dialog"] >= 3
    assert seen["kolbot_turns_total", "answering", "refused", "dialog"] == 1
    assert seen["kolbot_turns_total", "lobby", "shown", "typed"] == 1
    assert seen["kolbot_invoke_seconds_count",] >= 8
    assert 0 < seen["kolbot_invoke_seconds_sum",] < 60
    assert seen["kolbot_batch_changes_count",] >= 6
    assert seen["kolbot_commit_seconds_count",] > seen["kolbot_batch_changes_count",]
    assert seen["kolbot_posts_total", "post", "stage"] >= 2
    assert seen["kolbot_posts_total", "post", "board"] == 1
    assert seen["kolbot_posts_total", "edit", "board"] >= 1
    assert not [key for key in seen if key[0] == "kolbot_posts_total" and key[2] == "other"], "SLOTS has them all"
    assert seen["kolbot_connector_calls_total", "POST", "done"] >= 4
    assert seen["kolbot_connector_calls_total", "PUT", "done"] >= 1
    assert seen["kolbot_connector_again_total", "429"] == 0
    assert seen["kolbot_board_lag_seconds",] == 0


async def test_no_label_holds_more_than_the_code_knows(folder: Path) -> None:
    async with session(folder) as room:
        await room.opens(title="Wrocław <b>2026</b>")
        await room.joins("ivan")
        await room.types("ivan", "@Kolbot gibberish Zażółć")
        text = await scraped(room)
    for each in labels(text):
        for label, value in each.items():
            assert LABEL.match(value), (label, value)
            if label in BOUNDED:
                assert value in BOUNDED[label], (label, value)
    assert "Wroc" not in text and "gibberish" not in text


async def test_what_was_not_stored_is_no_answer(folder: Path) -> None:
    async with session(folder) as room:
        await room.opens()
        await room.joins("ivan")
        await leads(room, "Start")
        form = await room.form("ivan")
        with room.bot.reader._engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE answers RENAME TO gone")
        await form.fills({form.inputs()[0].id: "Mentoring"}).presses(called(form, "Send"))
        with room.bot.reader._engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE gone RENAME TO answers")
        seen = figures(await scraped(room))
    assert seen["kolbot_answers_total",] == 0
    assert seen["kolbot_not_stored_total", "yes"] == 1
    assert seen["kolbot_turns_total", "answering", "not_stored", "dialog"] == 1


async def test_what_teams_answers_is_counted(folder: Path) -> None:
    async with session(folder) as room:
        room.room.faults.add("send", "refuse", status=429, seconds=1)
        room.room.faults.add("send", "refuse", status=503, seconds=0)
        await room.opens()
        await room.joins("ivan")
        room.room.faults.add("edit", "refuse", status=404)
        await room.joins("james")
        seen = figures(await scraped(room))
    assert seen["kolbot_connector_again_total", "429"] == 1
    assert seen["kolbot_connector_again_total", "503"] == 1
    assert seen["kolbot_connector_calls_total", "PUT", "gone"] == 1


async def test_who_is_not_let_in_is_counted_by_reason(folder: Path) -> None:
    async with session(folder) as room, aiohttp.ClientSession() as web:
        url = f"{base(room)}/api/messages"
        before = figures(await scraped(room))
        for headers, data in (
            ({}, b"{}"),
            ({"Authorization": "Bearer x.y.z"}, b"{}"),
            ({"Authorization": "Basic YTpi"}, b"{}"),
            ({"Authorization": "Bearer x.y.z"}, b"["),
        ):
            async with web.post(url, data=data, headers={"Content-Type": "application/json", **headers}) as answer:
                assert answer.status in (400, 401)
        plain = {"Authorization": "Bearer a", "Content-Type": "text/plain"}
        async with web.post(url, data=b"a", headers=plain) as answer:
            assert answer.status == 415
        seen = figures(await scraped(room))
    told = {key[1]: value for key, value in seen.items() if key[0] == "kolbot_turned_away_total" and key not in before}
    assert told == {
        "there_is_no_Authorization_header": 1, "the_token_cannot_be_read": 1, "there_is_no_bearer_token": 1,
        "HTTP_400": 1, "HTTP_415": 1,
    }


async def lag(room: Session) -> float:
    return figures(await scraped(room))["kolbot_board_lag_seconds",]


async def test_the_lag_is_the_age_of_the_oldest_that_is_behind(folder: Path) -> None:
    async with session(folder) as room:
        await room.opens()
        assert await lag(room) == 0
        room.room.faults.add("edit", "refuse", status=400)
        await room.joins("ivan")
        held = await lag(room)
        assert held >= 10, "it is tried again after a minute"
        room.clock.passes(seconds=20)
        assert await lag(room) == held + 20
        room.clock.passes(seconds=60)
        await room.settles()
        assert await lag(room) == 0


def test_lag_counts_from_when_it_was_first_seen_and_from_what_was_read() -> None:
    at = [datetime(2026, 11, 22, 9, 0, tzinfo=UTC)]
    lag = Lag(lambda: at[0])
    assert lag.seconds() == 0
    lag.behind(["a", "b"], at[0])
    at[0] += timedelta(seconds=5)
    lag.behind(["a", "b"], at[0])
    assert lag.seconds() == 5
    lag.caught_up("a", at[0])
    assert lag.seconds() == 5, "b is behind still"
    lag.behind(["a"], at[0])
    assert lag.seconds() == 0, "a has changed since, a moment ago"
    at[0] += timedelta(seconds=2)
    lag.caught_up("nobody", at[0])
    assert lag.seconds() == 2
    at[0] -= timedelta(hours=1)
    assert lag.seconds() == 0, "a clock that jumps back makes no lag below nought"
    lag.behind([], at[0])
    assert lag.seconds() == 0


def test_what_another_instance_is_at_does_not_count_here() -> None:
    at = [datetime(2026, 11, 22, 9, 0, tzinfo=UTC)]
    lag = Lag(lambda: at[0])
    for _ in range(10):
        lag.behind(["a", "b"], at[0])
        at[0] += timedelta(seconds=1)
        lag.elsewhere("a")
        lag.caught_up("b", at[0])
        lag.elsewhere("nobody")
    assert lag.seconds() == 0
    lag.behind(["a"], at[0])
    at[0] += timedelta(seconds=3)
    assert lag.seconds() == 3


def test_a_label_has_a_limited_number_of_values() -> None:
    metrics = Metrics()
    for number in range(3 * MOST_LABELS):
        metrics.turned_away(f"reason {number}: with details {number}")
    seen = {key: value for key, value in figures(metrics.text(0).decode()).items() if "turned_away" in key[0]}
    assert len(seen) == MOST_LABELS + 1
    assert seen["kolbot_turned_away_total", "other"] == 2 * MOST_LABELS
    metrics.turned_away("reason 3: more")
    assert figures(metrics.text(0).decode())["kolbot_turned_away_total", "reason_3"] == 2


def test_an_unknown_slot_and_status_are_counted_as_others() -> None:
    metrics = Metrics()
    metrics.posted("19:abc@thread.tacv2", "post")
    metrics.again("ClientConnectorError")
    metrics.again("no token")
    metrics.again("503 ServiceUnavailable")
    seen = figures(metrics.text(0).decode())
    assert seen["kolbot_posts_total", "post", "other"] == 1
    assert seen["kolbot_connector_again_total", "none"] == 2
    assert seen["kolbot_connector_again_total", "503"] == 1


def test_where_the_database_cannot_say_it_is_not_guessed() -> None:
    assert math.isnan(figures(Metrics().text(None).decode())["kolbot_workshops_live",])
