"""Wiring only: settings, store, service, publisher, bot, routes. It decides nothing."""

from __future__ import annotations

import gc

gc.disable()  # until all is loaded, none of which is garbage: looking for it was a tenth of a start

import asyncio
import logging
import secrets
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from bot.adapter import KolbotAdapter
from bot.auth import Gate, KeysUnavailable, NotLetIn
from bot.budgets import Budgets
from bot.clouds import Cloud, cloud_named
from bot.files import Files
from bot.handler import Handler
from bot.health import Health, TickingHeart, Ticks, checks_of
from bot.keys import Keys
from bot.logs import keep_quiet, set_up
from bot.metrics import Metrics
from bot.picture import SummaryPictures
from bot.presence import Presence
from bot.publisher import Publisher
from bot.reminders import Reminders
from bot.sign_in import Signed, SignIn
from bot.teams import Teams
from bot.token import own_token
from bot.turns import People, Turns
from bot.viewers import Viewers
from dialogs import ALL
from dialogs.turn import Kolbot
from drawings.press import Press
from locales import LANGUAGES
from settings import Settings, WrongSetting, load
from store.cleaning import Cleaning
from store.conversations import Conversations
from store.database import WrongDatabase, open_database
from store.drafts import Drafts
from store.elsewhere import reads_answers
from store.failures import NotRead, NotWritten
from store.heart import Beats, Heartbeat
from store.leases import Leases
from store.posts import Posts
from store.pulse import Pulse
from store.reader import Reader
from store.reminders import Reminders as RemindersKept
from store.retention import Retention
from store.tickets import Tickets, Watch
from store.writer import Writer
from templates import WrongTemplate, from_stored, with_own
from web.easel import Easel
from web.guard import TurnedAway
from web.said import No
from web.site import Site
from web.tab import Entrance
from workshop.commands import SYSTEM, LosePlace
from workshop.service import Clockwork, Workshops

gc.freeze()
gc.enable()

log = logging.getLogger("kolbot.web")

Clock = Callable[[], datetime]

COLLECT_AFTER = 10_000
"""New objects after which Python looks for garbage that holds itself; by itself it would after 700."""
ENDING = 9.0
"""Seconds after SIGTERM until everything is given up that waits for somebody else."""
DOOR = 5.0
"""Of these, seconds for requests that are in flight: more than a person waits for the store or an answer."""
AWAY = (NotRead, NotWritten)
"""What the store raises while the database cannot be had: no bug."""


def now() -> datetime:
    """The clock of everything: UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Running:
    """What runs: the web application, and what is ticked."""

    app: web.Application
    publisher: Publisher
    clockwork: Clockwork
    keys: Keys
    retention: Retention
    reader: Reader
    presence: Presence
    cleaning: Cleaning
    reminders: Reminders
    site: Site


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock = now, budgets: Budgets | None = None, press: Press | None = None
) -> AsyncIterator[Running]:
    """Everything wired together, without a port and without loops. `clock` gives UTC; `budgets`: Teams', if None;
    `press`: its own, if None, which is closed with it; a press that is given is its owner's to close."""
    engine = await asyncio.to_thread(open_database, settings.database_url)
    openers = settings.may_open or None
    metrics, instance = Metrics(), secrets.token_hex(8)
    writer, reader = Writer(engine, from_stored, openers, metrics), Reader(engine, from_stored)
    conversations, drafts = Conversations(writer, reader), Drafts(writer, reader, clock)
    own, press = press is None, press or Press()
    cloud = cloud_named(settings.cloud, settings.rehearsal_url)
    async with aiohttp.ClientSession() as session:
        token = own_token(cloud, session, settings.app_id, settings.app_password, settings.app_tenant)
        teams, keys = Teams(cloud, session, token, metrics=metrics, budgets=budgets), Keys(cloud, session)
        await asyncio.gather(keys.refresh(), token.warm())
        pictures = SummaryPictures(press)
        posting, ticking, pulse = Ticks(), Ticks(), Pulse(writer, reader, instance)
        posts = Posts(writer, reader)
        leases = Leases(writer)
        workshops = Workshops(writer, clock)

        def lose(workshop_id: str, binding: int, ever: bool) -> Awaitable[object]:
            return workshops.do(LosePlace(workshop=workshop_id, by=SYSTEM, binding=binding, ever=ever))

        viewers = Viewers(teams, conversations, clock, away=AWAY)
        publisher = Publisher(
            reader, posts, conversations, teams, pictures, clock, metrics, posting.ticked, leases, instance,
            away=AWAY, lose=lose, viewers=viewers, leave=conversations.forget,
        )  # fmt: skip
        viewers.changed = partial(publisher.nudge, urgent=False)
        kept = RemindersKept(writer, reader)
        reminders = Reminders(
            kept, reader, workshops, conversations, conversations, teams, leases, instance, AWAY
        )  # fmt: skip
        clockwork = Clockwork(workshops, reader, TickingHeart(Heartbeat(writer, instance), ticking))
        retention = Retention(writer, clock, settings.retention_days)
        cleaning = Cleaning(engine, writer, reader, clock)
        people = People(conversations, clock, AWAY)
        presence = Presence(instance, Beats(reader), teams.budgets, conversations, people, clock, AWAY)
        plans = with_own(settings.templates)
        kolbot = Kolbot(workshops, reader, people, plans, LANGUAGES, lambda: secrets.token_hex(32), drafts, openers)
        gate = Gate(cloud, settings.app_id, keys, allowed_tenants=settings.allowed_tenants)
        adapter = KolbotAdapter(gate, teams, metrics)
        turns = Turns(teams, conversations, people, AWAY)
        files = Files(cloud, session)
        tickets = Tickets(writer, reader, clock)
        easel = Easel(partial(reads_answers, settings.database_url, from_stored))
        site = Site(
            tickets, Watch(reader), reader, ALL, kolbot, settings.public_url, settings.cloud, settings.rehearsal_url,
            clock, AWAY, press, easel, Entrance(signing_in(settings, cloud, session, metrics), people.language),
        )  # fmt: skip

        def nudge(workshop_id: str, urgent: bool) -> None:
            publisher.nudge(workshop_id, urgent)
            site.live.nudge(workshop_id, urgent)

        workshops.nudge = nudge
        metrics.watch_pages(site.live)
        pages = site.links if settings.pages else None
        handler = Handler(
            adapter, turns, conversations, writer, ALL, kolbot, files, publisher.pressed, pages,
            viewers.forget,
        )  # fmt: skip
        app = web.Application()
        site.into(app)
        ends: list[float] = []

        async def ending(_: web.Application) -> None:
            ends.append(time.monotonic() + ENDING)
            writer.hurry()

        app.on_shutdown.append(ending)
        health = Health(checks_of(pulse, keys, token, posting, ticking), pulse, metrics)
        app.add_routes([adapter.route(handler.on_turn), *health.routes()])
        try:
            yield Running(app, publisher, clockwork, keys, retention, reader, presence, cleaning, reminders, site)
        finally:
            until = ends[0] if ends else time.monotonic() + ENDING
            await publisher.close((until - time.monotonic()) / 2)
            await writer.close(until - time.monotonic())
            reader.close()
            if own:
                await press.close()
            await easel.close()
            engine.dispose()


