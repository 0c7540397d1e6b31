"""Measures Kolbot against the SDKs: their packages in an environment of their own, then benchmarks/ does the work."""

from __future__ import annotations

import hashlib
import subprocess
import sys

from tools.places import PYTHON, ROOT, VAR, Trouble, surroundings

VENV = ROOT / ".venv-bench"
REQUIREMENTS = ROOT / "benchmarks" / "requirements.txt"


def bench(arguments: list[str]) -> int:
    """Run the benchmarks with these arguments (`--quick`, `--board`, or `--groups` alone); returns their exit code."""
    if arguments == ["--groups"]:
        return subprocess.run([str(PYTHON), "-m", "benchmarks.groups"], cwd=ROOT, env=surroundings()).returncode
    unknown = [argument for argument in arguments if argument not in ("--quick", "--board")]
    if unknown:
        raise Trouble(
            f"'bench' does not know {unknown[0]!r}. It takes --quick and --board, or --groups alone.", exit_code=2
        )
    if "--board" in arguments:
        rest = [argument for argument in arguments if argument != "--board"]
        return subprocess.run([str(PYTHON), "-m", "benchmarks.board", *rest], cwd=ROOT, env=surroundings()).returncode
    prepare()
    return subprocess.run([str(PYTHON), "-m", "benchmarks.run", *arguments], cwd=ROOT, env=surroundings()).returncode


def prepare() -> None:
    """Make .venv-bench complete. Without it Kolbot is measured all the same, with nothing to compare it with."""
    stamp = VENV / "kolbot.stamp"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print(f"Installing the SDKs to compare with in {VENV.name} ...", flush=True)
    VAR.mkdir(exist_ok=True)
    python = str(VENV / "bin" / "python")
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS)],
    ):
        if subprocess.run(command, env=surroundings()).returncode:
            raise Trouble(f"The packages of {REQUIREMENTS.relative_to(ROOT)} could not be installed in {VENV.name}.")
    (VENV / ".gitignore").write_text("*\n", encoding="utf-8")
    stamp.write_text(wanted, encoding="utf-8")
