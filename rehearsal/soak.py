"""Hundreds of answers under faults and kills, on both databases, and what must hold: `python -m rehearsal.soak`.

What people were told was kept is there, once; Teams' budgets are kept by all instances together; the board is right
soon after the last fault. The exit code is 0 only if all of it holds.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rehearsal.figures import Asked, Figures
from rehearsal.ordeal import ordeal
from rehearsal.postgres import postgresql

SOON = 5.0
"""Seconds after the end of the faults within which the board has to be right (PRODUCT.md 12)."""
STALL = 1.0
"""Seconds that nobody may be kept waiting by a loop that does something else."""
HELD = re.compile("Not stored|NotWritten|NotStored|Not read")
"""What stands in the log where the database was held, or an instance stood still: the bot has to say so."""
SHOWN = 20
"""Sentences that are printed of each run."""
MOST_ANSWERS = 5000
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Run:
    """One ordeal with its figures and what is wrong with them."""

    name: str
    asked: Asked
    figures: Figures
    wrong: Sequence[str]


def judged(asked: Asked, seen: Figures) -> list[str]:
    """A sentence for everything that does not hold."""
    wrong = list(seen.wrong)
    wrong += [f"acknowledged, and not in the store: {which}" for which in seen.missing]
    wrong += [f"in the store more often than it was given: {which}" for which in seen.doubled]
    wrong += [f"over Teams' budget for a conversation: {which}" for which in seen.conversation]
    wrong += [f"over Teams' budget for a tenant: {which}" for which in seen.tenant]
    late = [seconds for seconds in seen.right if seconds is None or seconds > SOON]
    wrong += [f"the board was right {_seconds(seconds)} after the faults, not within {SOON:g} s" for seconds in late]
    wrong += [f"the board that never became right: {which}" for which in seen.behind]
    if not seen.right:
        wrong.append("the board was never compared")
    if seen.acknowledged < asked.answers:
        wrong.append(f"only {seen.acknowledged} of {asked.answers} answers were acknowledged")
    if seen.kills_left or seen.kills < asked.kills or seen.died < asked.for_good:
        wrong.append(f"only {seen.kills} of {asked.kills} kills, and {seen.died} of {asked.for_good} deaths for good")
    wrong += [f"the bot answered {status} ({times} times)" for status, times in sorted(seen.failures.items())]
    if seen.stall > STALL:
        wrong.append(f"a loop kept those who asked waiting for {seen.stall:.2f} s")
    wrong += [f"in the log of {line}" for line in seen.errors if not (seen.grips and HELD.search(line))]
    return wrong


async def soak(
    asked: Asked, databases: Sequence[str], folder: Path, tell: Callable[[str], None]
) -> list[Run]:
    """The runs, one after the other: SQLite with one instance, PostgreSQL with two of which one dies for good."""
    runs = []
    if "sqlite" in databases:
        (folder / "sqlite").mkdir()
        tell("SQLite, one instance")
        figures = await ordeal(asked, folder / "sqlite", tell)
        runs.append(Run("SQLite, 1 instance", asked, figures, judged(asked, figures)))
    if "postgresql" in databases:
        (folder / "postgresql").mkdir()
        tell("PostgreSQL, two instances")
        async with postgresql() as address:
            two = replace(asked, instances=2, database=address, for_good=1)
            figures = await ordeal(two, folder / "postgresql", tell)
        runs.append(Run("PostgreSQL, 2 instances", two, figures, judged(two, figures)))
    return runs


def table(seed: int, runs: Sequence[Run]) -> str:
    """The figures of all runs side by side."""
    rows = [(f"soak, seed {seed}", [run.name for run in runs])]
    rows += [
        (what, [figure(run) for run in runs]) for what, figure in ROWS
    ]
    first = max(len(what) for what, _ in rows) + 2
    widths = [max(len(cells[number]) for _, cells in rows) + 2 for number in range(len(runs))]
    return "\n".join(
        what.ljust(first) + "".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
        for what, cells in rows
    )


ROWS: Sequence[tuple[str, Callable[[Run], str]]] = (
    ("people, steps, language", lambda run: f"{run.figures.people}, {run.figures.steps}, {run.asked.language}"),
    ("answers acknowledged", lambda run: str(run.figures.acknowledged)),
    ("answers nobody knows of", lambda run: str(run.figures.unsure)),
    ("kill -9, dead for good", lambda run: f"{run.figures.kills}, {run.figures.died}"),
    ("database held, instance frozen", lambda run: f"{run.figures.grips}, {run.figures.freezes}"),
    ("pressed again", lambda run: str(run.figures.again)),
    ("told \"not confirmed\"", lambda run: str(run.figures.unconfirmed)),
    ("faults met", lambda run: str(sum(run.figures.faults.values()))),
    ("passed on by the front", lambda run: str(run.figures.passed_on)),
    ("late, after what was said later", lambda run: str(run.figures.late)),
    ("acknowledged, missing", lambda run: str(len(run.figures.missing))),
    ("doubled", lambda run: str(len(run.figures.doubled))),
    ("over a conversation's budget", lambda run: str(len(run.figures.conversation))),
    ("over the tenant's budget", lambda run: str(len(run.figures.tenant))),
    ("board right after the faults", lambda run: ", ".join(map(_seconds, run.figures.right))),
    ("answered with 5xx", lambda run: str(run.figures.failures.total())),
    ("503 for want of keys", lambda run: str(run.figures.keyless)),
    ("longest stall of a loop", lambda run: f"{run.figures.stall:.2f} s"),
    ("errors in the log", lambda run: str(len(run.figures.errors))),
    ("took", lambda run: f"{run.figures.seconds:.0f} s"),
    ("verdict", lambda run: f"WRONG: {len(run.wrong)}" if run.wrong else "all holds"),
)


def met(run: Run) -> str:
    """What went wrong on purpose, and how near to Teams' budgets the bot came."""
    faults = ", ".join(f"{what} {times}" for what, times in sorted(run.figures.faults.items()))
    return f"{run.name}: {faults or 'no faults'}\n  at most {run.figures.peaks or 'no calls'}"


