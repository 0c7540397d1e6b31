"""One process of our own that works in turn: started with the first piece of work, given up when it fails. What it does
is its owner's."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import ModuleType
from typing import Any, Final, TypeVar

START_TIMEOUT: Final = 60.0
_T = TypeVar("_T")


class WorkerLost(Exception):
    """Nothing came of it: the process died, hung, or is not wanted any more. Says why, not of what."""


class Worker:
    """What its work raises is passed on and the process kept; the next work after `WorkerLost` gets a fresh one."""

    def __init__(
        self,
        begin: Callable[..., None],
        *details: object,
        timeout: float,
        start_timeout: float = START_TIMEOUT,
        nice: int = 0,
    ) -> None:
        """`begin(folder, *details)` makes a fresh process ready, in it; one in which it raises is not kept. The folder
        is the process' own, and gone with it. `timeout`: seconds that one piece of work may take; waiting for others
        does not count. `nice`: how much the process gives way to others (on Unix)."""
        self._begin, self._details = begin, details
        self._timeout, self._start_timeout = timeout, start_timeout
        self._nice = nice
        self._turn = asyncio.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._process: int | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._closed = False

    @property
    def process(self) -> int | None:
        """The process' id while there is one."""
        return self._process

    async def do(self, work: Callable[..., _T], *details: object) -> _T:
        """What `work`, a function of a module, gives in the process. Raises `WorkerLost`, and what it raises."""
        async with self._turn:
            if self._closed:
                raise WorkerLost("the worker is closed")
            await self._kept(self._ready())
            return await self._kept(self._do(self._timeout, work, *details))

    async def warm(self) -> None:
        """Start the process ahead of the first work, which then waits for nothing. Raises as `do`."""
        async with self._turn:
            if not self._closed:
                await self._kept(self._ready())

    async def rest(self) -> None:
        """End the process, after what it is at; later work starts another."""
        async with self._turn:
            self._discard()

    async def close(self) -> None:
        """End the process. Work that waits fails with `WorkerLost`, as does later work."""
        self._closed = True
        self._discard()

    async def _kept(self, work: Coroutine[Any, Any, _T]) -> _T:
        try:
            return await work
        except TimeoutError as late:
            self._discard()
            raise WorkerLost("the worker did not answer in time") from late
        except BrokenProcessPool as broken:
            self._discard()
            raise WorkerLost("the worker died") from broken
        except asyncio.CancelledError:
            self._discard()  # anywhere in something that nobody waits for
            raise

    async def _ready(self) -> None:
        if self._pool is not None:
            return
        # spawn: a fork of a threaded server would copy locks in whatever state they are.
        self._pool = ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))
        self._folder = tempfile.TemporaryDirectory(prefix="kolbot-worker-")
        # Its id first, so that a process that hangs while it is made ready can be ended too.
        with _nothing_of_main():
            first = self._pool.submit(os.getpid)
        self._process = await asyncio.wait_for(asyncio.wrap_future(first), self._start_timeout)
        try:
            await self._do(self._start_timeout, _started, self._folder.name, self._nice, self._begin, self._details)
        except Exception:
            self._discard()
            raise

    async def _do(self, seconds: float, work: Callable[..., _T], *details: object) -> _T:
        loop = asyncio.get_running_loop()
        return await asyncio.wait_for(loop.run_in_executor(self._pool, work, *details), seconds)

    def _discard(self) -> None:
        """Kill the process: one that hangs in native code ends in no other way."""
        pool, process, folder = self._pool, self._process, self._folder
        self._pool = self._process = self._folder = None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)
        if folder is not None:
            folder.cleanup()


@contextlib.contextmanager
def _nothing_of_main() -> Iterator[None]:
    """A process that is started meanwhile does not import the server's main module again, as it would for functions of
    it (`multiprocessing.spawn.get_preparation_data`): it needs none, and a whole bot is seconds of CPU and 90 MiB."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


# What follows runs in the process.


def _started(folder: str, nice: int, begin: Callable[..., None], details: tuple[object, ...]) -> None:
    # Ctrl+C at the terminal ends the server, which ends this; a traceback from here would only confuse.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_server, args=(folder,), daemon=True).start()
    if nice and hasattr(os, "nice"):
        os.nice(nice)
    begin(folder, *details)


def _end_with_server(folder: str) -> None:
    """A server that is killed cannot end its worker, which would wait for work for ever."""
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
