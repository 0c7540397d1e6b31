"""The command line of a headless session. It runs nothing."""

from __future__ import annotations

import argparse

from rehearsal.account import Options
from rehearsal.agendas import LONG, SECOND
from rehearsal.server import MOST_PEOPLE
from rehearsal.tongues import languages_of
from rehearsal.witness import CATALOGUES


def options_of(arguments: list[str] | None) -> Options:
    """What the command line asks for; ends the program where it asks for what there is not."""
    parser = argparse.ArgumentParser(prog="dev.py play", description="A whole session, played by simulated people.")
    parser.add_argument("--people", type=_people, default=30, help=f"1 to {MOST_PEOPLE - 10} (30)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same people and answers (1)")
    parser.add_argument("--plan", "--template", default=LONG, help=f"id of the template ({LONG})")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite", help="(sqlite)")
    parser.add_argument("--templates", default="", metavar="FOLDER", help="of your own, beside the shipped ones")
    parser.add_argument("--language", default="en", help="of the workshop; its people speak all languages (en)")
    parser.add_argument("--crash", type=int, default=0, metavar="N", help="kill -9 the bot N times amid the answers")
    parser.add_argument("--faults", action="store_true", help="calls fail, get lost, come late, twice; keys change")
    parser.add_argument("--speed", choices=("fast", "human"), default="fast", help="how fast people answer (fast)")
    parser.add_argument("--verbose", action="store_true", help="a line for each step")
    parser.add_argument(
        "--languages", type=_languages, default=(), metavar="en,pl",
        help="that people speak, in turn; all that each of them is told is then looked at",
    )
    parser.add_argument(
        "--second", nargs="?", const=SECOND, default="", metavar="TEMPLATE", help=f"then a second cycle ({SECOND})"
    )
    parser.add_argument("--keep", action="store_true", help="keep log and database also if all is well")
    return Options(**vars(parser.parse_args(arguments)))


def _people(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MOST_PEOPLE - 10:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_PEOPLE - 10}")
    return int(text)


def _languages(text: str) -> tuple[str, ...]:
    codes = tuple(text.split(","))
    there = languages_of(CATALOGUES)
    if unknown := [code for code in codes if code not in there]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {','.join(there)}")
    return codes
