"""Tables and runs whose size is their point say it at the end, whichever process they ran in."""

from __future__ import annotations

import pytest

COUNTED = "counted"
"""What such a test calls its sentence: `record_property("counted", "…")`."""


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
