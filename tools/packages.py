"""Puts the pinned packages into the virtual environment: by uv, else by pip. It does not decide when.

uv computes for 3 seconds where pip does for 26; it comes from where pip finds it, and looks where pip is told to look
on this machine (docs/decisions/0012-installing.md).
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tools.places import PYTHON, ROOT, Trouble, surroundings
from tools.steps import SETUP_LOG, logged, quiet

LOCK = ROOT / "requirements.lock"

IN_WORDS_OF_UV = {
    "index-url": ("UV_INDEX_URL", " "),
    "extra-index-url": ("UV_EXTRA_INDEX_URL", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", " "),
    "proxy": ("ALL_PROXY", " "),
    "timeout": ("UV_HTTP_TIMEOUT", " "),
    "default-timeout": ("UV_HTTP_TIMEOUT", " "),
    "retries": ("UV_HTTP_RETRIES", " "),
}
"""A setting of pip, uv's variable for it, and what stands there between several."""

NO_MATTER = {
    *("disable-pip-version-check", "no-input", "progress-bar", "quiet", "verbose", "no-color", "root-user-action"),
    *("cache-dir", "no-cache-dir", "log", "no-compile", "compile", "require-virtualenv", "no-warn-script-location"),
    *("break-system-packages", "user", "target", "prefix", "use-pep517", "no-python-version-warning"),
}
"""Settings of pip that do not change which packages come, or from where, into a virtual environment."""


def install_packages(file: str) -> None:
    """Install what a requirements file names, at the versions in the lock. Raises Trouble."""
    wanted = ["-r", str(ROOT / file)]
    try:
        uv_install(wanted)
    except Trouble as trouble:
        print(
            f"Without uv, which was not to be had or failed ({SETUP_LOG.relative_to(ROOT)}): pip takes longer.",
            flush=True,
        )
        with SETUP_LOG.open("a", encoding="utf-8") as log:
            print(trouble, file=log)
        pip_install(["--no-compile", *wanted])


def pip_install(what: list[str]) -> None:
    """Run pip in the virtual environment, held to the versions in the lock. Raises Trouble."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    logged([*command, "-c", str(LOCK), *what], "pip could not install the pinned packages")


def uv_install(wanted: list[str]) -> None:
    """Bring uv by pip, then all else by uv. Raises Trouble, also where pip is told something that uv cannot be told."""
    told, constraints = told_pip()
    pip_install(["--no-compile", "--only-binary", "uv", "uv"])
    command = [str(PYTHON), "-m", "uv", "pip", "install", "--no-config", "--system-certs", "--python", str(PYTHON)]
    command += ["--index-strategy", "unsafe-best-match"]  # as pip does: the pinned version, whichever index has it
    for each in (str(LOCK), *constraints):
        command += ["-c", each]
    logged([*command, *wanted], "uv could not install the pinned packages", told)


def told_pip() -> tuple[dict[str, str], list[str]]:
    """What this machine tells pip, by its files and variables: as uv's variables, and the files of constraints.

    Raises Trouble at a setting that may matter and that is not known here.
    """
    asked = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "config", "list"]
    answer = subprocess.run(asked, capture_output=True, text=True, env=surroundings())
    if answer.returncode:
        raise Trouble(f"pip does not tell its settings: {answer.stderr.strip()}")
    return read_settings(answer.stdout)


def read_settings(listed: str) -> tuple[dict[str, str], list[str]]:
    """The lines of `pip config list` as uv's variables, and the files of constraints. Raises Trouble, see above.

    What stands for `pip install` alone wins over what stands for every command, and variables over both.
    """
    settings: dict[str, tuple[int, str]] = {}
    for line in listed.splitlines():
        place, _, value = line.partition("=")
        section, _, name = place.rpartition(".")
        rank = {"global": 0, "install": 1, ":env:": 2}.get(section, -1)
        if rank >= settings.get(name, (0, ""))[0]:
            settings[name] = rank, str(ast.literal_eval(value))
    told: dict[str, str] = {}
    constraints: list[str] = []
    for name, (_, value) in settings.items():
        several = value.split()
        if name == "constraint" and "://" not in value:
            constraints += several
        elif name in IN_WORDS_OF_UV:
            variable, between = IN_WORDS_OF_UV[name]
            told[variable] = between.join(several)
        elif name not in NO_MATTER:
            raise Trouble(f"pip's setting {name!r} is not known to be possible for uv")
    return told, constraints


def compile_loaded(programs: Sequence[str]) -> None:
    """Keep compiled what these programs load, all at once, before others would compile it, each for itself.

    A third of what is installed; the rest is compiled where somebody imports it.
    """

    def run(code: str) -> bool:
        return quiet([str(PYTHON), "-c", code], 300, PYTHONDONTWRITEBYTECODE="")

    with ThreadPoolExecutor() as several:
        list(several.map(run, programs))
