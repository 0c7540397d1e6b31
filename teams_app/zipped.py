"""Files to a zip and back: the same bytes for the same files, and nothing read that no package of ours could hold."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

from teams_app.shapes import quoted

LARGEST = 1024 * 1024
"""Bytes, for the zip and for what it holds. Our own limit: a package of Kolbot has about thirty thousand."""

_WHEN = (1980, 1, 1, 0, 0, 0)
"""The earliest instant that a zip can name: when it was packed is no part of what it is."""


class NotPacked(ValueError):
    """The bytes are no zip that Teams would take; `faults` has the sentences."""

    def __init__(self, *faults: str) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, all at its root, in the order of their names.

    Stored and not deflated: how far a file shrinks differs from one zlib to the next, and these are small.
    """
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.create_system = 3  # Unix, wherever it is packed
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name])
    return into.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The files in a zip. Raises NotPacked for one with folders, with a name twice, damaged, encrypted or too large."""
    if len(content) > LARGEST:
        raise NotPacked(f"The package has {len(content)} bytes; at most {LARGEST} are allowed.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            faults = _faults_of(entries)
            if faults:
                raise NotPacked(*faults)
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError):
        raise NotPacked("The package is no zip, or a damaged one.") from None


def _faults_of(entries: list[zipfile.ZipInfo]) -> list[str]:
    faults = []
    names = [entry.filename for entry in entries]
    for name in names:
        if "/" in name or "\\" in name:
            faults.append(f"{quoted(name)} lies in a folder; all files have to lie at the root of the zip.")
        if [other.lower() for other in names].count(name.lower()) > 1:
            faults.append(f"{quoted(name)} is in the package more than once; each name can be there once.")
    if any(entry.flag_bits & 1 for entry in entries):
        faults.append("The package is encrypted; Teams cannot open it.")
    if sum(entry.file_size for entry in entries) > LARGEST:
        faults.append(f"The files in the package have more than {LARGEST} bytes together; no package of Kolbot has.")
    return faults
