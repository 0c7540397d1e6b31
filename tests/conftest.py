"""Tables and runs whose size is their point say it at the end; and which tests count for the coverage."""

from __future__ import annotations

from pathlib import Path

import pytest

COVERING = ("workshop", "cards", "dialogs", "templates", "locales", "stories")
"""Folders whose tests have to reach every branch of workshop/, cards/ and dialogs/ (on SQLite: the other database makes
no difference there). Being watched costs as much again as running, so the other tests are not."""

COUNTED = "counted"
"""What such a test calls its sentence: `record_property("counted", "…")`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests = Path(__file__).parent
    for item in items:
        folder = item.path.relative_to(tests).parts[0]
        if folder not in COVERING or "postgresql" in item.name:
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
