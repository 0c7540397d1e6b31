"""Tables and runs whose size is their point say it at the end; and which tests count for the coverage."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from tests import memory

NOT_WATCHED = ("bot", "browser", "drawings", "faults", "hostile", "rehearsal", "store", "teams_app")
"""Folders whose tests do not count for the coverage, nor do those on PostgreSQL: the others have to reach every branch.
Being watched costs as much again as running."""

TOLD_ALREADY = {
    "anonymous", "answering", "bad_answers", "bad_buttons", "board", "editing", "expected", "facilitating", "files",
    "for_group", "forged", "going_back", "group_places", "groups", "help", "install", "instances", "language",
    "leading", "lobby", "moderating", "not_stored", "own_pace", "picking", "redelivery", "restored", "second_cycle",
    "themes", "twins", "two_conversations", "whole",
}  # fmt: skip
"""Nor do these stories: all that they reach, the tests of one layer at a time reach without them."""

COUNTED = "counted"
"""What such a test calls its sentence: `record_property("counted", "…")`."""


TEMPORARY = "PYTEST_DEBUG_TEMPROOT"
"""Tells pytest where to keep the folders of `tmp_path`."""


LITTER = 20_000
"""New objects after which Python looks for garbage that holds itself: by itself it would after 700, which is a sixth of
the computing of a story. What has gone wrong out of sight may be told a few tests later, but it is."""


def pytest_configure() -> None:
    os.environ.setdefault(TEMPORARY, str(memory.folder()))
    gc.set_threshold(LITTER)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()  # what is loaded need not be looked at again


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests = Path(__file__).parent
    for item in items:
        folder, file = item.path.relative_to(tests).parts[0], item.path.stem.removeprefix("test_")
        if folder in NOT_WATCHED or "postgresql" in item.name or (folder == "stories" and file in TOLD_ALREADY):
            item.add_marker("no_cover")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    sentences = [
        str(sentence)
        for ending in ("passed", "failed")
        for report in terminalreporter.stats.get(ending, [])
        for name, sentence in report.user_properties
        if name == COUNTED
    ]
    for sentence in sorted(sentences):
        terminalreporter.write_line(f"counted: {sentence}")