def _seconds(seconds: float | None) -> str:
    return "never" if seconds is None else f"{seconds:.1f} s"


def main(arguments: list[str] | None = None, place: Path | None = None) -> int:
    """Reads the command line, runs, prints. Returns the exit code. `place` is where logs and database are kept."""
    options = _options(arguments)
    asked = Asked(options.answers, options.kills, options.seed)
    databases = DATABASES if options.database == "both" else (options.database,)
    folder = Path(tempfile.mkdtemp(prefix="kolbot-soak-", dir=place))
    began = time.monotonic()

    def tell(line: str) -> None:
        if options.verbose:
            print(f"{time.monotonic() - began:7.1f} s  {line}", flush=True)

    # Asked to end, it stops what it has started, as on Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        runs = asyncio.run(soak(asked, databases, folder, tell))
    except KeyboardInterrupt:
        shutil.rmtree(folder, ignore_errors=True)
        return 130
    print(table(asked.seed, runs))
    for run in runs:
        print(met(run))
    for run in runs:
        if run.wrong:
            more = [f"  … and {len(run.wrong) - SHOWN} more"] if len(run.wrong) > SHOWN else []
            print("\n".join([f"{run.name}:", *(f"  - {sentence}" for sentence in run.wrong[:SHOWN]), *more]))
    wrong = any(run.wrong for run in runs)
    if wrong or options.keep:
        print(f"logs: {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if wrong else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="dev.py soak", description="Hundreds of answers under faults and kills, on both databases."
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same people, faults and kills (1)")
    parser.add_argument("--answers", type=_number(1, MOST_ANSWERS), default=500, help="acknowledged at least (500)")
    parser.add_argument("--kills", type=_number(0, 200), default=20, help="kill -9 amid the answers (20)")
    parser.add_argument("--database", choices=(*DATABASES, "both"), default="both", help="which runs (both)")
    parser.add_argument("--verbose", action="store_true", help="a line for everything that happens")
    parser.add_argument("--keep", action="store_true", help="keep the logs also if all holds")
    return parser.parse_args(arguments)


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"from {least} to {most}")
        return int(text)

    return read


if __name__ == "__main__":
    sys.exit(main())
