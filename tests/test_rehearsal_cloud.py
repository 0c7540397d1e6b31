"""A rehearsal cannot be reached by mistake: without any one of its conditions the program does not start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from settings import REHEARSAL_APP_ID

ROOT = Path(__file__).parents[1]
REAL_ID = "01234567-89ab-cdef-0123-456789abcdef"
KEPT = ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "LANG")
REMOVED: dict[str, tuple[dict[str, str | None], str]] = {
    "HOST is everybody's": ({"HOST": "0.0.0.0"}, "HOST would let other machines in"),
    "HOST is everybody's, in IPv6": ({"HOST": "::"}, "HOST would let other machines in"),
    "HOST is a name": ({"HOST": "kolbot.example.org"}, "HOST would let other machines in"),
    "PUBLIC_URL is public": ({"PUBLIC_URL": "https://kolbot.example.org"}, "PUBLIC_URL is not an address of this"),
    "PUBLIC_URL looks like loopback": ({"PUBLIC_URL": "http://127.0.0.1.nip.io"}, "PUBLIC_URL is not an address of"),
    "REHEARSAL_URL is missing": ({"REHEARSAL_URL": None}, "REHEARSAL_URL is missing"),
    "REHEARSAL_URL is elsewhere": ({"REHEARSAL_URL": "http://192.168.1.5:3979"}, "REHEARSAL_URL is not an address of"),
    "REHEARSAL_URL hides a host": ({"REHEARSAL_URL": "http://127.0.0.1@evil.example"}, "REHEARSAL_URL is not a web"),
    "the app id is missing": ({"MICROSOFT_APP_ID": None}, "MICROSOFT_APP_ID is missing"),
    "the app id is a real one": ({"MICROSOFT_APP_ID": REAL_ID}, "MICROSOFT_APP_ID is a real id"),
    "there is a password": ({"MICROSOFT_APP_PASSWORD": "s3cret"}, "MICROSOFT_APP_PASSWORD is set"),
    "CLOUD is not said": ({"CLOUD": None}, "MICROSOFT_APP_ID is the rehearsal room's reserved id"),
    "CLOUD is another": ({"CLOUD": "gcch"}, "REHEARSAL_URL is set, but CLOUD is not rehearsal"),
    "CLOUD is misspelt": ({"CLOUD": "Rehearsal"}, "CLOUD is not a cloud that Kolbot knows"),
}


def settings(folder: Path, changed: Mapping[str, str | None]) -> dict[str, str]:
    """A rehearsal's settings but for one. Nothing is ever served with them, so the port is anybody's."""
    usual = {
        "CLOUD": "rehearsal", "REHEARSAL_URL": "http://127.0.0.1:3979", "MICROSOFT_APP_ID": REHEARSAL_APP_ID,
        "DATABASE_URL": f"sqlite:///{folder / 'kolbot.db'}",
    }
    chosen = {name: value for name, value in {**usual, **changed}.items() if value is not None}
    return {name: os.environ[name] for name in KEPT if name in os.environ} | chosen


def test_without_any_one_of_its_conditions_it_does_not_start(tmp_path: Path) -> None:
    folders = {what: tmp_path / what.replace(" ", "-") for what in REMOVED}
    for folder in folders.values():
        folder.mkdir()
    cases = {str(folders[what]): settings(folders[what], changed) for what, (changed, _) in REMOVED.items()}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.forked"], cwd=ROOT, input=json.dumps(cases), stdout=subprocess.PIPE, text=True,
        timeout=60, check=True,
    )
    codes = json.loads(ran.stdout)
    for what, (_, sentence) in REMOVED.items():
        folder = folders[what]
        wrong = (folder / "err").read_text()
        assert codes[str(folder)] == 1, what
        assert sentence in wrong, (what, wrong)
        assert "Traceback" not in wrong and "s3cret" not in wrong, what
        assert (folder / "out").read_text() == "", what
        assert sorted(path.name for path in folder.iterdir()) == ["err", "out"], f"{what}: it has made something"


def test_so_it_is_when_it_is_started_as_in_the_docs(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "app.py")], cwd=tmp_path, env=settings(tmp_path, {"HOST": "0.0.0.0"}),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "HOST would let other machines in; with CLOUD=rehearsal set it to 127.0.0.1.\n"
    assert not list(tmp_path.iterdir())
