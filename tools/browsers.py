"""Finds a Chromium for the browser tests, or brings one.

Says why when none can be had; never decides whether that is acceptable.
"""

from __future__ import annotations

import shutil
import subprocess

from tools.environment import apt_install, is_root
from tools.places import PYTHON, Trouble, surroundings
from tools.steps import logged, quiet

NAMES = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome")
"""Programs with the same engine.

The first draws no windows of its own around the pages, and needs half the computing.
"""

PACKAGES = ("chromium-headless-shell", "chromium")
"""Debian's browsers; older systems have only the second."""

LETTERS = ("fonts-liberation", "fonts-noto-color-emoji")
"""For all five languages and emoji.

Without them, pages are drawn with boxes.
"""


def chromium() -> str:
    """Path of a Chromium that starts: the machine's; else Debian's package, as root.

    Else Playwright's download. Raises Trouble with the reasons.
    """
    path = machines_own() or playwrights_own()
    if path:
        return path
    reasons = ["this machine has none"]
    if shutil.which("apt-get") is None:
        reasons.append("there is no apt-get to bring Debian's package")
    elif not is_root():
        reasons.append("only root can bring Debian's package (sudo apt-get install chromium)")
    else:
        print("No Chromium on this machine: bringing Debian's package with apt-get ...", flush=True)
        for package in PACKAGES:
            try:
                apt_install((package, *LETTERS))
            except Trouble as trouble:
                reasons.append(str(trouble))
                continue
            path = machines_own()
            if path:
                return path
            reasons.append(f"Debian's package {package} was installed and does not start")
    print("Trying Playwright's own download of Chromium ...", flush=True)
    try:
        logged([str(PYTHON), "-m", "playwright", "install", "chromium"], "Playwright's download failed")
        path = playwrights_own()
        if path:
            return path
        reasons.append("Playwright's Chromium was downloaded and does not start (it may lack system libraries)")
    except Trouble as trouble:
        reasons.append(str(trouble))
    raise Trouble("No Chromium: " + "; ".join(reasons))


def machines_own() -> str:
    """The first browser on the PATH that answers when asked for its version, else nothing.

    Ubuntu has a script there that only scolds.
    """
    paths = (shutil.which(name) for name in NAMES)
    return next((path for path in paths if path and quiet([path, "--version"])), "")


def playwrights_own() -> str:
    """Where Playwright has put its Chromium, if it starts; else nothing."""
    ask = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    answer = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, env=surroundings())
    path = answer.stdout.strip()
    return path if path and quiet([path, "--version"]) else ""
