"""Starts the rehearsal room from the command line. It starts no bot."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys

from rehearsal.faults import MIX, NOTHING, Faults
from rehearsal.server import make_room


async def serve(port: int, bot: str, seed: int, worse: bool = False) -> int:
    """Runs the room until it is interrupted. Returns the exit status. `worse`: calls fail by chance."""
    room = make_room(port, bot, seed, faults=Faults(seed, MIX if worse else NOTHING))
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no signal handlers on the loop; there an interrupt ends asyncio.run.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, ended.set)
    try:
        await room.start()
    except OSError:
        print(f"Cannot listen on port {port}: it is taken. Another --port may be free.", file=sys.stderr)
        return 1
    try:
        print(f"Rehearsal room: {room.url}/", flush=True)
        await ended.wait()
    finally:
        await room.stop()
    return 0


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="rehearsal", description="A local stand-in for Microsoft Teams.")
    parser.add_argument("--port", type=int, default=3979, help="where the room listens (default 3979)")
    parser.add_argument(
        "--bot", default="http://127.0.0.1:3978/api/messages", help="where the bot takes its activities"
    )
    parser.add_argument("--seed", type=int, default=1, help="chance of the simulated people")
    parser.add_argument("--faults", action="store_true", help="calls fail, get lost, come late, twice")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(asyncio.run(serve(arguments.port, arguments.bot, arguments.seed, arguments.faults)))


if __name__ == "__main__":
    main()