def signing_in(
    settings: Settings, cloud: Cloud, session: aiohttp.ClientSession, metrics: Metrics
) -> Callable[[str | None], Awaitable[Signed]]:
    """Who opens the tab, in the words of its pages where they are not let in. The keys are fetched with the first."""
    keys = Keys(cloud, session, address=cloud.keys_of_people_at(settings.app_tenant))
    domain = urlsplit(settings.public_url).hostname or ""
    sign_in = SignIn(cloud, settings.app_id, domain, keys, allowed_tenants=settings.allowed_tenants)

    async def who(authorization: str | None) -> Signed:
        try:
            return await sign_in.check(authorization)
        except KeysUnavailable:
            raise TurnedAway(No.NO_KEYS, after=2) from None
        except NotLetIn as refused:
            log.warning("somebody was not let into the tab: %s", refused.reason)
            metrics.turned_away(refused.reason)
            raise TurnedAway(No.NOT_LET_IN if refused.status == 403 else No.NOT_SIGNED_IN) from None

    return who


def keep_what_is_loaded() -> None:
    """Once all is loaded: the collector need not look at it again, and looks rarely. An answer makes hundreds of
    objects that are gone with it, without the collector."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


async def serve(settings: Settings) -> None:
    """Serve until cancelled (SIGTERM cancels): what is in flight is finished first."""
    task = asyncio.current_task()
    assert task is not None, "a coroutine runs in a task"
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    keep_quiet(loop)
    async with running(settings) as parts:
        runner = web.AppRunner(parts.app, access_log=None, shutdown_timeout=DOOR)
        await runner.setup()
        await parts.clockwork.returned()
        ticking = (
            parts.presence, parts.publisher, parts.clockwork, parts.keys, parts.retention, parts.cleaning,
            parts.reminders, parts.site.live,
        )  # fmt: skip
        loops = [asyncio.create_task(part.run()) for part in ticking]
        warming = asyncio.create_task(parts.site.warm()) if settings.pages else None
        keep_what_is_loaded()
        await web.TCPSite(runner, settings.host, settings.port).start()
        try:
            await asyncio.gather(*loops)
        finally:
            for each in (*loops, *([warming] if warming else [])):
                each.cancel()
            await runner.cleanup()


def main() -> None:
    """Read the settings and serve; what is wrong with them is said in one sentence each."""
    try:
        settings = load()
    except WrongSetting as wrong:
        sys.exit(str(wrong))
    set_up(settings.log_level)
    try:
        with suppress(KeyboardInterrupt, asyncio.CancelledError):
            asyncio.run(serve(settings))
    except (WrongDatabase, WrongTemplate) as wrong:
        sys.exit(str(wrong))


if __name__ == "__main__":
    main()
