"""The package as a whole: built, checked as a stranger's would be, and only then written."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from locales import LANGUAGES
from teams_app.icons import icons
from teams_app.manifest import Installation, Json, manifest, translation
from teams_app.validate import MANIFEST_NAME, faults_of_files
from teams_app.zipped import NotPacked, packed, unpacked


class Wrong(Exception):
    """The package is not one that Teams takes; `faults` has a sentence for each reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def files_of(of: Installation) -> dict[str, bytes]:
    """The files of the package by name: manifest, translations, icons."""
    written = {MANIFEST_NAME: manifest(of)}
    written |= {f"{language}.json": translation(of, language) for language in LANGUAGES if language != "en"}
    return {name: _as_bytes(content) for name, content in written.items()} | icons()


def _as_bytes(content: Json) -> bytes:
    # What is no text (a byte that the terminal could not decode) stays what it is, and is refused with the rest.
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass")


def faults_of(package: bytes) -> list[str]:
    """What is wrong with a package, a sentence each; empty for one that Teams takes."""
    try:
        return faults_of_files(unpacked(package))
    except NotPacked as why:
        return list(why.faults)


def build(of: Installation, folder: Path) -> Path:
    """Write kolbot-<version>.zip into the folder, which is made where it is missing; returns its path.

    Raises Wrong where it would not be taken, and OSError where it cannot be written; then no file is there that was not
    there before, and an older package of the same name is untouched.
    """
    package = packed(files_of(of))
    faults = faults_of(package)
    if faults:
        raise Wrong(faults)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"kolbot-{of.version}.zip"
    handle, unfinished = tempfile.mkstemp(dir=folder, prefix=".kolbot-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(package)
        Path(unfinished).chmod(0o644)
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return path
